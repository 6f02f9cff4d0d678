// Bars of numbers, and how they tell what they show.
import { h } from "../dom";
import { say, say_beside } from "./bubble";

/** A value with its interval and other values to mark, each from 0 to 1 of a line's length. */
interface Spot { value: number | null; low: number | null; high: number | null; colour: string; marked?: number[] }

/** A line with a dot, the interval around it, and strokes at what it is held against. */
export function interval_track({ value, low, high, colour, marked = [] }: Spot): HTMLElement {
  const at = (x: number): string => `${(100 * Math.max(0, Math.min(1, x))).toFixed(2)}%`;
  return h("span", { class: "track" }, ...marked.map((x) => h("u", { style: `left:${at(x)}` })),
    low === null || high === null ? null : h("i", { style: `left:${at(low)};right:calc(100% - ${at(high)});background:${colour}` }),
    value === null ? null : h("b", { style: `left:${at(value)};background:${colour}` }));
}

/** What stands at both ends of the lines above it, and below that what is drawn there; a row of their list. */
export const track_ends = (low: string, high: string, key = ""): HTMLElement =>
  h("li", { class: "ends", "aria-hidden": "true" }, h("span", {}, h("span", {}, low), h("span", {}, high)), key === "" ? null : h("small", {}, key));

/** A bar or square of a picture, and what it says: first whose it is. */
export interface Mark { element: HTMLElement | SVGElement; lines: string[] }

let told: Element | undefined;  // the mark whose values are shown

/** Values of a mark that was drawn anew are old. */
function hide_old(): void {
  if (told?.isConnected !== false) return;
  told = undefined;
  say([]);
}

/** Lets the marks of one picture tell what they say, under the pointer and by keyboard: Tab leads to the picture, where arrow keys,
 * Home and End lead from mark to mark. */
export function tell_values(marks: Mark[]): void {
  hide_old();
  marks.forEach(({ element, lines }, i) => {
    for (const [name, value] of Object.entries({ role: "img", "aria-label": lines.join(", "), tabindex: i === 0 ? 0 : -1 })) element.setAttribute(name, String(value));
    const hide = (): void => { if (told === element) say([]); };  // a pointer that leaves one mark does not hide what the keyboard asked of another
    element.addEventListener("pointermove", (event) => {
      const { clientX, clientY } = event as PointerEvent;
      told = element;
      say(lines, clientX, clientY);
    });
    element.addEventListener("pointerleave", hide);
    element.addEventListener("blur", hide);
    element.addEventListener("focus", () => {
      marks.forEach((one) => one.element.setAttribute("tabindex", one.element === element ? "0" : "-1"));
      told = element;
      say_beside(lines, element);
    });
    element.addEventListener("keydown", (event) => {
      const { key } = event as KeyboardEvent;
      if (key === "Escape") hide();
      const last = marks.length - 1;
      const to = ({ ArrowLeft: i - 1, ArrowUp: i - 1, ArrowRight: i + 1, ArrowDown: i + 1, Home: 0, End: last } as Record<string, number>)[key];
      if (to === undefined) return;
      event.preventDefault();
      marks[Math.max(0, Math.min(last, to))].element.focus();
    });
  });
}
