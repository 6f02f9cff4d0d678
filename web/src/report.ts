// The data of a report (format 1), as the engine writes it, and its reader.
import type { Feature as Shape, LineString, MultiLineString, MultiPolygon, Polygon } from "geojson";
import { kBase } from "./catalogue";
import type { Feature, ForecastModel, IssueCourse, IssueRound, IssueSeat, kIssueOutcome } from "./catalogue";

/** Land, water and borders that a package brings. */
export interface OwnGround {
  type: "FeatureCollection"; attribution?: string;
  features: Shape<Polygon | MultiPolygon | LineString | MultiLineString, { kind: "land" | "water" | "border"; name?: string }>[];
}

/** A number over the runs of an ensemble: mean, its Monte Carlo error, quantiles. */
export interface Q { mean: number; se: number | null; q05: number; q50: number; q95: number }

/** As summary.json has it. */
interface SummaryQ extends Q { mean_low: number | null; mean_high: number | null; runs: number }

export interface Band { mean: number[]; q05: number[]; q95: number[]; q50?: number[] }

/** short_name: the name without what it explains in brackets. */
export interface Actor {
  id: string; name: string; short_name: string; kind: "ground" | "air"; command: string; colour: string;
  record_code?: string;  // actors with one code count as one holder in the record
  first_day_fighters: number | null;
  spells?: number;  // where no run tells fighters: rows of the package's control table that name it
  survival_probability: number | null; survival_se: number | null;
  survival_low: number | null; survival_high: number | null;  // its 95 % interval
  collapse_share: number; collapse_date: { q05: string; q50: string; q95: string } | null;
  final_fighters: Q; value_share: Q; population_share: Q; losses: Q;
  fighters: Band;   // per date
  territory: Band;  // share of the value of all places that it holds, per date
  surviving: (number | null)[];  // share of the runs in which it has not collapsed by then, per date
}

export interface Place {
  id: string; name: string; short_name: string; latitude: number; longitude: number; population: number; value: number; kind: string; country: string;
  control: Record<string, number[]>;  // holder (an actor's id or "none") -> probability per date
}

export interface Dyad { attacker: string; target: string; losses: Q; effort_share: Q; losses_by_date: number[] }

export interface Priority { command: string; target: string; share: number[]; score: number; features: Partial<Record<Feature, number>> }

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

/** A share over paired runs with its interval, and how it differs from that under divided enemies; null of those. */
export interface UnitedLevel { mean: number | null; low: number | null; high: number | null; change: Omit<UnitedLevel, "change"> | null }

/** The date by which half of the runs have seen an end; null: after the last day, or not known. */
export interface HalfGone { date: string | null; low: string | null; high: string | null }

/** One actor, under each way in which its enemies stand to each other. */
export interface UnitedActor { id: string; enemies: string[]; of: { survival: UnitedLevel; value: UnitedLevel; half_gone: HalfGone }[] }

/** Who depends on the quarrels of its enemies: from divided enemies to one command, which they keep from `from` on, or the first day. */
export interface UnitedMatrix {
  runs: number; from: string | null;
  depends_on: string;  // what the package says that the answer hangs on; "": nothing
  without: string;     // the account that takes that away; "": none does
  ways: { id: string; words: string }[]; actors: UnitedActor[];
}

/** What an account says of one actor. */
export type AccountSide = Pick<Actor, "id" | "survival_probability" | "survival_se" | "survival_low" | "survival_high" | "value_share" | "losses">;

/** The same war under one account; the first in the list is the basic model. */
export interface AccountResult {
  id: string; title: string; story: string; claims: string[];
  letter: string;   // with which the title begins, as "A: ..."; "": with none
  settings: number;  // numbers that it changes
  runs: number; failed_runs: number; actors: AccountSide[];
  // Per one of Report.account_dates:
  control?: Record<string, number[]>[];  // [place] holder -> probability in percent
  territory?: Record<string, Band>;                  // actor -> share of the value of all places
  surviving?: Record<string, (number | null)[]>;     // actor -> share of the runs in which it has not collapsed by then
}

/** How a forecast stands to that which it is held against, as the engine says it. */
export type Verdict = "better" | "worse" | "the same" | "no clear difference";

/** A score of a forecast against the record, with its bootstrap interval and the difference to "nothing changes". */
export interface ScoreRow {
  date: string; months: number; score: "brier" | "probability"; subset: "all" | "changed" | "unchanged";
  model: ForecastModel; account: string | null; value: number; low: number; high: number;
  difference: number; difference_low: number; difference_high: number; places: number;
  verdict: Verdict | null;  // null of a probability
}

/** How a forecast of deaths did, by pair of sides and month: a row that the package brings, from truel score. */
export interface DeathScore {
  from: string; to: string; score: "crps" | "ignorance"; model: string; account: string | null; value: number;
  against?: string; difference?: number; difference_low?: number; difference_high?: number; verdict?: Verdict;
  pairs: number; months: number; runs: number;
}

/** Who really held what, from the package, cut at the end of the run. */
export interface WarRecord {
  first: string; last: string; is_whole: boolean;
  told: number;  // changes dated after the first day, which the run knows as history tells them
  told_by_year?: Record<string, number>;
  places: [string, string, string][][];  // [place] spells: from, to (both included), an actor's id, "none" or "contested"
  scores: ScoreRow[];
  deaths?: DeathScore[];
}

