// A few knobs to begin with, in plain words: of the side that most is said about, and of its strongest opponent.
import type { Story } from "../data";
import { capital, count, day, percent, with_article } from "../format";
import { short } from "./data";
import type { Dial, NumberDial, WhatIfWar } from "./data";

/** What a knob is called, and what a turn of it means. */
export interface Suggestion { dial: NumberDial; name: string; turn: string }

/** At most so many knobs are suggested. */
const kMost = 6;

/** The men of a side on the first day, by the first number of the package that gives them. */
const strength = (war: WhatIfWar, id: string): number =>
  war.dials.filter((d): d is NumberDial => d.kind === "number" && d.table === "forces" && d.of.startsWith(`${id}.`) && d.name === war.start).reduce((sum, d) => sum + d.value, 0);

/** The side that most claims are about; where there are no claims, the strongest. */
export function subject_of(war: WhatIfWar): string | undefined {
  const claims = (id: string): number => war.claims.filter((c) => c.subject === id || c.object === id).length;
  return war.actors.filter((a) => a.kind === "ground").map((a) => ({ id: a.id, claims: claims(a.id), men: strength(war, a.id) }))
    .sort((a, b) => b.claims - a.claims || b.men - a.men)[0]?.id;
}

/** What turns a number in fact: where dated changes set it, the last of them, with the words from when on; else its own dial. */
export function in_force(dials: Dial[], path: string): { dial: NumberDial; since: string } | undefined {
  const is_number = (d: Dial | undefined): d is NumberDial => d?.kind === "number";
  const date_of = (d: Dial): string => String(dials.find((x) => x.kind === "date" && x.of === d.of)?.value ?? "");
  const changes = dials.filter(is_number).filter((d) => d.sets === path && date_of(d) !== "").sort((a, b) => date_of(a).localeCompare(date_of(b)));
  const own = dials.find((d) => d.path === path), last = changes.at(-1);
  return last ? { dial: last, since: ` from ${day(date_of(last))} on` } : is_number(own) ? { dial: own, since: "" } : undefined;
}

/** The knobs that a package has of these, in this order. */
export function suggestions(war: WhatIfWar, story: Story): Suggestion[] {
  const subject = subject_of(war);
  if (subject === undefined) return [];
  const rival = war.actors.filter((a) => a.kind === "ground" && a.id !== subject).sort((a, b) => strength(war, b.id) - strength(war, a.id))[0];
  const dial = (found: (d: Dial) => boolean): NumberDial | undefined => war.dials.find((d): d is NumberDial => d.kind === "number" && found(d));
  const name = (id: string): string => with_article(story.side(id).name);
  const list: (Suggestion | undefined)[] = [];
  const add = (one: NumberDial | undefined, words: string, turn: string): void => { list.push(one && { dial: one, name: words, turn }); };
  const add_of = (id: string, number: string, words: string, turn: string): void => {
    const found = in_force(war.dials, `actors.${id}.${number}`);
    add(found?.dial, `${words}${found?.since ?? ""}`, turn);
  };
  const force = (id: string): NumberDial | undefined => dial((d) => d.path === `forces.${id}.all.${war.start}`);
  /** Tables count those at the front. */
  const whole = (id: string): string => (dial((d) => d.path === `actors.${id}.front_line_fraction`)?.value ?? 1) < 1 ? "All its men, not only those at the front. " : "";
  add(force(subject), `Fighters of ${name(subject)} on the first day`, whole(subject) + "Turn it down and it begins the war weaker; who joins later stays the same.");
  add_of(subject, "recruits_per_day", `Recruits from abroad to ${name(subject)}`, "At 0 no fighter comes from abroad; twice as many refill its losses faster.");
  add_of(subject, "kill_rate", `How deadly each fighter of ${name(subject)} is`, "Enemies that each of its fighters kills per day. Halve it, and its attacks and its defence cost others half as many.");
  add_of(subject, "income", `Fighters whom ${name(subject)} can pay from outside`, "With less, more of its fighters leave when it loses land.");
  if (rival) {
    add(force(rival.id), `Fighters of ${name(rival.id)} on the first day`, whole(rival.id) + "Turn it up and the strongest other side can attack more places at once.");
    const sponsor = war.dials.filter((d): d is NumberDial => d.kind === "number" && d.table === "sponsors" && d.name === "finance" && d.of.startsWith(`${rival.id}.`)).sort((a, b) => b.value - a.value)[0];
    add(sponsor, `Money for ${name(rival.id)} from ${capital((sponsor?.of.split(".")[1] ?? "").replaceAll("_", " "))}`, "Counted in the fighters that it pays for. At 0 this money stops.");
    const command = war.actors.find((a) => a.id === rival.id)?.command;
    add(dial((d) => d.path === `commands.${command}.weight_others`), `Whether ${name(rival.id)} would join fights of others`, "Below 0 it leaves an enemy to those who fight it already; above 0 it joins them.");
    add_of(rival.id, "kill_rate", `How deadly each fighter of ${name(rival.id)} is`, "Enemies that each of its fighters kills per day.");
  }
  return list.filter((x) => x !== undefined).slice(0, kMost);
}

const plain = (x: number): string => (Math.abs(x) >= 100 ? count(x) : short(x));
/** Units that count nothing. */
const kBare = new Set(["alignment", "count", "exponent", "factor", "feature", "level", "log s.d.", "ratio", "score", "weight", "-1 to 1"]);
const in_unit = (x: number, unit: string): string =>
  (unit === "share" || unit === "probability" ? percent(x) : kBare.has(unit) ? `${plain(x)} (${unit})` : `${plain(x)} ${unit}`.trim());

/** "40% less than as it is": what a turn to this value makes of the number. */
export function turn_words({ value: base, unit }: Pick<NumberDial, "value" | "unit">, value: number): string {
  if (short(value) === short(base)) return "as it is";
  if (base <= 0 || value < 0) return `${in_unit(value, unit)} in place of ${plain(base)}`;
  if (value === 0) return `none, in place of ${in_unit(base, unit)}`;
  if (unit === "share" || unit === "probability") return `${percent(value)} in place of ${percent(base)}`;
  const ratio = value / base;
  return ratio < 1 ? `${percent(1 - ratio)} less than as it is` : ratio < 2 ? `${percent(ratio - 1)} more than as it is` : `${short(ratio)} times as much as it is`;
}

/** "33,800 fighters, drawn from 19,000 to 60,000": the value of the package in plain words. */
export function base_words({ value, unit, written, words }: Pick<NumberDial, "value" | "unit" | "written" | "words">): string {
  if (words) return words.split(" ")[value] ?? written;
  if (unit === "switch") return value === 0 ? "off" : "on";
  const ends = /^(?:loguniform\()?(-?[\d.e+-]+)(?:\.\.|, )(-?[\d.e+-]+)\)?$/.exec(written);
  const said = in_unit(value, unit);
  return ends ? `${said}, drawn between ${plain(Number(ends[1]))} and ${plain(Number(ends[2]))}` : said;
}
