// The track record: how well the forecasts did against the package's own record, and against "nothing changes".
import { kBase } from "../catalogue";
import { last_upto } from "../clock";
import type { Clock } from "../clock";
import type { Story } from "../data";
import { h, is_phone, long_list, rows_in, s } from "../dom";
import { tools } from "../figure";
import type { Table } from "../figure";
import { capital, day, list, percent, plural, short_day, signed } from "../format";
import { kObservedId, named } from "../links";
import { beside, forecast_name, kNoChange, kOwn, left_out, score_label, told_difference, verdict_class } from "../models";
import { coding_words, sources_of } from "../observed";
import { badge } from "../paint";
import { kinds_of } from "../report";
import type { Report, ScoreRow, WarRecord } from "../report";
import type { State } from "../state";
import { tell_values } from "./bars";
import type { Mark } from "./bars";
import { deaths_view } from "./deaths";

/** From this probability of the true holder on, the model had it. */
const kHad = 0.5;
const kBins = 10;
/** Forecasts that a phone shows at first. */
const kPhoneRows = 3;
/** Sources listed at first. */
const kSources = 8;

/** The latest day at which the record and the model are compared. */
export const last_compared = (record: WarRecord): string =>
  record.scores.reduce((last, row) => (row.date > last ? row.date : last), "");

/** The row of a score; the model's own is that of this run or, side by side, of the basic model. */
export function score_of(record: WarRecord, date: string, score: ScoreRow["score"], subset: ScoreRow["subset"], model: ScoreRow["model"],
                         account: string | null = null): ScoreRow | undefined {
  const rows = record.scores.filter((r) => r.date === date && r.score === score && r.subset === subset && r.model === model);
  return rows.find((r) => r.account === account) ?? rows.find((r) => account === null && r.account === kBase);
}

/** The Brier scores of the model and of no change on the latest day at which they are compared. */
export function last_scores(record: WarRecord): { date: string; own?: ScoreRow; nothing?: ScoreRow } {
  const date = last_compared(record);
  return { date, own: score_of(record, date, "brier", "all", kOwn), nothing: score_of(record, date, "brier", "all", kNoChange) };
}

/** " (40 of 2016 and 53 of 2017)": of which years the dated events are; "" where all are of one. */
function by_year({ told_by_year = {} }: WarRecord): string {
  const years = Object.entries(told_by_year);
  return years.length < 2 ? "" : ` (${list(years.map(([year, n]) => `${n} of ${year}`))})`;
}

/** How the model did, in one sentence that claims no more than the interval and what the run uses allow, and by how much. */
export function verdict(record: WarRecord): { head: string; more: string } | null {
  const { date, own, nothing } = last_scores(record);
  if (!own || !nothing) return null;
  const better = own.verdict === "better", no_change = `assuming no change over ${plural(own.months, "month")}`;
  const how = own.verdict === null || own.verdict === "no clear difference" ? `The observed data are too few to distinguish it from ${no_change}` : `${capital(beside(own.verdict))} ${no_change}`;
  const knew = record.told === 0 ? "" : `, ${better ? "but" : "and"} it used ${plural(record.told, "event")} dated after its first day, so this is not a forecast`;
  const changed = score_of(record, date, "probability", "changed", kOwn), stayed = score_of(record, date, "probability", "unchanged", kOwn);
  const places = [
    changed ? `Of the ${plural(changed.places, "place")} that changed hands it gave the true holder a chance of ${percent(changed.value)} on average` : "No place changed hands",
    stayed ? `of the ${stayed.places} that did not, ${percent(stayed.value)}` : "",
  ].filter(Boolean).join("; ");
  const more = `${hindsight(record)}${short_verdict(record)}From the first day to ${day(date)} its Brier score is ${own.value.toFixed(2)}, that of a no-change forecast ${nothing.value.toFixed(2)} `
    + `(0 is perfect; difference ${signed(own.difference, 2)}, 95% interval ${signed(own.difference_low, 2)} to ${signed(own.difference_high, 2)}). ${places}.`;
  return { head: `${how}${knew}.`, more };
}

/** Months up to which a forecast is one of a short time. */
const kShort = 3;

