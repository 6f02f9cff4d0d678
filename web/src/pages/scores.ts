// The page of `truel score`: the model compared with the baselines by horizon, how reliable its chances are, and the places.
import { kBase } from "../catalogue";
import type { ForecastModel, PageScore } from "../catalogue";
import { h, choice, is_phone, long_list, s } from "../dom";
import { tools } from "../figure";
import type { Table } from "../figure";
import { capital, day, percent, plural, short_day, signed } from "../format";
import { kNobody } from "../data";
import type { Side, Story } from "../data";
import { beside, kNoChange, kOwn, left_out, model_name, verdict_class } from "../models";
import { badge } from "../paint";
import { kinds_of } from "../report";
import type { Verdict } from "../report";
import { account_select, facts_list, links_to, section } from "../section";
import type { Section } from "../section";
import { State } from "../state";
import { interval_track, tell_values } from "../views/bars";
import type { Mark } from "../views/bars";
import { map_picture } from "../views/map";
import { enemies_view } from "./enemies";
import type { EnemyLine } from "./enemies";
import { patterns_view } from "./patterns";
import type { PatternLine } from "./patterns";
import { power_view } from "./power";
import type { PowerLine } from "./power";
import { story_of } from "../war";
import type { WarPage } from "../war";

interface ScoreLine {
  origin: string; until: string; horizon_months: number; target: "control" | "deaths"; unit: "place" | "place-month" | "dyad" | `${"dyad" | "place"}-${"best" | "low" | "high"}`;
  subset: "all" | "changed" | "unchanged"; merged: boolean; score: PageScore; model: ForecastModel; account: string | null;
  value: number; interval: [number, number] | null; difference: number | null; difference_interval: [number, number] | null; against: string | null; n: number; verdict: Verdict;
}

interface ReliabilityCurve {
  horizon_months: number; unit: string; merged: boolean; model: ForecastModel; account: string | null; n: number; changed: number;
  score: number; miscalibration: number; discrimination: number; uncertainty: number;
  raw_miscalibration: number | null;  // of a recalibrated forecast: that of the raw one in the same windows
  steps: { from: number; until: number; share: number; n: number; band: [number, number] | null }[];
}

/** How often the deaths that came lay in each tenth of a forecast. */
interface PitLine { horizon_months: number; unit: string; model: ForecastModel; account: string | null; n: number; shares: number[] }

interface ForecastPlace { before: string | null; observed: string | null; compared: boolean; truel: Record<string, number> }
interface ForecastWindow { origin: string; until: string; horizon_months: number; account: string; places: Record<string, ForecastPlace> }

export interface ScoresPage extends WarPage {
  settings: string[]; told: boolean; failed_runs: number; remarks: string[]; citations: string[];
  windows: ScoreLine[]; pooled: ScoreLine[]; reliability: ReliabilityCurve[]; places: ForecastWindow[];
  pit?: PitLine[]; patterns?: PatternLine[]; power?: PowerLine[]; fights?: EnemyLine[];
}

/** ", E isis_survives": the letter and id of an account; "" of the basic model. */
const of_account = (data: WarPage, id: string | null): string => {
  const letter = data.war.accounts.find((a) => a.id === id)?.letter;
  return !id || id === kBase ? "" : `, ${letter ? `${letter} ` : ""}${id}`;
};

const forecast_name = (data: WarPage, row: { model: string; account: string | null }): string => model_name(row.model) + of_account(data, row.account);

const is_own = (row: { model: string }): boolean => row.model === kOwn || row.model === "blend" || row.model === "truel-recalibrated";

/** The data without the what-ifs, and how many those are; all of them where nothing else was scored. */
export function without_what_ifs(all: ScoresPage): { data: ScoresPage; what_ifs: number } {
  const scored = new Set([...all.pooled, ...all.windows].filter(is_own).map((r) => r.account ?? kBase));
  const ids = new Set(kinds_of(all.war.accounts).what_ifs.map(({ id }) => id).filter((id) => scored.has(id)));
  if (ids.size === scored.size) return { data: all, what_ifs: 0 };
  const kept = <T extends { account: string | null }>(rows: T[]): T[] => rows.filter(({ account }) => !ids.has(account ?? kBase));
  return { what_ifs: ids.size, data: {
    ...all, windows: kept(all.windows), pooled: kept(all.pooled), reliability: kept(all.reliability), places: kept(all.places),
    pit: all.pit && kept(all.pit), patterns: all.patterns && kept(all.patterns), fights: all.fights && kept(all.fights),
    power: all.power?.filter(({ truth, other }) => !ids.has(truth) && !ids.has(other)),
  } };
}

