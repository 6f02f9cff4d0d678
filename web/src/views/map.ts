// Who holds what: a pie of probabilities for every place, over the land and its roads, for the date of the clock.
import type { GeoPermissibleObjects, GeoProjection } from "d3-geo";
import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";
import type { ZoomTransform } from "d3-zoom";
import { kBase } from "../catalogue";
import type { Clock } from "../clock";
import type { Side, Story } from "../data";
import { h, is_phone, keep_focus, on_width, s } from "../dom";
import { tools } from "../figure";
import { capital, day } from "../format";
import { Labels, box_of_scale, fit, pie_paths, radii, scale_bar, territories, tint_radius } from "../geometry";
import type { Point, ScaleBar, Size } from "../geometry";
import { flat_path, ground_of, land_names, unknown_path } from "../ground";
import { named } from "../links";
import { badge } from "../paint";
import { later } from "../section";
import type { State } from "../state";
import { central_switches } from "../what_if/mode";
import { place_panel } from "./place";

const kMaxZoom = 24;
/** Parts of the time that have passed on the maps for paper. */
const kPaperMaps = [0, 1];
/** How far from a place, in px, a tap still means it. */
const kTouchReach = 22;
/** From this radius in px on a pie carries the sign of a side that holds at least this share of it. */
const kSignRadius = 8.5, kSignShare = 0.7;

const kNote = "The land around a place has no colour where no side holds it in more than half of the runs.";
const kRecordNote = " A ring of dashes: the place was contested in fact.";
const kLarger: Record<Size, string> = { population: " Larger: more people.", value: " Larger: worth more.", same: "" };
/** Width and height in px of the picture of a sign of the map, and radius of a pie there. */
const kSignWidth = 22, kSignHeight = 16, kSignPie = 4.5;

interface GroundPaths { land: string; lakes: string; rivers: string; unknown: string; borders: string; roads: string }

/** Of maps of one size the ground is the same: there are many, and land takes long to project. */
const grounds = new WeakMap<Story, Map<string, GroundPaths>>();

function ground_paths(story: Story, projection: GeoProjection, width: number, height: number): GroundPaths {
  const { places, links } = story.data, drawn = grounds.get(story) ?? new Map<string, GroundPaths>();
  const size = `${width} ${height}`, known = drawn.get(size);
  if (known) return known;
  const path = flat_path(projection, width, height, 1).digits(1), ground = ground_of(places, story.data.ground);
  const at = places.map((p) => (projection([p.longitude, p.latitude]) ?? [0, 0]).map((v) => v.toFixed(1)));
  const drawing = (shapes: GeoPermissibleObjects[]): string => shapes.map((one) => path(one) ?? "").join("");
  const paths = {
    land: drawing(ground.lands) || `M${-width},${-height}h${3 * width}v${3 * height}h${-3 * width}z`, lakes: drawing(ground.lakes), rivers: drawing(ground.rivers),
    unknown: unknown_path(ground, projection, width, height, 1), borders: drawing(ground.borders),
    roads: links.map(([a, b]) => `M${at[a]}L${at[b]}`).join(""),
  };
  grounds.set(story, drawn.set(size, paths));
  return paths;
}

/** The land and what lies on it, in coordinates of the projection that `fit` gives for this width. */
function ground(story: Story, projection: GeoProjection, width: number, height: number): { land: SVGPathElement; on_land: SVGPathElement[] } {
  const paths = ground_paths(story, projection, width, height);
  return { land: s("path", { class: "land", d: paths.land }), on_land: (["lakes", "rivers", "unknown", "borders", "roads"] as const).filter((part) => paths[part])
    .map((part) => s("path", { class: part, d: paths[part], fill: part === "unknown" ? "var(--paper)" : null })) };
}

const by_size = (r: number[]): number[] => r.map((_, i) => i).sort((a, b) => r[b] - r[a]);

/** How far from its place, in px, and in how many directions a name may stand that finds no room beside it. */
const kAways = [14, 26, 40, 56, 74], kDirections = 16;

/** Font of the names on a map that does not move, and radius in px of the dot of a place that has no pie there. */
const kStillFont = 7, kDot = 1.6;

/** Names of the largest places, as far as they find room. */
function still_names(story: Story, xy: Point[], r: number[], width: number, height: number): SVGElement {
  const labels = new Labels(width, height);
  by_size(r).forEach((i) => labels.reserve({ x0: xy[i][0] - r[i] * 0.6, y0: xy[i][1] - r[i] * 0.6, x1: xy[i][0] + r[i] * 0.6, y1: xy[i][1] + r[i] * 0.6 }));
  return s("g", { class: "names" }, ...by_size(r).map((i) => {
    const text = story.data.places[i].short_name, length = text.length * kStillFont * 0.58, [x, y] = xy[i];
    const at = labels.place(text, [[x, y + r[i] + kStillFont + 1], [x, y - r[i] - 2], [x + r[i] + 2 + length / 2, y + 2.5], [x - r[i] - 2 - length / 2, y + 2.5]], kStillFont, length);
    return at ? s("text", { class: "place-name", x: at[0].toFixed(1), y: at[1].toFixed(1), "font-size": kStillFont }, text) : null;
  }));
}

