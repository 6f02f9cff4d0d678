import { geoArea, geoContains } from "d3-geo";
import type { FeatureCollection, Geometry } from "geojson";
import { feature } from "topojson-client";
import { describe, expect, it } from "vitest";
import land from "virtual:land";
import type { Land } from "virtual:land";
import type { Place } from "../src/report";
import { distance, legible, paints_of } from "../src/paint";
import type { Paint } from "../src/paint";
import { Labels, fit, pie_paths, radii, scale_bar, territories } from "../src/geometry";
import { flat_path, ground_of, land_names, load_land, parse_ground, unknown_path } from "../src/ground";
import type { OwnGround } from "../src/report";
import { spread_labels } from "../src/views/series";

const parts = await Promise.all(land.map((part) => part.unpack()));
await load_land();

describe("paints", () => {
  it("differ in colour or in texture, as people with red-green blindness see them", () => {
    const given = ["#b2383b", "#2e8b57", "#8fbc3f", "#5aa17f", "#126b5a", "#7bc8a4", "#d65a8a", "#9c2b6a", "#e0b000", "#1a1a1a", "#275048"];
    const paints = paints_of(given);
    for (const is_dark of [false, true]) {
      const shown = (x: Paint): string => legible(x.base, is_dark);
      for (const p of paints) for (const q of paints) if (p !== q) expect(distance(shown(p), shown(q)) >= 16 || p.texture !== q.texture, `${p.base} ${q.base}`).toBe(true);
    }
  });
  it("are measured by the eye that tells them apart worst", () => {
    expect(distance("#c05040", "#6f7a20")).toBeLessThan(distance("#c05040", "#4050c0") / 2);
    expect(distance("#000000", "#ffffff")).toBeGreaterThan(95);
  });
  it("replace what is no colour", () => {
    expect(paints_of(["", "not a colour", "url(x)"]).map((p) => p.base)).toEqual(["#4269d0", "#efb118", "#ff725c"]);
  });
  it("stand out from the page", () => {
    const lightness = (hex: string): number => parseInt(hex.slice(1, 3), 16);
    expect(lightness(legible("#ffffff", false))).toBeLessThan(190);
    expect(lightness(legible("#000000", true))).toBeGreaterThan(90);
  });
});

describe("pies", () => {
  const ends = (path: string): number[] => path.match(/-?\d+\.?\d*(e-\d+)?/g)?.map(Number) ?? [];
  it("start at noon and go clockwise by probability", () => {
    const [quarter] = pie_paths([{ p: 0.25 }, { p: 0.75 }], 10);
    const numbers = ends(quarter);
    expect([numbers[0], numbers[1]].map((v) => Math.round(v))).toEqual([0, -10]);
    expect(quarter).toContain("A10,10,0,0,1,10,0");
  });
  it("close the circle where rounding left a gap", () => {
    expect(pie_paths([{ p: 0.33 }, { p: 0.33 }], 10)).toEqual(pie_paths([{ p: 0.5 }, { p: 0.5 }], 10));
  });
  it("grow in area with the measure and never vanish", () => {
    const places = [0, 1e5, 4e5].map((population) => ({ population, value: 1 }) as Place);
    const [none, small, large] = radii(places, "population", 800);
    expect(none).toBeGreaterThan(2);
    expect((large - none) / (small - none)).toBeCloseTo(2);
    expect(new Set(radii(places, "value", 800)).size).toBe(1);
    const unknown = places.map((p) => ({ ...p, population: 0 }));
    expect(radii(unknown, "population", 800)).toEqual(radii(unknown, "same", 800));
  });
});

describe("a scale bar", () => {
  it("covers no place if one of the lower corners is free, else stands where fewer are", () => {
    expect(scale_bar(0.2, [[50, 380], [300, 340]], 390, 400).x).toBeGreaterThan(195);
    expect(scale_bar(0.2, [[340, 380], [90, 340]], 390, 400).x).toBeLessThan(195);
    expect(scale_bar(0.2, [[50, 320], [60, 320], [300, 320]], 390, 400).x).toBeGreaterThan(195);
  });
});