/** The rows of a horizon: pooled over the windows, or of the one window there is. */
export function rows_of_horizon(data: ScoresPage, months: number, wanted: Pick<ScoreLine, "score" | "subset" | "merged" | "unit">): ScoreLine[] {
  const fits = (r: ScoreLine): boolean => r.horizon_months === months && r.score === wanted.score && r.subset === wanted.subset
    && r.merged === wanted.merged && r.unit === wanted.unit && Number.isFinite(r.value);
  const pooled = data.pooled.filter(fits);
  return pooled.length > 0 ? pooled : data.windows.filter(fits);
}

/** Whose the observed data are; nothing where they name nobody. */
export const cited = ({ citations }: Pick<ScoresPage, "citations">): HTMLElement[] =>
  (citations.length === 0 ? [] : [h("h3", {}, "The observed data"), h("ul", { class: "limits" }, ...citations.map((t) => h("li", {}, t)))]);

export const horizons_of = (data: ScoresPage): number[] =>
  [...new Set([...data.pooled, ...data.windows].filter((r) => r.target === "control").map((r) => r.horizon_months))].sort((a, b) => a - b);

/** How a forecast stands to the other that it is held against; null where there is none. */
export const verdict_on = (row: ScoreLine): Verdict | null =>
  (!row.difference_interval || row.difference === null || row.against === null || row.model === row.against ? null : row.verdict);

/** Whether sides that the record cannot keep apart are scored as one: the choice that the page begins with. */
const merges = (data: ScoresPage): boolean => data.pooled.concat(data.windows).some((r) => r.merged && r.target === "control");

function verdicts(data: ScoresPage, what_ifs: number): HTMLElement {
  const merged = merges(data);
  const lines = horizons_of(data).flatMap((months) => {
    const rows = rows_of_horizon(data, months, { score: "brier", subset: "all", merged, unit: "place" });
    const nothing = rows.find((r) => r.model === kNoChange);
    return rows.filter((r) => r.model === kOwn).map((own) => {
      const how = verdict_on(own), span = own.difference_interval;
      return h("li", {}, h("b", {}, `${plural(months, "month")} ahead${of_account(data, own.account)}: `
        + (how ? `${beside(how)} a no-change forecast. ` : "")),
        `Brier score ${own.value.toFixed(3)} against ${nothing?.value.toFixed(3) ?? "–"}`,
        span && own.difference !== null ? `; difference ${signed(own.difference)}, 95% interval ${signed(span[0])} to ${signed(span[1])}.` : ".");
    });
  });
  return h("aside", { class: "trust", "aria-label": "How far to trust this" }, h("h2", {}, "How well does the model foresee?"),
    h("ul", { class: "verdicts" }, ...lines), h("p", { class: "note" }, "Lower is better; 0 is perfect, 2 the worst. ", left_out(what_ifs)));
}

/** Rows with a dot and an interval on one axis; `zero` marks where the difference vanishes. */
function interval_rows(rows: { name: string; value: number | null; low: number | null; high: number | null; words: string; own: boolean }[], low: number, high: number): HTMLElement {
  const at = (x: number | null): number | null => (x === null ? null : (x - low) / (high - low || 1));
  const marks: Mark[] = [];
  const list = h("ul", { class: "account-bars score-bars" }, ...rows.map((r) => {
    const element = interval_track({ value: at(r.value), low: at(r.low), high: at(r.high), colour: r.own ? "var(--accent)" : "var(--ink-soft)", marked: low < 0 && high > 0 ? [-low / (high - low)] : [] });
    marks.push({ element, lines: [r.name, `score ${r.words}`, ...(r.value === null || r.low === null || r.high === null ? []
      : [`difference from no change ${signed(r.value)}`, `95% interval: ${signed(r.low)} to ${signed(r.high)}`])] });
    return h("li", { class: r.own ? "own" : "" }, h("span", { class: "who" }, r.name), element, h("span", { class: "value" }, r.words));
  }));
  tell_values(marks);
  return list;
}

type Subset = ScoreLine["subset"];