/** How the model did in a short time, where the observed data cover a longer one, too: "" else. */
export function short_verdict(record: WarRecord): string {
  const date = record.scores.reduce((last, r) => (r.months <= kShort && r.date > last ? r.date : last), "");
  const own = score_of(record, date, "brier", "all", kOwn);
  if (!own?.verdict || date === last_compared(record)) return "";
  return `After ${plural(own.months, "month")} it is ${beside(own.verdict)} a no-change forecast. `;
}

/** What stands under the first answer: how far to trust it, in a sentence. */
export function trust_line({ data: { record } }: Story): HTMLElement {
  const question = "How good is the model?";
  return h("aside", { class: "trust", "aria-label": question },
    h("p", {}, h("b", {}, question), " ", record ? verdict(record)?.head ?? "The observed data are too few to say." : "Not known: this package has no observed data of who held what during the run.",
      ...(record ? [" ", h("a", { href: "#track" }, "Scores")] : [])));
}

/** What a forecast would not have known. */
const hindsight = (record: WarRecord): string => record.told === 0 ? ""
  : `Not a forecast: this run uses ${plural(record.told, "event")} dated after its start${by_year(record)}, and a no-change forecast uses none. The command truel score tests forecasts that use none. `;

/** Where the observed data end, said once: the rest of the section names the last day that the report has of them. */
function record_end(story: Story, record: WarRecord, compared: string): string {
  return record.is_whole ? `The observed data cover the run to its end, ${day(record.last)}.`
    : `The observed data of who held what end on ${day(record.last)}${compared === record.last ? "" : `, and the last day before that of which this report has the runs is ${day(compared)}`}. What the model says of later days, to ${day(story.data.end)}, cannot be tested here.`;
}

/** What says who held which place. */
function sources_view(data: Report): HTMLElement {
  const list = h("div", {}), words = h("p", { class: "note" }, coding_words(data.package, 0));
  const node = h("div", { id: kObservedId }, h("h3", {}, "What the observed data rest on"), words, list);
  // Read once it is seen: the package is a long text.
  new IntersectionObserver((entries, own) => {
    if (!entries.some((e) => e.isIntersecting)) return;
    own.disconnect();
    const sources = sources_of(data);
    words.textContent = coding_words(data.package, sources.length);
    if (sources.length > 0) list.append(long_list("ul", "track-list", sources.map(({ source, places }) => h("li", {}, source, h("b", {}, plural(places, "place")))), kSources));
  }, { rootMargin: "400px" }).observe(node);
  return node;
}

/** A place that changed hands in the record, or did not: what the record says, and what the model gave it. */
interface Row { place: number; changes: { date: string; from: string; to: string }[]; truth: string; p: number }

export function rows_of(story: Story, date: number): Row[] {
  const { record, places, dates } = story.data;
  return places.flatMap((_, place): Row[] => {
    const spells = (record?.places[place] ?? []).filter(([from]) => from <= dates[date]);
    const truth = story.truth(place, dates[date]), p = story.p_of_truth(place, date);
    if (truth === undefined || p === undefined || spells.length === 0) return [];
    const changes = spells.slice(1).map(([from, , to], i) => ({ date: from, from: spells[i][2], to }))
      .filter((c) => story.code(c.from) !== story.code(c.to));
    return [{ place, changes, truth, p }];
  });
}

/** Of all forecasts that gave a holder about this much, how many came true: [bin] of mean forecast, share, number. */
export function calibration(story: Story, date: number): { forecast: number; share: number; n: number }[] {
  const bins = Array.from({ length: kBins }, () => ({ forecast: 0, share: 0, n: 0 }));
  story.data.places.forEach((_, place) => {
    const truth = story.truth(place, story.data.dates[date]);
    if (truth === undefined || truth === "contested") return;
    const by_code = new Map<string, number>();
    for (const { side, p } of story.holders(story.data.places[place], date)) {
      by_code.set(story.code(side.id), (by_code.get(story.code(side.id)) ?? 0) + p);
    }
    for (const [code, p] of by_code) {
      const bin = bins[Math.min(kBins - 1, Math.floor(p * kBins))];
      bin.forecast += p;
      bin.share += code === story.code(truth) ? 1 : 0;
      ++bin.n;
    }
  });
  return bins.filter((b) => b.n > 0).map((b) => ({ forecast: b.forecast / b.n, share: b.share / b.n, n: b.n }));
}

