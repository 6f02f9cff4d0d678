// The data of a report (format 1), as the engine writes it, and what every view needs to know about it.

import type { OwnGround } from "./ground";
import { kNobodyPaint, paints_of } from "./paint";
import type { Paint } from "./paint";

/** A number over the runs of an ensemble: mean, its Monte Carlo error, quantiles. */
export interface Q { mean: number; se: number; q05: number; q50: number; q95: number }

export interface Band { mean: number[]; q05: number[]; q95: number[]; q50?: number[] }

export interface Actor {
  id: string; name: string; kind: "ground" | "air"; command: string; colour: string;
  record_code?: string;  // actors with one code count as one holder in the record
  first_day_fighters: number | null;
  spells?: number;  // where no run tells fighters: rows of the package's control table that name it
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
  // Per one of Report.account_dates:
  control?: Record<string, number[]>[];  // [place] holder -> probability in percent
  fighters?: Record<string, number[]>;   // actor -> mean
  territory?: Record<string, number[]>;  // actor -> mean share of the value of all places
}

/** A score of a forecast against the record, with its bootstrap interval and the difference to "nothing changes". */
export interface ScoreRow {
  date: string; months: number; score: "brier" | "probability"; subset: "all" | "changed" | "unchanged";
  model: string; account: string | null; value: number; low: number; high: number;
  difference: number; difference_low: number; difference_high: number; places: number;
}

/** How a forecast of deaths did, by pair of sides and month: a row that the package brings, from truel score. */
export interface DeathScore {
  from: string; to: string; score: "crps" | "ignorance"; model: string; account: string | null; value: number;
  against?: string; difference?: number; difference_low?: number; difference_high?: number;
  pairs: number; months: number; runs: number;
}

/** Who really held what, from the package, cut at the end of the run. */
export interface WarRecord {
  first: string; last: string; is_whole: boolean;
  told: number;  // changes dated after the first day, which the run knows as history tells them
  places: [string, string, string][][];  // [place] spells: from, to (both included), an actor's id, "none" or "contested"
  scores: ScoreRow[];
  deaths?: DeathScore[];
}

/** What happens on a day of itself. */
export interface DatedEvent { date: string; note: string; basis: Basis[] }

interface Estimate { mean: number | null; se: number | null }

/** By issue: the prediction before the first round and after each, and the actors' places in it, on the last day. */
export type Settlement = Record<string, {
  rounds: { median: Estimate; mean: Estimate }[];
  actors: Record<string, Record<"position" | "capability" | "risk" | "probability", Estimate>>;
}>;

/** A metric of a question in the runs that have it; low and high: see docs/results.md, `questions`. */
export interface AnswerValue {
  mean: number | null; se: number | null; q05: number | null; q50: number | null; q95: number | null;
  low: number | null; high: number | null; share_of_runs: number; date?: string;
}

/** An answer under an account, "base" for the package as it stands. */
export interface Answer { account: string; text: string; values: AnswerValue[] }

/** What the package is meant to answer; words alone where it names no metric. */
export interface Question {
  words: string; form?: "number" | "yes-or-no" | "list" | "spread"; scale?: "probability" | "share" | "days" | "people" | "number";
  metrics?: string[]; labels?: string[]; threshold?: number; basis?: string; conclusion?: string; answers?: Answer[];
}

/** What the numbers of a package rest on. */
export interface Evidence {
  claims: Claim[]; conflicts: Conflict[]; sources: { id: string; title: string; author: string; issued: string }[];
  numbers: { path: string; value: string; unit: string; basis: Basis[] }[];
  basis_counts: Record<string, number>;
}

export interface Report extends Evidence {
  format: 1; truel: string; title: string; description: string; package: string; questions: Question[];
  early_end?: string;  // that the run ends before the scenario does; "": it does not
  seed: number; runs: number; failed_runs: number;
  runs_wanted: number | null;  // of an ensemble that was interrupted: what is here is a part
  solver: string; account: string | null;
  start: string; end: string; dates: string[];
  commands?: { id: string; name: string }[];
  actors: Actor[]; places: Place[]; links: [number, number][]; ground?: OwnGround | null; dyads: Dyad[]; priorities: Priority[]; civilian_harm: Q;
  falls: { actor: string; probability: number; median_date: string | null }[];
  not_modelled: string[];
  regions?: Regions;
  accounts?: AccountResult[];
  account_dates?: number[];  // into dates
  record?: WarRecord | null;
  events?: DatedEvent[];
  settlement?: Settlement;
  /** Games of allocation (doctrine best-response): a run's mean number, and how they ended. */
  decisions?: { games: number; converged: number; cycles: number; rounds: number };
}