function horizons_view(data: ScoresPage, story: Story, state: State): HTMLElement {
  const body = h("div", { class: "accounts", tabindex: 0, role: "group", "aria-label": "By months ahead" });  // on a phone it scrolls sideways
  const score = (): "brier" | "log" => (state.get("score") === "log" ? "log" : "brier");
  const subset = (): Subset => (["changed", "unchanged"] as const).find((x) => x === state.get("of")) ?? "all";
  const merged = (): boolean => merges(data) && state.get("sides") !== "apart";
  const rows_for = (months: number): ScoreLine[] => rows_of_horizon(data, months, { score: score(), subset: subset(), merged: merged(), unit: "place" })
    .sort((a, b) => (a.difference ?? 0) - (b.difference ?? 0));
  const draw = (): void => {
    const groups = horizons_of(data).map((months) => ({ months, rows: rows_for(months) }));
    const ends = groups.flatMap((g) => g.rows.flatMap((r) => r.difference_interval ?? [r.difference ?? 0]));
    const low = Math.min(0, ...ends), high = Math.max(0, ...ends);
    body.replaceChildren(...groups.map(({ months, rows }) => h("article", { class: "account" },
      h("h3", {}, `${plural(months, "month")} ahead`),
      rows.length === 0 ? h("p", { class: "note" }, "Nothing to compare.")
        : interval_rows(rows.map((r) => ({
          name: forecast_name(data, r), value: r.difference, low: r.difference_interval?.[0] ?? null, high: r.difference_interval?.[1] ?? null,
          words: r.value.toFixed(3), own: is_own(r),
        })), low, high),
      h("p", { class: "note" }, rows[0] ? `${plural(rows.find((r) => r.model === kOwn)?.n ?? rows[0].n, "forecast")} of a place. ` : "",
        ...rows.filter((r) => is_own(r)).map((r) => h("span", { class: "line" }, `${capital(forecast_name(data, r))}: ${r.value.toFixed(3)}`
          + (r.interval ? ` (${r.interval[0].toFixed(3)} to ${r.interval[1].toFixed(3)})` : "")
          + (r.difference !== null && r.difference_interval ? `, difference ${signed(r.difference)} (${signed(r.difference_interval[0])} to ${signed(r.difference_interval[1])}), ${verdict_on(r) ?? ""}` : "") + ". "))))));
  };
  state.follow(draw);
  const scores = choice<"brier" | "log">("Score", [["brier", "Brier"], ["log", "Logarithmic"]], score(), (v) => state.set("score", v === "brier" ? "" : v));
  const subsets = choice<Subset>("Places", [["all", "All places"], ["changed", "That changed hands"], ["unchanged", "That did not"]], subset(), (v) => state.set("of", v === "all" ? "" : v));
  const sides = merges(data) ? choice<"one" | "apart">("Sides", [["one", "Doubtful sides as one"], ["apart", "Apart"]], merged() ? "one" : "apart", (v) => state.set("sides", v === "one" ? "" : v)) : null;
  return h("div", {}, h("div", { class: "controls" }, scores, subsets, sides), body, tools({
    name: "scores", title: "Scores compared with baselines", data: story.data,
    about: () => `${score() === "log" ? "Logarithmic score" : "Brier score"} of who holds each place${subset() === "all" ? "" : subset() === "changed" ? ", of those that changed hands" : ", of those that did not"}; `
      + "dot and bar: the difference from a no-change forecast, which the line marks, with its 95% interval.",
    picture: () => body,
    table: (): Table => ({
      heads: ["horizon_months", "score", "subset", "merged", "model", "account", "value", "low", "high", "difference", "difference_low", "difference_high", "against", "n"],
      rows: horizons_of(data).flatMap((m) => rows_for(m).map((r) => [m, r.score, r.subset, String(r.merged), r.model, r.account, r.value, r.interval?.[0] ?? null, r.interval?.[1] ?? null,
        r.difference, r.difference_interval?.[0] ?? null, r.difference_interval?.[1] ?? null, r.against, r.n])),
    }),
  }));
}

