// Where two sides of a comparison differ: a map, a list and a panel of one place, each with its doubt.
import { h, is_phone, long_list, s } from "../dom";
import { tools } from "../figure";
import type { Table } from "../figure";
import { capital, exact, percent, plural } from "../format";
import { change, is_certain } from "../outcomes";
import type { ComparedShare } from "../outcomes";
import type { Story } from "../data";
import { badge } from "../paint";
import type { State } from "../state";
import { map_picture } from "./map";

/** How the two sides differ about a place. */
export interface PlaceDifference { place: number; moved: number; certain: boolean; gains: string; loses: string }

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

/** The numbers of the map: a row for every holder of every place. */
export function places_table(story: Story, shares: Record<string, ComparedShare>[]): Table {
  return {
    heads: ["place_id", "holder", "a", "b", "difference", "low", "high"],
    rows: shares.flatMap((of, i) => Object.entries(of).map(([id, [a, b, low, high]]) => [story.data.places[i].id, id, a, b, b - a, low, high])),
  };
}

/** names: heads of columns; under: "34% UNDER"; title: of the map; about: what the sides are, for a picture of it. */
interface Sides { names: [string, string]; under: [string, string]; title: string; day: string; about?: string; made_by?: () => string }

/** Nothing is shown until `show` is called, with a list of holders a place; it may be called again with others. */
export function difference_map(story: Story, state: State, { names, under: [one, other], title, day, about, made_by }: Sides): { node: HTMLElement; show: (shares: Record<string, ComparedShare>[]) => void } {
  const { places } = story.data;
  let shares: Record<string, ComparedShare>[] = [], differences: PlaceDifference[] = [];
  const choose = (i: number): void => state.go("", { place: places[i].id });
  const map = map_picture(story, 760, {
    holders: () => [], size: "same", on_choose: choose, has_names: true,
    label: "Where the two sides differ; the list beside it says the same", title,
    mark(i, r) {
      const d = differences[i];
      if (!d || d.moved < kSame) return null;
      const paint = story.side(d.gains).paint;
      return s("circle", { class: d.certain ? "moved" : "moved doubtful", r: (r * (0.35 + 1.1 * Math.sqrt(d.moved))).toFixed(1), fill: d.certain ? paint.colour : "none", stroke: paint.colour });
    },
  });
  const panel = h("aside", { class: "place-panel", "aria-label": "Place", "aria-live": "polite" });
  const list = h("div", {}), key = h("ul", { class: "key", "aria-label": "Key" });
  const show_place = (): void => {
    const i = places.findIndex((p) => p.id === state.get("place"));
    if (i < 0 || !shares[i]) return panel.replaceChildren(h("p", { class: "note" }, `Choose a place on a map or in the list: how often each side holds it, ${one} and ${other}.`));
    const rows = Object.entries(shares[i]).sort(([, x], [, y]) => Math.abs(y[1] - y[0]) - Math.abs(x[1] - x[0]));
    panel.replaceChildren(h("p", { class: "kicker" }, `Held on ${day}`), h("h3", {}, places[i].name),
      h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `Holders of ${places[i].name}` }, h("table", { class: "plain-table" },
        h("thead", {}, h("tr", {}, ...["By", ...names, "Difference, in 100 runs"].map((t) => h("th", { scope: "col" }, t)))),
        h("tbody", {}, ...rows.map(([id, [a, b, low, high]]) => h("tr", {}, h("th", { scope: "row" }, badge(story.side(id)), story.side(id).name), h("td", {}, percent(a)), h("td", {}, percent(b)),
          h("td", {}, h("b", {}, change("survival", b - a)), h("small", {}, ` ${change("survival", low)} to ${change("survival", high)}`))))))));
  };
  const item = (d: PlaceDifference): HTMLElement => {
    const [a, b, low, high] = shares[d.place][d.gains];
    return h("li", {}, h("button", { type: "button", class: "plain", click: () => choose(d.place) }, places[d.place].name), h("b", {}, `${percent(d.moved)} moves`),
      h("span", { class: "course" }, badge(story.side(d.gains)), `${story.side(d.gains).name}: ${percent(a)} ${one}, ${percent(b)} ${other} (${change("survival", low)} to ${change("survival", high)})${d.certain ? "" : "; may be none"}`));
  };
  const show = (given: Record<string, ComparedShare>[]): void => {
    shares = given;
    differences = shares.map(place_difference);
    map.draw();
    const greatest = differences.filter((d) => d.moved >= kSame).sort((a, b) => Number(b.certain) - Number(a.certain) || b.moved - a.moved);
    const certain = greatest.filter((d) => d.certain).length;
    const gains = new Set(greatest.map((d) => d.gains));
    key.replaceChildren(...[...story.actors.map((a) => a.id), "none"].filter((id) => gains.has(id)).map((id) => h("li", {}, badge(story.side(id)), capital(story.side(id).name))));
    list.replaceChildren(h("h3", {}, `${plural(certain, "place")} where the difference is sure, ${exact(greatest.length - certain)} more where it may be none`),
      greatest.length > 0 ? long_list("ul", "track-list", greatest.map(item), is_phone() ? 6 : 14) : h("p", {}, "None."));
    show_place();
  };
  state.follow(show_place);
  const node = h("div", { class: "map-view" }, h("div", { class: "map-main" }, h("div", { class: "map-box" }, map.node), key,
    h("p", { class: "note" }, "A circle is as large as the share of the pairs in which the place changes hands between the sides, in the colour of who gains it. Full: the interval of some holder's difference excludes zero. Dashed: the runs are too few to say. A dot: it changes hands in none of them, or in fewer than one of 200. Of a hundred such comparisons without any difference about five would be full."),
    tools({ name: "difference-map", title: "Where the two sides differ", data: story.data, about: () => about ?? "", picture: () => [map.node, key], made_by, table: () => places_table(story, shares) })),
  h("div", {}, panel, h("div", { class: "track-lists" }, list)));
  return { node, show };
}
