declare module "virtual:land" {
  import type { GeometryCollection, Topology } from "topojson-specification";
  type Atlas = Topology<{ countries: GeometryCollection<{ name: string }> }>;
  const land: { box: [number, number, number, number]; detail: Atlas; world: Atlas };
  export default land;
}