/** A reliability diagram of isotonic steps, with the band in which they would lie if all chances were right. */
function diagram(curve: ReliabilityCurve): SVGSVGElement {
  const side = 240, margin = 42;
  const end = Math.min(1, Math.max(0.1, ...curve.steps.map((x) => Math.max(x.until, x.share, x.band?.[1] ?? 0))) * 1.05);
  const x = (p: number): number => margin + (p / end) * side, y = (p: number): number => 10 + (1 - p / end) * side;
  const most = Math.max(1, ...curve.steps.map((q) => q.n));
  const label = `Chance of changing hands and how often it came true: ${curve.steps.map((q) => `${percent(q.from)} to ${percent(q.until)}: ${percent(q.share)} of ${q.n}`).join("; ")}`;
  const ticks = [0, end / 2, end];
  const marks = curve.steps.map((q): Mark => ({ element: s("circle", { cx: x((q.from + q.until) / 2), cy: y(q.share), r: 2.5 + 7 * Math.sqrt(q.n / most) }),
    lines: [`Given ${percent(q.from)} to ${percent(q.until)}`, `came true ${percent(q.share)} of ${plural(q.n, "time")}`] }));
  tell_values(marks);
  return s("svg", { class: "calibration", viewBox: `0 0 ${side + margin + 20} ${side + 46}`, role: "group", "aria-label": label },
    ...curve.steps.map((q) => (q.band ? s("rect", { class: "reliable", x: Math.min(x(q.from), x(q.until) - 2), y: y(q.band[1]), width: Math.max(4, x(q.until) - x(q.from)), height: Math.max(1, y(q.band[0]) - y(q.band[1])) }) : null)),
    s("path", { class: "diagonal", d: `M${x(0)},${y(0)}L${x(end)},${y(end)}` }),
    s("path", { class: "frame", d: `M${x(0)},${y(end)}V${y(0)}H${x(end)}` }),
    s("path", { class: "steps", d: curve.steps.map((q, i) => `${i === 0 ? "M" : "L"}${x(q.from).toFixed(1)},${y(q.share).toFixed(1)}H${x(q.until).toFixed(1)}`).join("") }),
    ...marks.map(({ element }) => element),
    ...ticks.flatMap((p) => [s("text", { x: x(p), y: y(0) + 16, "text-anchor": "middle" }, percent(p)), s("text", { x: x(0) - 6, y: y(p) + 4, "text-anchor": "end" }, percent(p))]),
    s("text", { x: x(end / 2), y: y(0) + 32, "text-anchor": "middle" }, "chance given of changing hands"),
    s("text", { transform: `translate(10,${y(0.75 * end)}) rotate(-90)`, "text-anchor": "middle" }, "share that did"));
}

/** A histogram of the tenths of the forecast in which what came lay, with the line that all would reach if it were calibrated. */
function tenths(line: PitLine): SVGSVGElement {
  const width = 240, height = 120, margin = 42, most = Math.max(0.2, ...line.shares) * 1.05, bar = width / line.shares.length;
  const y = (share: number): number => 10 + (1 - share / most) * height;
  const label = `Deaths that came, by tenth of the forecast: ${line.shares.map((q) => percent(q)).join(", ")}`;
  return s("svg", { class: "calibration", viewBox: `0 0 ${width + margin + 20} ${height + 46}`, role: "img", "aria-label": label },
    ...line.shares.map((q, i) => s("rect", { class: "reliable", x: margin + i * bar + 1, y: y(q), width: bar - 2, height: y(0) - y(q) })),
    s("path", { class: "diagonal", d: `M${margin},${y(0.1)}H${margin + width}` }),
    s("path", { class: "frame", d: `M${margin},10V${y(0)}H${margin + width}` }),
    ...[0, most / 2, most].map((q) => s("text", { x: margin - 6, y: y(q) + 4, "text-anchor": "end" }, percent(q))),
    s("text", { x: margin, y: y(0) + 16, "text-anchor": "start" }, "lowest tenth"), s("text", { x: margin + width, y: y(0) + 16, "text-anchor": "end" }, "highest tenth"),
    s("text", { x: margin + width / 2, y: y(0) + 32, "text-anchor": "middle" }, "of the deaths forecast"));
}

