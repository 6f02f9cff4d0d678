// What is turned on the map itself: of a side who supports it, of a place who holds it, who stands there on the first day, and its roads.
import type { Story } from "../data";
import { h } from "../dom";
import { capital, count, day } from "../format";
import type { Knobs, MapKnobs } from "../views/difference";
import { dial_link } from "./dials";
import { kCut, short } from "./data";
import type { Change, NumberDial, WhatIfWar } from "./data";

/** Something that can be taken away: its words and the numbers that are then 0. */
interface Part { words: string; dials: NumberDial[] }

const is_number = (d: WhatIfWar["dials"][number]): d is NumberDial => d.kind === "number";

/** "1,700 fighters paid for, arms 0.35" */
function support_words(dials: NumberDial[]): string {
  return dials.map((d) => (d.name === "finance" ? `pays for ${count(d.value)} fighters` : `${d.name} ${short(d.value)}`)).join(", ");
}

/** An outside state or movement, of which the package has the id alone: "United States", "PKK". */
const sponsor_name = (id: string): string => (id.length <= 3 ? id.toUpperCase() : id.replaceAll("_", " ").replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase()));

/** Who supports a side, the first of the package's list first. Dated changes of what a sponsor gives belong to it. */
function sponsors_of(war: WhatIfWar, side: string): Part[] {
  const numbers = war.dials.filter(is_number), given = numbers.filter((d) => d.table === "sponsors" && d.of.split(".")[0] === side);
  return [...new Set(given.map((d) => d.of))].map((of): Part => {
    const own = given.filter((d) => d.of === of), paths = new Set(own.map((d) => d.path)), later = numbers.filter((d) => d.sets !== undefined && paths.has(d.sets));
    return { words: `${sponsor_name(of.split(".")[1])}: ${support_words(own.filter((d) => d.value !== 0))}`, dials: [...own, ...later].filter((d) => d.value !== 0) };
  }).filter((x) => x.dials.length > 0);
}

/** Who stands at a place on the first day, as far as the package says so of the place: by its last number until then; none who are not there. */
export function men_at(war: WhatIfWar, story: Story, place: string): Part[] {
  const last = new Map<string, NumberDial>();
  for (const d of war.dials.filter(is_number)) {
    if (d.table === "forces" && d.of.split(".")[1] === place && d.name <= war.start && d.name >= (last.get(d.of)?.name ?? "")) last.set(d.of, d);
  }
  return [...last.values()].filter((d) => d.value > 0).map((d) => ({ words: `${capital(story.side(d.of.split(".")[0]).name)}: ${count(d.value)} fighters`, dials: [d] }));
}

/** turned: what is turned now; turn: turns several numbers as one step. */
export function map_knobs(war: WhatIfWar, story: Story, turned: () => Map<string, string>, turn: (changes: Change[]) => void): MapKnobs {
  const knobs = (title: string, says: string, parts: Part[], find: string): Knobs | null => {
    if (parts.length === 0) return null;
    const rows = parts.map(({ words, dials }) => {
      const box = h("input", { type: "checkbox", change: () => turn(dials.map((d) => [d.path, box.checked ? null : "0"])) });
      return { box, dials, node: h("li", {}, h("label", { class: "check" }, box, h("span", {}, words))) };
    });
    return {
      node: h("fieldset", { class: "statements" }, h("legend", {}, title), h("p", { class: "note" }, says), h("ul", {}, ...rows.map((x) => x.node)),
        h("p", { class: "note" }, dial_link("Turn these parameters by degrees", find))),
      follow: () => { for (const { box, dials } of rows) box.checked = !dials.every((d) => Number(turned().get(d.path) ?? "1") === 0); },
    };
  };
  /** Who holds a place on the first day. */
  const holder = (id: string, own: string): Knobs => {
    const path = `places.${id}.control`, sides = [...story.ground.map((a) => a.id), "none"];
    const select = h("select", { change: () => turn([[path, select.value === own ? null : select.value]]) }, ...sides.map((a) => h("option", { value: a }, capital(story.side(a).name))));
    return { node: h("label", { class: "by-account" }, `Who holds it on ${day(war.start)}`, select), follow: () => { select.value = turned().get(path) ?? own; } };
  };
  /** The roads of a place, to be cut. */
  const roads = (place: number): Knobs | null => {
    const { places, links } = story.data;
    const rows = links.filter((ends) => ends.includes(place)).map(([a, b]) => {
      const path = `links.${places[a].id}.${places[b].id}.road_km`, box = h("input", { type: "checkbox", change: () => turn([[path, box.checked ? null : kCut]]) });
      return { path, box, node: h("li", {}, h("label", { class: "check" }, box, h("span", {}, `To ${places[a === place ? b : a].name}`))) };
    });
    return rows.length === 0 ? null : {
      node: h("fieldset", { class: "statements" }, h("legend", {}, "Its roads"), h("p", { class: "note" }, "Untick a road to cut it: nobody moves, attacks or trades along it in the changed war."), h("ul", {}, ...rows.map((x) => x.node))),
      follow: () => { for (const { path, box } of rows) box.checked = turned().get(path) !== kCut; },
    };
  };
  const of_place = (id: string): Knobs => {
    const place = story.data.places.findIndex((p) => p.id === id);
    const parts = [holder(id, war.holders[place]),
      knobs(`Who stands there on ${day(war.start)}`, "Take them away, and the changed war begins without them; who holds the place stays the same.", men_at(war, story, id), `forces ${id}`), roads(place)].filter((x) => x !== null);
    return { node: h("div", {}, ...parts.map((x) => x.node)), follow: () => { for (const x of parts) x.follow(); } };
  };
  return {
    of_place,
    of_side: (id) => knobs("Who supports it", "Take a sponsor away, and the changed war goes on without its money, arms, training and intelligence from the first day on.", sponsors_of(war, id), `sponsors ${id}`),
  };
}
