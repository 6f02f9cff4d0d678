// Values beside the pointer, or beside the mark that the keyboard stands on.
import { h } from "../dom";

let bubble: HTMLElement | undefined;
let beside: Element | undefined;  // what the lines stay beside when the page is scrolled

/** Shows lines beside a point of the window; without lines hides them. */
export function say(lines: string[], x = 0, y = 0): void {
  if (!bubble) {
    bubble = h("div", { class: "bubble", role: "presentation" });
    document.addEventListener("scroll", () => { if (beside) move_beside(beside); }, { capture: true, passive: true });
  }
  (document.querySelector("dialog[open]") ?? document.body).append(bubble);  // what lies over the page would cover it
  bubble.replaceChildren(...lines.map((line, i) => (i === 0 ? h("b", {}, line) : h("span", {}, line))));
  bubble.hidden = lines.length === 0;
  beside = undefined;
  move(x, y);
}

/** Shows lines beside an element. */
export function say_beside(lines: string[], element: Element): void {
  say(lines);
  beside = element;
  move_beside(element);
}

function move_beside(element: Element): void {
  const { left, top } = element.getBoundingClientRect();
  move(left, top);
}

function move(x: number, y: number): void {
  if (!bubble) return;
  const { width, height } = bubble.getBoundingClientRect();
  bubble.style.left = `${Math.max(4, Math.min(window.innerWidth - width - 4, x + 14))}px`;
  bubble.style.top = `${beside ? y - height - 10 : Math.max(4, y - height - 10)}px`;
}
