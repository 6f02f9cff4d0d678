// What runs start from, where it is an analysis: when they begin, and what the months before say that nobody sees.
import { h } from "../dom";
import { table_of } from "../figure";
import { capital, day } from "../format";
import type { Analysis, LearnedFactor } from "../report";

const kShown = 10;

const times = (x: number): string => (x < 10 ? x.toPrecision(2) : x.toFixed(0));

/** The rows of the first account that are farthest from one, as a table. */
function learned_table(rows: LearnedFactor[], head: string, caption: string, name: (row: LearnedFactor) => string): HTMLElement {
  const far = (row: LearnedFactor): number => Math.abs(Math.log(row.median));
  const first = rows.filter((row) => row.account === rows[0].account).sort((a, b) => far(b) - far(a)).slice(0, kShown);
  return table_of({ heads: [head, "Factor", "9 in 10"], rows: first.map((row) => [name(row), times(row.median), `${times(row.low)} to ${times(row.high)}`]) }, caption);
}

/** name_of: of a place or an actor by its id. */
export function analysis_view(analysis: Analysis, start: string, name_of: (id: string) => string): HTMLElement {
  const { origin, remarks, hidden_defence, hidden_lethality } = analysis;
  return h("div", {},
    h("p", {}, start < origin
      ? `The runs begin on ${day(start)}. Until ${day(origin)} each place gets its observed holder every week, so that on that day operations are under way and sides have the men whom the war has left them.`
      : `Nothing is known of the quarter before ${day(origin)}, so the runs begin on that day as they do without an analysis.`),
    hidden_defence ? learned_table(hidden_defence, "Place", "Places that are defended better or worse than the package says: factor on the strength of who holds them", (row) => name_of(row.place ?? "")) : null,
    hidden_lethality ? learned_table(hidden_lethality, "Pair", "Pairs that fight harder or less hard than the package says: factor on whom they kill of each other", (row) => (row.dyad ?? "").split(" - ").map(name_of).join(" and ")) : null,
    remarks.length > 0 ? h("details", {}, h("summary", {}, "How well the runs followed what was observed"), h("ul", { class: "limits" }, ...remarks.map((text) => h("li", {}, `${capital(text)}.`)))) : null);
}
