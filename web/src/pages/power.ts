// What a record could tell: each account in turn as the truth, and how often the scores would show it.
import { h } from "../dom";
import { tools } from "../figure";
import { percent, plural } from "../format";
import type { Story } from "../data";

export interface PowerLine {
  horizon_months: number; windows: number; n: number; truth: string; other: string; records: number;
  ahead: number | null; told: number | null; told_se: number | null; wrong: number | null; wrong_se: number | null;
  difference: number | null; observed: number | null; observed_interval: [number, number] | null;
}

/** The share of records behind a cell: those in which the true account scores better beyond chance, or, on the diagonal, those in
 * which two halves of one account's runs seem to differ. */
export const share_of = (row: PowerLine): number | null =>
  row.told === null ? null : row.truth === row.other ? row.told + (row.wrong ?? 0) : row.told;

/** How many pairs of accounts the record would tell apart in 80 of 100 cases or more, of how many. */
export function told_well(rows: PowerLine[]): [number, number] {
  const pairs = rows.filter((r) => r.truth !== r.other);
  return [pairs.filter((r) => (r.told ?? 0) >= 0.8).length, pairs.length];
}

export function power_view(all: PowerLine[], story: Story): HTMLElement {
  const horizons = [...new Set(all.map((r) => r.horizon_months))].sort((a, b) => a - b);
  const body = h("div", {}, ...horizons.map((months) => {
    const rows = all.filter((r) => r.horizon_months === months), accounts = [...new Set(rows.map((r) => r.truth))];
    const [well, pairs] = told_well(rows), title = `${plural(months, "month")} ahead`;
    return h("article", {}, h("h3", {}, title), h("p", { class: "note" }, `${well} of ${plural(pairs, "pair")} would be distinguished in 80% of trials or more. ${plural(rows[0].records, "simulated war")} of each account, ${plural(rows[0].windows, "window")}.`),
      h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `Power ${title}` }, h("table", { class: "plain-table" },
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "If true"), ...accounts.map((a) => h("th", { scope: "col" }, story.account_name(a))))),
        h("tbody", {}, ...accounts.map((truth) => h("tr", {}, h("th", { scope: "row" }, story.account_name(truth)), ...accounts.map((other) => {
          const row = rows.find((r) => r.truth === truth && r.other === other), share = row ? share_of(row) : null;
          const said = share === null ? "–" : percent(share);
          return h("td", {}, truth === other ? h("i", {}, said) : said);
        })))))));
  }));
  return h("div", {}, body, tools({ name: "power", title: "What the observed data could tell", data: story.data, picture: () => body, table: () => ({
    heads: ["horizon_months", "truth", "other", "records", "windows", "told", "told_se", "wrong", "wrong_se", "ahead", "difference", "observed", "observed_low", "observed_high"],
    rows: all.map((r) => [r.horizon_months, r.truth, r.other, r.records, r.windows, r.told, r.told_se, r.wrong, r.wrong_se, r.ahead, r.difference, r.observed,
      r.observed_interval?.[0] ?? null, r.observed_interval?.[1] ?? null]),
  }) }));
}
