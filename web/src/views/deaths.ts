// How forecasts of deaths did, which the package brings from truel score: compared with forecasts that need no theory.
import { kBase } from "../catalogue";
import type { Story } from "../data";
import { h, rows_in } from "../dom";
import { tools } from "../figure";
import { day, exact, plural, to_date } from "../format";
import { beside, kOwn, model_name, score_label, told_difference, verdict_class } from "../models";
import type { DeathScore, WarRecord } from "../report";

type Score = DeathScore["score"];

const kScores: [Score, string, number][] = [["crps", "Off by, in deaths (CRPS)", 1], ["ignorance", "Surprised by, in bits (ignorance)", 2]];

/** "2017", or the days from and to. */
export const span_of = ({ from, to }: DeathScore): string =>
  (from.slice(0, 4) === to.slice(0, 4) && from.endsWith("-01-01") && to.endsWith("-12-31") ? from.slice(0, 4) : `${day(from)} to ${day(to)}`);

/** Those of the latest span. */
function latest(record: WarRecord): DeathScore[] {
  const all = record.deaths ?? [], last = all.reduce((best, r) => (r.to > best ? r.to : best), "");
  return all.filter((r) => r.to === last);
}

const own_row = (rows: DeathScore[], score: Score): DeathScore | undefined =>
  rows.find((r) => r.score === score && r.model === kOwn && r.account === kBase && r.against !== undefined);

/** Forecasts that a phone shows at first. */
const kPhoneRows = 3;

/** How the basic model did, in one sentence; "" where nothing is known. */
function deaths_verdict(record: WarRecord): string {
  const rows = latest(record), [crps, ignorance] = kScores.map(([score]) => own_row(rows, score));
  if (!crps) return "";
  const other = (row: DeathScore): number => row.value - (row.difference ?? 0);
  return `For a pair of sides and a month of ${span_of(crps)} the model is off by ${crps.value.toPrecision(2)} deaths on average, the forecast “${model_name(crps.against ?? "")}” `
    + `by ${other(crps).toPrecision(2)} (the model: ${crps.verdict ?? ""}).`
    + `${ignorance ? ` Where every pair counts alike, what came surprised it by ${ignorance.value.toPrecision(2)} bits, against ${other(ignorance).toPrecision(2)} (${ignorance.verdict ?? ""}).` : ""}`;
}

/** The same in short. */
export function deaths_in_short(record: WarRecord): string {
  const crps = own_row(latest(record), "crps");
  if (crps?.against === undefined || !crps.verdict) return "";
  return `Its forecasts of deaths (${span_of(crps)}) are ${beside(crps.verdict)} the simple forecast “${model_name(crps.against)}”.`;
}

/** The table of the latest span: baselines, the basic model, and the accounts that this report has. */
export function deaths_view(story: Story, record: WarRecord): Node[] {
  const rows = latest(record), first = rows[0];
  if (first === undefined) return [];
  const has_account = (id: string): boolean => id === kBase || id === story.data.account || (story.data.accounts ?? []).some((a) => a.id === id);
  const shown = rows.filter((r) => r.account === null || has_account(r.account));
  const value = (row: DeathScore, score: Score): DeathScore | undefined => rows.find((r) => r.score === score && r.model === row.model && r.account === row.account);
  const order = (r: DeathScore): number => (r.model !== kOwn ? 0 : r.account === kBase ? 1 : 2);
  const forecasts = shown.filter((r) => r.score === first.score).sort((a, b) => order(a) - order(b) || a.value - b.value);
  const cell = (row: DeathScore | undefined, digits: number): HTMLElement => {
    if (!row) return h("td", {}, "–");
    const { verdict } = row;
    return h("td", { class: verdict_class(verdict) }, h("b", {}, row.value.toFixed(digits)),
      verdict ? h("small", {}, told_difference(verdict, row.difference ?? 0, row.difference_low ?? 0, row.difference_high ?? 0, digits)) : null);
  };
  const eve = new Date(to_date(first.from).getTime() - 86_400_000).toISOString().slice(0, 10);
  const against = rows.find((r) => r.against !== undefined)?.against ?? "";
  const body = h("tbody"), [, more] = rows_in(body, forecasts.map((row) => h("tr", {}, h("th", { scope: "row" }, score_label(story, row)), ...kScores.map(([score, , digits]) => cell(value(row, score), digits)))), kPhoneRows);
  const table = h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Scores of forecasts of deaths" },
    h("table", { class: "plain-table scores death-scores" },
      h("caption", {}, "Averages over pairs and months; lower is better. CRPS: how far a forecast lies from the observed deaths; the bloodiest pairs decide it. "
        + "Ignorance: how surprising the outcome was, in bits; every pair counts alike. "
        + `Below each the difference from “${model_name(against)}” with its 95% interval, from resampled pairs: better or worse where that excludes zero.`),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, `Forecast from ${day(eve)}`), ...kScores.map(([, name]) => h("th", { scope: "col" }, name)))),
      body));
  if (more) table.append(more);
  return [h("h3", { class: "deaths-title" }, `How many fighters were killed in ${span_of(first)}`),
    h("p", { class: "says" }, `${deaths_verdict(record)} The model knows nothing of observed deaths; the other forecasts know those of the months before.`),
    table,
    tools({ name: "death-scores", title: "Scores of forecasts of deaths", data: story.data, picture: () => table, table: () => ({
      heads: ["from", "until", "score", "forecast", "account", "value", "difference", "difference_low", "difference_high", "against", "pairs", "months", "runs"],
      rows: shown.map((r) => [r.from, r.to, r.score, r.model, r.account, r.value, r.difference ?? null, r.difference_low ?? null, r.difference_high ?? null, r.against ?? null, r.pairs, r.months, r.runs]),
    }) }),
    h("p", { class: "note" }, `Made beforehand by truel score, with ${plural(first.runs, "run")} of each account from what was known on ${day(eve)}, and not from the runs of this report: `
      + `fighters killed by ${plural(first.pairs, "pair")} of sides in each of ${plural(first.months, "month")}, ${exact(first.pairs * first.months)} numbers in all.`)];
}
