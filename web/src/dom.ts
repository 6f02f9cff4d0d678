// Building elements. Strings become text nodes, never markup: nothing in a package can inject anything.

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;

function fill<T extends HTMLElement | SVGElement>(element: T, attributes: Attributes, children: Child[]): T {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (name === "style") element.style.cssText = String(value ?? ""); // the policy of the page lets no attribute through
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((c): c is Node | string => c !== null && c !== undefined && c !== false));
  return element;
}

/** An HTML element. A function as an attribute listens to the event of that name. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function s<K extends keyof SVGElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: Child[]
): SVGElementTagNameMap[K] {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/** A group of buttons of which one is chosen. */
export function choice<T extends string>(label: string, options: [T, string][], chosen: T, on_change: (value: T) => void): HTMLElement {
  const name = `choice-${label.replaceAll(/\W+/g, "-").toLowerCase()}`;
  return h("fieldset", { class: "choice" }, h("legend", { class: "unseen" }, label),
    ...options.map(([value, text]) => h("label", {},
      h("input", { type: "radio", name, value, checked: value === chosen, change: () => on_change(value) }), h("span", {}, text))));
}

/** A list of which the first rows are shown until all are asked for. */
export function long_list(tag: "ul" | "ol", name: string, rows: HTMLElement[], shown: number): HTMLElement {
  const list = h(tag, { class: name }, ...rows.slice(0, shown));
  if (rows.length <= shown) return list;
  const more = h("button", { type: "button", class: "more", click: () => { list.append(...rows.slice(shown)); more.remove(); } }, `All ${rows.length}`);
  return h("div", {}, list, more);
}

/** Puts the rows into an element, on a phone the first of them until all are asked for. */
export function rows_in<T extends HTMLElement>(element: T, rows: HTMLElement[], on_phone: number): Node[] {
  const shown = is_phone() && rows.length > on_phone + 1 ? on_phone : rows.length;
  element.append(...rows.slice(0, shown));
  if (shown === rows.length) return [element];
  const more = h("button", { type: "button", class: "more", click: () => { element.append(...rows.slice(shown)); more.remove(); } }, `All ${rows.length}`);
  return [element, more];
}

/** Whether the window is that of a phone, where lists begin shorter. */
export const is_phone = (): boolean => window.matchMedia("(max-width: 40rem)").matches;

/** On a phone behind a few words, elsewhere as it stands: what says how to read a part. */
export const behind_on_phone = (words: string, ...body: (Node | string)[]): (Node | string)[] => (is_phone() ? [h("details", {}, h("summary", {}, words), ...body)] : body);

/** Opens what an element is folded into, and a section's own fold. */
export function unfold(element: Element): void {
  for (let fold: Element | null | undefined = element.querySelector(":scope > details.fold") ?? element; fold; fold = fold.parentElement?.closest("details")) {
    if (fold instanceof HTMLDetailsElement) fold.open = true;
  }
}

/** Narrower than this an element is on its way to its size, or hidden: nothing can be drawn in it. */
const kLeastWidth = 120;

/** Calls draw(width) now and whenever the width of the element changes. */
export function on_width(element: Element, draw: (width: number) => void): void {
  let last = 0;
  new ResizeObserver(([entry]) => {
    const width = Math.floor(entry.contentRect.width);
    if (width >= kLeastWidth && width !== last) draw((last = width));
  }).observe(element);
}

const kControls = "a[href], button, input, select, textarea, summary, [tabindex]";

/** By what the same control is known once it is drawn anew. */
const control_name = (x: HTMLElement): string => `${x.tagName} ${x.getAttribute("aria-label") ?? ((x as HTMLInputElement).labels?.[0] ?? x).textContent ?? ""}`;

/** Draws parts of the page anew, and leaves the keyboard where it was: on what has the same name, beside it where that is hidden now, else
 * on what then stands in its place. What has the same name stays where it was in the window, as the pointer may be on it. */
export function keep_focus(parts: HTMLElement[], draw: () => void): void {
  const controls = (): HTMLElement[] => parts.flatMap((part) => [...part.querySelectorAll<HTMLElement>(kControls)]);
  const can_have = (x: HTMLElement | undefined): x is HTMLElement => x !== undefined && !x.hidden && !(x as HTMLButtonElement).disabled;
  const had = document.activeElement as HTMLElement | null, before = controls(), at = had ? before.indexOf(had) : -1;
  const name = had && at >= 0 ? control_name(had) : "", nth = before.slice(0, Math.max(0, at)).filter((x) => control_name(x) === name).length;
  const top = had?.getBoundingClientRect().top ?? 0;
  draw();
  if (!had || at < 0 || document.activeElement === had) return;
  const after = controls(), same = after.filter((x) => control_name(x) === name)[nth] as HTMLElement | undefined;
  const beside = same && [...(same.parentElement?.querySelectorAll<HTMLElement>(kControls) ?? [])].find(can_have);
  const to = can_have(same) ? same : can_have(beside) ? beside : after.slice(at).find(can_have) ?? after.slice(0, at).reverse().find(can_have);
  if (!to) return;
  unfold(to);
  to.focus({ preventScroll: true });
  if (to === same) window.scrollBy({ top: to.getBoundingClientRect().top - top, behavior: "instant" });
}

/** How long what was brought into view is held there while the page still grows around it. */
const kHoldMs = 1500;

/** Brings an element into the window, and again where what comes in meanwhile moves it, until the reader scrolls. */
export function into_view(element: Element): void {
  const go = (): void => element.scrollIntoView({ block: "nearest", behavior: "instant" });
  const watch = new ResizeObserver(go), stop = (): void => watch.disconnect();
  go();
  watch.observe(document.body);
  for (const event of ["wheel", "touchmove", "keydown", "pointerdown"]) window.addEventListener(event, stop, { once: true, passive: true });
  window.setTimeout(stop, kHoldMs);
}