describe("tints", () => {
  const area = (path: string): number => {
    const q = path.slice(1, -1).split("L").map((x) => x.split(",").map(Number));
    return Math.abs(q.reduce((sum, [x, y], i) => sum + x * q[(i + 1) % q.length][1] - q[(i + 1) % q.length][0] * y, 0)) / 2;
  };
  it("are discs where places are far apart", () => {
    const [one] = territories([[0, 0], [500, 0]], 10);
    expect(area(one)).toBeCloseTo(16 * 100 * Math.sin(Math.PI / 16), -1);
  });
  it("meet halfway between neighbours", () => {
    const [one, other] = territories([[0, 0], [8, 0]], 10);
    expect(Math.max(...one.slice(1, -1).split("L").map((q) => Number(q.split(",")[0])))).toBeCloseTo(4);
    expect(area(one)).toBeCloseTo(area(other), 0);
    expect(area(one)).toBeLessThan(250);
  });
  it("survive two places on one point", () => {
    expect(territories([[3, 3], [3, 3]], 10)).toHaveLength(2);
  });
});

describe("names on the map", () => {
  it("go to the first spot that is free, inside the map, once", () => {
    const labels = new Labels(100, 100);
    labels.reserve({ x0: 40, y0: 40, x1: 60, y1: 60 });
    expect(labels.place("Homs", [[50, 55], [50, 80]], 10, 30)).toEqual([50, 80]);
    expect(labels.place("Hama", [[50, 82], [95, 20]], 10, 30)).toBeUndefined();
    expect(labels.place("Homs", [[50, 20]], 10, 30)).toBeUndefined();
    expect(labels.place("Hama", [[50, 20]], 10, 30)).toEqual([50, 20]);
  });
});

describe("end labels", () => {
  it("keep their order and a line's height between them", () => {
    const placed = spread_labels([{ id: "a", y: 100 }, { id: "b", y: 101 }, { id: "c", y: 5 }], false, [0, 1000], 300);
    expect(placed.map((x) => x.id)).toEqual(["c", "a", "b"]);
    const px = placed.map((x) => (x.y / 1000) * 300);
    expect(px[1] - px[0]).toBeGreaterThanOrEqual(10.9);
    expect(px[2] - px[1]).toBeGreaterThanOrEqual(10.9);
  });
  it("stay inside the axis, on a log scale too", () => {
    for (const { y } of spread_labels([1, 2, 3].map((k) => ({ id: String(k), y: 1e5 })), true, [10, 1e5], 300)) expect(y).toBeLessThanOrEqual(1e5 * 1.0001);
  });
});

describe("the rivers", () => {
  /** Degrees from a point to the nearest piece of a river. */
  const gap = (lines: [number, number][][], [x, y]: [number, number]): number => Math.min(...lines.flatMap((line) => line.slice(1).map(([bx, by], i) => {
    const [ax, ay] = line[i], along = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2 || 1)));
    return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay));
  })));
  it("pass the towns that lie on them", () => {
    const [syria, balkans] = parts.map((x) => x.rivers);
    for (const town of [[39.01, 35.95], [40.14, 35.34], [43.13, 36.34], [44.37, 33.31]] as [number, number][]) expect(gap(syria, town), String(town)).toBeLessThan(0.15);  // Raqqa, Deir ez-Zor, Mosul, Baghdad
    expect(gap(balkans, [20.45, 44.82])).toBeLessThan(0.15);  // Belgrade
    expect(gap(syria, [38.28, 34.56])).toBeGreaterThan(0.5);  // Palmyra lies in the desert
  });
});

