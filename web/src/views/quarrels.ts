// Who depends on the quarrels of its enemies: what happens to each side if its enemies stay divided, keep a truce, coordinate, or stand under
// one command.
import type { Story } from "../data";
import { h, rows_in } from "../dom";
import { tools } from "../figure";
import { capital, day, of_runs, percent, plural, share_of, short_day, with_article } from "../format";
import { named } from "../links";
import { badge } from "../paint";
import type { HalfGone, UnitedMatrix, UnitedActor, UnitedLevel } from "../report";
import type { Sentence } from "../headline";
import { tell_values } from "./bars";
import type { Mark } from "./bars";

/** Sides that a phone shows at first. */
const kPhoneRows = 3;

const way_name = (id: string): string => capital(id.replaceAll("_", " "));
const with_interval = (x: UnitedLevel, mean = percent(x.mean)): string => (x.low === null || x.high === null || x.low === x.high ? mean : `${mean} (${percent(x.low)} to ${percent(x.high)})`);

/** Whether an outcome differs from that of divided enemies beyond chance. */
export const is_certain_change = ({ change: c }: UnitedLevel): boolean => c !== null && c.low !== null && c.high !== null && (c.low > 0 || c.high < 0);

/** The same in words, with its direction. */
export const change_in_words = (level: UnitedLevel): string =>
  (is_certain_change(level) ? `${(level.change?.mean ?? 0) > 0 ? "more" : "fewer"} than if divided, beyond chance` : "within chance of divided");

/** The most that the actor loses of an outcome, under a unity that makes a certain difference; 0 where none does. */
export function greatest_loss(actor: UnitedActor, outcome: "survival" | "value"): number {
  return Math.max(0, ...actor.of.map((way) => way[outcome]).filter(is_certain_change).map((x) => -(x.change?.mean ?? 0)));
}

/** A loss of this share of the runs is worth telling. */
const kMuch = 0.1;

/** Whether it is shown that no actor loses much of its chance to survive; else the runs are too few to say. */
const all_survive_alike = ({ actors }: UnitedMatrix): boolean =>
  actors.every(({ of }) => of.every(({ survival: { change: c } }) => c === null || (c.low !== null && c.low >= -kMuch)));

/** Those that lose most by the unity of their enemies on top: chances to survive first, then land. */
export const rows_of_united = (united: UnitedMatrix): UnitedActor[] =>
  [...united.actors].sort((a, b) => greatest_loss(b, "survival") - greatest_loss(a, "survival") || greatest_loss(b, "value") - greatest_loss(a, "value"));

const kIf = ["while they stay divided", "if they keep a truce", "if they coordinate", "under one command"];

/** When half of the runs have seen the end, in words. */
export function end_in_words({ date, low, high }: HalfGone): string {
  if (date === null) return "collapsed in fewer than half of the runs";
  return `collapsed in half of the runs by ${short_day(date)}` + (low === null ? "" : high === null ? ` (${short_day(low)} at the earliest)` : ` (${short_day(low)} to ${short_day(high)})`);
}

/** What the matrix says of the side that loses most. */
export function quarrels_sentence(story: Story, united: UnitedMatrix): Sentence {
  const top = (outcome: "survival" | "value"): UnitedActor | undefined => [...united.actors].sort((a, b) => greatest_loss(b, outcome) - greatest_loss(a, outcome))[0];
  const told = (actor: UnitedActor, outcome: "survival" | "value"): string => actor.of.map(({ [outcome]: { mean } }, u) => {
    const how_much = outcome === "value" ? `${percent(mean)}${u > 0 ? "" : " of the land"}` : u > 0 ? share_of(mean, united.runs) : of_runs(mean, united.runs);
    return `${u === actor.of.length - 1 ? "and " : ""}${how_much} ${kIf[u]}`;
  }).join(", ");
  const dies = top("survival"), shrinks = top("value");
  const only = united.actors[1] ? "no side more than " : "";
  if (dies && greatest_loss(dies, "survival") > 0) {
    const last = dies.of.length - 1, half = dies.of[last].half_gone;
    const end = half.date === null ? " Even then it has collapsed in fewer than half of the runs." : ` Under one command it has collapsed in half of the runs by ${day(half.date)}.`;
    return [{ text: `The quarrels of its enemies help ${only}` }, { text: with_article(story.side(dies.id).name), strong: true }, { text: `. This side survives in ${told(dies, "survival")}.${end}` }];
  }
  const few = all_survive_alike(united) ? "" : `${plural(united.runs, "run")} are too few to say whether any side `;
  if (shrinks && greatest_loss(shrinks, "value") > 0) {
    return [{ text: `${few ? `${few}owes` : "No side owes"} its survival to the quarrels of its enemies${few ? "" : " in these runs"}. These quarrels save ${united.actors[1] ? "the most land" : "land"} for ` }, { text: with_article(story.side(shrinks.id).name), strong: true }, { text: `. This side ends with ${told(shrinks, "value")}.` }];
  }
  return [{ text: few ? `${few}fares worse if its enemies stand together.` : "In these runs no side is certain to fare worse if its enemies stand together." }];
}

