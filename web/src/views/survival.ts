// Who survives: the table, with Monte Carlo errors, and who falls when.
import type { Story } from "../data";
import { behind_on_phone, h, rows_in } from "../dom";
import { tools } from "../figure";
import { count, day, days, exact, interval, kInterval, kSpread, list as joined, percent, plural, short_day, to_date } from "../format";
import { named } from "../links";
import { badge } from "../paint";
import type { Actor, Report } from "../report";
import { tell_values } from "./bars";
import type { Mark } from "./bars";

const kCaption = "Survives: the share of the runs, below it its 95% interval; the bar goes from 0 to 100%, the line in it is that interval. "
  + "Fighters, and fighters killed, are those of the median run, shares are averages; below each stands where 90% of the runs lie. Dates of collapse come from the runs in which the side collapses. "
  + `${kInterval} ${kSpread}`;
const kHeads = ["Actor", "Survives", "If it collapses", "Fighters, first day", "Fighters, last day", "Fighters killed", "Land by value", "People"];

/** Sides that a phone shows at first. */
const kPhoneRows = 4;

type Survival = Pick<Actor, "survival_probability" | "survival_low" | "survival_high">;

/** "95% interval 91% to 99%": how far chance may have moved the share of so many runs, said also where all of them agree. */
export function survival_range({ survival_probability: p, survival_low: low, survival_high: high }: Survival, runs: number): string {
  if (p === 1) return `in all ${plural(runs, "run")}; 95% interval ${percent(low ?? 0)} to 100%`;
  if (p === 0) return `in no run of ${exact(runs)}; 95% interval 0% to ${percent(high ?? 1)}`;
  return low === null || high === null ? "" : `95% interval ${percent(low)} to ${percent(high)}`;
}

/** The bar of a chance from 0 to 1, with its 95% interval. */
function survival_bar(story: Story, actor: Actor): Mark {
  const p = actor.survival_probability ?? 0, low = actor.survival_low ?? p, high = actor.survival_high ?? p;
  return { element: h("span", { class: "bar", style: `--p:${p};--low:${low};--high:${high}` }, h("i"), h("b")),
    lines: [story.side(actor.id).name, `survival in ${percent(p)} of the runs`, `95% interval: ${percent(low)} to ${percent(high)}`] };
}

function survival_cell(actor: Actor, data: Report, bar: Node): HTMLElement {
  return h("td", { class: "number survival" },
    h("span", { class: "big" }, percent(actor.survival_probability)), " ", h("small", {}, survival_range(actor, data.runs)), bar);
}

export function survival_table(story: Story): HTMLElement {
  const { data } = story;
  const ranked = story.ground.filter((a) => a.survival_probability !== null)
    .sort((a, b) => (b.survival_probability ?? 0) - (a.survival_probability ?? 0));
  const unrated = (kind: Actor["kind"]): string =>
    joined(story.actors.filter((a) => a.kind === kind && !ranked.includes(a)).map((a) => story.side(a.id).name));
  const cell = (column: number, main: string, note: string): HTMLElement =>
    h("td", { class: "number", "data-label": kHeads[column] }, main, note ? h("small", {}, ` ${note}`) : null);
  const bars = ranked.map((a) => survival_bar(story, a));
  tell_values(bars);
  const row = (a: Actor, i: number): HTMLElement => {
    const side = story.side(a.id), collapse = a.collapse_date;
    const explained = a.name.slice(side.name.length).trim();
    return h("tr", {},
      h("th", { scope: "row" }, h("div", { class: "named" }, badge(side),
        h("span", {}, named(story, side), explained ? h("small", {}, ` ${explained}`) : null))),
      survival_cell(a, data, bars[i].element),
      collapse ? cell(2, short_day(collapse.q50), days(collapse.q05, collapse.q95)) : cell(2, "–", ""),
      cell(3, count(a.first_day_fighters), ""),
      cell(4, count(a.final_fighters.q50), interval(a.final_fighters)),
      cell(5, count(a.losses.q50), interval(a.losses)),
      cell(6, percent(a.value_share.mean), interval(a.value_share, percent)),
      cell(7, percent(a.population_share.mean), interval(a.population_share, percent)));
  };
  const caption = [kCaption, unrated("air") && `Not rated, as they hold no ground: ${unrated("air")}.`, unrated("ground") && `Not rated, as they had no fighters in any run: ${unrated("ground")}.`].filter(Boolean).join(" ");
  const body = h("tbody"), [, more] = rows_in(body, ranked.map(row), kPhoneRows);
  const table = h("table", { class: "survival-table" },
      h("caption", {}, ...behind_on_phone("How to read it", caption)),
      h("thead", {}, h("tr", {}, ...kHeads.map((text) => h("th", { scope: "col" }, text)))),
      body);
  const spread = ["mean", "q05", "q50", "q95"] as const;
  return h("div", {}, h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Survival table" }, table), ...(more ? [more] : []),
    tools({ name: "survival", title: `Each side on ${day(data.end)}`, data, picture: () => table, table: () => ({
      heads: ["actor", "survival", "survival_se", "survival_low", "survival_high", "collapse_share", "collapse_q05", "collapse_q50", "collapse_q95", "first_day_fighters",
        ...["last_day_fighters", "lost", "value_held", "people"].flatMap((of) => spread.map((q) => `${of}_${q}`))],
      rows: ranked.map((a) => [a.id, a.survival_probability, a.survival_se, a.survival_low, a.survival_high, a.collapse_share, a.collapse_date?.q05 ?? null, a.collapse_date?.q50 ?? null, a.collapse_date?.q95 ?? null,
        a.first_day_fighters, ...[a.final_fighters, a.losses, a.value_share, a.population_share].flatMap((x) => spread.map((q) => x[q]))]),
    }) }));
}

