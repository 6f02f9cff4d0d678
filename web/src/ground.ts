// What lies under the places of a map: land, water and borders, the page's own or the package's.
import { geoContains, geoIdentity, geoPath, geoTransform } from "d3-geo";
import type { GeoPath, GeoProjection } from "d3-geo";
import type { Feature, Geometry, Position } from "geojson";
import { feature } from "topojson-client";
import land from "virtual:land";
import type { Land, LandPart } from "virtual:land";
import type { Point } from "./geometry";
import type { OwnGround, Place } from "./report";

export interface Ground { lands: Feature<Geometry, { name?: string }>[]; lakes: Geometry[]; rivers: Geometry[]; borders: Geometry[]; known: Box; credit: string }

/** West, south, east, north, in degrees. */
type Box = [number, number, number, number];

const kNaturalEarth = "Outlines and rivers: Natural Earth; they take no view on any border.";
/** Mercator's map ends here. */
const kMostLatitude = 85;

const is_position = (x: unknown): boolean => Array.isArray(x) && x.length >= 2 && x.every(Number.isFinite);
const are_positions = (x: unknown): boolean => Array.isArray(x) && x.length > 0 && (x.every(is_position) || x.every(are_positions));

/** The ground of a map.geojson that nobody has checked; null where there is none that can be drawn. */
export function parse_ground(text: string | undefined): OwnGround | null {
  try {
    const given = JSON.parse(text ?? "null") as OwnGround | null;
    const is_sound = given?.features.every((f) => {
      f.properties = Object.assign({ kind: "land" }, f.properties);
      return are_positions(f.geometry.coordinates);
    });
    return is_sound ? given : null;
  } catch {
    return null;
  }
}

type Spot = Pick<Place, "longitude" | "latitude">;

/** The part of the land that places are drawn on: the box of detail that holds them all with some room around them, else the
 * world. */
function part_of(places: Spot[]): LandPart {
  const holds_all = ([west, south, east, north]: Box): boolean => places.every((p) =>
    p.longitude > west + 1 && p.longitude < east - 1 && p.latitude > south + 1 && p.latitude < north - 1);
  return land.find(({ box }) => holds_all(box)) ?? land[land.length - 1];
}

const unpacked = new Map<LandPart, Land>();

/** Unpacks the land that these places need, or all of it; before it is there, maps are drawn without. Half of what a page
 * weighs is land, and a report needs one part of it. */
export async function load_land(places?: Spot[], own?: OwnGround | null): Promise<void> {
  if (own?.features.some((f) => f.properties.kind === "land")) return;
  await Promise.all((places ? [part_of(places)] : land).map(async (part) => { unpacked.set(part, await part.unpack()); }));
}

/** Turned so that outer rings run one way and holes the other: areas that overlap are then filled like one. */
function turned(geometry: Geometry): Geometry {
  const area = (ring: Position[]): number => ring.reduce((sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length][1] - ring[(i + 1) % ring.length][0] * y, 0);
  const turn = (rings: Position[][]): Position[][] => rings.map((ring, i) => (area(ring) > 0 === (i === 0) ? ring : [...ring].reverse()));
  if (geometry.type === "Polygon") return { ...geometry, coordinates: turn(geometry.coordinates) };
  return geometry.type === "MultiPolygon" ? { ...geometry, coordinates: geometry.coordinates.map(turn) } : geometry;
}

const polygons_of = (g: Geometry): Position[][][] => (g.type === "Polygon" ? [g.coordinates] : g.type === "MultiPolygon" ? g.coordinates : []);

/** Whether a polygon of the land has this position in it, by how many of its lines lie north of it. */
const lies_in = (land: Feature, [x, y]: Position): boolean => polygons_of(land.geometry).some((rings) =>
  rings.flatMap((ring) => ring.slice(1).filter(([x1, y1], i) => (ring[i][0] > x) !== (x1 > x) && ring[i][1] + ((x - ring[i][0]) / (x1 - ring[i][0])) * (y1 - ring[i][1]) > y)).length % 2 === 1);

/** Land that runs along this part of a side of all land was cut there: no coast does, but for one of few positions. */
const kCutPart = 0.05;

/** How far the ground is known: up to a side where the land was cut, and without an end where it ends in a coast. */
function known_of(lands: Feature[]): Box {
  const rings = lands.flatMap(({ geometry }) => polygons_of(geometry).flat());
  const ends: Box = [Infinity, Infinity, -Infinity, -Infinity], along = [0, 0, 0, 0];
  for (const ring of rings) for (const at of ring) ends.forEach((end, side) => { ends[side] = (side < 2 ? Math.min : Math.max)(end, at[side % 2]); });
  for (const ring of rings) for (let i = 1; i < ring.length; ++i) {
    const from = ring[i - 1], to = ring[i];
    ends.forEach((end, side) => { if (from[side % 2] === end && to[side % 2] === end) along[side] += Math.abs(to[1 - (side % 2)] - from[1 - (side % 2)]); });
  }
  const [west, south, east, north] = ends, long = [north - south, east - west];
  return ends.map((end, side) => (along[side] > kCutPart * long[side % 2] ? end : side < 2 ? -Infinity : Infinity)) as Box;
}

