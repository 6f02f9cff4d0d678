// Shapes of the map: where places lie on the screen, how large their pies are, how far their tints reach.
import { geoMercator, geoPath } from "d3-geo";
import type { GeoProjection } from "d3-geo";
import { arc } from "d3-shape";
import type { MultiPoint } from "geojson";
import type { Place } from "./report";

export type Point = [number, number];
export type Size = "population" | "value" | "same";

const kEarthKm = 6371;
/** How far from a place its tint reaches, where no other place is nearer. */
const kTintKm = 32;

const slice = arc<{ from: number; to: number }>()
  .innerRadius(0)
  .startAngle((d) => 2 * Math.PI * d.from)
  .endAngle((d) => 2 * Math.PI * d.to);

/** The wedges of a pie of radius r, in the order given. What rounding left open is closed. */
export function pie_paths(holders: { p: number }[], r: number): string[] {
  const total = holders.reduce((sum, x) => sum + x.p, 0);
  let from = 0;
  return holders.map(({ p }) => {
    const to = from + p / total;
    const path = slice.outerRadius(r)({ from, to }) ?? "";
    from = to;
    return path;
  });
}

/** Radii in px on a map of this width: area grows with the measure, and no pie is too small to see. */
export function radii(places: Place[], size: Size, width: number): number[] {
  const largest = Math.max(8.5, Math.min(19, width / 46));
  const least = Math.max(2.8, Math.min(4.5, width / 180));
  const greatest = size === "same" ? 0 : Math.max(...places.map((p) => p[size]), 0);
  if (size === "same" || greatest === 0) return places.map(() => (largest + least) / 2.4);
  return places.map((p) => least + (largest - least) * Math.sqrt(Math.max(0, p[size]) / greatest));
}

/** Narrower maps may be higher than wide: a window that is not a phone's shows a map as a whole. */
const kPhone = 500;

/** A projection that fills this width with the places, and the height that it needs, at most as much as there is room for. */
export function fit(places: Place[], width: number, room = Infinity): { projection: GeoProjection; height: number } {
  const coordinates = places.map((p): Point => [p.longitude, p.latitude]);
  const points: MultiPoint = { type: "MultiPoint", coordinates };
  const margin = Math.max(18, width * 0.045);
  const projection = geoMercator().fitWidth(width - 2 * margin, points);
  const is_spread = places.length > 1 && projection.scale() < 2e5;
  if (!is_spread) return { projection: around(coordinates[0] ?? [0, 0], width), height: Math.round(width * 0.6) };
  const [[x0, y0], [, y1]] = geoPath(projection).bounds(points);
  const wanted = y1 - y0 + 2 * margin;
  const height = Math.round(Math.min(room, Math.max(width * 0.5, Math.min(wanted, width * (width < kPhone ? 1.05 : 0.78)))));
  if (wanted > height) {
    projection.fitExtent([[margin, margin], [width - margin, height - margin]], points);
  } else {
    const [tx, ty] = projection.translate();
    projection.translate([tx - x0 + margin, ty - y0 + (height - (y1 - y0)) / 2]);
  }
  return { projection, height };
}

/** For places that lie on one spot, or none: the land about ten degrees around it. */
function around(center: Point, width: number): GeoProjection {
  return geoMercator().center(center).scale((width * 180) / (20 * Math.PI)).translate([width / 2, width * 0.3]);
}

/** Length of kTintKm in px at the middle of the places. */
export function tint_radius(projection: GeoProjection, places: Place[]): number {
  const latitude = places.reduce((sum, p) => sum + p.latitude, 0) / Math.max(1, places.length);
  return (kTintKm * projection.scale()) / (kEarthKm * Math.cos((latitude * Math.PI) / 180));
}