/** What a map that does not move shows of each place. */
interface StillMap {
  holders: (place: number) => { side: Side; p: number }[];  // none: a dot instead of the pie
  beyond?: (place: number) => { side: Side; p: number }[];  // the same of the map that begins at the edge, which `wipe` moves
  mark?: (place: number, r: number) => SVGElement | null;  // around the pie, or over the dot
  on_choose?: (place: number) => void;
  label: string; title: string; has_names?: boolean; size?: Size;
}

/** Each pair of maps needs clips of its own, which this numbers. */
let wiped_maps = 0;

/** A map that does not move: pies at their places, marks around them. `draw` asks for both anew; `wipe` puts the edge between the two
 * maps at this share of the width. */
export function map_picture(story: Story, wanted: number, { holders, beyond, mark, on_choose, label, title, has_names, size }: StillMap): { node: HTMLElement; draw: () => void; wipe: (share: number) => void } {
  const { places } = story.data, width = is_phone() ? Math.min(wanted, window.innerWidth) : wanted;  // shrunk to a phone nobody could read its names
  const { projection, height } = fit(places, width);
  const r = radii(places, size ?? "population", width);
  const { land, on_land } = ground(story, projection, width, height);
  const xy = places.map((p): Point => projection([p.longitude, p.latitude]) ?? [0, 0]);
  const groups = (attributes: { class?: string }, of?: (i: number) => () => void): { i: number; group: SVGGElement }[] => by_size(r).map((i) => {
    const [x, y] = xy[i];
    return { i, group: s("g", { ...attributes, transform: `translate(${x.toFixed(1)},${y.toFixed(1)})`, click: of?.(i) }) };
  });
  const pies = groups(on_choose ? { class: "pie" } : {}, (i) => () => on_choose?.(i));
  const pie = (shares: { side: Side; p: number }[], i: number): SVGElement[] => [
    ...(shares.length > 0 ? [s("circle", { class: "rim", r: r[i] + 0.6 })] : [s("circle", { class: "spot", r: kDot })]),
    ...pie_paths(shares, r[i]).map((d, k) => s("path", { d, fill: shares[k].side.paint.fill }))];
  const area = (i: number): SVGElement => s("circle", { r: r[i] + 0.6, fill: "none", "pointer-events": "all" });
  // Under the places that are chosen lie both maps, each as far as the edge.
  const maps = (beyond ? [holders, beyond] : []).map((of) => ({ of, pies: groups({}), part: s("rect", { y: 0, height }), id: `part-${wiped_maps++}` }));
  const edge = s("line", { class: "edge", y1: 0, y2: height });
  const wipe = (share: number): void => {
    const x = (share * width).toFixed(1);
    maps.forEach(({ part }, k) => { part.setAttribute("x", k === 0 ? "0" : x); part.setAttribute("width", k === 0 ? x : (width - Number(x)).toFixed(1)); });
    edge.setAttribute("x1", x);
    edge.setAttribute("x2", x);
  };
  const draw = (): void => {
    for (const { of, pies } of maps) for (const { i, group } of pies) group.replaceChildren(...pie(of(i), i));
    for (const { i, group } of pies) {
      const shares = beyond ? [] : holders(i), around = mark?.(i, r[i]);
      group.replaceChildren(...(on_choose ? [s("title", {}, places[i].name)] : []), ...(beyond ? [area(i)] : shares.length > 0 ? pie(shares, i) : [...pie(shares, i), area(i)]),
        ...(around ? [around] : []));
    }
  };
  draw();
  wipe(0.5);
  return { draw, wipe, node: h("figure", {},
    s("svg", { class: "map", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label }, land, ...on_land,
      ...maps.flatMap(({ id, part, pies }) => [s("clipPath", { id }, part), s("g", { "clip-path": `url(#${id})` }, ...pies.map(({ group }) => group))]),
      ...pies.map(({ group }) => group), has_names ? still_names(story, xy, r, width, height) : null, beyond ? edge : null),
    h("figcaption", {}, title)) };
}

