// Who survives: the table, with Monte Carlo errors, and who falls when.
import type { Actor, Report, Story } from "../data";
import { h } from "../dom";
import { count, exact, interval, list, percent, plural, short_day, to_date } from "../format";
import { badge } from "../paint";

/** "± 1.2", in points of a percentage. Where every run ended the same way the error is unknown but bounded (rule of three). */
export function error_text(p: number, se: number | null, runs: number): string {
  if (p === 1) return `in all ${plural(runs, "run")}; above ${percent(Math.max(0, 1 - 3 / runs))}`;
  if (p === 0) return `in no run of ${exact(runs)}; below ${percent(Math.min(1, 3 / runs))}`;
  return se === null ? "" : `± ${(100 * se).toFixed(se < 0.01 ? 1 : 0)}`;
}

function survival_cell(actor: Actor, data: Report): HTMLElement {
  const p = actor.survival_probability ?? 0;
  const se = actor.survival_se ?? 0;
  const bar = h("span", { class: "bar", "aria-hidden": "true", style: `--p:${p};--low:${Math.max(0, p - 1.96 * se)};--high:${Math.min(1, p + 1.96 * se)}` }, h("i"), h("b"));
  return h("td", { class: "number survival", "data-label": "Survives" }, h("span", { class: "big" }, percent(p)), " ", h("small", {}, error_text(p, se, data.runs)), bar);
}

export function survival_table(story: Story): HTMLElement {
  const { data } = story;
  const ranked = story.ground.filter((a) => a.survival_probability !== null).sort((a, b) => (b.survival_probability ?? 0) - (a.survival_probability ?? 0));
  const unrated = story.actors.filter((a) => !ranked.includes(a));
  const names = (kind: Actor["kind"]): string => list(unrated.filter((a) => a.kind === kind).map((a) => story.side(a.id).name));
  const cell = (label: string, main: string, note = ""): HTMLElement =>
    h("td", { class: "number", "data-label": label }, main, note ? h("small", {}, ` ${note}`) : null);
  const rows = ranked.map((a) => {
    const collapse = a.collapse_date;
    const side = story.side(a.id);
    return h("tr", {},
      h("th", { scope: "row" }, badge(side), h("span", {}, side.name, a.name === side.name ? null : h("small", {}, ` ${a.name.slice(side.name.length).trim()}`))),
      survival_cell(a, data),
      cell("Collapses", collapse ? short_day(collapse.q50) : "–", collapse ? `${short_day(collapse.q05)} to ${short_day(collapse.q95)}` : ""),
      cell("First day", count(a.first_day_fighters)),
      cell("Last day", count(a.final_fighters.q50), interval(a.final_fighters)),
      cell("Lost", count(a.losses.q50), interval(a.losses)),
      cell("Value held", percent(a.value_share.mean), interval(a.value_share, percent)),
      cell("People", percent(a.population_share.mean), interval(a.population_share, percent)));
  });
  const heads = ["Actor", "Survives", "Collapses", "First day", "Last day", "Lost", "Value held", "People"];
  return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Survival table" },
    h("table", { class: "survival-table" },
      h("caption", {}, "Survival: share of the runs, with ± one Monte Carlo standard error in points. Other columns: middle run (shares: mean), then what nine runs of ten lie between; dates of collapse over the runs that collapse.",
        names("air") ? ` Not rated, as it holds no ground: ${names("air")}.` : "", names("ground") ? ` Not rated, as it had no fighters in any run: ${names("ground")}.` : ""),
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
  const years: string[] = [];
  for (let year = Number(data.start.slice(0, 4)) + 1; year <= Number(data.end.slice(0, 4)); ++year) years.push(String(year));
  const grid = (): HTMLElement[] => years.map((year) => h("u", { style: `left:${at(`${year}-01-01`)}%` }));
  return h("ol", { class: "falls" },
    ...falling.map((f) => {
      const side = story.side(f.actor);
      const range = data.actors.find((a) => a.id === f.actor)?.collapse_date;
      const median = f.median_date as string;
      return h("li", {},
        h("span", { class: "who" }, badge(side), side.name),
        h("span", { class: "odds" }, percent(f.probability)),
        h("span", { class: "track", "aria-hidden": "true" }, ...grid(),
          range && h("i", { style: `left:${at(range.q05)}%;right:${100 - at(range.q95)}%;background:${side.paint.colour}` }),
          h("b", { style: `left:${at(median)}%;background:${side.paint.colour}` })),
        h("span", { class: "when" }, short_day(median), range && h("small", {}, ` ${short_day(range.q05)} to ${short_day(range.q95)}`)));
    }),
    h("li", { class: "axis", "aria-hidden": "true" }, h("span", { class: "track" }, ...years.map((year) => h("span", { style: `left:${at(`${year}-01-01`)}%` }, year)))));
}