/** Around every point the part of a disc of this radius that is nearer to it than to any other point, as a path. */
export function territories(points: Point[], radius: number): string[] {
  const kCorners = 32;
  return points.map(([x, y]) => {
    let reach = radius;  // of the farthest corner
    let shape = Array.from({ length: kCorners }, (_, k): Point => {
      const angle = (2 * Math.PI * k) / kCorners;
      return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    });
    const near = points.filter(([px, py]) => Math.abs(px - x) < 2 * radius && Math.abs(py - y) < 2 * radius)
      .map(([px, py]) => ({ dx: px - x, dy: py - y, far: Math.hypot(px - x, py - y) }))
      .filter(({ far }) => far > 0).sort((a, b) => a.far - b.far);
    for (const { dx, dy, far } of near) {
      if (far >= 2 * reach) break;
      shape = cut_off(shape, ([qx, qy]) => (qx - x - dx / 2) * dx + (qy - y - dy / 2) * dy);
      reach = Math.max(...shape.map(([qx, qy]) => Math.hypot(qx - x, qy - y)));
    }
    return shape.length > 2 ? `M${shape.map((q) => q.map((v) => v.toFixed(1)).join(",")).join("L")}Z` : "";
  });
}

/** What of a convex shape lies where `beyond`, which is linear, is not positive. */
function cut_off(shape: Point[], beyond: (q: Point) => number): Point[] {
  return shape.flatMap((q, k) => {
    const next = shape[(k + 1) % shape.length];
    const a = beyond(q), b = beyond(next);
    const kept: Point[] = a > 0 ? [] : [q];
    if (a > 0 !== b > 0) kept.push([q[0] + ((next[0] - q[0]) * a) / (a - b), q[1] + ((next[1] - q[1]) * a) / (a - b)]);
    return kept;
  });
}

/** Lengths in km that a scale bar may have. */
const kScaleKm = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
/** About how long a scale bar is, and how far from the edge of the map, in px. */
const kScalePx = 120, kScaleMargin = 14;

/** The length of a scale bar. */
const scale_km = (km_per_px: number): number =>
  kScaleKm.reduce((best, x) => (Math.abs(x / km_per_px - kScalePx) < Math.abs(best / km_per_px - kScalePx) ? x : best), kScaleKm[0]);

/** A scale bar: its left end, and its length in km and px. */
export interface ScaleBar { km: number; x: number; y: number; length: number }

/** The scale bar of a map with places at these points, in the lower corner where it covers fewer of them or, where that is the
 * same, that has fewer. */
export function scale_bar(km_per_px: number, at: Point[], width: number, height: number): ScaleBar {
  const km = scale_km(km_per_px), length = km / km_per_px, reach = 1.5 * kScalePx;
  const left: ScaleBar = { km, length, x: kScaleMargin, y: height - kScaleMargin }, right = { ...left, x: width - length - kScaleMargin };
  const covered = (bar: ScaleBar): number => {
    const { x0, y0, x1, y1 } = box_of_scale(bar);
    return at.filter(([x, y]) => x > x0 - kScaleMargin && x < x1 + kScaleMargin && y > y0 - kScaleMargin && y < y1 + kScaleMargin).length;
  };
  const low = at.filter(([, y]) => y > height - reach / 2);
  const more_left = covered(left) - covered(right) || low.filter(([x]) => x < reach).length - low.filter(([x]) => x > width - reach).length;
  return more_left > 0 ? right : left;
}

/** What a scale bar covers, with its words. */
export const box_of_scale = ({ x, y, length }: ScaleBar): Box => ({ x0: x - 4, x1: x + length + 4, y0: y - 20, y1: y + 2 });

interface Box { x0: number; y0: number; x1: number; y1: number }

/** Keeps texts of a map apart: none covers another, a reserved box or the edge, and none is written twice. */
export class Labels {
  private readonly taken: Box[] = [];
  private readonly written = new Set<string>();

  constructor(private readonly width: number, private readonly height: number) {}

  reserve(box: Box): void {
    this.taken.push(box);
  }

  /** The first of these points (middle of the base line) where the text fits; undefined if there is none. */
  place(text: string, spots: Point[], font: number, length: number): Point | undefined {
    if (this.written.has(text)) return undefined;
    return spots.find(([x, y]) => {
      const box = { x0: x - length / 2, y0: y - font, x1: x + length / 2, y1: y + 3 };
      if (box.x0 < 2 || box.x1 > this.width - 2 || box.y0 < 2 || box.y1 > this.height - 2) return false;
      if (this.taken.some((b) => b.x0 < box.x1 && b.x1 > box.x0 && b.y0 < box.y1 && b.y1 > box.y0)) return false;
      this.taken.push(box);
      this.written.add(text);
      return true;
    });
  }
}
