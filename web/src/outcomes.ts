// Outcomes of a war on both sides of a comparison, in words.
import { kIssueOutcome } from "./catalogue";
import type { ComparedKind } from "./catalogue";
import { capital, count, percent } from "./format";

export interface ComparedOutcome {
  outcome: string; actor?: string; issue?: string; kind: ComparedKind; a: number; b: number; a_interval: [number | null, number | null]; b_interval: [number | null, number | null];
  difference: number; se: number | null; low: number | null; high: number | null; pairs: number; changed_pairs: number;
}

/** Shares of the pairs on either side, and the interval of the difference. */
export type ComparedShare = [number, number, number, number];

export const kKinds: [ComparedKind, string, string][] = [
  ["value", "Land", "Share of the land on the last day, each place counted by its value"], ["survival", "Survives", "Share of the runs in which it has not collapsed by the last day"],
  ["people", "People", "Share of all people who live at places that it holds on the last day"], ["losses", "Killed", "Its fighters killed"],
  ["fighters", "Fighters", "Its fighters on the last day"], ["life", "Days it survives", "Days until it collapses; of who survives, until the last day"],
  ["distance", "Talks", `How far the predicted ${kIssueOutcome} is from what it wants`], [kIssueOutcome, capital(kIssueOutcome), `The predicted ${kIssueOutcome} (median)`],
  ["harm", "Civilians", "Persons harmed by all fire and strikes"], ["metric", "Asked for", "Metrics that were asked for"],
];

/** What a difference counts. */
const kUnits: Record<ComparedKind, string> = {
  value: "percentage points of the land", survival: "percentage points of the runs", people: "percentage points of all people", losses: "fighters killed", fighters: "fighters",
  life: "days", distance: "of the distance in talks", [kIssueOutcome]: `of the ${kIssueOutcome}`, harm: "people harmed", metric: "",
};
export const unit_of = (kind: ComparedKind): string => kUnits[kind];

export const is_share = (kind: ComparedKind): boolean => kind === "survival" || kind === "value" || kind === "people";
/** Whether its numbers may be anything, and are told by their digits. */
const is_of_any_size = (kind: ComparedKind): boolean => kind === "distance" || kind === kIssueOutcome || kind === "metric";
export const is_certain = (low: number | null, high: number | null): boolean => (low ?? 0) > 0 || (high ?? 0) < 0;

export function level(kind: ComparedKind, x: number | null): string {
  if (x === null) return "–";
  return is_share(kind) ? percent(x) : is_of_any_size(kind) ? x.toPrecision(3) : count(x);
}

/** A difference without its unit, where that stands beside it; percentage points of shares. */
export function bare_change(kind: ComparedKind, x: number | null): string {
  if (x === null) return "–";
  const size = is_share(kind) ? (100 * Math.abs(x)).toFixed(1) : is_of_any_size(kind) ? Math.abs(x).toPrecision(2) : count(Math.abs(x));
  const sign = !/[1-9]/.test(size) ? "" : x > 0 ? "+" : "−";  // what rounds to nothing has no direction
  return sign + size;
}

/** "−1.3 to +0.2 percentage points" */
export const change_range = (kind: ComparedKind, low: number | null, high: number | null): string => `${bare_change(kind, low)} to ${change(kind, high)}`;

/** A difference with its unit: "−1.3 percentage points of the land". */
export const told_change = (kind: ComparedKind, x: number | null): string => (x === null ? "–" : `${bare_change(kind, x)} ${unit_of(kind)}`.trim());

/** A difference in the unit of its outcome: percentage points for shares. */
export const change = (kind: ComparedKind, x: number | null): string => `${bare_change(kind, x)}${x !== null && is_share(kind) ? " percentage points" : ""}`;