/** A line of time for each actor that falls in some run: when, in the runs in which it does, and in how many. */
export function falls_view(story: Story): HTMLElement {
  const { data } = story;
  const first = to_date(data.start).getTime();
  const span = Math.max(1, to_date(data.end).getTime() - first);
  const at = (iso: string): string => `left:${((100 * (to_date(iso).getTime() - first)) / span).toFixed(2)}%`;
  const to = (iso: string): string => `right:${(100 - (100 * (to_date(iso).getTime() - first)) / span).toFixed(2)}%`;
  const years = [...new Set(data.dates.map((d) => d.slice(0, 4)))].filter((year) => year > data.start.slice(0, 4));
  const bars: Mark[] = [];
  const row = (f: Report["falls"][number]): HTMLElement | null => {
    if (f.median_date === null || f.probability <= 0) return null;
    const side = story.side(f.actor), paint = `background:${side.paint.colour}`;
    const range = data.actors.find((a) => a.id === f.actor)?.collapse_date, between = range ? days(range.q05, range.q95) : "";
    const bar = h("span", { class: "track" },
      ...years.map((year) => h("u", { style: at(`${year}-01-01`) })),
      range && h("i", { style: `${at(range.q05)};${to(range.q95)};${paint}` }),
      h("b", { style: `${at(f.median_date)};${paint}` }));
    bars.push({ element: bar, lines: [side.name, `collapses in ${percent(f.probability)} of the runs, ${exact(f.runs)} of ${exact(data.runs)}`, `median date ${short_day(f.median_date)}`,
      ...(between ? [`90% of collapses: ${between}`] : [])] });
    return h("li", {},
      h("span", { class: "who" }, badge(side), named(story, side)),
      h("span", { class: "chance" }, percent(f.probability)),
      bar,
      h("span", { class: "when" }, short_day(f.median_date),
        between ? h("small", {}, ` ${between}`) : null));
  };
  const rows = data.falls.map(row).filter((x) => x !== null);
  if (rows.length === 0) return h("p", {}, "No side collapses in any run.");
  tell_values(bars);
  const axis = h("span", { class: "track" }, ...years.map((year) => h("span", { style: at(`${year}-01-01`) }, year)));
  const list = h("ol", { class: "falls" }, ...rows, h("li", { class: "axis", "aria-hidden": "true" }, axis));
  return h("div", {}, list, tools({ name: "falls", title: "Who collapses first", data, picture: () => list, table: () => ({
    heads: ["actor", "probability", "median_date", "q05", "q95"],
    rows: data.falls.map((f) => [f.actor, f.probability, f.median_date, ...(["q05", "q95"] as const).map((q) => data.actors.find((a) => a.id === f.actor)?.collapse_date?.[q] ?? null)]),
  }) }));
}
