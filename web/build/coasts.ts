// Prints the land of the world for the maps of Python and R: Natural Earth's at 1:50 million (world-atlas), without what they would not show.
//
//     npx vite-node build/coasts.ts > ../r/inst/land.geojson
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Position } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { thinned } from "./thinned";

/** In degrees and square degrees: 5 km, two pixels where a picture shows two thousand kilometres, and islands 15 km across. */
const kTolerance = 0.05, kLeastArea = 0.02;

const file = createRequire(import.meta.url).resolve("world-atlas/land-50m.json");
const atlas = JSON.parse(readFileSync(file, "utf8")) as Topology<{ land: GeometryCollection }>;

function area(ring: Position[]): number {
  return Math.abs(ring.reduce((sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length][1] - ring[(i + 1) % ring.length][0] * y, 0)) / 2;
}

/** Both halves by themselves: a ring ends where it begins, and between equal ends every position is as far off. */
function thinned_ring(ring: Position[]): Position[] {
  const half = ring.length >> 1;
  return [...thinned(ring.slice(0, half + 1), kTolerance, 2), ...thinned(ring.slice(half), kTolerance, 2).slice(1)];
}

const coordinates = feature(atlas, atlas.objects.land).features.flatMap(({ geometry }) => {
  const polygons = geometry.type === "MultiPolygon" ? geometry.coordinates : geometry.type === "Polygon" ? [geometry.coordinates] : [];
  return polygons.map((rings) => rings.filter((ring) => area(ring) >= kLeastArea).map(thinned_ring)).filter((rings) => rings.length > 0);
});
const attribution = "Natural Earth";
process.stdout.write(`{"type": "FeatureCollection", "attribution": ${JSON.stringify(attribution)}, "features": [
{"type": "Feature", "properties": {"kind": "land"}, "geometry": {"type": "MultiPolygon", "coordinates": [
${coordinates.map((rings) => JSON.stringify(rings)).join(",\n")}
]}}
]}
`);
