// The data of a report (format 1), as the engine writes it, and what every view needs to know about it.

import { kNobodyPaint, paints_of } from "./paint";
import type { Paint } from "./paint";

/** A number over the runs of an ensemble: mean, its Monte Carlo error, quantiles. */
export interface Q { mean: number; se: number; q05: number; q50: number; q95: number }

export interface Band { mean: number[]; q05: number[]; q95: number[]; q50?: number[] }

export interface Actor {
  id: string; name: string; kind: "ground" | "air"; command: string; colour: string;
  first_day_fighters: number | null;
  survival_probability: number | null; survival_se: number | null;
  survival_low: number | null; survival_high: number | null;  // interval that holds it 95 times in 100
  collapse_share: number; collapse_date: { q05: string; q50: string; q95: string } | null;
  final_fighters: Q; value_share: Q; population_share: Q; losses: Q;
  fighters: Band;   // per date
  territory: Band;  // share of the value of all places that it holds, per date
}

export interface Place {
  id: string; name: string; latitude: number; longitude: number; population: number; value: number; kind: string; country: string;
  control: Record<string, number[]>;  // holder (an actor's id or "none") -> probability per date
}

export interface Dyad { attacker: string; target: string; losses: Q; effort_share: Q; losses_by_date: number[] }

export interface Priority { command: string; target: string; share: number[]; score: number; features: Record<string, number> }

export interface Claim {
  id: string; source: string; paragraph: number | string; speaker: string; kind: string; subject: string; object: string; stance: string;
  statement: string; low: number | string | null; high: number | string | null; unit: string;
}

/** Claims that cannot all hold, by id. */
export interface Conflict {
  statement: string; between_sources: boolean; numbers: number;
  one_says: string; one: string[]; other_says: string; other: string[]; in_doubt: string[];
}

export interface Basis { kind: "claim" | "source" | "assumed" | "default"; id: string | null; text: string }

/** Who wins from every division of the first-day force among three sides, in the mean field. */
export interface Regions {
  divisions: number; total_fighters: number; sides: string[];
  shares: Record<string, number>;  // an actor's id, "stalemate", "nobody" or "failed" -> share of the divisions
  ends: string;  // a letter a division, by the first side's part, then the second's: 1 2 3 that side wins, s, n, f
}

/** What an account says of one actor. */
export interface AccountSide {
  id: string; survival_probability: number | null; survival_se: number | null;
  survival_low: number | null; survival_high: number | null; value_share: Q; losses: Q;
}

/** The same war under one account; the first in the list is the package as it stands. */
export interface AccountResult {
  id: string; title: string; story: string; claims: string[];
  settings: number;  // numbers that it changes
  runs: number; failed_runs: number; actors: AccountSide[];
}

interface Estimate { mean: number | null; se: number | null }

/** By issue: the prediction before the first round and after each, and the actors' places in it, on the last day. */
export type Settlement = Record<string, {
  rounds: { median: Estimate; mean: Estimate }[];
  actors: Record<string, Record<"position" | "capability" | "risk" | "probability", Estimate>>;
}>;

export interface Report {
  format: 1; truel: string; title: string; description: string; package: string; questions: string[];
  seed: number; runs: number; failed_runs: number;
  runs_wanted: number | null;  // of an ensemble that was interrupted: what is here is a part
  solver: string; account: string | null;
  start: string; end: string; dates: string[];
  commands?: { id: string; name: string }[];
  actors: Actor[]; places: Place[]; links: [number, number][]; dyads: Dyad[]; priorities: Priority[]; civilian_harm: Q;
  falls: { actor: string; probability: number; median_date: string | null }[];
  claims: Claim[]; conflicts: Conflict[]; sources: { id: string; title: string; author: string; issued: string }[];
  numbers: { path: string; value: string; unit: string; basis: Basis[] }[];
  basis_counts: Record<string, number>;
  not_modelled: string[];
  regions?: Regions;
  accounts?: AccountResult[];
  settlement?: Settlement;
  /** Games of allocation (doctrine best-response): a run's mean number, and how they ended. */
  decisions?: { games: number; converged: number; cycles: number; rounds: number };
}

/** Reads the text of the data element. Throws an Error that says what is wrong in words for the reader. */
export function parse_report(text: string): Report {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new Error("The data of this report cannot be read: the file is damaged or cut off.");
  }
  if (typeof data !== "object" || data === null) throw new Error("This is the empty template of a report: it holds no data yet.");
  const report = data as Report;
  if (report.format !== 1) throw new Error(`This page reads report format 1; the data say ${String(report.format)}.`);
  const lists = [
    "dates", "actors", "places", "links", "dyads", "priorities", "falls", "claims", "conflicts", "sources", "numbers", "not_modelled",
  ] as const;
  for (const list of lists) if (!Array.isArray(report[list])) throw new Error(`The data of this report have no list "${list}".`);
  if (report.regions) {
    const { divisions: n, ends, sides } = report.regions;
    if (sides.length !== 3 || ends.length !== ((n + 1) * (n + 2)) / 2 || !/^[123snf]*$/.test(ends)) {
      throw new Error("The map of regions in this report is damaged.");
    }
  }
  if (report.dates.length === 0) throw new Error("The data of this report have no dates.");
  return report;
}