function reliability_view(data: ScoresPage, story: Story, state: State): HTMLElement {
  const merged = merges(data);
  const curves = data.reliability.filter((r) => r.unit === "place" && r.merged === merged && r.model !== kNoChange);
  const models = [...new Map(curves.map((c) => [forecast_name(data, c), c.model === kOwn]))].sort(([, a], [, b]) => Number(b) - Number(a)).map(([name]) => name);
  const body = h("div", { class: "reliabilities" });
  const chosen = h("select", { "aria-label": "Forecast of the diagrams", change: () => state.set("diagram", chosen.value === models[0] ? "" : chosen.value) },
    ...models.map((m) => h("option", { value: m }, m)));
  const shown = (): ReliabilityCurve[] => curves.filter((c) => forecast_name(data, c) === (models.includes(state.get("diagram") ?? "") ? state.get("diagram") : models[0]));
  state.follow(() => {
    chosen.value = models.includes(state.get("diagram") ?? "") ? (state.get("diagram") ?? "") : models[0];
    body.replaceChildren(...shown().map((c) => h("figure", { class: "calibration-box" }, h("h3", {}, `${plural(c.horizon_months, "month")} ahead`), diagram(c),
      h("figcaption", { class: "note" }, `${plural(c.n, "forecast")}, of which ${c.changed} came true. Squared error ${c.score.toFixed(4)} = miscalibration ${c.miscalibration.toFixed(4)} − discrimination ${c.discrimination.toFixed(4)} + uncertainty ${c.uncertainty.toFixed(4)}.`
        + (c.raw_miscalibration === null ? "" : ` Miscalibration of the raw forecast in the same windows: ${c.raw_miscalibration.toFixed(4)}.`)))));
  });
  const deaths = (data.pit ?? []).filter((p) => p.unit === "dyad" && p.n > 0);
  const tenths_of_deaths = deaths.length === 0 ? null : h("div", {}, h("h3", {}, "Deaths by dyad and month"),
    h("p", { class: "note" }, "How often the deaths that came lay in each tenth of the forecast: bars at the line if it is calibrated, high at the ends if it is too sure of itself."),
    h("div", { class: "reliabilities" }, ...deaths.map((p) => h("figure", { class: "calibration-box" }, h("h4", {}, `${plural(p.horizon_months, "month")} ahead: ${forecast_name(data, p)}`), tenths(p),
      h("figcaption", { class: "note" }, plural(p.n, "month of a dyad", "months of dyads"))))));
  return h("div", {}, h("div", { class: "controls" }, chosen), body, tenths_of_deaths, tools({
    name: "reliability", title: "Reliability", data: story.data, picture: () => body,
    table: () => ({
      heads: ["horizon_months", "model", "account", "from", "until", "share", "n", "band_low", "band_high"],
      rows: shown().flatMap((c) => c.steps.map((q) => [c.horizon_months, c.model, c.account, q.from, q.until, q.share, q.n, q.band?.[0] ?? null, q.band?.[1] ?? null])),
    }),
  }));
}

/** The fair Brier score of one forecast of a place by so many runs (Ferro 2014). */
export function brier(place: ForecastPlace, runs: number): number {
  const holders = new Set([...Object.keys(place.truel), ...(place.observed ? [place.observed] : [])]);
  return [...holders].reduce((sum, id) => {
    const p = place.truel[id] ?? 0;
    return sum + (p - (id === place.observed ? 1 : 0)) ** 2 - (p * (1 - p)) / (runs - 1);
  }, 0);
}

/** How a place was foreseen over the windows of a horizon. */
interface PlaceRecord { id: string; mean: number; low: number; high: number; n: number; changed: number }

export function place_records(data: ScoresPage, months: number, account: string): PlaceRecord[] {
  const windows = data.places.filter((w) => w.horizon_months === months && w.account === account);
  return data.war.places.flatMap(({ id }) => {
    const forecasts = windows.map((w) => w.places[id]).filter((p) => p?.compared);
    if (forecasts.length === 0) return [];
    const values = forecasts.map((p) => brier(p, data.runs));
    return [{ id, mean: values.reduce((a, b) => a + b, 0) / values.length, low: Math.min(...values), high: Math.max(...values),
      n: values.length, changed: forecasts.filter((p) => p.before !== p.observed).length }];
  });
}

/** The side that stands for a code of the record: of the actors that have it the one that held most places. */
export function side_of(data: ScoresPage, story: Story, code: string | null): Side | null {
  if (code === null || code === "contested") return null;
  if (code === "none") return kNobody;
  const actors = data.war.actors.filter((a) => a.record_code === code).sort((a, b) => b.spells - a.spells);
  const side = story.side(actors[0]?.id ?? code);
  return { ...side, name: actors.length > 1 ? code.replaceAll("_", " ") : side.name };
}