/** A small map of one day: for paper, and for accounts beside each other. */
export function still_map(story: Story, date: number, width = 330, account = kBase, title = day(story.data.dates[date]),
                          has_names = false): HTMLElement {
  const holders = (i: number): { side: Side; p: number }[] => story.holders_under(account, i, date);
  return map_picture(story, width, {
    holders, title, has_names,
    label: `Control on ${day(story.data.dates[date])}${account === kBase ? "" : `, ${story.account_name(account)}`}`,
    mark(i, r) {
      const apart = account === kBase ? 0 : difference(holders(i), story.holders_under(kBase, i, date));
      return apart >= kApart ? s("circle", { class: "apart", r: r + 3, "stroke-opacity": (0.25 + 0.75 * apart).toFixed(2), "stroke-dasharray": is_sure_under(story, account, i, date) ? "none" : kDoubt }) : null;
    },
  }).node;
}

/** From this share of the probability on, two accounts differ about a place enough to be marked. */
export const kApart = 0.1;
/** How a ring is drawn whose difference the runs cannot tell from none. */
export const kDoubt = "3 2.5";
/** Standard errors to either side of a difference that make its 95% interval. */
const kSure = 1.96;

interface Share { side: Side; p: number }

/** Whether some holder's share of `n` runs and of `m` others differs by more than chance explains: the 95% interval of the
 * difference leaves out 0 (Agresti and Caffo 2000: one run added to either outcome on either side). The runs are taken for
 * independent; those on common draws tell more. */
export function is_surely_apart(one: Share[], n: number, other: Share[], m: number): boolean {
  const p = (list: Share[], id: string): number => list.find((x) => x.side.id === id)?.p ?? 0;
  return [...new Set([...one, ...other].map((x) => x.side.id))].some((id) => {
    const a = (p(one, id) * n + 1) / (n + 2), b = (p(other, id) * m + 1) / (m + 2);
    return Math.abs(a - b) > kSure * Math.sqrt((a * (1 - a)) / (n + 2) + (b * (1 - b)) / (m + 2));
  });
}

/** The same of a place under an account and in the basic model. */
function is_sure_under(story: Story, account: string, place: number, date: number): boolean {
  const runs = story.data.accounts?.find((a) => a.id === account)?.runs ?? story.data.runs;
  return is_surely_apart(story.holders_under(account, place, date), runs, story.holders_under(kBase, place, date), story.data.runs);
}

/** How much probability would have to move from holder to holder to make one forecast the other: 0 to 1. */
export function difference(one: { side: Side; p: number }[], other: { side: Side; p: number }[]): number {
  const ids = new Set([...one, ...other].map((x) => x.side.id));
  const p = (list: { side: Side; p: number }[], id: string): number => list.find((x) => x.side.id === id)?.p ?? 0;
  return [...ids].reduce((sum, id) => sum + Math.abs(p(one, id) - p(other, id)), 0) / 2;
}

/** The sides that hold a place on some day in some run. */
function holders_ever(story: Story): Side[] {
  const ids = [...story.actors.map((a) => a.id), "none"];
  return ids.filter((id) => story.data.places.some((p) => p.control[id]?.some((x) => x >= 0.005))).map((id) => story.side(id));
}

/** A sign of the map, drawn around the middle of its picture, and what it means. */
const sign_row = (words: string, is_on_paper: boolean, ...drawn: SVGElement[]): HTMLElement => h("li", { class: is_on_paper ? "" : "on-screen" },
  s("svg", { width: kSignWidth, height: kSignHeight, viewBox: `${-kSignWidth / 2} ${-kSignHeight / 2} ${kSignWidth} ${kSignHeight}`, "aria-hidden": "true" }, ...drawn), h("span", {}, words));

/** What is drawn on the map besides the sides, and what it means. */
function signs_of(story: Story): { node: HTMLElement; tell_size: (size: Size) => void; show_record: (is_shown: boolean) => void } {
  const [one, other = one] = story.actors.map((a) => story.side(a.id));
  const pie = (): SVGElement[] => [s("circle", { class: "rim", r: kSignPie + 0.9 }), ...pie_paths([{ p: 0.7 }, { p: 0.3 }], kSignPie).map((d, i) => s("path", { d, fill: [one, other][i].paint.fill }))];
  const disc = (x: number, certainty: number): SVGElement => s("circle", { cx: x, r: 7, fill: one.paint.colour, "fill-opacity": tint(certainty) });
  const place = sign_row("", true, ...pie()), words = place.lastElementChild as HTMLElement;
  const ring = sign_row("Ring: who held the place in fact. Thick: most runs have another side there.", false, ...pie(), s("circle", { class: "truth miss", r: kSignPie + 2.2, stroke: other.paint.colour }));
  return {
    node: h("ul", { class: "map-signs", "aria-label": "What the signs of the map mean" }, place,
      sign_row("A road.", true, s("path", { class: "roads", d: "M-10,4L10,-4" })),
      sign_row("Likeliest holder of the land around. Paler: less certain.", false, disc(-3, 1), disc(4, 0.75)),
      (story.data.events?.length ?? 0) > 0 ? sign_row("On the timeline: a dated event.", false, s("path", { class: "tick", d: "M-4,-4v8M2,-4v8" })) : null,
      story.data.record ? ring : null),
    tell_size: (size) => { words.textContent = `A place. Slices: in what share of the runs each side holds it that day.${kLarger[size]}`; },
    show_record: (is_shown) => { ring.hidden = !is_shown; },
  };
}