const drawn = new WeakMap<Place[] | OwnGround, Ground>();

/** The page's own: in detail and with rivers if it has the land so around all places, else in the world's lines. Without land where
 * all places lie in the sea: such a war is of no country. */
function natural_earth(places: Place[]): Ground {
  const known = drawn.get(places);
  if (known) return known;
  const part = unpacked.get(part_of(places));
  const all = part ? feature(part.atlas, part.atlas.objects.countries).features : [];
  const lands = places.some((p) => all.some((f) => geoContains(f, [p.longitude, p.latitude]))) ? all : [];
  const ground = { lands, lakes: [], rivers: [{ type: "MultiLineString" as const, coordinates: part?.rivers ?? [] }], borders: [], known: known_of(lands), credit: lands.length > 0 ? kNaturalEarth : "" };
  if (part) drawn.set(places, ground);
  return ground;
}

/** Land of the package's own takes the place of all that the page has, water of its own that of the page's rivers. */
export function ground_of(places: Place[], own?: OwnGround | null): Ground {
  if (!own || own.features.length === 0) return natural_earth(places);
  const known = drawn.get(own);
  if (known) return known;
  const of = (kind: string): OwnGround["features"] => own.features.filter((f) => f.properties.kind === kind);
  const lands = of("land").map((f) => ({ ...f, geometry: turned(f.geometry) }));
  const waters = of("water").map((f) => turned(f.geometry)), is_line = (g: Geometry): boolean => g.type.endsWith("LineString");
  const rest = lands.length > 0 ? undefined : natural_earth(places);
  const whose = own.attribution ? `: ${own.attribution.replace(/\.$/, "")}.` : "";
  const ground = {
    lands: rest?.lands ?? lands, borders: of("border").map((f) => f.geometry), known: rest?.known ?? known_of(lands),
    lakes: waters.filter((g) => !is_line(g)), rivers: waters.length > 0 || !rest ? waters.filter(is_line) : rest.rivers,
    credit: rest ? `Outlines: Natural Earth; they take no view on any border. What is drawn over them${whose || " is the package's own."}` : whose ? `Ground${whose}` : "The ground is the package's own.",
  };
  drawn.set(own, ground);
  return ground;
}

/** Paths on the map of a Mercator projection, with straight lines between positions, cut at a frame of `margin` times the view. */
export function flat_path(projection: GeoProjection, width: number, height: number, margin: number): GeoPath {
  const frame = geoIdentity().clipExtent([[-margin * width, -margin * height], [(1 + margin) * width, (1 + margin) * height]]);
  const [x0, y0] = projection([0, 0]) ?? [0, 0], rad = Math.PI / 180, px = projection.scale();
  const flat = geoTransform({
    point(x, y) {  // the projection itself would turn the globe first, at several times the cost
      const latitude = Math.max(-kMostLatitude, Math.min(kMostLatitude, y)) * rad;
      this.stream.point(x0 + px * x * rad, y0 - px * Math.log(Math.tan(Math.PI / 4 + latitude / 2)));
    },
  });
  return geoPath({ stream: (to) => flat.stream(frame.stream(to)) });
}

/** How far, in px, what covers the unknown reaches over the known, to cover the line along the cut. */
const kOverCut = 1;

/** What of the view and of `margin` times as much around it lies beyond the known ground, as a path: neither land nor sea. */
export function unknown_path({ known: [west, south, east, north] }: Ground, projection: GeoProjection, width: number, height: number, margin: number): string {
  const left = -margin * width, right = (1 + margin) * width, top = -margin * height, bottom = (1 + margin) * height;
  const x = (degrees: number, over: number): number => Math.max(left, Math.min(right, (projection([degrees, 0]) ?? [0, 0])[0] + over));
  const y = (degrees: number, over: number): number => Math.max(top, Math.min(bottom, (projection([0, degrees]) ?? [0, 0])[1] + over));
  const x0 = Number.isFinite(west) ? x(west, kOverCut) : left, x1 = Number.isFinite(east) ? x(east, -kOverCut) : right;
  const y0 = Number.isFinite(north) ? y(north, kOverCut) : top, y1 = Number.isFinite(south) ? y(south, -kOverCut) : bottom;
  const box = (from: Point, to: Point): string => (to[0] > from[0] && to[1] > from[1] ? `M${from}H${to[0]}V${to[1]}H${from[0]}Z` : "");
  return box([left, top], [x0, bottom]) + box([x1, top], [right, bottom]) + box([x0, top], [x1, y0]) + box([x0, y1], [x1, bottom]);
}

/** Names of the lands that fill a good part of the view, at the middle of what is seen of them. holds: whether a point lies in the land. */
export function land_names({ lands }: Ground, projection: GeoProjection, width: number, height: number): { name: string; at: Point; holds: (at: Point) => boolean }[] {
  const path = flat_path(projection, width, height, 0);
  return lands.filter((f) => path.area(f) > 0.02 * width * height).map((f) => ({ name: f.properties.name ?? "", at: path.centroid(f), holds: (at) => lies_in(f, projection.invert?.(at) ?? at) }));
}
