// What all charts over time share.
import type { ScaleOptions } from "@observablehq/plot";
import { last_upto } from "../clock";
import type { Clock } from "../clock";
import type { Story } from "../data";
import { h, s } from "../dom";
import { day, short_day, to_date } from "../format";
import { say } from "./bubble";
import { basis_link, basis_words } from "./events";

export const time_axis = (width: number): ScaleOptions =>
  ({ type: "utc", label: null, ticks: Math.max(2, Math.round(width / 110)) });

interface TimeScale { apply: (x: Date) => number; invert: (x: number) => Date }

/** How near in px the pointer must be to the mark of an event to read it. */
const kNear = 5;

/** What a chart says at one of the page's dates: one line for each of its sides. */
export type Reading = (index: number) => string[];

/** Makes a plot a slider over the page's dates with this name: a line at the clock's date, marks of dated events, values
    under the pointer and by arrow keys, a click that sets the date. Returns what moves the line. */
export function mark_date(plot: SVGElement | HTMLElement, clock: Clock, label: string, story: Story,
                          reading: Reading = () => []): () => void {
  const scale = (plot as unknown as { scale: (name: "x") => TimeScale | undefined }).scale("x");
  const svg = plot instanceof SVGElement ? plot : plot.querySelector("svg");
  if (!scale || !svg) return () => {};
  for (const group of svg.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label");
  const last = clock.dates.length - 1;
  for (const [name, value] of Object.entries({ role: "slider", tabindex: 0, "aria-label": label, "aria-valuemin": 0, "aria-valuemax": last })) {
    svg.setAttribute(name, String(value));
  }
  const [width, height] = ["width", "height"].map((name) => Number(svg.getAttribute(name)));
  const line = s("line", { class: "date-line", y1: 4, y2: height - 20 });
  const peek = s("line", { class: "peek-line", y1: 4, y2: height - 20, visibility: "hidden" });
  const marks = (story.data.events ?? []).map((e) => ({ e, x: scale.apply(to_date(e.date)) }));
  svg.append(s("g", { class: "event-marks" }, ...marks.map(({ x }) => s("path", { d: `M${x.toFixed(1)},${height - 21}l-3.2,6h6.4z` }))), peek, line);

  const index_at = (x: number): number => {
    const at = scale.invert(x).getTime();
    const gaps = clock.dates.map((d) => Math.abs(to_date(d).getTime() - at));
    return gaps.indexOf(Math.min(...gaps));
  };
  const index_of = (iso: string): number => Math.max(0, last_upto(clock.dates, iso));
  const in_words = ({ e }: (typeof marks)[number]): string => `${short_day(e.date)}: ${e.note} (${e.basis.map((b) => basis_words(story, b)).join("; ")})`;
  // What was last pointed at stays below the chart, so that its links can be followed.
  const told = h("p", { class: "note event-told", "aria-live": "polite" });
  const tell_events = (list: typeof marks): void => {
    if (list.length === 0) return;
    if (!told.isConnected) plot.after(told);
    told.replaceChildren(...list.flatMap(({ e }, i) => [i > 0 ? h("br") : "", h("b", {}, `${short_day(e.date)}: `), `${e.note} `, ...e.basis.flatMap((b) => [basis_link(story, b), " "])]));
  };
  const x_of = (event: MouseEvent): number => {
    const area = svg.getBoundingClientRect();
    return (event.clientX - area.left) * (width / area.width);
  };
  svg.addEventListener("click", (event) => clock.choose(index_at(x_of(event))));
  svg.addEventListener("pointermove", (event) => {
    const x = x_of(event), index = index_at(x);
    const near = marks.filter((m) => Math.abs(m.x - x) < kNear);
    tell_events(near);
    peek.setAttribute("visibility", "visible");
    for (const end of ["x1", "x2"]) peek.setAttribute(end, String(scale.apply(to_date(clock.dates[index]))));
    say([day(clock.dates[index]), ...reading(index), ...near.map(in_words)], event.clientX, event.clientY);
  });
  const leave = (): void => { peek.setAttribute("visibility", "hidden"); say([]); };
  svg.addEventListener("pointerleave", leave);
  svg.addEventListener("blur", leave);
  svg.addEventListener("keydown", (event) => {
    const to = ({ ArrowLeft: clock.index - 1, ArrowRight: clock.index + 1, Home: 0, End: last, PageUp: clock.index + 13, PageDown: clock.index - 13 } as Record<string, number>)[event.key];
    if (to === undefined) {
      if (event.key === "Escape") say([]);
      return;
    }
    event.preventDefault();
    clock.choose(to);
    const here = marks.filter(({ e }) => index_of(e.date) === clock.index);
    tell_events(here);
    const area = svg.getBoundingClientRect();
    say([day(clock.date), ...reading(clock.index), ...here.map(in_words)], area.left + (scale.apply(to_date(clock.date)) * area.width) / width, area.top + 30);
  });
  const move = (): void => {
    for (const end of ["x1", "x2"]) line.setAttribute(end, String(scale.apply(to_date(clock.date))));
    svg.setAttribute("aria-valuenow", String(clock.index));
    svg.setAttribute("aria-valuetext", [day(clock.date), ...reading(clock.index)].join("; "));
  };
  move();
  return move;
}