function cell_of(story: Story, united: UnitedMatrix, actor: UnitedActor, u: number, most_land: number): Mark {
  const { survival, value, half_gone } = actor.of[u], { id, words } = united.ways[u], side = story.side(actor.id);
  const size = (x: number | null): string => `${(100 * Math.max(0, Math.min(1, x ?? 0))).toFixed(1)}%`;
  const sure = is_certain_change(survival), says = u === 0 ? [] : [change_in_words(survival)];
  const element = h("span", { class: "q-cell" },
    h("span", { class: "q-way", "aria-hidden": "true" }, way_name(id)),
    h("span", { class: sure ? "q-number sure" : "q-number" }, h("span", { class: "q-what" }, "survival "), share_of(survival.mean, united.runs)),
    h("span", { class: "q-bar" }, h("i", { style: `width:${size(survival.mean)};background:${side.paint.colour}` }),
      survival.low === null || survival.high === null ? null : h("b", { style: `left:${size(survival.low)};width:${size(survival.high - survival.low)}` })),
    h("span", { class: "q-land" }, h("i", { style: `width:${size((value.mean ?? 0) / most_land)};background:${side.paint.colour}` })),
    h("small", { class: is_certain_change(value) ? "sure" : "" }, `land ${percent(value.mean)}`));
  return { element, lines: [`${side.name}, its enemies ${way_name(id).toLowerCase()}`, words, `survival in ${with_interval(survival, of_runs(survival.mean, united.runs))}`, ...says, `land ${with_interval(value)}`, end_in_words(half_gone)] };
}

export function quarrels_view(story: Story, united: UnitedMatrix): HTMLElement {
  const rows = rows_of_united(united), marks: Mark[] = [];
  const most_land = Math.max(1e-9, ...rows.flatMap((actor) => actor.of.map((way) => way.value.mean ?? 0)));
  const list = h("ul", { class: "quarrels", "aria-label": `In how many runs each side survives, and its share of the land on ${day(story.data.end)}` },
    h("li", { class: "q-heads", "aria-hidden": "true" }, h("span", {}, "If its enemies are"), ...united.ways.map((way) => h("span", {}, h("b", {}, way_name(way.id))))));
  const shown = rows_in(list, rows.map((actor) => {
      const side = story.side(actor.id), cells = united.ways.map((_, u) => cell_of(story, united, actor, u, most_land));
      marks.push(...cells);
      return h("li", {}, h("span", { class: "who" }, badge(side), h("span", {}, named(story, side))), ...cells.map((cell) => cell.element));
    }), kPhoneRows);
  tell_values(marks);
  return h("div", {},
    ...shown,
    h("p", { class: "note" }, `Number and thick bar: in how many of ${plural(united.runs, "run")} it survives, with the 95% interval. Thin bar: share of the land on ${day(story.data.end)}, each place counted by its value, the longest ${percent(most_land)}. `
      + `Bold: the difference from divided is more than chance. The enemies are those of the first day${united.from ? `; they stand together from ${day(united.from)} on` : ""}.`),
    h("dl", { class: "q-ways" }, ...united.ways.map((way) => h("div", {}, h("dt", {}, way_name(way.id)), h("dd", {}, way.words)))),
    tools({
      name: "quarrels", title: "If its enemies had united", data: story.data, picture: () => list,
      table: () => ({
        heads: ["actor", "enemies", "survival", "survival_low", "survival_high", "land", "land_low", "land_high", "half_gone", "half_gone_low", "half_gone_high"],
        rows: rows.flatMap((actor) => actor.of.map(({ survival: s, value: v, half_gone: g }, u) => [story.side(actor.id).name, united.ways[u].id, s.mean, s.low, s.high, v.mean, v.low, v.high, g.date, g.low, g.high])),
      }),
    }));
}