function calibration_picture(bins: ReturnType<typeof calibration>): SVGSVGElement {
  const side = 260, margin = 38;
  const x = (p: number): number => margin + p * side, y = (p: number): number => 10 + (1 - p) * side;
  const most = Math.max(1, ...bins.map((b) => b.n));
  const marks = bins.map((b): Mark => ({ element: s("circle", { cx: x(b.forecast), cy: y(b.share), r: 3 + 9 * Math.sqrt(b.n / most) }),
    lines: [`Given ${percent(b.forecast)}`, `came true ${percent(b.share)} of ${plural(b.n, "time")}`] }));
  tell_values(marks);
  const label = `Calibration: ${bins.map((b) => `given ${percent(b.forecast)}, came true ${percent(b.share)} of ${b.n}`).join("; ")}`;
  return s("svg", { class: "calibration", viewBox: `0 0 ${side + margin + 20} ${side + 46}`, role: "group", "aria-label": label },
    s("path", { class: "diagonal", d: `M${x(0)},${y(0)}L${x(1)},${y(1)}` }),
    s("path", { class: "frame", d: `M${x(0)},${y(1)}V${y(0)}H${x(1)}` }),
    ...[0, 0.5, 1].flatMap((p) => [
      s("text", { x: x(p), y: y(0) + 16, "text-anchor": "middle" }, percent(p)),
      s("text", { x: x(0) - 6, y: y(p) + 4, "text-anchor": "end" }, percent(p))]),
    s("text", { x: x(0.5), y: y(0) + 33, "text-anchor": "middle" }, "chance that the model gave"),
    s("text", { x: x(0) + 6, y: y(1) + 10 }, "came true"),
    ...marks.map(({ element }) => element));
}

function score_table(story: Story, record: WarRecord): { element: HTMLElement; table: Table } {
  const all_dates = [...new Set(record.scores.map((r) => r.date))].sort();
  const dates = is_phone() ? all_dates.slice(-1) : all_dates;  // what the verdict is about; the table in the menu has the others
  const { what_ifs } = kinds_of(story.data.accounts);  // which predict nothing, so that they have no rank
  const scores = record.scores.filter((r) => !what_ifs.some((a) => a.id === r.account));
  const of = (date: string): ScoreRow[] => scores.filter((r) => r.date === date && r.score === "brier" && r.subset === "all");
  const forecasts = new Map(dates.flatMap(of).map((r) => [forecast_name(story, r), r]));
  const cell = (name: string, date: string): HTMLElement => {
    const row = of(date).find((r) => forecast_name(story, r) === name);
    if (!row) return h("td", {}, "–");
    const verdict = row.model === kNoChange ? null : row.verdict;
    return h("td", { class: verdict_class(verdict) }, h("b", {}, row.value.toFixed(3)),
      h("small", {}, verdict === null ? ` ${row.low.toFixed(2)} to ${row.high.toFixed(2)}`
        : told_difference(verdict, row.difference, row.difference_low, row.difference_high)));
  };
  const body = h("tbody"), [, more] = rows_in(body, Array.from(forecasts, ([name, row]) => h("tr", {}, h("th", { scope: "row" }, score_label(story, row)), ...dates.map((d) => cell(name, d)))), kPhoneRows);
  const element = h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Scores against the observed data" },
    h("table", { class: "plain-table scores" },
      h("caption", {}, "Brier score of who holds each place: 0 is perfect, 2 the worst. Below it the difference from a no-change forecast with its 95% interval (resampled "
        + "by province): better or worse where that excludes 0. Spatial hazard: a place is likelier to fall the more of its neighbours other sides hold. One forecast is too little to rank accounts.",
        " ", left_out(what_ifs.length)),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Forecast from the first day"),
        ...dates.map((d) => h("th", { scope: "col" }, `to ${short_day(d)}`)))),
      body));
  if (more) element.append(more);
  const table: Table = {
    heads: ["forecast", "account", "until", "score", "places_compared", "value", "low", "high", "difference", "difference_low", "difference_high", "places"],
    rows: scores.map((r) => [r.model, r.account, r.date, r.score, r.subset, r.value, r.low, r.high, r.difference, r.difference_low, r.difference_high, r.places]),
  };
  return { element, table };
}