function places_view(data: ScoresPage, story: Story, state: State): HTMLElement {
  const accounts = [...new Set(data.places.map((w) => w.account))];
  const windows = data.places;
  const key = (w: ForecastWindow): string => `${w.origin}/${w.until}`;
  const spans = [...new Map(windows.map((w) => [key(w), w])).values()].sort((a, b) => b.horizon_months - a.horizon_months || b.origin.localeCompare(a.origin));
  const names = new Map(data.war.places.map((p) => [p.id, p.name]));
  const account = (): string => accounts.find((a) => a === state.get("account")) ?? accounts[0];
  const window_of = (): ForecastWindow => windows.find((w) => key(w) === state.get("window") && w.account === account())
    ?? windows.find((w) => key(w) === key(spans[0]) && w.account === account()) ?? windows[0];
  const sides = (p: ForecastPlace | undefined): { side: Side; p: number }[] =>
    Object.entries(p?.truel ?? {}).map(([code, share]) => ({ side: side_of(data, story, code) ?? kNobody, p: share })).filter((x) => x.p >= 0.005).sort((a, b) => b.p - a.p);
  const frame = h("div", { class: "map-box" });
  const panel = h("aside", { class: "place-panel", "aria-label": "Place", "aria-live": "polite" });
  const lists = h("div", { class: "track-lists" });
  const said = (code: string | null): Node | string => {
    const side = side_of(data, story, code);
    return side ? h("span", { class: "held" }, badge(side), side.name) : code === "contested" ? "contested" : "not known";
  };
  const choose = (id: string): void => state.go("", { place: id });
  const legend = h("ul", { class: "key", "aria-label": "Key" });
  const draw_map = (): void => {
    const w = window_of();
    const shown = new Map(Object.values(w.places).flatMap((p) => [...sides(p).filter((x) => x.p >= 0.005).map((x) => x.side), side_of(data, story, p.observed)])
      .filter((side) => side !== undefined && side !== null).map((side) => [side.id, side]));
    legend.replaceChildren(...[...shown.values()].sort((a, b) => story.actors.findIndex((x) => x.id === a.id) - story.actors.findIndex((x) => x.id === b.id))
      .map((side) => h("li", {}, badge(side), capital(side.name))));
    frame.replaceChildren(map_picture(story, 640, {
      holders: (i) => sides(w.places[data.war.places[i].id]),
      mark(i, r) {
        const p = w.places[data.war.places[i].id];
        if (!p || p.observed === null) return null;
        const side = side_of(data, story, p.observed), hit = p.observed === "contested" || (p.truel[p.observed] ?? 0) >= 0.5;
        return s("circle", { class: hit ? "truth" : "truth miss", r: (r + (hit ? 1.8 : 2.6)).toFixed(1), stroke: side?.paint.colour ?? "var(--nobody)", "stroke-dasharray": p.observed === "contested" ? "2 2" : "none" });
      },
      on_choose: (i) => choose(data.war.places[i].id), has_names: true,
      label: `Who held what on ${day(w.until)} and what the model had said on ${day(w.origin)}`,
      title: `Foreseen from ${day(w.origin)} for ${day(w.until)}`,
    }).node);
  };
  const draw_panel = (): void => {
    const id = state.get("place");
    const of_place = id ? windows.filter((w) => w.account === account() && w.places[id]) : [];
    if (!id || of_place.length === 0) return panel.replaceChildren(h("p", { class: "note" }, "Choose a place on the map or in the lists: what the model said of it from every first day, and what came."));
    panel.replaceChildren(h("p", { class: "kicker" }, "Every forecast of"), h("h3", {}, names.get(id) ?? id),
      h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `Forecasts of ${names.get(id) ?? id}` }, h("table", { class: "plain-table" },
        h("thead", {}, h("tr", {}, ...["Forecast", "Before", "Came", "Chance given", "Brier"].map((t) => h("th", { scope: "col" }, t)))),
        h("tbody", {}, ...of_place.map((w) => {
          const p = w.places[id];
          return h("tr", { class: w === window_of() ? "now" : "" }, h("th", { scope: "row" }, `${short_day(w.origin)} to ${short_day(w.until)}`), h("td", {}, said(p.before)), h("td", {}, said(p.observed)),
            h("td", {}, p.observed && p.observed !== "contested" ? percent(p.truel[p.observed] ?? 0) : "–"), h("td", {}, p.compared ? brier(p, data.runs).toFixed(2) : "left out"));
        })))));
  };
  const draw_lists = (): void => {
    const months = window_of().horizon_months;
    const records = place_records(data, months, account());
    const item = (r: PlaceRecord): HTMLElement => h("li", {}, h("button", { type: "button", class: "plain", click: () => choose(r.id) }, names.get(r.id) ?? r.id),
      h("b", {}, r.mean.toFixed(2)), h("span", { class: "course" }, `${r.n === 1 ? "one forecast" : `between ${r.low.toFixed(2)} and ${r.high.toFixed(2)} in ${r.n} forecasts`}, changed hands in ${r.changed}`));
    const worst = [...records].sort((a, b) => b.mean - a.mean), best = records.filter((r) => r.changed > 0).sort((a, b) => a.mean - b.mean);
    const rows = is_phone() ? 5 : 10;
    lists.replaceChildren(
      h("div", {}, h("h3", {}, `Worst foreseen, ${plural(months, "month")} ahead`), long_list("ul", "track-list", worst.map(item), rows)),
      h("div", {}, h("h3", {}, "Best foreseen of those that changed hands"), best.length > 0 ? long_list("ul", "track-list", best.map(item), rows) : h("p", {}, "No place changed hands.")));
  };
  const span = h("select", { "aria-label": "Forecast on the map", change: () => state.set("window", span.value) },
    ...spans.map((w) => h("option", { value: key(w) }, `${plural(w.horizon_months, "month")}: ${short_day(w.origin)} to ${short_day(w.until)}`)));
  const whose = account_select("Account on the map", accounts, (a) => data.war.accounts.find((x) => x.id === a && a !== kBase)?.title ?? story.account_name(a), (a) => state.set("account", a));
  let drawn = "";
  state.follow(() => {
    const now = `${key(window_of())} ${account()}`;
    if (now !== drawn) {
      drawn = now;
      span.value = key(window_of());
      whose.value = account();
      draw_map();
      draw_lists();
    }
    draw_panel();
  });
  return h("div", {}, h("div", { class: "controls" }, span, accounts.length > 1 ? whose : null),
    h("div", { class: "map-view" }, h("div", { class: "map-main" }, frame, legend,
      h("p", { class: "note" }, "Pies: the chance that the model gave each side on the first day. Ring: who really held the place on the last day, thick where the model gave that less than half, broken where it was contested."),
      tools({ name: "forecast-map", title: "Places foreseen", data: story.data, picture: () => [legend, frame],
        about: () => `From what was known on ${day(window_of().origin)}, for ${day(window_of().until)}.`, table: () => {
        const w = window_of();
        return { heads: ["origin", "until", "account", "place_id", "before", "observed", "compared", "chance_of_observed", "brier"],
          rows: Object.entries(w.places).map(([id, p]) => [w.origin, w.until, w.account, id, p.before, p.observed, String(p.compared), p.observed ? p.truel[p.observed] ?? 0 : null, p.compared ? brier(p, data.runs) : null]) };
      } })), panel),
    lists, tools({ name: "places-foreseen", title: "Places worst and best foreseen", data: story.data, picture: () => lists, table: () => ({
      heads: ["horizon_months", "place_id", "mean_brier", "least", "greatest", "forecasts", "changed_hands"],
      rows: place_records(data, window_of().horizon_months, account()).sort((a, b) => b.mean - a.mean).map((r) => [window_of().horizon_months, r.id, r.mean, r.low, r.high, r.n, r.changed]),
    }) }));
}

