// The dials: every number of the war that can be turned, found by group or by word.
import type { Story } from "../data";
import { h } from "../dom";
import { capital, day, plural } from "../format";
import { number_words, owner_words, path_words } from "../paths";
import type { Basis } from "../report";
import { fold_on_phone } from "../section";
import type { State } from "../state";
import { basis_link, basis_words } from "../views/events";
import { begins_word } from "../views/search";
import { base_words, suggestions, turn_words } from "./suggested";
import type { Suggestion } from "./suggested";
import { kNumbers } from "./mode";
import { days_after, days_between, dials_on, is_allowed, kTables, scale, short } from "./data";
import type { DateDial, Dial, NumberDial, WhatIfWar } from "./data";

const kSteps = 200;
/** Of a search: dials shown at most. */
const kFound = 40;
/** Numbers named that rest on the same claim or source. */
const kNamed = 4;

type Turn = (path: string, value: string | null) => void;
/** What a dial needs of the page: which rest on the same. */
interface DialContext { story: Story; on: Map<string, Dial[]>; turn: Turn }

/** A link to the dials that have these words. */
export const dial_link = (text: string, words: string): HTMLElement => h("a", { href: `#dials&find=${encodeURIComponent(words)}` }, text);

const words = (id: string): string => capital(id.replaceAll("_", " "));

const kOfChange: Record<string, string> = { date: "Day", on: "Happens", value: "Size", compliance: "Share who comply" };

/** What is turned, without whose it is. */
function dial_name(dial: Dial): string {
  if (dial.table === "forces" && /^\d{4}-\d\d-\d\d$/.test(dial.name)) return `${dial.of.endsWith(".all") ? "All fighters" : "Fighters"} on ${day(dial.name)}`;
  return (dial.table === "interventions" ? kOfChange[dial.name] : undefined) ?? capital(number_words(dial.name));
}

/** Whose a number is: of a dated change what the package says of it. */
const dial_owner = (story: Story, dial: Dial): string => dial.note ?? owner_words(dial.table === "forces" ? dial.of.replace(/\.all$/, "") : dial.of, story);

