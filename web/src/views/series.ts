// Numbers over time with their bands: strength, and the land held.
import * as Plot from "@observablehq/plot";
import type { Clock } from "../clock";
import type { Story } from "../data";
import { choice, h, on_width } from "../dom";
import { tools } from "../figure";
import { compact, count, percent, to_date } from "../format";
import { badge } from "../paint";
import type { Actor, Band } from "../report";
import type { State } from "../state";
import { mark_date, time_axis } from "./plots";
import type { Reading } from "./plots";

type Form = "together" | "log" | "each" | "stacked";

interface Options {
  title: string;
  key: string;  // of the choice of form in the address
  actors: Actor[];
  band: (actor: Actor) => Band;
  format: (x: number) => string;
  axis_format: (x: number) => string;
  forms: [Form, string][];  // what the reader may choose from; the first at first
  observed?: { group: (actor: Actor) => Actor[]; of: (actor: Actor, date: number) => number | undefined };  // observed values, of an actor's whole group
}

/** Actors drawn at first: more would hide each other. */
const kInitially = 6;
/** Sides whose values are read out under the pointer. */
const kRead = 8;
/** Widest px of one of several small charts. */
const kSmallWidth = 250;
/** Share from which on a stacked area has room for its sign. */
const kSignShare = 0.035;
/** Width from which on a chart of lines has room for words. */
const kWide = 500;
/** Part of the chart after which nothing fits beside it. */
const kLate = 0.8;
/** Of so many dates one has a circle for what was so in fact. */
const kEvery = 4;
/** Choice of the bands of all actors. */
const kAll = "all";
/** Choice of no actor. */
const kNone = "none";
/** Orders of magnitude that a log axis shows at most. */
const kDecades = 4;

interface Row { id: string; date: Date; mean: number; low: number; high: number }

/** Draws what the reader has chosen; all that depends on the date is drawn over it. */
class Charts {
  private readonly times: Date[];

  constructor(private readonly story: Story, private readonly options: Options) {
    this.times = story.data.dates.map(to_date);
  }

  private rows(a: Actor): Row[] {
    const b = this.options.band(a);
    return this.times.map((date, i) => ({ id: a.id, date, mean: b.mean[i], low: b.q05[i], high: b.q95[i] }));
  }

  /** The groups of these actors, each once. */
  private groups(actors: Actor[]): Actor[][] {
    const { observed } = this.options;
    return observed ? [...new Set(actors.map(observed.group))] : [];
  }

  /** The observed values of these groups together, on the dates on which they are known. */
  private observed_rows(groups: Actor[][]): { date: Date; value: number }[] {
    return this.times.flatMap((date, i) => {
      const parts = groups.map(([a]) => this.options.observed?.of(a, i));
      return parts.includes(undefined) ? [] : [{ date, value: parts.reduce<number>((sum, x) => sum + (x ?? 0), 0) }];
    });
  }

  /** The greatest observed value of a group of any of these. */
  observed_peak(actors: Actor[]): number {
    return Math.max(0, ...this.groups(actors).flatMap((group) => this.observed_rows([group]).map((row) => row.value)));
  }

  /** A dashed line, pale between its dashes, as areas may be as dark as they are. */
  private dashed(rows: { date: Date; value: number }[]): Plot.Markish[] {
    const at = { x: "date", y: "value" };
    return [Plot.lineY(rows, { ...at, stroke: "var(--paper)", strokeWidth: 2.2, strokeOpacity: 0.75 }),
      Plot.lineY(rows, { ...at, stroke: "var(--ink)", strokeDasharray: "3 3", strokeWidth: 1.3, className: "series-observed" })];
  }

  /** The signs of a group, where its observed values end: to the right of that, near the end of the chart to the left. */
  private signs_of(group: Actor[], ends: { date: Date; value: number }[], words = "", dy = 0): Plot.Markish {
    const is_late = ends.some(({ date }) => date > this.times[Math.floor(this.times.length * kLate)]);
    return Plot.text(ends, { x: "date", y: "value", text: () => words + group.map((a) => this.story.side(a.id).code).join("+"), dx: is_late ? -4 : 4, dy,
      textAnchor: is_late ? "end" : "start", fill: "var(--ink)", stroke: "var(--paper)", strokeWidth: 4 });
  }

  private frame(width: number, height: number, is_small: boolean): Plot.PlotOptions {
    const margins = { marginTop: 12, marginBottom: 22, marginLeft: is_small ? 34 : 40, marginRight: is_small ? 6 : 30 };
    return { width, height, ...margins, x: time_axis(width) };
  }