function deaths_view(data: ScoresPage, story: Story): HTMLElement | null {
  const all = data.pooled.concat(data.pooled.length > 0 ? [] : data.windows).filter((r) => r.target === "deaths" && r.subset === "all" && r.score === "crps" && Number.isFinite(r.value));
  if (all.length === 0) return null;
  const units = [["dyad", "Fighters, by pair of sides and month"], ["place", "Fighters, by place and month"],
    ["dyad-best", "Fighters and others, by pair of sides and month"], ["place-best", "Fighters and others, by place and month"]] as const;
  const table = h("div", {}, ...units.flatMap(([unit, title]) => {
    const rows = all.filter((r) => r.unit === unit);
    const months = [...new Set(rows.map((r) => r.horizon_months))].sort((a, b) => a - b);
    const names = [...new Set(rows.map((r) => forecast_name(data, r)))];
    if (rows.length === 0) return [];
    return [h("h3", {}, title), h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": title }, h("table", { class: "plain-table scores" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "CRPS, in deaths"), ...months.map((m) => h("th", { scope: "col" }, `${plural(m, "month")} ahead`)))),
      h("tbody", {}, ...names.map((name) => h("tr", {}, h("th", { scope: "row" }, name), ...months.map((m) => {
        const r = rows.find((x) => forecast_name(data, x) === name && x.horizon_months === m);
        if (!r) return h("td", {}, "–");
        const how = verdict_on(r);
        return h("td", { class: verdict_class(how) }, h("b", {}, r.value.toPrecision(3)), h("small", {}, r.interval ? ` ${r.interval[0].toPrecision(3)} to ${r.interval[1].toPrecision(3)}` : "",
          how && r.difference !== null && r.difference_interval ? `; ${beside(how)} ${model_name(r.against ?? "").toLowerCase()} (${signed(r.difference, 1)}, ${signed(r.difference_interval[0], 1)} to ${signed(r.difference_interval[1], 1)})` : ""));
      }))))))];
  }));
  return h("div", {}, table, tools({ name: "deaths", title: "Deaths foreseen", data: story.data, picture: () => table, table: () => ({
    heads: ["horizon_months", "unit", "score", "model", "account", "value", "low", "high", "difference", "difference_low", "difference_high", "against", "n"],
    rows: data.pooled.concat(data.windows).filter((r) => r.target === "deaths").map((r) => [r.horizon_months, r.unit, r.score, r.model, r.account, r.value, r.interval?.[0] ?? null, r.interval?.[1] ?? null, r.difference, r.difference_interval?.[0] ?? null, r.difference_interval?.[1] ?? null, r.against, r.n]),
  }) }));
}

