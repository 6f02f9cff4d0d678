declare module "virtual:land" {
  import type { GeometryCollection, Topology } from "topojson-specification";
  export interface Land { atlas: Topology<{ countries: GeometryCollection<{ name: string }> }>; rivers: [number, number][][] }
  /** box: west, south, east, north, in degrees. */
  export interface LandPart { box: [number, number, number, number]; unpack: () => Promise<Land> }
  /** The world is the last. */
  const land: LandPart[];
  export default land;
}