  /** Means as lines, and nine runs of ten as the bands of some of them. `top` is the end of the axis. */
  lines(actors: Actor[], banded: Actor[], width: number, height: number, top: number, is_log: boolean, is_small: boolean): SVGElement | HTMLElement {
    const lows = actors.flatMap((a) => this.options.band(a).q05).filter((x) => x >= 1);
    const floor = is_log ? 10 ** Math.floor(Math.log10(Math.max(1, top / 10 ** kDecades, Math.min(top, ...lows)))) : 0;
    const above = (x: number): number => Math.max(x, floor);
    const paint = (id: string) => this.story.side(id).paint;
    const band = (a: Actor): Plot.Markish => Plot.areaY(this.rows(a), {
      x: "date", y1: (d: Row) => above(d.low), y2: (d: Row) => above(d.high), fill: paint(a.id).colour, fillOpacity: 0.16, className: "series-band",
    });
    const line = (a: Actor): Plot.Markish => Plot.lineY(this.rows(a), {
      x: "date", y: (d: Row) => above(d.mean), stroke: paint(a.id).colour, strokeDasharray: paint(a.id).dash, strokeWidth: 2,
      className: "series-line",
    });
    // No line, as dashes part sides whose colours look alike.
    const circles = ([a]: Actor[]): Plot.Markish => Plot.dot(this.observed_rows([[a]]).filter((_, i) => i % kEvery === 0), {
      x: "date", y: (d: { value: number }) => above(d.value), stroke: paint(a.id).colour, r: 2, className: "series-observed",
    });
    // Of sides that the observed data do not distinguish one line, with their signs.
    const together = (group: Actor[]): Plot.Markish[] => {
      const rows = this.observed_rows([group]);
      return [...this.dashed(rows), this.signs_of(group, rows.slice(-1), width < kWide ? "" : "in fact ", -6)];
    };
    const observed = this.groups(actors).flatMap((group) => (group.length === 1 ? [circles(group)] : is_small ? [] : together(group)));
    const last = actors.map((a) => ({ id: a.id, y: above(this.options.band(a).mean[this.times.length - 1]) }));
    const signs = Plot.text(spread_labels(last, is_log, [floor, top], height - 34), {
      x: this.times[this.times.length - 1], y: "y", text: (d: { id: string }) => this.story.side(d.id).code, dx: 6,
      textAnchor: "start", fontWeight: 600, fill: "currentColor",
    });
    return Plot.plot({
      ...this.frame(width, height, is_small),
      y: {
        type: is_log ? "log" : "linear", domain: [floor, top], clamp: true, grid: true, label: null,
        ticks: is_small ? 3 : is_log ? kDecades : 6, tickFormat: this.options.axis_format,
      },
      marks: [...banded.map(band), ...actors.map(line), ...observed, ...(is_small ? [] : [signs])],
    });
  }

  /** Means on top of each other, from 0 to 1. */
  stacked(actors: Actor[], width: number, height: number): SVGElement | HTMLElement {
    const mean = (a: Actor): number[] => this.options.band(a).mean;
    const n = this.times.length;
    const sign = (a: Actor, k: number): Plot.Markish | null => {
      const widest = mean(a).indexOf(Math.max(...mean(a)));
      const at = Math.max(Math.round(n * 0.04), Math.min(Math.round(n * 0.96) - 1, widest));
      if (!(mean(a)[at] > kSignShare)) return null;
      const below = actors.slice(0, k).reduce((sum, b) => sum + mean(b)[at], 0);
      const { code, paint } = this.story.side(a.id);
      return Plot.text([code], {
        x: [this.times[at]], y: [below + mean(a)[at] / 2], text: [code], fontWeight: 600, fill: paint.ink,
        stroke: paint.texture ? paint.colour : "none", strokeWidth: 4,
      });
    };
    // Where the areas of a group would end in fact: sums of the observed shares, from below.
    const groups = this.groups(actors);
    const sums = groups.map((_, k) => this.observed_rows(groups.slice(0, k + 1)));
    const observed = [...sums.flatMap((rows) => this.dashed(rows)), ...groups.map((group, k) => {
      const [end] = sums[k].slice(-1), below = sums[k - 1]?.[sums[k].length - 1]?.value ?? 0;
      return end && end.value - below > kSignShare ? this.signs_of(group, [{ ...end, value: (end.value + below) / 2 }]) : null;
    })];
    return Plot.plot({
      ...this.frame(width, height, false),
      y: { label: null, domain: [0, 1], tickFormat: this.options.axis_format, grid: true },
      color: { type: "identity" },
      marks: [
        Plot.areaY(actors.flatMap((a) => this.rows(a)), {
          x: "date", y: "mean", z: "id", fill: (d: Row) => this.story.side(d.id).paint.fill, order: actors.map((a) => a.id),
          stroke: "var(--paper)", strokeWidth: 0.7,
        }),
        ...observed,
        ...actors.map(sign),
      ],
    });
  }
}

