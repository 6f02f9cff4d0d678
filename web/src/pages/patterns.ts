// How fronts move: facts of the record beside those of the runs, each on a scale of its own.
import { h } from "../dom";
import { tools } from "../figure";
import { capital, percent, plural, short_day } from "../format";
import type { Story } from "../data";
import { account_select } from "../section";
import { State } from "../state";
import { interval_track, tell_values } from "../views/bars";
import type { Mark } from "../views/bars";

export interface PatternLine {
  origin: string; until: string; look_days: number; merged: boolean; account: string; fact: string; words: string;
  record: number | null; record_interval: [number, number] | null;
  runs_median: number | null; runs_interval: [number, number] | null; runs: number; rank: number | null; is_early: boolean;
}

const told = (x: number | null): string => (x === null ? "–" : Math.abs(x) >= 100 ? x.toFixed(0) : String(Number(x.toPrecision(2))));
const span = (x: [number, number] | null): string => (x ? `${told(x[0])} to ${told(x[1])}` : "no interval");

/** The rows of an account, with sides that the record cannot keep apart as one where there are such rows. */
export function patterns_of(all: PatternLine[], account: string): PatternLine[] {
  const merged = all.some((r) => r.merged);
  return all.filter((r) => r.account === account && r.merged === merged);
}

/** Where a number of a fact lies on the line of that fact, from 0 to 1. */
export function scale_of(row: PatternLine): (x: number) => number {
  const all = [0, row.record, row.runs_median, ...(row.record_interval ?? []), ...(row.runs_interval ?? [])].filter((x) => x !== null);
  const low = Math.min(...all), high = Math.max(...all);
  return (x) => (x - low) / (high - low || 1);
}

/** How the record stands to the runs, in words. */
export function among_runs(row: PatternLine): string {
  if (row.rank === null || row.record === null) return row.runs === 0 ? "no run says" : "the observed data do not say";
  return `${percent(row.rank)} of ${plural(row.runs, "run")} below the observed value`;
}

export function patterns_view(all: PatternLine[], story: Story, state: State): HTMLElement {
  const accounts = [...new Set(all.map((r) => r.account))];
  const account = (): string => accounts.find((a) => a === state.get("of-account")) ?? accounts[0];
  const body = h("div", { class: "accounts", tabindex: 0, role: "group", "aria-label": "How fronts move" });
  const draw = (): void => {
    const rows = patterns_of(all, account()), marks: Mark[] = [];
    const bar = (row: PatternLine, who: string, value: number | null, interval: [number, number] | null, colour: string): HTMLElement => {
      const at = scale_of(row);
      const element = interval_track({ value: value === null ? null : at(value), low: interval && at(interval[0]), high: interval && at(interval[1]), colour, marked: [at(0)] });
      marks.push({ element, lines: [`${row.words}: ${who}`, told(value), `95% ${who === "runs" ? "of runs" : "interval"}: ${span(interval)}`, among_runs(row)] });
      return h("li", { class: who === "runs" ? "own" : "" }, h("span", { class: "who" }, who), element, h("span", { class: "value" }, told(value)));
    };
    const early = rows.find((r) => r.is_early);
    body.replaceChildren(...rows.map((row) => h("article", { class: "account" }, h("h3", {}, capital(row.words)),
      h("ul", { class: "account-bars score-bars" }, bar(row, "observed", row.record, row.record_interval, "var(--ink-soft)"), bar(row, "runs", row.runs_median, row.runs_interval, "var(--accent)")),
      h("p", { class: "note" }, among_runs(row)))));
    if (early) body.append(h("p", { class: "warning" }, `Runs have ${percent(early.runs_median ?? 0)} of their changes of hands in the first 30 days: rates over all of the window tell how a run begins, too.`));
    tell_values(marks);
  };
  state.follow(draw);
  const whose = account_select("Account of the facts", accounts, (a) => story.account_name(a), (a) => state.set("of-account", a));
  const first = all[0];
  return h("div", {}, accounts.length > 1 ? h("div", { class: "controls" }, whose) : null, body, tools({
    name: "patterns", title: "How fronts move", data: story.data, picture: () => body,
    about: () => `${short_day(first.origin)} to ${short_day(first.until)}, data and runs looked at every ${plural(first.look_days, "day")}; grey what was observed, with its 95% interval; coloured the median run, with the range of 95% of runs.`,
    table: () => ({
      heads: ["origin", "until", "look_days", "merged", "account", "fact", "record", "record_low", "record_high", "runs_median", "runs_low", "runs_high", "runs", "rank"],
      rows: patterns_of(all, account()).map((r) => [r.origin, r.until, r.look_days, String(r.merged), r.account, r.fact, r.record, r.record_interval?.[0] ?? null, r.record_interval?.[1] ?? null,
        r.runs_median, r.runs_interval?.[0] ?? null, r.runs_interval?.[1] ?? null, r.runs, r.rank]),
    }),
  }));
}
