// Where two sides of a comparison differ: a map, a list and a panel of one place, each with its doubt.
import { h, into_view, is_phone, keep_focus, long_list, s } from "../dom";
import { tools } from "../figure";
import type { Table } from "../figure";
import { capital, exact, percent, plural } from "../format";
import { bare_change, change_range, is_certain } from "../outcomes";
import type { ComparedShare } from "../outcomes";
import type { Side, Story } from "../data";
import { badge } from "../paint";
import type { State } from "../state";
import { kDoubt, map_picture, place_finder } from "./map";

/** How the two sides differ about a place. */
interface PlaceDifference { place: number; moved: number; certain: boolean; gains: string; loses: string }

export function place_difference(shares: Record<string, ComparedShare>, place: number): PlaceDifference {
  const rows = Object.entries(shares);
  const by_gain = [...rows].sort(([, x], [, y]) => y[1] - y[0] - (x[1] - x[0]));
  return {
    place, moved: rows.reduce((sum, [, [a, b]]) => sum + Math.abs(b - a), 0) / 2, certain: rows.some(([, [, , low, high]]) => is_certain(low, high)),
    gains: by_gain[0]?.[0] ?? "none", loses: by_gain[by_gain.length - 1]?.[0] ?? "none",
  };
}

/** Below this share of the pairs a place counts as the same on both sides. */
const kSame = 0.005;
/** Steps of the slider that moves the edge between the two maps; it begins in the middle. */
const kEdgeSteps = 100, kEdge = "edge";

/** What can be turned where something is chosen. follow: shows what is turned now. */
export interface Knobs { node: HTMLElement; follow: () => void }

/** What the places and the sides of a map offer to turn, by their ids; nothing: null. */
export interface MapKnobs { of_place: (id: string) => Knobs | null; of_side: (id: string) => Knobs | null }

/** The numbers of the map: a row for every holder of every place. */
export function places_table(story: Story, shares: Record<string, ComparedShare>[]): Table {
  return {
    heads: ["place_id", "holder", "a", "b", "difference", "low", "high"],
    rows: shares.flatMap((of, i) => Object.entries(of).map(([id, [a, b, low, high]]) => [story.data.places[i].id, id, a, b, b - a, low, high])),
  };
}

/** names: heads of columns; under: "34% UNDER"; title: of the map; about: what the sides are, for a picture of it. */
interface Sides { names: [string, string]; under: [string, string]; title: string; day: string; about?: string; made_by?: () => string }

/** The slider between the two maps. move: called with the share of the width that the first of them has. */
function edge_slider(state: State, names: [string, string], move: (share: number) => void): HTMLElement {
  const slider = h("input", { type: "range", min: 0, max: kEdgeSteps, step: 1, "aria-label": `How much of the map shows the war ${names[0].toLowerCase()}` });
  const say = (): void => {
    slider.setAttribute("aria-valuetext", `${slider.value}% ${names[0].toLowerCase()}, the rest ${names[1].toLowerCase()}`);
    move(slider.valueAsNumber / kEdgeSteps);
  };
  const keep = (): void => state.set(kEdge, slider.value === String(kEdgeSteps / 2) ? "" : slider.value, false);
  const go = (to: number): void => {
    slider.value = String(to);
    say();
    keep();
  };
  slider.addEventListener("input", say);
  slider.addEventListener("change", keep);
  state.follow(() => {
    const kept = Number(state.get(kEdge) ?? "");
    slider.value = state.get(kEdge) !== undefined && kept >= 0 && kept <= kEdgeSteps ? String(kept) : String(kEdgeSteps / 2);
    say();
  });
  return h("div", { class: "edge-of-maps" }, h("button", { type: "button", click: () => go(kEdgeSteps) }, names[0]), slider,
    h("button", { type: "button", click: () => go(0) }, names[1]));
}

/** Nothing is shown until `show` is called, with a list of holders a place; it may be called again with others. Where there are knobs,
 * both maps lie under it, with an edge that a slider moves, and a place or a side that is chosen has its own beside it. */