function series_view(story: Story, clock: Clock, state: State, options: Options): HTMLElement {
  const { band, format, title } = options;
  const peak = (a: Actor): number => Math.max(0, ...band(a).mean);
  const actors = options.actors.filter((a) => peak(a) > 0);
  if (actors.length === 0) return h("p", { class: "note" }, "Nothing to draw: no side ever has any.");
  const at_first = [...actors].sort((a, b) => peak(b) - peak(a)).slice(0, kInitially);
  const shown_key = `${options.key}-shown`;
  const ids_of = (list: Iterable<Actor>): string => [...list].map((a) => a.id).sort().join(",");
  /** Who is drawn, as the address has it: "" for those drawn at first. */
  const picked = (): string => (shown.size === 0 ? kNone : ids_of(shown) === ids_of(at_first) ? "" : ids_of(shown));
  const shown_of = (text: string | undefined): Actor[] => (text ? actors.filter((a) => text.split(",").includes(a.id)) : at_first);
  const charts = new Charts(story, options);
  const chart = h("div", { class: "chart" });
  const form_of = (): Form => options.forms.find(([f]) => f === state.get(options.key))?.[0] ?? options.forms[0][0];
  let form = form_of(), drawn_band = "";
  let width = 0;
  let move_marks: (() => void)[] = [];
  const name = (a: Actor): string => story.side(a.id).name;

  // Bands over each other hide what they are of: one is drawn unless the reader wants all.
  const band_key = `${options.key}-band`;
  /** Whom the address has drawn: also the one whose band is asked for. */
  const asked = (): Actor[] => [...new Set([...shown_of(state.get(shown_key)), ...actors.filter((a) => a.id === state.get(band_key))])];
  const shown = new Set(asked());
  let is_own = false;
  const band_of = (): string => state.get(band_key) ?? actors.find((a) => shown.has(a))?.id ?? kAll;
  const which = h("select", { change: () => state.set(band_key, which.value) },
    ...actors.map((a) => h("option", { value: a.id }, name(a))), h("option", { value: kAll }, "all of them"));
  const whose_band = h("label", { class: "check" }, "Band (90% of runs) of ", which);

  function draw(): void {
    if (width === 0) return;
    const list = actors.filter((a) => shown.has(a));
    drawn_band = band_of();
    const banded = drawn_band === kAll ? list : list.filter((a) => a.id === drawn_band);
    const top = Math.max(1e-9, form === "each" ? 0 : charts.observed_peak(list), ...list.flatMap((a) => band(a).q95));
    const height = Math.round(Math.max(300, Math.min(460, width * 0.5)));
    legend.classList.toggle("fixed", form === "stacked");
    whose_band.hidden = form === "stacked" || form === "each";
    which.value = drawn_band;
    if (form === "each") {
      const columns = Math.max(2, Math.floor(width / kSmallWidth));
      const small = Math.floor((width - (columns - 1) * 16) / columns);
      const plots = list.map((a) => ({ a, plot: charts.lines([a], [a], small, 120, top, false, true) }));
      chart.replaceChildren(h("div", { class: "multiples" },
        ...plots.map(({ a, plot }) => h("figure", {}, h("figcaption", {}, badge(story.side(a.id)), name(a)), plot))));
      move_marks = plots.map(({ a, plot }) => mark_date(plot, clock, `${title} of ${name(a)}`, story, values([a])));
    } else if (form === "stacked") {
      show(charts.stacked(actors, width, height), "all actors", actors);
    } else if (list.length > 0) {
      show(charts.lines(list, banded, width, height, top, form === "log", false), list.map(name).join(", "), list);
    } else {
      chart.replaceChildren(h("p", { class: "note" }, "Choose an actor."));
      move_marks = [];
    }
  }

  const fact = (a: Actor, index: number): string => {
    const value = options.observed?.of(a, index), others = options.observed?.group(a).filter((b) => b !== a) ?? [];
    return value === undefined ? "" : `, in fact ${format(value)}${others.length > 0 ? ` with ${others.map((b) => story.side(b.id).code).join(" + ")}` : ""}`;
  };
  const values = (list: Actor[]): Reading => (index) => {
    const rows = list.filter((a) => band(a).mean[index] > 0).sort((a, b) => band(b).mean[index] - band(a).mean[index]).slice(0, kRead);
    return rows.map((a) => `${name(a)} ${format(band(a).mean[index])} (${format(band(a).q05[index])} to ${format(band(a).q95[index])})${fact(a, index)}`);
  };

  function show(plot: SVGElement | HTMLElement, whose: string, list: Actor[]): void {
    chart.replaceChildren(plot);
    move_marks = [mark_date(plot, clock, `${title} of ${whose} over time; the list beside it has the numbers of the date shown`,
      story, values(list))];
  }

  const chips = actors.map((a) => {
    const value = h("span", { class: "value" });
    const press = (): void => { if (!shown.delete(a)) shown.add(a); pick(); };
    const chip = h("button", { type: "button", click: press }, badge(story.side(a.id)), h("span", { class: "name" }, name(a)), value);
    return { a, chip, value };
  });
  function pick(): void {
    is_own = true;
    const banded = actors.find((a) => a.id === state.get(band_key));
    if (banded && !shown.has(banded)) state.set(band_key, "", false);
    state.set(shown_key, picked());
    is_own = false;
    refresh();
  }
  function refresh(): void {
    for (const { a, chip } of chips) chip.setAttribute("aria-pressed", String(shown.has(a)));
    draw();
  }
  const button = (text: string, list: Actor[]): HTMLElement =>
    h("button", { type: "button", click: () => { shown.clear(); list.forEach((a) => shown.add(a)); pick(); } }, text);
  const legend = h("div", { class: "legend" },
    h("p", { class: "all" }, button("All", actors), button("None", [])), ...chips.map(({ chip }) => chip));

  refresh();
  on_width(chart, (w) => { width = w; draw(); });
  clock.follow(() => {
    for (const { a, value } of chips) {
      const [mean, low, high] = [band(a).mean, band(a).q05, band(a).q95].map((x) => format(x[clock.index]));
      value.replaceChildren(h("b", {}, mean), h("small", {}, ` ${low} to ${high}`));
    }
    move_marks.forEach((move) => move());
  });
  const ways = choice<Form>(`How to draw: ${title}`, options.forms, form, (value) => state.set(options.key, value === options.forms[0][0] ? "" : value));
  state.follow(() => {
    const is_other_pick = ids_of(shown) !== ids_of(asked());
    if (is_own || (form_of() === form && band_of() === drawn_band && !is_other_pick)) return;
    form = form_of();
    if (is_other_pick) {
      shown.clear();
      for (const a of asked()) shown.add(a);
    }
    for (const input of ways.querySelectorAll("input")) input.checked = input.value === form;
    refresh();
  });
  const body = h("div", { class: "series-body" }, chart, legend);
  return h("div", { class: "series" },
    h("div", { class: "controls" }, ways, whose_band),
    body,
    tools({
      name: options.key, title: `${title} over time`, data: story.data, picture: () => body,
      table: () => ({
        heads: ["date", "actor", "mean", "q05", "q95", ...(options.observed ? ["observed"] : [])],
        rows: actors.flatMap((a) => story.data.dates.map((date, i) => [date, a.id, band(a).mean[i], band(a).q05[i], band(a).q95[i],
          ...(options.observed ? [story.observed_share(a.id, i) ?? null] : [])])),
      }),
    }));
}

