// Land outlines for the map, cut from world-atlas (Natural Earth) when the page is built.
import { gzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoArea, geoEquirectangular, geoPath } from "d3-geo";
import type { GeoContext, GeoProjection } from "d3-geo";
import type { Feature, FeatureCollection, MultiPolygon, Position } from "geojson";
import { feature } from "topojson-client";
import { topology } from "topojson-server";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { Plugin } from "vite";

type Atlas = Topology<{ countries: GeometryCollection<{ name: string }> }>;

type Box = [number, number, number, number];

/** West, south, east, north, in degrees: what is drawn in fine detail (1:10 million): Syria and its neighbours, the western
 * Balkans. Places outside get the world's lines (1:50 million). */
export const kDetails: Box[] = [[31, 27, 51, 41], [12, 39, 24, 49]];
const kWorld: Box = [-180, -60, 180, 84];
/** Steps of the grid that coordinates are rounded to: about 200 m in a box of detail, 4 km in the world. */
const kDetailSteps = 1e4, kWorldSteps = 1e4;

export function atlas(scale: "10m" | "50m"): Atlas {
  const file = createRequire(import.meta.url).resolve(`world-atlas/countries-${scale}.json`);
  return JSON.parse(readFileSync(file, "utf8")) as Atlas;
}

/** Islets below this many square degrees (about 1 km2 in detail, 200 km2 in the world) are left out: rounding to the grid
 * could turn them inside out. */
const kLeastArea = 1e-4, kLeastWorldArea = 0.02;

function area(ring: Position[]): number {
  return Math.abs(ring.reduce((sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length][1] - ring[(i + 1) % ring.length][0] * y, 0)) / 2;
}

/** The rings of a polygon after the projection's clipping, back in degrees. */
function cut(polygon: Position[][], degrees: GeoProjection, least: number): Position[][] {
  const rings: Position[][] = [];
  const collector: GeoContext = {
    beginPath() {},
    moveTo: (x, y) => void rings.push([[x, -y]]),
    lineTo: (x, y) => void rings[rings.length - 1].push([x, -y]),
    closePath: () => void rings[rings.length - 1].push(rings[rings.length - 1][0]),
    arc() {},
  };
  geoPath(degrees, collector)({ type: "Polygon", coordinates: polygon });
  return rings.filter((ring) => area(ring) >= least);
}

/** The countries of `source` cut at the box, with coordinates rounded to so many steps of it. */
export function clip(source: Atlas, [west, south, east, north]: Box, steps = kDetailSteps, least = kLeastArea): Atlas {
  // A projection that keeps degrees (y downwards) lets d3 do the clipping of polygons.
  const degrees = geoEquirectangular().scale(180 / Math.PI).translate([0, 0]).precision(0).clipExtent([[west, -north], [east, -south]]);
  const features: Feature<MultiPolygon, { name: string }>[] = [];
  for (const country of feature(source, source.objects.countries).features) {
    const { geometry } = country;
    const all = geometry.type === "MultiPolygon" ? geometry.coordinates : geometry.type === "Polygon" ? [geometry.coordinates] : [];
    // Rounding has turned some far islets inside out, so that they cover the globe.
    const polygons = all.filter((coordinates) => geoArea({ type: "Polygon", coordinates }) < 2 * Math.PI);
    // A polygon without holes may be cut into several; each ring is then a polygon of its own. One with holes stays whole.
    const coordinates = polygons.flatMap((polygon) => {
      const rings = cut(polygon, degrees, least);
      return polygon.length > 1 ? [rings] : rings.map((ring) => [ring]);
    }).filter((polygon) => polygon.length > 0);
    const properties = { name: country.properties.name };
    if (coordinates.length > 0) features.push({ type: "Feature", properties, geometry: { type: "MultiPolygon", coordinates } });
  }
  const countries: FeatureCollection = { type: "FeatureCollection", features };
  return topology({ countries }, steps) as Atlas;
}

/** The rivers of a box of detail as lines, which build/rivers.mjs has cut. */
export function rivers_in(box: Box): Position[][] {
  const cut_once = JSON.parse(readFileSync(new URL("rivers.json", import.meta.url), "utf8")) as { box: Box; lines: Position[][] }[];
  return cut_once.find((one) => one.box.join() === box.join())?.lines ?? [];
}

/** Gives the page `virtual:land`, its parts packed, as outlines are half of what a page would weigh; browsers have unpacked gzip
 * since 2023. One that cannot shows a map without land. */
export function land(): Plugin {
  return {
    name: "land",
    resolveId: (id) => (id === "virtual:land" ? "\0land" : undefined),
    load(id) {
      if (id !== "\0land") return undefined;
      const fine = atlas("10m");
      const parts = [...kDetails.map((box) => ({ box, atlas: clip(fine, box), rivers: rivers_in(box) })),
        { box: kWorld, atlas: clip(atlas("50m"), kWorld, kWorldSteps, kLeastWorldArea), rivers: [] }];
      const packed = parts.map(({ box, ...part }) => ({ box, bytes: gzipSync(JSON.stringify(part), { level: 9 }).toString("base64") }));
      const none: FeatureCollection = { type: "FeatureCollection", features: [] };
      return `const unpack = async (packed) => {
  if (typeof DecompressionStream === "undefined") return ${JSON.stringify({ atlas: topology({ countries: none }), rivers: [] })};
  const text = atob(packed), bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; ++i) bytes[i] = text.charCodeAt(i);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
};
export default ${JSON.stringify(packed)}.map(({ box, bytes }) => ({ box, unpack: () => unpack(bytes) }));`;
    },
  };
}