/** How dense the disc around a place is whose likeliest holder has this share of the runs. */
const tint = (p: number): string => Math.max(0, 0.68 * (p - 0.5)).toFixed(2);

/** A scale bar as it is drawn. */
export const scale_marks = ({ km, x, y, length }: ScaleBar): SVGElement[] => [
  s("path", { d: `M${x.toFixed(1)},${y - 5}v5h${length.toFixed(1)}v-5` }),
  s("text", { x: x + length / 2, y: y - 5, "text-anchor": "middle" }, `${km} km`)];

/** The map that zooms, at one width. Positions and sizes are set in px of the screen, so that pies and names keep theirs. */
class LiveMap {
  readonly svg: SVGSVGElement;
  private readonly height: number;
  private readonly projection: GeoProjection;
  private readonly xy: Point[];
  private readonly spots: ReturnType<typeof land_names>;
  private r: number[] = [];
  private transform: ZoomTransform = zoomIdentity;
  private drawn_zoom = 1;
  private chosen = -1;

  private readonly pies: { group: SVGGElement; rim: SVGCircleElement; truth: SVGCircleElement; apart: SVGCircleElement; wedges: SVGGElement }[];
  private readonly scale = s("g", { class: "scale-bar" });
  private readonly km_per_px: number;
  private readonly tints: SVGPathElement[];
  private readonly ground: SVGGElement;
  private readonly pie_layer = s("g");
  private readonly names = s("g", { class: "names", "aria-hidden": "true" });
  private readonly ring = s("circle", { class: "chosen", r: 0 });
  private readonly behaviour = zoom<SVGSVGElement, unknown>();

  constructor(private readonly story: Story, private readonly clock: Clock, private readonly state: State, private readonly width: number, room: number,
              private readonly on_choose: (place: number, is_pinned: boolean) => void, private readonly on_zoom: (zoom: string) => void) {
    const { places } = story.data;
    const { projection, height } = fit(places, width, room);
    this.height = height;
    this.projection = projection;
    this.xy = places.map((p) => projection([p.longitude, p.latitude]) ?? [0, 0]);
    this.km_per_px = 32 / Math.max(1e-9, tint_radius(projection, places));
    this.spots = land_names(ground_of(places, story.data.ground), projection, width, height);
    this.tints = territories(this.xy, tint_radius(projection, places)).map((d) => s("path", { d }));
    this.pies = places.map(() => {
      const rim = s("circle", { class: "rim" }), wedges = s("g"), truth = s("circle", { class: "truth" }), apart = s("circle", { class: "apart" });
      return { rim, wedges, truth, apart, group: s("g", { class: "pie" }, rim, wedges, truth, apart) };
    });
    const { land, on_land } = ground(story, projection, width, height);
    this.ground = s("g", { class: "ground" }, land,
      s("clipPath", { id: "land" }, s("path", { d: land.getAttribute("d") })),
      s("g", { "clip-path": "url(#land)" }, ...this.tints), ...on_land);
    this.svg = s("svg", {
      class: "map", width, height, viewBox: `0 0 ${width} ${height}`, tabindex: 0, role: "application",
      "aria-label": "Map of control. Arrow keys go from place to place, plus and minus zoom, escape leaves the place.",
    }, this.ground, this.pie_layer, this.ring, this.names, this.scale);
    this.listen();
  }

  /** Sizes the pies by this measure. */
  resize(size: Size): void {
    this.r = radii(this.story.data.places, size, this.width);
    this.pies.forEach(({ rim }, i) => rim.setAttribute("r", String(this.r[i] + 0.9)));
    this.pie_layer.replaceChildren(...by_size(this.r).map((i) => this.pies[i].group));
    this.show_date();
    this.move();
  }

  /** Draws what depends on the date. */
  show_date(): void {
    const account = this.state.get("account") ?? kBase, has_record = this.state.get("record") !== "off";
    this.story.data.places.forEach((_, i) => {
      const holders = this.story.holders_under(account, i, this.clock.index);
      const top = holders.reduce((best, x) => (x.p > best.p ? x : best), { side: this.story.side("none"), p: 0 });
      const marks: SVGElement[] = pie_paths(holders, this.r[i]).map((d, k) => s("path", { d, fill: holders[k].side.paint.fill }));
      if (this.radius(i) >= kSignRadius && top.p >= kSignShare && top.side.id !== "none") marks.push(this.sign(top.side, this.r[i]));
      this.pies[i].wedges.replaceChildren(...marks);
      this.ring_truth(i, has_record, account);
      const apart = account === kBase ? 0 : difference(holders, this.story.holders_under(kBase, i, this.clock.index));
      this.pies[i].apart.setAttribute("r", apart >= kApart ? (this.r[i] + 5.5).toFixed(1) : "0");
      this.pies[i].apart.setAttribute("stroke-opacity", (0.25 + 0.75 * apart).toFixed(2));
      this.pies[i].apart.setAttribute("stroke-dasharray", apart >= kApart && is_sure_under(this.story, account, i, this.clock.index) ? "none" : kDoubt);
      this.tints[i].setAttribute("fill", top.side.paint.colour);
      this.tints[i].setAttribute("fill-opacity", top.side.id === "none" ? "0" : tint(top.p));
    });
  }

