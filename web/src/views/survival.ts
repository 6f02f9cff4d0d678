// Who survives: the table, with Monte Carlo errors, and who falls when.
import type { Actor, Report, Story } from "../data";
import { h } from "../dom";
import { count, interval, percent, plural, short_day, to_date } from "../format";
import { badge } from "../paint";

/** "± 1.2", in points of a percentage. Where every run ended the same way the error is unknown but bounded (rule of three). */
export function error_text(p: number, se: number | null, runs: number): string {
  if ((p === 0 || p === 1) && runs > 0) return `in all ${plural(runs, "run")}; ${p === 1 ? "above" : "below"} ${percent(p === 1 ? Math.max(0, 1 - 3 / runs) : Math.min(1, 3 / runs))}`;
  return se === null ? "" : `± ${(100 * se).toFixed(se < 0.01 ? 1 : 0)}`;
}

function survival_cell(actor: Actor, data: Report): HTMLElement {
  const p = actor.survival_probability;
  if (p === null) return h("td", { class: "number quiet", "data-label": "Survives" }, "not a ground force");
  const se = actor.survival_se ?? 0;
  const bar = h("span", { class: "bar", "aria-hidden": "true", style: `--p:${p};--low:${Math.max(0, p - 1.96 * se)};--high:${Math.min(1, p + 1.96 * se)}` }, h("i"), h("b"));
  return h("td", { class: "number survival", "data-label": "Survives" }, h("span", { class: "big" }, percent(p)), " ", h("small", {}, error_text(p, se, data.runs)), bar);
}

export function survival_table(story: Story): HTMLElement {
  const { data } = story;
  const ranked = [...story.actors].sort((a, b) => (b.survival_probability ?? -1) - (a.survival_probability ?? -1));
  const cell = (label: string, main: string, note = ""): HTMLElement =>
    h("td", { class: "number", "data-label": label }, main, note ? h("small", {}, ` ${note}`) : null);
  const rows = ranked.map((a) => {
    const is_air = a.kind === "air";
    const collapse = a.collapse_date;
    return h("tr", {},
      h("th", { scope: "row" }, badge(story.side(a.id)), h("span", {}, a.name)),
      survival_cell(a, data),
      cell("Collapses", collapse ? short_day(collapse.q50) : "–", collapse ? `${short_day(collapse.q05)} to ${short_day(collapse.q95)}` : ""),
      cell("First day", is_air ? "–" : count(a.first_day_fighters)),
      cell("Last day", is_air ? "–" : count(a.final_fighters.q50), is_air ? "" : interval(a.final_fighters)),
      cell("Lost", is_air ? "–" : count(a.losses.q50), is_air ? "" : interval(a.losses)),
      cell("Value held", is_air ? "–" : percent(a.value_share.mean), is_air ? "" : interval(a.value_share, percent)),
      cell("People", is_air ? "–" : percent(a.population_share.mean), is_air ? "" : interval(a.population_share, percent)));
  });
  const heads = ["Actor", "Survives", "Collapses", "First day", "Last day", "Lost", "Value held", "People"];
  return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Survival table" },
    h("table", { class: "survival-table" },
      h("caption", {}, "Survival: share of the runs, with ± one Monte Carlo standard error in points. Other columns: middle run (shares: mean), then what nine runs of ten lie between; dates of collapse over the runs that collapse."),
      h("thead", {}, h("tr", {}, ...heads.map((t) => h("th", { scope: "col" }, t)))),
      h("tbody", {}, ...rows)));
}

/** A line of time for each actor that falls in some run: when, in the runs in which it does, and in how many. */
export function falls_view(story: Story): HTMLElement {
  const { data } = story;
  const first = to_date(data.start).getTime();
  const span = Math.max(1, to_date(data.end).getTime() - first);
  const at = (iso: string): number => (100 * (to_date(iso).getTime() - first)) / span;
  const falling = data.falls.filter((f) => f.probability > 0 && f.median_date !== null);
  if (falling.length === 0) return h("p", {}, "No actor collapses in any run.");
  const years: HTMLElement[] = [];
  for (let year = Number(data.start.slice(0, 4)) + 1; year <= Number(data.end.slice(0, 4)); ++year) {
    years.push(h("span", { style: `left:${at(`${year}-01-01`)}%` }, String(year)));
  }
  return h("ol", { class: "falls" },
    ...falling.map((f) => {
      const side = story.side(f.actor);
      const range = data.actors.find((a) => a.id === f.actor)?.collapse_date;
      const median = f.median_date as string;
      return h("li", {},
        h("span", { class: "who" }, badge(side), side.name),
        h("span", { class: "odds" }, percent(f.probability)),
        h("span", { class: "track", "aria-hidden": "true" },
          range && h("i", { style: `left:${at(range.q05)}%;right:${100 - at(range.q95)}%;background:${side.paint.colour}` }),
          h("b", { style: `left:${at(median)}%;background:${side.paint.colour}` })),
        h("span", { class: "when" }, short_day(median), range && h("small", {}, ` ${short_day(range.q05)} to ${short_day(range.q95)}`)));
    }),
    h("li", { class: "axis", "aria-hidden": "true" }, h("span", { class: "track" }, ...years)));
}