export function track_view(story: Story, record: WarRecord, clock: Clock, state: State): HTMLElement {
  const { places, dates } = story.data;
  const end = Math.max(0, last_upto(dates, record.last));
  const rows = rows_of(story, end);
  const changed = rows.filter((r) => r.changes.length > 0).sort((a, b) => a.p - b.p);
  const returned = changed.filter((r) => story.code(r.changes[0].from) === story.code(r.truth)).length;
  const lost = rows.filter((r) => r.changes.length === 0 && r.p < kHad).sort((a, b) => a.p - b.p);
  const name = (id: string): Node | string => (id === "contested" ? "contested" : h("span", {}, badge(story.side(id)), named(story, story.side(id))));
  const go = (place: number): void => {
    clock.choose(end);
    state.go("map", { place: places[place].id, date: dates[end] });
  };
  const item = (r: Row): HTMLElement => h("li", { class: r.p >= kHad ? "hit" : "miss" },
    h("button", { type: "button", class: "plain", click: () => go(r.place) }, places[r.place].name),
    h("span", { class: "course" }, ...r.changes.flatMap((c, i) => [
      ...(i === 0 ? [name(c.from)] : []), ` → `, name(c.to), h("small", {}, ` ${short_day(c.date)}`)])
      , r.changes.length === 0 ? name(r.truth) : ""),
    h("b", {}, `${r.p >= kHad ? "expected" : "missed"}: ${percent(r.p)}`));
  const bins = calibration(story, end);
  const scores = score_table(story, record);
  const frame = h("figure", { class: "calibration-box" }, calibration_picture(bins),
    h("figcaption", { class: "note" }, `On ${day(dates[end])}. On the line, what got a chance of 70% came true in 70% of the cases; below it the model was too sure. The larger a circle, the more forecasts.`));
  const place_table = (): Table => ({
    heads: ["place_id", "place", "holder_by_record", "probability_of_it", "changes"],
    rows: rows.map((r) => [places[r.place].id, places[r.place].name, r.truth, r.p,
      r.changes.map((c) => `${c.date} ${c.from} to ${c.to}`).join("; ")]),
  });
  const lead = h("p", { class: "lead" }, verdict(record)?.more ?? "", " ", record_end(story, record, dates[end]));
  const rows_shown = is_phone() ? 3 : 12;
  const lists = h("div", { class: "track-lists" },
    h("div", {}, h("h3", {}, `${plural(changed.length, "place")} changed hands by ${day(dates[end])}${returned > 0 ? `, ${returned} of them back again` : ""}`),
      changed.length > 0 ? long_list("ul", "track-list", changed.map(item), rows_shown) : h("p", {}, "None.")),
    h("div", {}, h("h3", {}, `${plural(lost.length, "place")} kept ${lost.length === 1 ? "its" : "their"} holder, and the model did not expect it`),
      lost.length > 0 ? long_list("ul", "track-list", lost.map(item), rows_shown) : h("p", {}, "None.")));
  return h("div", { class: "track" },
    is_phone() ? h("details", {}, h("summary", {}, "By how much, and until what day"), lead) : lead,
    scores.element,
    tools({ name: "scores", title: "Scores against observed data", data: story.data, picture: () => scores.element, table: () => scores.table }),
    h("div", { class: "track-body" },
      h("div", {}, frame, tools({ name: "calibration", title: "Calibration against observed data", data: story.data, picture: () => frame,
        table: () => ({ heads: ["chance_given", "share_that_came_true", "forecasts"], rows: bins.map((b) => [b.forecast, b.share, b.n]) }) })),
      h("div", {}, lists, tools({ name: "places-against-record", title: "Places against observed data", data: story.data, picture: () => lists, table: place_table }))),
    h("p", { class: "note" }, "Percent: the probability that the model gave the true holder on the last observed day; below 50% it missed. "
      + "Choose a place to see it on the map. Sides that the observed data do not distinguish count as one. Contested places are not scored."),
    sources_view(story.data),
    ...deaths_view(story, record));
}
