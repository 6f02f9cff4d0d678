declare module "virtual:land" {
  import type { GeometryCollection, Topology } from "topojson-specification";
  type Atlas = Topology<{ countries: GeometryCollection<{ name: string }> }>;
  /** box: west, south, east, north, in degrees. */
  const land: { details: { box: [number, number, number, number]; atlas: Atlas; rivers: [number, number][][] }[]; world: Atlas };
  export default land;
}