const kPageKinds = ["scores", "comparison", "what-if", "editor"] as const;
export type Kind = "report" | (typeof kPageKinds)[number];

/** What the text of the data element holds; of text that cannot be read: a report, whose reader says what is wrong. */
export function kind_of(text: string): Kind {
  const kind = /"kind":"([a-z-]+)"\}\s*$/.exec(text)?.[1];
  return kPageKinds.find((one) => one === kind) ?? "report";
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
  private readonly ranks: Map<string, number>;

  /** has_pages: whether the page shows everything about one actor or place when asked (views/about.ts). */
  constructor(readonly data: Report, readonly has_pages = true) {
    const rank = (a: Actor): number => (a.kind === "air" ? -1 : (a.first_day_fighters ?? a.spells ?? 0));
    this.actors = [...data.actors].sort((a, b) => rank(b) - rank(a) || a.id.localeCompare(b.id));
    this.ground = this.actors.filter((a) => a.kind === "ground");
    const names = this.actors.map((a) => short_name(a.name));
    const codes = short_codes(names);
    this.paints = paints_of(this.actors.map((a) => a.colour));
    this.ranks = new Map([...this.actors.map((a) => a.id), "none"].map((id, i) => [id, i]));
    this.actors.forEach((a, i) => this.sides.set(a.id, { id: a.id, name: names[i], code: codes[i], paint: this.paints[i] }));
  }

  /** The side with this id; an id that no actor has (a command, an outside state) stands for itself. */
  side(id: string): Side {
    return this.sides.get(id) ?? { id, name: id.replaceAll("_", " "), code: id.slice(0, 2).toUpperCase(), paint: kNobodyPaint };
  }

  /** Where the page lists this holder: the actors in their order, then nobody, then whoever is none of them. */
  private rank(id: string): number {
    return this.ranks.get(id) ?? this.ranks.size;
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

  /** Who held the place by the record: an actor's id, "none" or "contested"; undefined where the record does not reach. */
  truth(place: number, date: string): string | undefined {
    return this.data.record?.places[place]?.find(([from, to]) => from <= date && date <= to)?.[2];
  }

  /** What the record takes for one holder: actors with one code. */
  code(holder: string): string {
    return this.data.actors.find((a) => a.id === holder)?.record_code || holder;
  }

  /** The probability of the record's holder; undefined where the record names none. */
  p_of_truth(place: number, date: number, account = "base"): number | undefined {
    const truth = this.truth(place, this.data.dates[date]);
    if (truth === undefined || truth === "contested") return undefined;
    const code = this.code(truth);
    return this.holders_under(account, place, date).reduce((sum, x) => sum + (this.code(x.side.id) === code ? x.p : 0), 0);
  }

  /** The account's date nearest to one of the page. */
  account_time(date: number): number {
    const dates = this.data.account_dates ?? [];
    return dates.reduce((best, at, i) => (Math.abs(at - date) < Math.abs(dates[best] - date) ? i : best), 0);
  }

  /** The accounts whose maps are here; the package as it stands is one of them. */
  get mapped(): AccountResult[] {
    return (this.data.accounts ?? []).filter((a) => a.control !== undefined);
  }

  /** As `holders`, under an account, on the nearest of its dates. */
  holders_under(account: string, place: number, date: number): { side: Side; p: number }[] {
    const control = account === "base" ? undefined : this.data.accounts?.find((a) => a.id === account)?.control?.[place];
    if (!control) return this.holders(this.data.places[place], date);
    const time = this.account_time(date);
    return Object.entries(control).sort(([a], [b]) => this.rank(a) - this.rank(b))
      .map(([id, share]) => ({ side: this.side(id), p: (share[time] ?? 0) / 100 })).filter((x) => x.p >= 0.005);
  }

  /** Who may hold a place on a date: sides in the page's order, nobody last, without those below half a percent. */
  holders(place: Place, date: number): { side: Side; p: number }[] {
    let ever = this.ever.get(place);
    if (!ever) {
      const ids = Object.keys(place.control).sort((a, b) => this.rank(a) - this.rank(b));
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