/** A name without what it explains in brackets. */
export const short_name = (name: string): string => name.replace(/\s*\([^)]*\)\s*$/, "") || name;

/** Two letters for every name, all different: the same sign for an actor on the map, in charts and in tables. */
export function short_codes(names: string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const words = name.replace(/\bal-/gi, "").split(/[^\p{L}\p{N}]+/u).filter((w) => w && !/^(the|of|and|al|a)$/i.test(w));
    const letters = words.join("");
    const initials = words.length > 1 ? words[0][0] + words[1][0] : letters.slice(0, 2);
    const candidates = [initials, ...Array.from(letters.slice(1), (l) => (letters[0] ?? "") + l)];
    for (const first of letters) for (let n = 1; n <= 9; ++n) candidates.push(first + n);
    for (let n = 10; n < 10 + names.length; ++n) candidates.push(String(n));
    const code = candidates.map((c) => c.toUpperCase()).find((c) => c.length === 2 && !taken.has(c)) ?? "??";
    taken.add(code);
    return code;
  });
}

/** What stands for an actor on the page. `kNobody` stands for "none". */
export interface Side { id: string; name: string; code: string; paint: Paint }

export const kNobody: Side = { id: "none", name: "nobody", code: "–", paint: kNobodyPaint };

/** The data with look-ups: actors in one order for all views (strongest first, air arms last), each as a Side. */
export class Story {
  readonly actors: Actor[];
  readonly ground: Actor[];
  readonly paints: Paint[];
  private readonly ever = new Map<Place, { side: Side; share: number[] }[]>();  // who holds a place on some day
  private readonly sides = new Map<string, Side>([["none", kNobody]]);

  constructor(readonly data: Report) {
    const rank = (a: Actor): number => (a.kind === "air" ? -1 : (a.first_day_fighters ?? 0));
    this.actors = [...data.actors].sort((a, b) => rank(b) - rank(a) || a.id.localeCompare(b.id));
    this.ground = this.actors.filter((a) => a.kind === "ground");
    const names = this.actors.map((a) => short_name(a.name));
    const codes = short_codes(names);
    this.paints = paints_of(this.actors.map((a) => a.colour));
    this.actors.forEach((a, i) => this.sides.set(a.id, { id: a.id, name: names[i], code: codes[i], paint: this.paints[i] }));
  }

  /** The side with this id; an id that no actor has (a command, an outside state) stands for itself. */
  side(id: string): Side {
    return this.sides.get(id) ?? { id, name: id.replaceAll("_", " "), code: id.slice(0, 2).toUpperCase(), paint: kNobodyPaint };
  }

  /** The actors that decide together under this id. */
  members(command: string): Actor[] {
    return this.actors.filter((a) => a.command === command);
  }

  /** A command by its own name, the name of its one actor, or its id. */
  command_name(id: string): string {
    const own = this.data.commands?.find((c) => c.id === id)?.name;
    const members = this.members(id);
    if (own) return short_name(own);
    return members.length === 1 ? this.side(members[0].id).name : id.replaceAll("_", " ").replace(/^./, (l) => l.toUpperCase());
  }

  /** An actor or a command by name; anything else (an outside state) by its id. */
  who(id: string): string {
    return !this.sides.has(id) && this.members(id).length > 0 ? this.command_name(id) : this.side(id).name;
  }

  /** Who may hold a place on a date: sides in the page's order, nobody last, without those below half a percent. */
  holders(place: Place, date: number): { side: Side; p: number }[] {
    let ever = this.ever.get(place);
    if (!ever) {
      const order = [...this.actors.map((a) => a.id), "none"];
      const rank = (id: string): number => (order.includes(id) ? order.indexOf(id) : order.length);
      const ids = Object.keys(place.control).sort((a, b) => rank(a) - rank(b));
      ever = ids.map((id) => ({ side: this.side(id), share: place.control[id] }));
      this.ever.set(place, ever);
    }
    return ever.map(({ side, share }) => ({ side, p: share[date] ?? 0 })).filter((h) => h.p >= 0.005);
  }
}

/** How open it is who holds a place: 0 when one holder is certain, 1 when n holders are equally likely for n = 2. */
export function openness(holders: { p: number }[]): number {
  return holders.reduce((sum, { p }) => sum - (p > 0 ? p * Math.log2(p) : 0), 0);
}