/** Moves labels at the ends of lines apart so that none covers another; y in data units, length of the axis in px. */
export function spread_labels<T extends { y: number }>(ends: T[], is_log: boolean, [low, high]: [number, number], length: number): T[] {
  const kGap = 11;
  const to_px = (y: number): number => length * (is_log ? Math.log(y / low) / Math.log(high / low) : (y - low) / (high - low));
  const from_px = (px: number): number => (is_log ? low * (high / low) ** (px / length) : low + (px / length) * (high - low));
  const sorted = ends.map((end) => ({ end, px: Math.min(length, to_px(end.y)) })).sort((a, b) => a.px - b.px);
  sorted.forEach((x, i) => { if (i > 0) x.px = Math.max(x.px, sorted[i - 1].px + kGap); });
  let ceiling = length;
  for (const x of sorted.reverse()) {
    x.px = Math.min(x.px, ceiling);
    ceiling = x.px - kGap;
  }
  return sorted.reverse().map(({ end, px }) => ({ ...end, y: from_px(Math.max(0, px)) }));
}

export const strength_view = (story: Story, clock: Clock, state: State): HTMLElement =>
  series_view(story, clock, state, {
    title: "Strength", key: "strength", actors: story.ground, band: (a) => a.fighters, format: count, axis_format: compact,
    forms: [["together", "Together"], ["log", "Log scale"], ["each", "One each"]],
  });

export const territory_view = (story: Story, clock: Clock, state: State): HTMLElement =>
  series_view(story, clock, state, {
    title: "Land over time", key: "territory", actors: story.told_apart.flat(), band: (a) => a.territory, format: percent, axis_format: percent,
    forms: [["stacked", "Stacked"], ["together", "As lines"], ["each", "One each"]],
    ...(story.data.record ? { observed: { group: (a: Actor) => story.group(a.id), of: (a: Actor, date: number) => story.group_share(a.id, date) } } : {}),
  });