export function scores_page(all: ScoresPage): { story: Story; name: string; nodes: Node[] } {
  const { data, what_ifs } = without_what_ifs(all);
  const origins = data.places.map((w) => w.origin).sort(), ends = data.places.map((w) => w.until).sort();
  const story = story_of(data, origins[0] ?? "", ends[ends.length - 1] ?? "");
  const state = new State();
  const sections: Section[] = [
    { id: "horizons", short: "Baselines", title: "The model compared with forecasts without theory", view: horizons_view(data, story, state),
      says: "Dot: the difference of the score from a no-change forecast (the line); left of it is better. Bar: its 95% interval, from resampled provinces and first days. On the right the score itself. "
        + "Forecasts without theory count how often places changed hands before: between which sides, next to which neighbours, on which front." },
    { id: "reliability", short: "Reliability", title: "Do its chances come true?", view: reliability_view(data, story, state),
      says: "Of places that were given such a chance of changing hands, how many did: on the broken line a chance means what it says. The grey band is the 90% range of these shares if all chances were right." },
    { id: "places", short: "Places", title: "Which places it foresaw, and which not", view: places_view(data, story, state),
      says: "The Brier score of a place: 0 is perfect, 2 the worst. Places that never changed hands are easily foreseen, so the list of the best leaves them out." },
  ];
  const deaths = deaths_view(data, story);
  if (deaths) sections.push({ id: "deaths", short: "Deaths", title: "Deaths foreseen", view: deaths, says: "Continuous ranked probability score: how far the forecast lies from the observed deaths, in deaths; lower is better." });
  const { patterns, power, fights } = data;
  if (fights) sections.push({ id: "enemies", short: "Who fights whom", title: "Who fights whom", view: () => enemies_view(fights, (code) => side_of(data, story, code)?.name ?? code, story, state),
    says: "Of all dead in the fights of a side, its own and its enemies', the share that fell in fights with each enemy: as recorded, and as the model foresaw on the first day." });
  if (power) sections.push({ id: "power", short: "Power", title: "Could the data distinguish the accounts?", view: power_view(power, story),
    says: "Each account in turn is assumed to be true, and its runs to be the observed data. A cell is the percentage of such trials in which the account of the row scores better than that of the column beyond chance; on the diagonal, in which two halves of the same account's runs seem to differ." });
  if (patterns) sections.push({ id: "patterns", short: "Fronts", title: "How fronts move", view: () => patterns_view(patterns, story, state),
    says: "Facts of how places change hands, computed alike from the observed data and from each run. A model may be right about who holds what and move its fronts unlike any war." });
  const notes = [...data.remarks, ...(data.told ? ["Forecasts knew the dated changes of the package after their first day: this tests how well the model follows known events, not how well it forecasts."] : [])];
  sections.push({ id: "provenance", short: "Provenance", title: "How this was made", says: "The same package, observed data, seed and version give the same numbers again.", view: h("div", {},
    facts_list([["Package", data.package], ["Command", data.command], ["Runs of each forecast", String(data.runs)], ["Failed runs", String(data.failed_runs)], ["Seed", String(data.seed)], ["Solver", data.solver], ["Version", `truel ${data.version}`],
      ["Changed parameters", data.settings.join(", ") || "none"], ["Forecasts", `${data.places.length}, from ${short_day(story.data.start)} to ${short_day(story.data.end)}`]]),
    notes.length > 0 ? h("ul", { class: "limits" }, ...notes.map((t) => h("li", {}, t))) : null,
    ...cited(data)) });
  return { story, name: "scores", nodes: [
    h("header", {}, h("p", { class: "brand" }, h("b", {}, "truel score"), ` ${data.package} tested against what happened`), h("h1", {}, data.title),
      data.failed_runs > 0 ? h("p", { class: "warning" }, `${plural(data.failed_runs, "run")} failed and are not in these numbers.`) : null),
    links_to(sections), h("main", {}, verdicts(data, what_ifs), ...sections.map(section))] };
}