  /** Draws who really held a place that day around its pie. */
  private ring_truth(i: number, is_shown: boolean, account: string): void {
    const { truth } = this.pies[i];
    const holder = is_shown ? this.story.truth(i, this.clock.date) : undefined;
    const p = this.story.p_of_truth(i, this.clock.index, account);
    const is_miss = p !== undefined && p < 0.5;
    truth.setAttribute("r", holder === undefined ? "0" : (this.r[i] + (is_miss ? 2.6 : 1.8)).toFixed(1));
    if (holder === undefined) return;
    truth.classList.toggle("miss", is_miss);
    truth.setAttribute("stroke", holder === "contested" || holder === "none" ? "var(--nobody)" : this.story.side(holder).paint.colour);
    truth.setAttribute("stroke-dasharray", holder === "contested" ? "2 2" : "none");
  }

  private draw_scale(): void {
    this.scale.replaceChildren(...scale_marks(this.scale_bar()));
  }

  /** By where the places lie on the whole map, so that it does not jump. */
  private scale_bar(): ScaleBar { return scale_bar(this.km_per_px / this.transform.k, this.xy, this.width, this.height); }

  /** Rings this place; -1: none. */
  show_chosen(place: number): void {
    this.chosen = place;
    this.ring.setAttribute("r", String(place >= 0 ? this.radius(place) + 4 : 0));
    if (place >= 0) this.ring.setAttribute("transform", `translate(${this.on_screen(place)})`);
  }

  /** Zooms by this factor, towards the chosen place if there is one; 0: back to the whole map. */
  zoom_by(factor: number): void {
    const selection = select<SVGSVGElement, unknown>(this.svg);
    if (factor === 0) return this.behaviour.transform(selection, zoomIdentity);
    this.behaviour.scaleBy(selection, factor);
    if (this.chosen >= 0) this.behaviour.translateTo(selection, ...this.xy[this.chosen]);
  }

  /** The zoom as an address has it: how much, and longitude and latitude of the middle of what is seen; "": the whole map. */
  get zoom(): string {
    const { k } = this.transform, middle = this.projection.invert?.(this.transform.invert([this.width / 2, this.height / 2]));
    return k === 1 || !middle ? "" : [k.toFixed(2), ...middle.map((degrees) => degrees.toFixed(3))].join(",");
  }

  /** Shows what `zoom` gave, on a map of any width. */
  show_zoom(text: string): void {
    if (text === this.zoom) return;
    const [k, east, north] = text.split(",").map(Number), is_good = [k, east, north].every(Number.isFinite) && k >= 1 && k <= kMaxZoom;
    const [x, y] = (is_good && this.projection([east, north])) || [0, 0];
    const to = is_good ? zoomIdentity.translate(this.width / 2, this.height / 2).scale(k).translate(-x, -y) : zoomIdentity;
    this.behaviour.transform(select<SVGSVGElement, unknown>(this.svg), to);
  }

  private on_screen(i: number): Point { return this.transform.apply(this.xy[i]); }
  private growth(): number { return this.transform.k ** 0.45; }
  private radius(i: number): number { return this.r[i] * this.growth(); }

  private sign(side: Side, r: number): SVGElement {
    const halo = side.paint.texture ? side.paint.colour : "none";
    return s("text", { class: "code", "font-size": Math.min(r * 0.8, 11), dy: "0.35em", fill: side.paint.ink, stroke: halo }, side.code);
  }

  /** Puts everything where the zoom has it. */
  private move(): void {
    this.ground.setAttribute("transform", this.transform.toString());
    this.pies.forEach(({ group }, i) => {
      const [x, y] = this.on_screen(i);
      group.setAttribute("transform", `translate(${x.toFixed(1)},${y.toFixed(1)}) scale(${this.growth().toFixed(3)})`);
    });
    this.show_chosen(this.chosen);
    this.draw_scale();
    this.write_names();
  }