describe("the land", () => {
  const countries_of = ({ atlas }: Land) => feature(atlas, atlas.objects.countries) as FeatureCollection<Geometry, { name: string }>;
  const countries = countries_of(parts[0]);
  const named = (name: string) => countries.features.find((f) => f.properties.name === name);
  it("has Syria and Iraq in detail, the right way out", () => {
    expect(geoContains(named("Syria") as never, [38.3, 34.6])).toBe(true);
    expect(geoContains(named("Syria") as never, [44.4, 33.3])).toBe(false);
    expect(geoContains(named("Iraq") as never, [44.4, 33.3])).toBe(true);
  });
  it("leaves the sea free", () => {
    expect(countries.features.filter((f) => geoContains(f, [34.5, 34.9]))).toEqual([]);
  });
  it("is cut to the box", () => {
    expect(countries.features.some((f) => f.properties.name === "Maldives")).toBe(false);
    expect(geoArea(countries)).toBeLessThan(0.12);
  });
  it("has the western Balkans in detail, and the rest of the world, every country the right way out", () => {
    const at = (part: Land, point: [number, number]): string[] => countries_of(part).features.filter((f) => geoContains(f, point)).map((f) => f.properties.name);
    expect(at(parts[1], [18.4, 43.86])).toEqual(["Bosnia and Herz."]);
    expect(at(parts[1], [16, 42.6])).toEqual([]);
    expect(at(parts[2], [32.5, 15.6])).toEqual(["Sudan"]);
    expect(at(parts[2], [69.2, 34.5])).toEqual(["Afghanistan"]);
    expect(at(parts[2], [-30, 40])).toEqual([]);
    for (const f of countries_of(parts[2]).features) expect(geoArea(f), f.properties.name).toBeLessThan(0.6);
  });
  it("is drawn in detail where a box holds all places with some room, else as the world", () => {
    const place = (longitude: number, latitude: number) => ({ longitude, latitude }) as Place;
    const points = (places: Place[]) => JSON.stringify(ground_of(places).lands.find((f) => f.properties.name === "Turkey" || f.properties.name === "Croatia")?.geometry).length;
    expect(points([place(18.4, 43.9), place(16, 45)])).toBeGreaterThan(points([place(18.4, 43.9), place(60, 45)]));
    expect(ground_of([place(18.4, 43.9)]).lands.length).toBeLessThan(40);
    expect(ground_of([place(18.4, 43.9), place(60, 45)]).lands.length).toBeGreaterThan(150);
  });
  it("is left out of a war that lies in the sea, and credited to nobody", () => {
    const at_sea = ground_of([{ longitude: 0, latitude: 0 }, { longitude: 1, latitude: 0.5 }] as Place[]);
    expect([at_sea.lands.length, at_sea.credit]).toEqual([0, ""]);
    expect(ground_of([{ longitude: 0, latitude: 0 }, { longitude: 7.4, latitude: 9 }] as Place[]).lands.length).toBeGreaterThan(150);
  });
});