/** "Islamic State: all fighters on 1 January 2016" */
export function dial_words(story: Story, dial: Dial): string {
  const name = dial_name(dial);
  return `${dial_owner(story, dial)}: ${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

/** What the package has. */
export const as_it_is = (dial: Dial): string => (dial.kind === "date" ? day(dial.value) : base_words(dial));

/** One reason for a number, with all that is said there, and what else rests on the same. */
function basis_row(dial: Dial, b: Basis, { story, on }: DialContext): HTMLElement {
  const id = b.id ?? "", others = (on.get(id) ?? []).filter((d) => d.path !== dial.path), named = others.slice(0, kNamed);
  const speaker = b.kind === "claim" ? story.data.claims.find((c) => c.id === id)?.speaker : "";
  const said = b.kind === "claim" ? [basis_link(story, b), ` ${b.text} `, h("small", {}, [speaker, basis_words(story, b)].filter(Boolean).join(", "))]
    : b.kind === "source" ? [basis_link(story, b)] : [h("b", {}, words(b.kind)), ` ${b.text.replace(/^(assumed|default):?\s*/, "")}`];
  return h("li", {}, ...said, others.length === 0 ? null : h("span", { class: "shared" }, `The same ${b.kind} carries also `,
    ...named.flatMap((d, i) => [i > 0 ? "; " : "", dial_link(dial_words(story, d), d.path)]),
    ...(others.length > kNamed ? ["; ", dial_link(plural(others.length - kNamed, "other parameter"), id)] : []), "."));
}

/** What the number is in the unit of the package, and what it says of the war. */
function meaning_words(dial: Dial, story: Story): string {
  const means = dial.sets ? `${path_words(dial.sets, story)}, from that day on` : dial.meaning || (dial.table === "forces" ? "how many fighters it has there on that day" : "");
  return `As it is: ${as_it_is(dial)}.${means ? ` ${capital(means.replaceAll("`", ""))}.` : ""}`;
}

/** A number as people write it, as the engine reads it: "17,000", "17 000" and "50%" too. */
export function number_text(text: string): string {
  const plain = text.trim().replace(/(?<=\d)[,\u00a0\u202f ](?=\d{3}(?!\d))/g, "").replace("−", "-");
  return /^[\d.]+ ?%$/.test(plain) ? String(Number(plain.slice(0, -1)) / 100) : plain;
}

/** No number of a war comes near a bound that is so far off. */
const kNoBound = 1e9;

/** What the field takes, in words. */
export function allowed_words(dial: Dial): string {
  if (dial.kind === "date") return dial.least && dial.greatest ? `A day from ${day(dial.least)} to ${day(dial.greatest)}` : "A day";
  const [least, greatest] = [dial.least, dial.greatest].map((x) => (x !== null && Math.abs(x) < kNoBound ? x : null));
  return least !== null && greatest !== null ? `A number from ${short(least)} to ${short(greatest)}` : least !== null ? `A number from ${short(least)} on` : greatest !== null ? `A number up to ${short(greatest)}` : "A number";
}

/** A slider and a field that show one value: whichever the reader moves, the other follows, `say` tells of it and it is turned. */
function follow_each_other(dial: Dial, slider: HTMLInputElement, field: HTMLInputElement, back: HTMLElement, turn: Turn, text_at: (position: number) => string,
                           position_of: (text: string) => number, say: () => void): void {
  const turned = (): void => {
    say();
    back.hidden = false;
    turn(dial.path, field.value.trim());
  };
  slider.addEventListener("input", () => {
    field.value = text_at(Number(slider.value));
    turned();
  });
  field.addEventListener("change", () => {
    if (dial.kind !== "date") field.value = number_text(field.value);
    const good = is_allowed(dial, field.value);
    field.setAttribute("aria-invalid", String(!good));
    field.setCustomValidity(good ? "" : allowed_words(dial));
    field.reportValidity();
    if (!good) return;
    slider.value = String(position_of(field.value));
    turned();
  });
}

/** The slider of a day, a step a day, and a field. words: what a day means. */
export function day_slide(id: string, label: string, dial: DateDial, now: string, back: HTMLElement, turn: Turn, words = day): HTMLElement {
  const said = h("output", { class: "day" });
  const slider = h("input", { id, type: "range", min: 0, max: days_between(dial.low, dial.high), step: 1, value: days_between(dial.low, now) });
  const field = h("input", { type: "date", class: "value", value: now, min: dial.least, max: dial.greatest, "aria-label": `${label}, day` });
  const say = (): void => {
    said.textContent = words(field.value);
    slider.setAttribute("aria-valuetext", said.textContent);
  };
  say();
  follow_each_other(dial, slider, field, back, turn, (x) => days_after(dial.low, x), (text) => days_between(dial.low, text), say);
  return h("div", { class: "slide of-day" }, slider, field, back, said);
}

/** One dial. It shows `turned`, or the package's own number where that is undefined. */
function dial_view(dial: Dial, turned: string | undefined, around: DialContext, plain?: Suggestion): HTMLElement {
  const { story, turn } = around;
  const id = `${plain ? "first" : "dial"}-${dial.path}`;
  const bare = dial_name(dial), label = plain ? plain.name : `${bare}${dial.kind === "number" && dial.unit && !bare.endsWith(`(${dial.unit})`) ? ` (${dial.unit})` : ""}`;
  const now = turned ?? String(dial.value);
  const back = h("button", { type: "button", class: "back", hidden: turned === undefined, title: "As in the package", "aria-label": `${label}: as in the package`,
    click: () => turn(dial.path, null) }, "↺");
  const basis = h("details", { class: "basis" }, h("summary", {}, plain ? "What it rests on" : `in the package: ${dial.written}, and what it rests on`),
    plain ? h("p", { class: "note" }, "In the package: ", h("code", {}, dial.written)) : null,
    h("ul", {}, ...dial.basis.map((b) => basis_row(dial, b, around))),
    h("code", {}, dial.path));
  const name = h("label", { for: id }, label, h("small", {}, plain ? ` As it is: ${base_words(plain.dial)}. ${plain.turn}` : ` ${dial_owner(story, dial)}`, plain ? null : h("span", { class: "means" }, meaning_words(dial, story))));
  if (dial.kind === "date") return h("div", { class: "dial", "data-path": dial.path }, name, day_slide(id, label, dial, now, back, turn), basis);
  if (dial.kind === "switch") {
    const box = h("input", { id, type: "checkbox", checked: now === "1" || now === "true", change: () => turn(dial.path, box.checked ? "true" : "false") });
    return h("div", { class: "dial switch", "data-path": dial.path }, box, name, back, basis);
  }
  if (dial.kind === "choice" && dial.words) {
    const list = dial.words.split(" ");
    const chosen = turned ?? list[dial.value] ?? "";
    const select = h("select", { id, change: () => turn(dial.path, select.value) },
      ...list.map((word) => h("option", { value: word, selected: word === chosen }, word)));
    return h("div", { class: "dial", "data-path": dial.path }, name, select, back, basis);
  }
  return number_dial(id, label, dial, now, name, back, basis, turn);
}

function number_dial(id: string, label: string, dial: NumberDial, now: string, name: HTMLElement, back: HTMLElement, basis: HTMLElement, turn: Turn): HTMLElement {
  const { to, from } = scale(dial, kSteps);
  const slider = h("input", { id, type: "range", min: 0, max: kSteps, step: 1, value: to(Number(now)), "aria-valuetext": `${now} ${dial.unit}` });
  const field = h("input", { type: "text", inputmode: "decimal", class: "value", value: short(Number(now)), "aria-label": `${label}, value`, size: 7 });
  const said = h("output", { class: "turned-to" });
  const say = (): void => {
    said.textContent = turn_words(dial, Number(field.value));
    slider.setAttribute("aria-valuetext", `${field.value} ${dial.unit}, ${said.textContent}`);
  };
  say();
  follow_each_other(dial, slider, field, back, turn, (x) => short(from(x)), (text) => to(Number(text)), say);
  return h("div", { class: "dial", "data-path": dial.path }, name, h("div", { class: "slide" }, slider, field, back), said, basis);
}

/** The dials that have all the words, those last in which one only stands inside another ("HTS" in "weights"). Before others come those that are
 * suggested, then the whole strength of a side. */
export function found_dials(war: WhatIfWar, story: Story, plain: Map<string, Suggestion>, wanted: string[]): Dial[] {
  const text_of = (d: Dial): string =>
    `${d.path} ${d.meaning} ${d.unit} ${dial_name(d)} ${dial_owner(story, d)} ${plain.get(d.path)?.name ?? ""} ${d.basis.map((b) => b.id).join(" ")} ${story.also_called(...d.path.split(".")).join(" ")}`.toLowerCase();
  const rank = (d: Dial): number => (plain.has(d.path) ? 0 : d.table === "forces" && d.of.endsWith(".all") && d.name === war.start ? 1 : 2);
  const found = war.dials.map((dial) => ({ dial, text: text_of(dial) })).filter(({ text }) => wanted.every((w) => text.includes(w)));
  return found.map(({ dial, text }) => ({ dial, last: wanted.every((w) => begins_word(text, w)) ? 0 : 1 }))
    .sort((a, b) => a.last - b.last || rank(a.dial) - rank(b.dial)).map(({ dial }) => dial);
}

/** All dials in groups, each drawn when it is opened, and a field to find them by word. */
export function dials_view(war: WhatIfWar, story: Story, turned: () => Map<string, string>, turn: Turn, state: State): { node: HTMLElement; redraw: () => void } {
  // What is shown twice, among the hits and among those to begin with, is drawn anew where the reader's hand is not.
  const both = (path: string, value: string | null): void => {
    turn(path, value);
    if (value === null || !plain.has(path)) return;
    if (suggested.contains(document.activeElement)) find();
    else show_suggested();
  };
  const around: DialContext = { story, on: dials_on(war.dials), turn: both };
  const one = (dial: Dial): HTMLElement => dial_view(dial, turned().get(dial.path), around);
  const found = h("div", { class: "hits" });
  const field = h("input", { type: "search", placeholder: "Find a parameter: who, what, where", "aria-label": "Find a parameter" });
  const first = suggestions(war, story), plain = new Map(first.map((s) => [s.dial.path, s]));
  const suggested = h("div", { class: "suggested" });
  const show_suggested = (): void => suggested.replaceChildren(...first.map((s) => {
    const view = dial_view(s.dial, turned().get(s.dial.path), around, s);
    view.removeAttribute("data-path");  // there is one dial of a path, and this is another way to it
    view.dataset.suggested = s.dial.path;
    return view;
  }));
  const find = (): void => {
    const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const hits = wanted.length === 0 ? [] : found_dials(war, story, plain, wanted);
    found.replaceChildren(...hits.slice(0, kFound).map(one),
      hits.length > kFound ? h("p", { class: "note" }, `${plural(hits.length - kFound, "other parameter")} found: add a word.`) : "",
      wanted.length > 0 && hits.length === 0 ? h("p", { class: "note" }, "No parameter has these words.") : "");
  };
  field.addEventListener("input", () => {
    state.set("find", field.value, false);
    find();
  });
  state.follow(() => {
    const wanted = state.get("find") ?? "";
    if (wanted === field.value) return;
    field.value = wanted;
    find();
  });
  const groups = kTables.map(([table, title]) => {
    const dials = war.dials.filter((d) => d.table === table);
    if (dials.length === 0) return null;
    const owners = [...new Set(dials.map((d) => (table === "scenario" ? (d.kind === "switch" ? "Switches" : "Constants") : d.of.split(".")[0])))];
    const group = h("details", { class: "group" }, h("summary", {}, `${title} `, h("small", {}, String(dials.length))),
      ...owners.map((who) => {
        const own = dials.filter((d) => (table === "scenario" ? (d.kind === "switch" ? "Switches" : "Constants") : d.of.split(".")[0]) === who);
        const details = h("details", { class: "owner" }, h("summary", {}, table === "scenario" ? who : table === "interventions" ? dial_owner(story, own[0]) : owner_words(who, story)));
        const draw = (): void => details.replaceChildren(details.firstElementChild as Element, ...own.map(one));
        details.addEventListener("toggle", () => { if (details.open) draw(); });
        return details;
      }));
    return group;
  });
  const all = groups.filter((g) => g !== null), title = `All ${war.dials.length} parameters`;
  show_suggested();
  const node = h("div", { class: "dials", id: kNumbers }, field, found, ...(first.length > 0 ? [h("h3", {}, "Try these first"), suggested] : []),
    ...(first.length === 0 ? all : fold_on_phone(h("h3", {}, title), ...all)));
  const redraw = (): void => {
    find();
    show_suggested();
    for (const open of node.querySelectorAll<HTMLDetailsElement>("details.owner[open]")) open.dispatchEvent(new Event("toggle"));
  };
  return { node, redraw };
}