  private write_names(): void {
    const { places } = this.story.data;
    const { width, height } = this;
    const labels = new Labels(width, height);
    const texts: SVGElement[] = [];
    const write = (name: string, text: string, spots: Point[], font: number, length: number): Point | undefined => {
      const at = labels.place(text, spots, font, length);
      if (at) texts.push(s("text", { class: name, x: at[0], y: at[1], "font-size": font }, text));
      return at;
    };
    const visible = places.map((_, i) => i).filter((i) => {
      const [x, y] = this.on_screen(i);
      return x > 0 && x < width && y > 0 && y < height;
    });
    for (const i of visible) {
      const [x, y] = this.on_screen(i), q = this.radius(i);
      labels.reserve({ x0: x - q, y0: y - q, x1: x + q, y1: y + q });
    }
    labels.reserve(box_of_scale(this.scale_bar()));
    const font = width < 500 ? 9.5 : 11.5;
    const room = Math.round((width / 90) ** 2 * 0.28 * Math.sqrt(this.transform.k)) + 4;
    for (const i of visible.sort((a, b) => places[b].population - places[a].population).slice(0, room)) {
      const [x, y] = this.on_screen(i), gap = this.radius(i) + 3;
      const text = places[i].short_name, length = text.length * font * 0.58;
      const beside = y + font * 0.35, away = gap + length / 2;
      const near: Point[] = [[x, y + gap + font * 0.75], [x, y - gap], [x + away, beside], [x - away, beside]];
      // Among crowded places the name stands at a distance, with a line to its place.
      const far = kAways.flatMap((px) => Array.from({ length: kDirections }, (_, k): Point => {
        const angle = (2 * Math.PI * k) / kDirections, across = Math.cos(angle);
        return [x + (gap + px) * across + (length / 2) * across, beside + (gap + px) * Math.sin(angle)];
      }));
      const at = write("place-name", text, [...near, ...far], font, length);
      if (at && far.includes(at)) {
        const edge = Math.max(at[0] - length / 2, Math.min(at[0] + length / 2, x)), middle = at[1] - font * 0.35;
        texts.unshift(s("path", { class: "name-line", d: `M${x.toFixed(1)},${y.toFixed(1)}L${edge.toFixed(1)},${(middle + (Math.abs(middle - y) < font ? 0 : Math.sign(y - middle) * font * 0.6)).toFixed(1)}` }));
      }
    }
    if (this.transform.k < 3) {
      const large = width < 500 ? 9 : 12;
      for (const { name, at, holds } of this.spots) {
        const [x, y] = this.transform.apply(at);
        const spots = [0, -6, 6, -12, 12].flatMap((across) => [0, -3, 3, -6, 6].map((lines): Point => [x + across * large, y + lines * large]));
        spots.some((spot) => holds(this.transform.invert(spot)) && write("country-name", name.toUpperCase(), [spot], large, name.length * large * 0.9));
      }
    }
    this.names.replaceChildren(...texts);
  }

  private listen(): void {
    this.behaviour.scaleExtent([1, kMaxZoom]).translateExtent([[0, 0], [this.width, this.height]])
      // A page must scroll under one finger or a plain wheel: the map takes two fingers, or one once it is zoomed in.
      .filter((event: WheelEvent & TouchEvent) => {
        if (event.type === "wheel") return event.ctrlKey || event.metaKey;
        return event.type.startsWith("touch") ? event.touches.length > 1 || this.transform.k > 1 : !event.button;
      })
      .on("zoom", (event: { transform: ZoomTransform }) => {
        this.transform = event.transform;
        this.svg.classList.toggle("zoomed", this.transform.k > 1);
        if (Math.abs(Math.log(this.transform.k / this.drawn_zoom)) > 0.05) {
          this.drawn_zoom = this.transform.k;
          this.show_date();  // larger pies carry signs
        }
        this.move();
      })
      .on("end", () => this.on_zoom(this.zoom));
    select<SVGSVGElement, unknown>(this.svg).call(this.behaviour).on("dblclick.zoom", null);
    this.svg.addEventListener("pointermove", (event) => {
      if (event.pointerType === "mouse" && event.buttons === 0) this.on_choose(this.nearest(event), false);
    });
    this.svg.addEventListener("pointerleave", () => this.on_choose(-1, false));
    this.svg.addEventListener("click", (event) => this.on_choose(this.nearest(event), true));
    this.svg.addEventListener("keydown", (event) => { if (this.press(event.key)) event.preventDefault(); });
  }

  /** The place under the pointer, or -1. */
  private nearest(event: MouseEvent): number {
    const area = this.svg.getBoundingClientRect();
    const x = event.clientX - area.left, y = event.clientY - area.top;
    const gap = (i: number): number => Math.hypot(this.on_screen(i)[0] - x, this.on_screen(i)[1] - y) - this.radius(i);
    const best = this.xy.reduce((a, _, i) => (a < 0 || gap(i) < gap(a) ? i : a), -1);
    return best >= 0 && gap(best) < kTouchReach ? best : -1;
  }

