// Who fights whom: the share of each enemy in the dead of a side's fights, the record beside the runs.
import { h } from "../dom";
import { tools } from "../figure";
import { capital, percent, short_day } from "../format";
import type { Story } from "../data";
import { account_select } from "../section";
import { State } from "../state";
import { interval_track, tell_values } from "../views/bars";
import type { Mark } from "../views/bars";

export interface EnemyLine {
  origin: string; until: string; account: string; side: string; enemy: string;
  record: number | null; record_interval: [number, number] | null; runs_median: number | null; runs_interval: [number, number] | null;
}

const kLeastShare = 0.05;  // in the record or in the middle run, to be drawn

const span_of = (r: EnemyLine): string => `${r.origin}/${r.until}`;

/** The windows, the longest first. */
export function windows_of(all: EnemyLine[]): string[] {
  const days = (w: string): number => { const [from, until] = w.split("/"); return Date.parse(until) - Date.parse(from); };
  return [...new Set(all.map(span_of))].sort((a, b) => days(b) - days(a) || a.localeCompare(b));
}

/** What is drawn of a window and an account: enemies that count, by side, of which the record knows something. */
export function enemies_of(all: EnemyLine[], window: string, account: string): Map<string, EnemyLine[]> {
  const sides = new Map<string, EnemyLine[]>();
  for (const r of all) {
    if (span_of(r) === window && r.account === account && r.record !== null && Math.max(r.record, r.runs_median ?? 0) >= kLeastShare) {
      sides.set(r.side, [...(sides.get(r.side) ?? []), r]);
    }
  }
  return sides;
}

/** name: what a side of the record is called. */
export function enemies_view(all: EnemyLine[], name: (code: string) => string, story: Story, state: State): HTMLElement {
  const windows = windows_of(all), accounts = [...new Set(all.map((r) => r.account))];
  const window_now = (): string => windows.find((w) => w === state.get("fights-of")) ?? windows[0];
  const account = (): string => accounts.find((a) => a === state.get("fights-by")) ?? accounts[0];
  const body = h("div", { class: "accounts", tabindex: 0, role: "group", "aria-label": "Who fights whom" });
  const draw = (): void => {
    const marks: Mark[] = [];
    const bar = (r: EnemyLine, who: string, value: number | null, interval: [number, number] | null, colour: string): HTMLElement => {
      const element = interval_track({ value, low: interval?.[0] ?? null, high: interval?.[1] ?? null, colour, marked: [0] });
      marks.push({ element, lines: [`${name(r.side)} against ${name(r.enemy)}: ${who}`, value === null ? "–" : percent(value), ...(interval ? [`${who === "runs" ? "90% of runs" : "other counts"}: ${percent(interval[0])} to ${percent(interval[1])}`] : [])] });
      return h("li", { class: who === "runs" ? "own" : "" }, h("span", { class: "who" }, `${name(r.enemy)}, ${who}`), element, h("span", { class: "value" }, value === null ? "–" : percent(value)));
    };
    body.replaceChildren(...[...enemies_of(all, window_now(), account())].map(([side, rows]) => h("article", { class: "account" }, h("h3", {}, capital(name(side))),
      h("ul", { class: "account-bars score-bars" }, ...[...rows].sort((a, b) => (b.record ?? 0) - (a.record ?? 0)).flatMap((r) => [
        bar(r, "observed", r.record, r.record_interval, "var(--ink-soft)"), bar(r, "runs", r.runs_median, r.runs_interval, "var(--accent)")])))));
    tell_values(marks);
  };
  state.follow(draw);
  const when = h("select", { "aria-label": "Window of the fights", change: () => state.set("fights-of", when.value) },
    ...windows.map((w) => h("option", { value: w }, w.split("/").map(short_day).join(" to "))));
  const whose = account_select("Account of the fights", accounts, (a) => story.account_name(a), (a) => state.set("fights-by", a));
  return h("div", {}, h("div", { class: "controls" }, windows.length > 1 ? when : null, accounts.length > 1 ? whose : null), body, tools({
    name: "enemies", title: "Who fights whom", data: story.data, picture: () => body,
    about: () => `${window_now().split("/").map(short_day).join(" to ")}; grey what was observed, with the range that other counts of the dead give; coloured the median of the runs, with the range of 90% of them.`,
    table: () => ({
      heads: ["origin", "until", "account", "side", "enemy", "record", "record_low", "record_high", "runs_median", "runs_low", "runs_high"],
      rows: all.filter((r) => span_of(r) === window_now() && r.account === account()).map((r) => [r.origin, r.until, r.account, r.side, r.enemy, r.record,
        r.record_interval?.[0] ?? null, r.record_interval?.[1] ?? null, r.runs_median, r.runs_interval?.[0] ?? null, r.runs_interval?.[1] ?? null]),
    }),
  }));
}
