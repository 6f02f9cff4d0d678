// What all charts over time share.
import type { ScaleOptions } from "@observablehq/plot";
import type { Clock } from "../clock";
import { s } from "../dom";
import { to_date } from "../format";

export const time_axis = (width: number): ScaleOptions =>
  ({ type: "utc", label: null, ticks: Math.max(2, Math.round(width / 110)) });

interface TimeScale { apply: (x: Date) => number; invert: (x: number) => Date }

/** Makes a plot one picture with this name for those who cannot see it, draws a line at the clock's date into it, and
    lets a click set the date. Returns what moves the line. */
export function mark_date(plot: SVGElement | HTMLElement, clock: Clock, label: string): () => void {
  const scale = (plot as unknown as { scale: (name: "x") => TimeScale | undefined }).scale("x");
  const svg = plot instanceof SVGElement ? plot : plot.querySelector("svg");
  if (!scale || !svg) return () => {};
  for (const group of svg.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  const [width, height] = ["width", "height"].map((name) => Number(svg.getAttribute(name)));
  const line = s("line", { class: "date-line", y1: 4, y2: height - 20 });
  svg.append(line);
  svg.addEventListener("click", (event) => {
    const area = svg.getBoundingClientRect();
    const at = scale.invert((event.clientX - area.left) * (width / area.width)).getTime();
    const gaps = clock.dates.map((d) => Math.abs(to_date(d).getTime() - at));
    clock.choose(gaps.indexOf(Math.min(...gaps)));
  });
  const move = (): void => {
    for (const end of ["x1", "x2"]) line.setAttribute(end, String(scale.apply(to_date(clock.date))));
  };
  move();
  return move;
}
