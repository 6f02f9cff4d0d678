// One field that finds places, actors, dated events, claims, sources and sections.
import type { Story } from "../data";
import { h } from "../dom";
import { short_day } from "../format";
import type { State } from "../state";
import { basis_words } from "./events";

/** words: what it is found by; also: other names, of which the one that was meant is shown. */
interface Hit { kind: string; name: string; words: string; also: string[]; go: () => void }

/** Results shown at once. */
const kShown = 10;

/** Whether one of the words of a text begins so. */
export const begins_word = (text: string, start: string): boolean => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(start));

/** Those that have all the words: first the ones whose name begins with them, then those with a word of a name that does ("HTS" before "fights"). */
export function matching<T extends { name: string; words: string; also?: string[] }>(all: T[], text: string): T[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const rank = (x: T): number => (x.name.toLowerCase().startsWith(wanted[0]) ? 0 : [x.name, ...x.also ?? []].some((name) => begins_word(name, wanted[0])) ? 1
    : x.name.toLowerCase().includes(wanted[0]) ? 2 : 3);
  return all.filter((x) => wanted.every((w) => x.words.includes(w))).sort((a, b) => rank(a) - rank(b)).slice(0, kShown);
}

/** The other name by which something was found; undefined where its own words were enough. */
export function meant(also: string[], words: string, text: string): string | undefined {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean), has = (own: string) => (w: string): boolean => own.includes(w);
  const names = also.map((name) => name.toLowerCase()), own = words.split("\n")[0];
  if (wanted.length === 0 || wanted.every(has(own))) return undefined;
  const best = names.findIndex((name) => wanted.every(has(name)));
  return also[best >= 0 ? best : names.findIndex((name) => wanted.some(has(name)))];
}

export function search_field(story: Story, state: State, sections: { id: string; short: string; title: string }[]): HTMLElement {
  const { places, claims, sources, events = [] } = story.data;
  const entry = (kind: string, name: string, more: string, go: () => void, also: string[] = []): Hit =>
    ({ kind, name, words: [`${name} ${more}`, ...also].join("\n").toLowerCase(), also, go });
  const everything = (): Hit[] => [
    ...places.map((p) => entry("place", p.name, `${p.id} ${p.country}`, () => state.go("map", { place: p.id }), story.also_called(p.id))),
    ...story.actors.map((a) => entry("actor", story.side(a.id).name, `${a.id} ${a.name} ${a.command === a.id ? "" : story.also_called(a.command).join(" ")}`, () => state.go("", { about: `actor.${a.id}` }), story.also_called(a.id))),
    ...sections.map((x) => entry("section", x.title, x.short, () => state.go(x.id))),
    ...events.map((e) => entry("event", `${short_day(e.date)}: ${e.note}`, e.basis.map((b) => basis_words(story, b)).join(" "), () => state.go("events", { date: e.date }))),
    ...sources.map((x) => entry("source", x.title || x.id, `${x.id} ${x.author}`, () => state.go("evidence", { source: x.id, claim: "", actor: "" }))),
    ...claims.map((c) => entry("claim", `${c.id}: ${c.statement}`, c.speaker, () => state.go("evidence", { claim: c.id, source: "", actor: "" }))),
  ];
  const list = h("ul", { id: "found", class: "found", role: "listbox", "aria-label": "Found" });
  let all: Hit[] | undefined;  // made when somebody first searches: the page is there sooner
  let found: Hit[] = [];
  let at = -1;

  function show(): void {
    list.replaceChildren(...found.map((x, i) => h("li", {
      role: "option", id: `found-${i}`, "aria-selected": i === at ? "true" : "false", pointerdown: (event) => { event.preventDefault(); choose(i); },
    }, h("small", {}, x.kind), [` ${x.name}`, meant(x.also, x.words, input.value)].filter((name) => name !== undefined).join(", also called "))));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    if (at >= 0) input.setAttribute("aria-activedescendant", `found-${at}`);
    else input.removeAttribute("aria-activedescendant");
  }
  function choose(i: number): void {
    const chosen = found[i];
    found = [];
    input.value = "";
    show();
    chosen?.go();
  }
  const input = h("input", {
    type: "search", role: "combobox", "aria-label": "Search places, actors, events, claims, sources", "aria-controls": "found", "aria-expanded": "false",
    "aria-autocomplete": "list", placeholder: "Find …", autocomplete: "off",
    input: () => { found = matching(all ??= everything(), input.value); at = found.length > 0 ? 0 : -1; show(); },
    blur: () => { found = []; show(); },
    keydown: (event) => {
      const { key } = event as KeyboardEvent;
      if (key === "ArrowDown" || key === "ArrowUp") {
        event.preventDefault();
        if (found.length > 0) at = (at + (key === "ArrowDown" ? 1 : found.length - 1)) % found.length;
        show();
      } else if (key === "Enter" && at >= 0) {
        event.preventDefault();  // else the button that has the keyboard in what opens is pressed
        choose(at);
      } else if (key === "Escape") {
        found = [];
        show();
      }
    },
  });
  show();
  return h("div", { class: "search", role: "search" }, input, list);
}
