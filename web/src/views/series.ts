// Numbers over time with their bands: strength, and the share of the map held.
import * as Plot from "@observablehq/plot";
import type { Clock } from "../clock";
import type { Actor, Band, Story } from "../data";
import { choice, h, on_width } from "../dom";
import { compact, count, percent, to_date } from "../format";
import { badge } from "../paint";

interface Options {
  band: (actor: Actor) => Band;
  actors: Actor[];
  format: (x: number) => string;
  axis_format: (x: number) => string;
  title: string;
  initially: number;                   // how many actors are drawn at first
  forms: [Form, string][];             // what the reader may choose from, the first at first
}
type Form = "together" | "each" | "stacked" | "log" ;

/** Makes a plot one picture with this name for those who cannot see it, draws a line at the clock's date into it, and
    lets a click set the date. Returns what moves the line. */
export function mark_date(plot: SVGElement | HTMLElement, clock: Clock, label: string): () => void {
  const scale = (plot as unknown as { scale: (name: string) => { apply: (x: Date) => number; invert: (x: number) => Date; range: number[] } | undefined }).scale("x");
  const svg = plot instanceof SVGElement ? plot : plot.querySelector("svg");
  if (!scale || !svg) return () => {};
  for (const group of svg.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
  const height = Number(svg.getAttribute("height"));
  line.setAttribute("class", "date-line");
  line.setAttribute("y1", "4");
  line.setAttribute("y2", String(height - 20));
  svg.append(line);
  svg.addEventListener("click", (event) => {
    const area = svg.getBoundingClientRect();
    const at = scale.invert(((event as MouseEvent).clientX - area.left) * (Number(svg.getAttribute("width")) / area.width)).getTime();
    const gaps = clock.dates.map((d) => Math.abs(to_date(d).getTime() - at));
    clock.choose(gaps.indexOf(Math.min(...gaps)));
  });
  const move = (): void => {
    const x = String(scale.apply(to_date(clock.date)));
    line.setAttribute("x1", x);
    line.setAttribute("x2", x);
  };
  move();
  return move;
}

export function series_view(story: Story, clock: Clock, options: Options): HTMLElement {
  const times = story.data.dates.map(to_date);
  const peak = (a: Actor): number => Math.max(0, ...options.band(a).mean);
  const actors = options.actors.filter((a) => peak(a) > 0);
  const shown = new Set([...actors].sort((a, b) => peak(b) - peak(a)).slice(0, options.initially).map((a) => a.id));
  const chart = h("div", { class: "chart" });
  let form: Form = options.forms[0][0];
  let width = 0;
  let marks: (() => void)[] = [];

  const rows_of = (a: Actor): { date: Date; mean: number; low: number; high: number; id: string }[] => {
    const b = options.band(a);
    return times.map((date, i) => ({ date, mean: b.mean[i], low: b.q05[i], high: b.q95[i], id: a.id }));
  };

  function plot(list: Actor[], w: number, height: number, top: number, is_small: boolean): SVGElement | HTMLElement {
    const is_log = form === "log";
    const floor = 10 ** Math.max(0, Math.floor(Math.log10(top)) - 4);
    const clamp = (x: number): number => (is_log ? Math.max(x, floor) : x);
    const ends = spread_labels(list.map((a) => ({ id: a.id, y: clamp(options.band(a).mean[times.length - 1]) })), is_log, [is_log ? floor : 0, top], height - 34);
    return Plot.plot({
      width: w, height, marginLeft: is_small ? 34 : 40, marginRight: is_small ? 6 : 30, marginTop: 12, marginBottom: 22,
      x: { type: "utc", label: null, ticks: Math.max(2, Math.round(w / 110)) },
      y: { type: is_log ? "log" : "linear", domain: [is_log ? floor : 0, top], clamp: true, grid: true, label: null, ticks: is_small ? 3 : is_log ? 4 : 6, tickFormat: options.axis_format },
      marks: [
        ...list.map((a) => Plot.areaY(rows_of(a), { x: "date", y1: (d) => clamp(d.low), y2: (d) => clamp(d.high), fill: story.side(a.id).paint.colour, fillOpacity: 0.16 })),
        ...list.map((a) => Plot.lineY(rows_of(a), { x: "date", y: (d) => clamp(d.mean), stroke: story.side(a.id).paint.colour, strokeWidth: 2, className: "series-line", strokeDasharray: story.side(a.id).paint.dash })),
        ...(is_small ? [] : [Plot.text(ends, { x: times[times.length - 1], y: "y", text: (d: { id: string }) => story.side(d.id).code, dx: 6, textAnchor: "start", fontWeight: 600, fill: "currentColor" })]),
      ],
    });
  }

  function stacked(list: Actor[], w: number, height: number): SVGElement | HTMLElement {
    const rows = list.flatMap(rows_of);
    return Plot.plot({
      width: w, height, marginLeft: 40, marginRight: 30, marginTop: 12, marginBottom: 22,
      x: { type: "utc", label: null, ticks: Math.max(2, Math.round(w / 110)) }, y: { label: null, domain: [0, 1], tickFormat: options.axis_format, grid: true },
      color: { type: "identity" as never },
      marks: [
        Plot.areaY(rows, { x: "date", y: "mean", z: "id", fill: (d: { id: string }) => story.side(d.id).paint.fill, order: list.map((a) => a.id), stroke: "var(--paper)", strokeWidth: 0.7 }),
        ...list.map((a, k) => {
          const below = (i: number): number => list.slice(0, k).reduce((sum, b) => sum + options.band(b).mean[i], 0);
          const mean = options.band(a).mean;
          const widest = mean.indexOf(Math.max(...mean));
          const at = Math.max(Math.round(times.length * 0.04), Math.min(Math.round(times.length * 0.96), widest));
          return Plot.text(mean[at] > 0.035 ? [{}] : [], { x: () => times[at], y: () => below(at) + mean[at] / 2, text: () => story.side(a.id).code, fontWeight: 600, fill: story.side(a.id).paint.ink,
            stroke: story.side(a.id).paint.texture ? story.side(a.id).paint.colour : "none", strokeWidth: 4 });
        }),
      ],
    });
  }

  function draw(): void {
    if (width === 0) return;
    const list = actors.filter((a) => shown.has(a.id));
    const top = Math.max(1e-9, ...list.flatMap((a) => options.band(a).q95));
    if (form === "each") {
      const columns = Math.max(2, Math.floor(width / 250));
      const w = Math.floor((width - (columns - 1) * 16) / columns);
      const plots = list.map((a) => ({ a, svg: plot([a], w, 120, top, true) }));
      chart.replaceChildren(h("div", { class: "multiples" }, ...plots.map(({ a, svg }) => h("figure", {}, h("figcaption", {}, badge(story.side(a.id)), story.side(a.id).name), svg))));
      marks = plots.map(({ a, svg }) => mark_date(svg, clock, `${options.title} of ${story.side(a.id).name}`));
    } else {
      const height = Math.round(Math.max(300, Math.min(460, width * 0.5)));
      const svg = form === "stacked" ? stacked(actors, width, height) : plot(list, width, height, top, false);
      chart.replaceChildren(list.length > 0 || form === "stacked" ? svg : h("p", { class: "note" }, "Choose an actor."));
      marks = [mark_date(svg, clock, `${options.title} of ${form === "stacked" ? "all actors" : list.map((a) => story.side(a.id).name).join(", ")} over time; the list beside it has the numbers of the date shown`)];
    }
    legend.classList.toggle("fixed", form === "stacked");
  }

  const chips = actors.map((a) => {
    const value = h("span", { class: "value" });
    const chip = h("button", {
      type: "button", "aria-pressed": String(shown.has(a.id)),
      click: () => {
        if (!shown.delete(a.id)) shown.add(a.id);
        chip.setAttribute("aria-pressed", String(shown.has(a.id)));
        draw();
      },
    }, badge(story.side(a.id)), h("span", { class: "name" }, story.side(a.id).name), value);
    return { chip, value, a };
  });
  const set_all = (on: boolean): void => {
    shown.clear();
    if (on) actors.forEach((a) => shown.add(a.id));
    chips.forEach(({ chip }) => chip.setAttribute("aria-pressed", String(on)));
    draw();
  };
  const legend = h("div", { class: "legend" },
    h("p", { class: "all" }, h("button", { type: "button", click: () => set_all(true) }, "All"), h("button", { type: "button", click: () => set_all(false) }, "None")),
    ...chips.map(({ chip }) => chip));

  on_width(chart, (w) => { width = w; draw(); });
  clock.follow(() => {
    for (const { value, a } of chips) {
      const b = options.band(a);
      const i = clock.index;
      value.replaceChildren(h("b", {}, options.format(b.mean[i])), h("small", {}, ` ${options.format(b.q05[i])} to ${options.format(b.q95[i])}`));
    }
    marks.forEach((move) => move());
  });
  return h("div", { class: "series" },
    h("div", { class: "controls" }, choice(`How to draw: ${options.title}`, options.forms, form, (value) => { form = value; draw(); })),
    h("div", { class: "series-body" }, chart, legend));
}

/** Moves labels at the ends of lines apart so that none covers another; y in data units, length of the axis in px. */
export function spread_labels<T extends { id: string; y: number }>(ends: T[], is_log: boolean, [low, high]: [number, number], length: number): T[] {
  const kGap = 11;
  const to_px = (y: number): number => length * (is_log ? Math.log(y / low) / Math.log(high / low) : (y - low) / (high - low));
  const from_px = (px: number): number => (is_log ? low * (high / low) ** (px / length) : low + (px / length) * (high - low));
  const sorted = ends.map((end) => ({ end, px: Math.min(length, to_px(end.y)) })).sort((a, b) => a.px - b.px);
  sorted.forEach((x, i) => { if (i > 0) x.px = Math.max(x.px, sorted[i - 1].px + kGap); });
  for (let i = sorted.length - 1; i >= 0; --i) sorted[i].px = Math.min(sorted[i].px, i === sorted.length - 1 ? length : sorted[i + 1].px - kGap);
  return sorted.map(({ end, px }) => ({ ...end, y: from_px(Math.max(0, px)) }));
}

export const strength_view = (story: Story, clock: Clock): HTMLElement =>
  series_view(story, clock, {
    band: (a) => a.fighters, actors: story.ground, format: count, axis_format: compact, title: "Strength", initially: 6,
    forms: [["together", "Together"], ["log", "Log scale"], ["each", "One each"]],
  });

export const territory_view = (story: Story, clock: Clock): HTMLElement =>
  series_view(story, clock, {
    band: (a) => a.territory, actors: story.ground, format: percent, axis_format: percent, title: "Share of the map", initially: 6,
    forms: [["stacked", "Stacked"], ["together", "With bands"], ["each", "One each"]],
  });