describe("the ground of a package", () => {
  const places = [[10, 44], [12, 46]].map(([longitude, latitude]) => ({ longitude, latitude }) as Place);
  const square = (kind: "land" | "water", [x, y, side]: number[], name?: string): OwnGround["features"][number] => ({
    type: "Feature", properties: { kind, name }, geometry: { type: "Polygon", coordinates: [[[x, y], [x, y + side], [x + side, y + side], [x + side, y], [x, y]]] },
  });
  const line = (kind: "water" | "border"): OwnGround["features"][number] => ({ type: "Feature", properties: { kind }, geometry: { type: "LineString", coordinates: [[9, 43], [13, 47]] } });
  const own = (...features: OwnGround["features"]): OwnGround => ({ type: "FeatureCollection", attribution: "A. Author", features });
  it("takes the place of the page's, which stays under mere borders", () => {
    const all = ground_of(places, own(square("land", [9, 43, 4], "<b>Isle</b>"), square("water", [10, 45, 0.5]), line("water"), line("border")));
    expect([all.lands, all.lakes, all.rivers, all.borders].map((x) => x.length)).toEqual([1, 1, 1, 1]);
    expect(all.credit).toBe("Ground: A. Author.");
    const over = ground_of(places, own(line("border")));
    expect(over.lands.some((f) => f.properties.name === "Italy")).toBe(true);
    expect(over.credit).toMatch(/Natural Earth.*A\. Author/);
    expect(ground_of(places, null)).toBe(ground_of(places));
  });
  it("is the union of areas that overlap, whichever way their rings run, without their holes", () => {
    const other_way = square("land", [9.5, 43.5, 1]);
    const hole = square("land", [9, 43, 4]);
    for (const f of [other_way]) (f.geometry.coordinates as number[][][])[0].reverse();
    (hole.geometry.coordinates as number[][][]).push([[11, 45], [11, 46], [12, 46], [12, 45], [11, 45]]);
    const area = (g: unknown): number => {
      const ring = (g as { coordinates: number[][][] }).coordinates[0];
      return ring.reduce((sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length][1] - ring[(i + 1) % ring.length][0] * y, 0);
    };
    const { lands } = ground_of(places, own(hole, other_way));
    expect(Math.sign(area(lands[0].geometry))).toBe(Math.sign(area(lands[1].geometry)));
    const rings = (lands[0].geometry as { coordinates: number[][][] }).coordinates;
    expect(Math.sign(area({ coordinates: [rings[1]] }))).toBe(-Math.sign(area({ coordinates: [rings[0]] })));
  });
  it("is drawn with straight lines that are cut at the view, and named where it fills it", () => {
    const { projection, height } = fit(places, 400);
    const ground = ground_of(places, own(square("land", [-80, -89, 170], "Everywhere"), square("land", [11, 45, 0.01], "An islet")));
    const path = flat_path(projection, 400, height, 0);
    for (const f of ground.lands) expect(path.bounds(f).flat().every((v) => v >= 0 && v <= Math.max(400, height))).toBe(true);
    expect(path.area(ground.lands[0])).toBeCloseTo(400 * height, 0);
    expect(land_names(ground, projection, 400, height).map((x) => x.name)).toEqual(["Everywhere"]);
  });
  it("has names that know what lies in their land, so that none is written in another", () => {
    const ground = ground_of(places, own(square("land", [5, 40, 6], "West"), square("land", [11, 40, 6], "East")));
    const { projection, height } = fit(places, 400), names = land_names(ground, projection, 400, height), [border] = projection([11, 45]) ?? [0];
    expect(names.map((x) => x.name)).toEqual(["West", "East"]);
    for (const [i, { at, holds }] of names.entries()) {
      expect(holds(at)).toBe(true);
      expect([holds([border - 5, height / 2]), holds([border + 5, height / 2])]).toEqual([i === 0, i === 1]);
    }
  });
  it("is unknown beyond a side where the land was cut, and sea beyond a coast", () => {
    const coast = (...ring: number[][]): OwnGround["features"][number] => ({ type: "Feature", properties: { kind: "land" }, geometry: { type: "Polygon", coordinates: [ring] } });
    const island = coast([10, 44.2], [10.8, 45.3], [11.6, 45.9], [11.9, 44.6], [10, 44.2]);
    expect(ground_of(places, own(island)).known).toEqual([-Infinity, -Infinity, Infinity, Infinity]);
    const two_of_one_longitude = coast([10, 44.2], [10, 44.25], [10.8, 45.3], [11.9, 44.6], [10, 44.2]);
    expect(ground_of(places, own(two_of_one_longitude)).known[0]).toBe(-Infinity);
    const shared = [coast([10.2, 44.2], [10.2, 45], [11.5, 45], [10.2, 44.2]), coast([10.2, 45], [10.2, 45.8], [11.5, 45], [10.2, 45])];
    const cut = ground_of(places, own(...shared));
    expect(cut.known).toEqual([10.2, -Infinity, Infinity, Infinity]);
    expect(ground_of(places, own(line("border"))).known).toEqual(ground_of(places).known);
    const { projection, height } = fit(places, 400), side = projection([10.2, 45])![0];
    const [all, x] = /^M-400,[-\d.]+H([\d.]+)V[\d.]+H-400Z$/.exec(unknown_path(cut, projection, 400, height, 1)) ?? [];
    expect(all).toBeDefined();
    expect(Number(x)).toBeGreaterThan(side);  // covers the line of the cut
    expect(Number(x)).toBeLessThan(side + 2);
    expect(unknown_path(ground_of(places, own(island)), projection, 400, height, 1)).toBe("");
  });
  it("is passed over while it is written and cannot be drawn", () => {
    const good = own(line("border"));
    expect(parse_ground(JSON.stringify(good))?.features.length).toBe(1);
    for (const bad of [undefined, "{", "[]", "3", '{"features": 3}', '{"features": [null]}', '{"features": [{"geometry": {"type": "Polygon", "coordinates": [["<img>", 1]]}}]}', '{"features": [{"geometry": {"type": "LineString", "coordinates": []}}]}']) expect(parse_ground(bad), bad).toBeNull();
    expect(parse_ground('{"features": [{"geometry": {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}}]}')?.features[0].properties.kind).toBe("land");
  });
});