  /** Does what a key means; false if it means nothing here. */
  private press(key: string): boolean {
    const way = ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as Record<string, Point>)[key];
    if (way) {
      const next = this.neighbour(way);
      if (next >= 0) this.on_choose(next, true);
    } else if (key === "+" || key === "=") this.zoom_by(1.5);
    else if (key === "-") this.zoom_by(1 / 1.5);
    else if (key === "Escape") this.on_choose(-1, true);
    else return false;
    return true;
  }

  /** The next place this way from the chosen one, or from the middle of the map; -1: none. */
  private neighbour(way: Point): number {
    const [x, y] = this.chosen >= 0 ? this.on_screen(this.chosen) : [this.width / 2, this.height / 2];
    let best = -1, least = Infinity;
    this.xy.forEach((_, i) => {
      const [px, py] = this.on_screen(i);
      const along = (px - x) * way[0] + (py - y) * way[1];
      const aside = Math.abs((px - x) * way[1]) + Math.abs((py - y) * way[0]);
      const cost = along + 2 * aside;
      if (i !== this.chosen && along > 0.5 && aside < 2 * along && cost < least) {
        least = cost;
        best = i;
      }
    });
    return best;
  }
}

/** The least height in px of the map, and what is left free below what stands under it. */
const kLeastHeight = 280, kGap = 8;

/** The height that the first screen has for a map beside its answers, with its date and buttons above the bar of time. */
function room_for(box: Element): number {
  if (!window.matchMedia("(min-width: 60.01rem)").matches) return Infinity;
  const high = (element: Element | null): number => element?.getBoundingClientRect().height ?? 0;
  const above = box.getBoundingClientRect().top + window.scrollY;
  return Math.max(kLeastHeight, window.innerHeight - above - high(box.nextElementSibling) - high(document.querySelector(".timebar")) - 2 * kGap);
}

/** A menu of all places, by country; -1: none. */
export function place_finder({ data: { places } }: Story, on_choose: (place: number) => void): HTMLSelectElement {
  const countries = [...new Set(places.map((p) => p.country))].sort();
  const options_of = (country: string): HTMLElement[] =>
    places.map((p, i) => ({ p, i })).filter(({ p }) => p.country === country)
      .sort((a, b) => a.p.name.localeCompare(b.p.name)).map(({ p, i }) => h("option", { value: i }, p.name));
  const finder = h("select", { class: "finder", "aria-label": "Find a place", change: () => on_choose(Number(finder.value)) },
    h("option", { value: -1 }, "Find a place …"),
    ...countries.map((country) => h("optgroup", { label: country || "Places" }, ...options_of(country))));
  return finder;
}

