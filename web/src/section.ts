// The parts that every page is made of.
import { kBase } from "./catalogue";
import type { Story } from "./data";
import { h, is_phone } from "./dom";
import { day, sentence } from "./format";
import { kObserved } from "./links";
import type { State } from "./state";

/** A section of the page; `short` names it in the bar of links. A view that is a function is built after the first screen. note: what stands above it.
 * gist: what it answers in one sentence; a section that has one is folded, in every window, until somebody opens it. fact: what happened of it,
 * by the observed data; "": nothing is known. */
export interface Section { id: string; short: string; title: string; gist?: Node | string; says?: string; fact?: string; note?: Node; view: Node | (() => Node) }

let waiting: (() => void)[] = [];

/** Leaves a part of a view until the first screen is drawn. */
export function later(build: () => void): void { waiting.push(build); }

/** Of these only the head is shown until somebody opens it, follows a link to it, finds a word in it or prints. */
function fold(head: Node[], ...body: (Node | null)[]): HTMLElement {
  return h("details", { class: "fold" }, h("summary", {}, ...head), ...body);
}

/** On a phone folded, elsewhere as they stand. */
export const fold_on_phone = (head: HTMLElement, ...body: Node[]): Node[] => (is_phone() ? [fold([head], ...body)] : [head, ...body]);

/** What happened, under what the model says of it. */
export const in_fact = (...words: (Node | string | null | undefined)[]): HTMLElement => h("p", { class: "fact" }, h("b", {}, "In fact: "), ...words);

/** The same with the way to what it rests on. */
export const sourced = (...words: (Node | string)[]): HTMLElement => in_fact(...words, " ", h("a", { href: kObserved }, "Source"));

/** Under numbers of the last day of runs: who held the land in fact, "on 31 December 2017 the land was held by ..."; null of nothing. */
export const land_in_fact = (fact: string, end: string): HTMLElement | null =>
  (fact ? in_fact(sentence(fact), ".", fact.includes(day(end)) ? "" : ` The observed data end there; the numbers here are of ${day(end)}.`) : null);

/** Of a section's numbers; null of nothing. */
export const fact_line = (words?: string): HTMLElement | null => (words ? sourced(words) : null);

export function section({ id, title, gist, says, fact, note = undefined, view }: Section): HTMLElement {
  const lead = says ? h("p", { class: "says" }, says) : null, happened = fact_line(fact), head = h("h2", { id: `${id}-title` }, title);
  const body = gist ? fold([head, h("span", { class: "gist" }, gist)], lead, happened, note ?? null) : h("section", {}, head, lead, happened, note);
  const element = gist ? h("section", {}, body) : body;
  element.id = id;
  element.setAttribute("aria-labelledby", `${id}-title`);
  if (typeof view === "function") later(() => body.append(view()));
  else body.append(view);
  return element;
}

/** Says of a section, while an account is chosen, that it is of the basic model, with a way to what the account gives. */
export function basic_note({ data }: Story, state: State): HTMLElement {
  const note = h("p", { class: "note basic" });
  state.follow(() => {
    const chosen = data.accounts?.find((a) => a.id !== kBase && a.id === state.get("account"));
    note.hidden = chosen === undefined;
    note.replaceChildren(...(chosen ? [h("b", {}, "Basic model"), `: the account “${chosen.title}” is not applied here. `, h("a", { href: `#account-${encodeURIComponent(chosen.id)}` }, "Its results")] : []));
  });
  return note;
}

/** A sentence of the basic model's numbers, which says so while an account is chosen. */
export function of_basic({ data }: Story, state: State, text: string): HTMLElement {
  const whose = h("b", {}, "Basic model: ");
  state.follow(() => { whose.hidden = !data.accounts?.some((a) => a.id !== kBase && a.id === state.get("account")); });
  return h("span", {}, whose, text);
}

/** Opens all that is folded while the page is printed. */
export function open_for_print(): void {
  let opened: HTMLDetailsElement[] = [];
  window.addEventListener("beforeprint", () => {
    opened = Array.from(document.querySelectorAll<HTMLDetailsElement>("details.fold:not([open])"));
    for (const one of opened) one.open = true;
  });
  window.addEventListener("afterprint", () => { for (const one of opened) one.open = false; });
}

/** Builds the views that wait, one after another, so that the page answers between them. */
export async function build_the_rest(): Promise<void> {
  const own = waiting;
  for (let build = own.shift(); build; build = own.shift()) {
    await new Promise((done) => { window.setTimeout(done); });
    if (own === waiting) build();
  }
}

/** Leaves out what waits of a page whose place another one takes. */
export function forget_the_rest(): void {
  waiting.length = 0;
  waiting = [];
}

/** Links to the sections, and what stands beside them. */
export function links_to(sections: Section[], ...beside: Node[]): HTMLElement {
  return h("nav", { "aria-label": "Sections" },
    h("ul", {}, ...sections.map((x) => h("li", {}, h("a", { href: `#${x.id}` }, x.short)))), ...beside);
}

/** A menu of accounts; change: what a choice does. */
export function account_select(label: string, accounts: string[], name: (account: string) => string, change: (account: string) => void): HTMLSelectElement {
  const select = h("select", { "aria-label": label, change: () => change(select.value) }, ...accounts.map((a) => h("option", { value: a }, name(a))));
  return select;
}

/** Facts by name. */
export function facts_list(facts: [string, string][]): HTMLElement {
  return h("dl", { class: "facts" }, ...facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}