export function difference_map(story: Story, state: State, { names, under: [one, other], title, day, about, made_by }: Sides, knobs?: MapKnobs): { node: HTMLElement; show: (shares: Record<string, ComparedShare>[], is_same?: boolean) => void } {
  const { places } = story.data;
  let shares: Record<string, ComparedShare>[] = [], differences: PlaceDifference[] = [], both_same = false;
  const choose = (choices: { place: string; side: string }): void => {
    state.go("", choices);
    into_view(chosen);
    panel.querySelector("h3")?.focus({ preventScroll: true });
  };
  const choose_place = (i: number): void => choose({ place: places[i].id, side: "" });
  const holders = (of: 0 | 1) => (i: number): { side: Side; p: number }[] =>
    Object.entries(shares[i] ?? {}).map(([id, share]) => ({ side: story.side(id), p: share[of] })).filter((x) => x.p >= kSame);
  const map = map_picture(story, 760, {
    holders: knobs ? holders(0) : () => [], beyond: knobs ? holders(1) : undefined, size: "same", on_choose: choose_place, has_names: true,
    label: "Where the two sides differ; the list beside it says the same", title,
    mark(i, r) {
      const d = differences[i];
      if (!d || d.moved < kSame) return null;
      if (knobs) return s("circle", { class: d.certain ? "moved ring" : "moved ring doubtful", r: (r + 2.5).toFixed(1), "stroke-opacity": (0.35 + 0.65 * d.moved).toFixed(2), "stroke-dasharray": d.certain ? "none" : kDoubt });
      const paint = story.side(d.gains).paint;
      return s("circle", { class: d.certain ? "moved" : "moved doubtful", r: (r * (0.35 + 1.1 * Math.sqrt(d.moved))).toFixed(1), fill: d.certain ? paint.colour : "none", stroke: paint.colour });
    },
  });
  const panel = h("aside", { class: "place-panel", "aria-label": "Place", "aria-live": "polite" }), offered = h("div", { class: "map-knobs" });
  // Who goes through the places by keyboard stays in the menu, which therefore stands where the place is shown.
  const finder = place_finder(story, (i) => { state.go("", { place: places[i]?.id ?? "", side: "" }); into_view(chosen); });
  const chosen = h("div", {}, h("div", { class: "controls" }, finder), panel, offered);
  const list = h("div", {}), key = h("ul", { class: "key", "aria-label": "Key" });
  const heading = (...of: (Node | string)[]): HTMLElement => h("h3", { tabindex: -1 }, ...of);
  const holders_of = (i: number): HTMLElement => {
    const rows = Object.entries(shares[i]).sort(([, x], [, y]) => Math.abs(y[1] - y[0]) - Math.abs(x[1] - x[0]) || y[0] - x[0]);
    const heads = ["By", ...(both_same ? ["In both wars"] : [...names, "Difference, percentage points"])];
    const difference = (x: number, low: number, high: number): HTMLElement => h("td", {}, h(is_certain(low, high) ? "b" : "span", {}, bare_change("survival", x)),
      h("small", {}, `${bare_change("survival", low)} to ${bare_change("survival", high)}`));
    return h("table", { class: "plain-table" }, h("thead", {}, h("tr", {}, ...heads.map((t) => h("th", { scope: "col" }, t)))),
      h("tbody", {}, ...rows.map(([id, [a, b, low, high]]) => h("tr", {}, h("th", { scope: "row" }, badge(story.side(id)), story.side(id).name), h("td", {}, percent(a)),
        ...(both_same ? [] : [h("td", {}, percent(b)), difference(b - a, low, high)])))));
  };
  const show_place = (): void => keep_focus([panel], () => {
    const i = places.findIndex((p) => p.id === state.get("place")), side = knobs ? state.get("side") : undefined;
    finder.value = String(i);
    if (side) return panel.replaceChildren(heading(badge(story.side(side)), capital(story.side(side).name)));
    if (i < 0 || !shares[i]) return panel.replaceChildren(h("p", { class: "note" }, `Choose a place on a map, in the menu or in the list to see how often each side holds it, ${one} and ${other}.${knobs ? " Choose a side in the key to take its supporters away." : ""}`));
    panel.replaceChildren(h("p", { class: "kicker" }, `Held on ${day}`), heading(places[i].name),
      h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `Holders of ${places[i].name}` }, holders_of(i)));
  });
  let offers: Knobs | null = null, offered_of = "";
  const show_knobs = (): void => {
    const side = state.get("side") ?? "", place = state.get("place") ?? "", of = side ? `side ${side}` : place ? `place ${place}` : "";
    if (of !== offered_of) {
      offers = side ? knobs?.of_side(side) ?? null : place ? knobs?.of_place(place) ?? null : null;
      offered.replaceChildren(...(offers ? [offers.node] : []));
      offered_of = of;
    }
    offers?.follow();
  };
  const item = (d: PlaceDifference): HTMLElement => {
    const [a, b, low, high] = shares[d.place][d.gains];
    return h("li", {}, h("button", { type: "button", class: "plain", click: () => choose_place(d.place) }, places[d.place].name), h("b", {}, `changes in ${percent(d.moved)}`),
      h("span", { class: "course" }, badge(story.side(d.gains)), `${story.side(d.gains).name}: ${percent(a)} ${one}, ${percent(b)} ${other} (${change_range("survival", low, high)})${d.certain ? "" : "; may be chance"}`));
  };
  let keyed = "";
  const show_key = (shown: Set<string>): void => {
    const ids = [...story.actors.map((a) => a.id), "none"].filter((id) => shown.has(id)), name = (id: string): string => capital(story.side(id).name);
    if (ids.join(" ") === keyed) return;  // else a side that is chosen by keyboard would be lost with every pair of runs
    keyed = ids.join(" ");
    key.replaceChildren(...ids.map((id) => h("li", {}, badge(story.side(id)),
      knobs && id !== "none" ? h("button", { type: "button", class: "plain", click: () => choose({ side: id, place: "" }) }, name(id)) : name(id))));
  };
  const show = (given: Record<string, ComparedShare>[], is_same = false): void => {
    shares = given;
    both_same = is_same;
    differences = shares.map(place_difference);
    map.draw();
    const greatest = differences.filter((d) => d.moved >= kSame).sort((a, b) => Number(b.certain) - Number(a.certain) || b.moved - a.moved);
    const certain = greatest.filter((d) => d.certain).length;
    show_key(knobs ? new Set(shares.flatMap((of) => Object.entries(of).filter(([, [a, b]]) => a >= kSame || b >= kSame).map(([id]) => id))) : new Set(greatest.map((d) => d.gains)));
    keep_focus([list], () => list.replaceChildren(h("h3", {}, `${plural(certain, "place")} with a clear difference, ${exact(greatest.length - certain)} more where it may be chance`),
      greatest.length > 0 ? long_list("ul", "track-list", greatest.map(item), is_phone() ? 6 : 14) : h("p", {}, "None.")));
    show_place();
  };
  state.follow(show_place);
  if (knobs) state.follow(show_knobs);
  const node = h("div", { class: "map-view" }, h("div", { class: "map-main" }, h("div", { class: "map-box" }, map.node), knobs ? edge_slider(state, names, map.wipe) : null, key,
    h("p", { class: "note" }, knobs ? `Left of the edge: ${one}; right of it: ${other}. A pie is a place, its slices are the shares of the runs in which each side holds it on ${day}. A ring: the two wars differ there, the darker the more pairs of runs; dashed: the runs are too few to be sure. Of a hundred such comparisons without any difference about five would have a full ring.`
      : "A circle is as large as the share of the pairs in which the place changes hands between the sides, in the colour of who gains it. Full: the interval of some holder's difference excludes zero. Dashed: the runs are too few to say. A dot: it changes hands in none of them, or in fewer than one of 200. Of a hundred such comparisons without any difference about five would be full."),
    tools({ name: "difference-map", title: "Where the two sides differ", data: story.data, about: () => about ?? "", picture: () => [map.node, key], made_by, table: () => places_table(story, shares) })),
  h("div", {}, chosen, h("div", { class: "track-lists" }, list)));
  return { node, show };
}