/** What happens on a day of itself. */
export interface DatedEvent { date: string; note: string; basis: Basis[] }

/** Mean and Monte Carlo error; null where the law's method has no such number. */
export interface Estimate { mean: number | null; se: number | null }

/** By issue: the prediction per date, and on the last day before the first round and after each, with the actors' places in it. */
export type Issues = Record<string, Record<IssueCourse, SummaryQ[]> & { rounds: Record<IssueRound, Estimate>[]; actors: Record<string, Record<IssueSeat, Estimate>> }>;

/** A metric of a question in the runs that have it; low and high: see docs/results.md, `questions`. */
export interface AnswerValue {
  mean: number | null; se: number | null; q05: number | null; q50: number | null; q95: number | null;
  low: number | null; high: number | null; share_of_runs: number; runs: number; date?: string;
}

/** An answer under an account, "base" for the basic model. */
export interface Answer { account: string; text: string; values: AnswerValue[] }

/** What the package is meant to answer; words alone where it names no metric. */
export interface Question {
  words: string; form?: "number" | "yes-or-no" | "list" | "spread"; scale?: "probability" | "share" | "days" | "people" | "number";
  metrics?: string[]; labels?: string[]; threshold?: number; basis?: string; conclusion?: string; fact?: string; answers?: Answer[];
}

/** What the numbers of a package rest on. */
export interface Evidence {
  claims: Claim[]; conflicts: Conflict[]; sources: { id: string; title: string; author: string; issued: string }[];
  numbers: { path: string; value: string; unit: string; basis: Basis[] }[];
  basis_counts: Record<string, number>;
  with_basis: number;
  also_called?: Record<string, string[]>;  // by id of an actor, a command, a place or a sponsor
}

/** What the months before an origin say of a place or a pair: the factor on its strength, and where it is 9 times in 10. */
export interface LearnedFactor { origin: string; account: string; place?: string; dyad?: string; median: number; low: number; high: number; effective_size: number }

/** What runs start from. origin: the first day that was asked for. */
export interface Analysis { origin: string; remarks: string[]; hidden_defence?: LearnedFactor[]; hidden_lethality?: LearnedFactor[] }

export interface Report extends Evidence {
  format: 1; truel: string; title: string; description: string; package: string; questions: Question[];
  analysis?: Analysis;  // that runs start from, if they do
  early_end?: string;  // that the run ends before the scenario does; "": it does not
  collapse_fraction: string;  // the share of its first-day fighters that keeps a side alive, a number or what each run draws it from
  seed: number; runs: number; failed_runs: number;
  runs_wanted: number | null;  // of an ensemble that was interrupted: what is here is a part
  deadly: string;  // that far too many die; "": no more than in other wars
  solver: string; account: string | null; account_titles: string[];
  settings?: string[];  // "path=value" of --set
  start: string; end: string; dates: string[];
  commands?: { id: string; name: string; short_name: string }[];
  actors: Actor[]; places: Place[]; links: [number, number][]; ground?: OwnGround | null; dyads: Dyad[]; priorities: Priority[]; civilian_harm: Q;
  falls: { actor: string; probability: number; median_date: string | null; runs: number }[];
  not_modelled: string[];
  regions?: Regions;
  united?: UnitedMatrix;
  accounts?: AccountResult[];
  account_dates?: number[];  // into dates
  record?: WarRecord | null;
  events?: DatedEvent[];
  [kIssueOutcome]?: Issues;
  /** Games of allocation (doctrine best-response): a run's mean number, and how they ended. */
  decisions?: { games: number; converged: number; cycles: number; rounds: number };
}

/** Accounts as pages list them: the basic model, then those with a letter by it, then the others as they come. */
export function in_order<T extends { id: string; letter: string }>(accounts: T[]): T[] {
  const rank = ({ id, letter }: T): string => (id === kBase ? "" : letter || "~");
  return [...accounts].sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
}

/** The accounts of authors, and what-ifs, which ask what would have been and predict nothing. An author's account has a letter in its title;
 * where none has, no account is known to be a what-if. */
export function kinds_of<T extends { id: string; letter: string }>(accounts: T[] = []): { authors: T[]; what_ifs: T[] } {
  const all = accounts.filter((a) => a.id !== kBase), has_letters = all.some((a) => a.letter !== "");
  return { authors: all.filter((a) => a.letter !== "" || !has_letters), what_ifs: all.filter((a) => a.letter === "" && has_letters) };
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
  if (report.united?.actors.some((actor) => actor.of.length !== report.united?.ways.length)) {
    throw new Error("The matrix of united enemies in this report is damaged.");
  }
  if (report.accounts) {
    report.accounts = in_order(report.accounts);
    const at = new Map(report.accounts.map(({ id }, i) => [id, i])), place = (account: string | null): number => at.get(account ?? "") ?? -1;
    for (const { answers } of report.questions) answers?.sort((a, b) => place(a.account) - place(b.account));
    report.record?.scores.sort((a, b) => place(a.account) - place(b.account));
  }
  if (report.dates.length === 0) throw new Error("The data of this report have no dates.");
  return report;
}