/** beside: where in a wide window a place stands that is chosen; in others it stands below the map. */
export function map_view(story: Story, clock: Clock, state: State, beside: HTMLElement): HTMLElement {
  const { places, dates } = story.data;
  const box = h("div", { class: "map-box" });
  let map: LiveMap | undefined;
  const kSizes: [Size, string][] = [["population", "Pies sized by people"], ["value", "Pies sized by value"], ["same", "Pies of one size"]];
  const size_of = (): Size => kSizes.find(([name]) => name === state.get("pies"))?.[0] ?? "population";
  let size = size_of(), is_moving = false;
  let pinned = -1;

  /** Shows a place beside the map: for good, or while the pointer is on it. -1: the pinned one. */
  function choose(place: number, is_pinned: boolean): void {
    if (is_pinned && place !== pinned) {
      pinned = place;
      state.set("place", places[place]?.id ?? "");
    }
    show_panel(place >= 0 ? place : pinned);
    finder.value = String(pinned);
    map?.show_chosen(pinned);
  }
  const panel = place_panel(story, clock, state, (place) => choose(place, true)), paper_maps = h("div", { class: "paper-maps" });
  const wide = window.matchMedia("(min-width: 60.01rem)");
  function put_panel(): void {
    const { element } = panel, is_beside = wide.matches && element.classList.contains("of-place");
    element.classList.toggle("pinned", pinned >= 0);
    if (is_beside !== (element.parentElement === beside)) keep_focus([element], () => (is_beside ? beside.prepend(element) : paper_maps.before(element)));
  }
  function show_panel(place: number): void {
    panel.show(place);
    put_panel();
  }
  wide.addEventListener("change", put_panel, { signal: state.over });

  const finder = place_finder(story, (place) => choose(place, true));
  const sizes = h("select", { "aria-label": "Size of the pies", change: () => state.set("pies", sizes.value === "population" ? "" : sizes.value) },
    ...kSizes.map(([value, text]) => h("option", { value, selected: value === size }, text)));
  const button = (text: string, label: string, factor: number): HTMLElement =>
    h("button", { type: "button", "aria-label": label, click: () => map?.zoom_by(factor) }, text);
  const zooms = h("div", { class: "zoom" },
    button("+", "Zoom in", 1.6), button("−", "Zoom out", 1 / 1.6), button("Fit", "Fit the whole map", 0));

  on_width(box, (width) => {
    map = new LiveMap(story, clock, state, width, room_for(box), choose, (zoom) => { if (!is_moving) state.set("zoom", zoom, false); });
    map.resize(size);
    show_zoom();
    map.show_chosen(pinned);
    box.replaceChildren(map.svg);
  });
  clock.follow(() => map?.show_date());
  /** Shows the zoom of the address, which is then not written again as the map has it. */
  function show_zoom(): void {
    is_moving = true;
    map?.show_zoom(state.get("zoom") ?? "");
    is_moving = false;
  }
  const mapped = story.mapped;
  const whose = h("select", { class: "whole", "aria-label": "Account on the map", change: () => state.set("account", whose.value === kBase ? "" : whose.value) },
    ...mapped.map((a) => h("option", { value: a.id }, a.title)));
  const assumed = h("div", {}), signs = signs_of(story);
  signs.tell_size(size);
  let assumed_of = "";
  const record = h("input", { type: "checkbox", change: () => state.set("record", record.checked ? "" : "off") });
  state.follow(() => {
    whose.value = state.get("account") ?? kBase;
    if (whose.value !== assumed_of) assumed.replaceChildren(...[central_switches(story.data.package, (assumed_of = whose.value))].filter((x) => x !== null));
    record.checked = state.get("record") !== "off";
    signs.show_record(record.checked);
    const place = places.findIndex((p) => p.id === state.get("place"));
    if (place !== pinned) {
      pinned = place;
      show_panel(pinned);
      finder.value = String(pinned);
      map?.show_chosen(pinned);
    }
    if (size_of() !== size) {
      size = size_of();
      sizes.value = size;
      signs.tell_size(size);
      map?.resize(size);
    }
    show_zoom();
    map?.show_date();
  });

  const key = h("ul", { class: "key", "aria-label": "Key" }, ...holders_ever(story).map((side) => h("li", {}, badge(side), named(story, { ...side, name: capital(side.name) }))));
  const on_day = h("p", { class: "map-date" });
  const { record: war_record } = story.data;
  const say_day = (): void => {
    const under = state.get("account") ?? kBase;
    const until = war_record ? (clock.date <= war_record.last ? clock.index === clock.first ? ", the last day of observed data" : "" : `, after the observed data, which end on ${day(war_record.last)}`) : "";
    on_day.textContent = `${day(clock.date)}${until}. ${under === kBase ? "" : `By the account: ${story.account_name(under)}${story.kept_date(under, clock.index) === clock.index ? "" : `, on ${story.kept_day(under, clock.index)}`}.`}`;
  };
  clock.follow(say_day);
  state.follow(say_day);
  const note = h("p", { class: "note" }, kNote, story.data.record ? kRecordNote : "", " ", ground_of(places, story.data.ground).credit,
        mapped.length > 1 ? " When you choose an account, a second, wider ring marks each place where it changes the holder in more than a tenth of the runs, compared with the basic model. A full ring: more than chance explains. A dashed ring: it may be chance." : "", h("span", { class: "on-screen" }, " Pinch or Ctrl-wheel to zoom."));
  later(() => paper_maps.append(...kPaperMaps.map((part) => still_map(story, Math.round(part * (dates.length - 1)), 420, kBase, undefined, true))));
  const view = h("div", { class: "map-view" },
    h("div", { class: "map-main" },
      h("div", { class: "controls" }, finder, mapped.length > 1 ? whose : null, sizes,
        story.data.record ? h("label", { class: "check" }, record, "What happened") : null),
      key, box, h("div", { class: "below-map" }, h("div", { class: "under-map" }, on_day, zooms), signs.node), assumed,
      is_phone() ? h("details", {}, h("summary", {}, "More about this map"), note) : note,
      tools({
        name: "map", title: "Who holds what", data: story.data, about: () => on_day.textContent ?? "", picture: () => [key, box],
        table: () => ({
          heads: ["date", "place_id", "place", "latitude", "longitude", "holder", "probability", "record"],
          rows: places.flatMap((p, i) => story.holders_under(state.get("account") ?? kBase, i, clock.index).map(({ side, p: chance }) =>
            [clock.date, p.id, p.name, p.latitude, p.longitude, side.id, chance, story.truth(i, clock.date) ?? null])),
        }),
      })),
    panel.element,
    paper_maps);
  put_panel();
  // On a phone the sheet of a place is of the map, and goes with it.
  new IntersectionObserver(([part]) => panel.element.classList.toggle("away", !part.isIntersecting)).observe(view);
  return view;
}
