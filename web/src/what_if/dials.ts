// The dials: every number of the war that can be turned, found by group or by word.
import type { Story } from "../data";
import { h } from "../dom";
import { capital } from "../format";
import { owner_words } from "../paths";
import { is_allowed, kTables, scale, short } from "./data";
import type { Dial, WhatIfWar } from "./data";

const kSteps = 200;
/** Of a search: dials shown at most. */
const kFound = 40;

type Turn = (path: string, value: string | null) => void;

const words = (id: string): string => capital(id.replaceAll("_", " "));

/** One dial. It shows `turned`, or the package's own number where that is undefined. */
function dial_view(story: Story, dial: Dial, turned: string | undefined, turn: Turn): HTMLElement {
  const id = `dial-${dial.path}`;
  const label = `${words(dial.name)}${dial.kind === "number" && dial.unit ? ` (${dial.unit})` : ""}`;
  const now = turned ?? String(dial.value);
  const back = h("button", { type: "button", class: "back", hidden: turned === undefined, title: "As in the package", "aria-label": `${label}: as in the package`,
    click: () => turn(dial.path, null) }, "↺");
  const basis = h("details", { class: "basis" }, h("summary", {}, `in the package: ${dial.written}`),
    h("p", { class: "note" }, dial.meaning), h("ul", {}, ...dial.basis.map((b) => h("li", {}, h("b", {}, b.id || b.kind), ` ${b.text}`))),
    h("code", {}, dial.path));
  const name = h("label", { for: id }, label, h("small", {}, ` ${owner_words(dial.of, story)}`));
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
  const { to, from } = scale(dial, kSteps);
  const slider = h("input", { id, type: "range", min: 0, max: kSteps, step: 1, value: to(Number(now)), "aria-valuetext": `${now} ${dial.unit}` });
  const field = h("input", { type: "text", inputmode: "decimal", class: "value", value: short(Number(now)), "aria-label": `${label}, value`, size: 7 });
  slider.addEventListener("input", () => {
    field.value = short(from(Number(slider.value)));
    slider.setAttribute("aria-valuetext", `${field.value} ${dial.unit}`);
    back.hidden = false;
    turn(dial.path, field.value);
  });
  field.addEventListener("change", () => {
    const good = is_allowed(dial, field.value);
    field.setAttribute("aria-invalid", String(!good));
    if (!good) return;
    slider.value = String(to(Number(field.value)));
    back.hidden = false;
    turn(dial.path, field.value.trim());
  });
  return h("div", { class: "dial", "data-path": dial.path }, name, h("div", { class: "slide" }, slider, field, back), basis);
}

/** All dials in groups, each drawn when it is opened, and a field to find them by word. */
export function dials_view(war: WhatIfWar, story: Story, turned: () => Map<string, string>, turn: Turn): { node: HTMLElement; redraw: () => void } {
  const one = (dial: Dial): HTMLElement => dial_view(story, dial, turned().get(dial.path), turn);
  const found = h("div", { class: "hits" });
  const field = h("input", { type: "search", placeholder: "Find a number: recruits, Nusra, siege", "aria-label": "Find a number" });
  const find = (): void => {
    const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const hits = wanted.length === 0 ? [] : war.dials.filter((d) => {
      const text = `${d.path} ${d.meaning} ${owner_words(d.of, story)}`.toLowerCase();
      return wanted.every((w) => text.includes(w));
    });
    found.replaceChildren(...hits.slice(0, kFound).map(one),
      hits.length > kFound ? h("p", { class: "note" }, `${hits.length - kFound} more: add a word.`) : "",
      wanted.length > 0 && hits.length === 0 ? h("p", { class: "note" }, "No number has these words.") : "");
  };
  field.addEventListener("input", find);
  const groups = kTables.map(([table, title]) => {
    const dials = war.dials.filter((d) => d.table === table);
    if (dials.length === 0) return null;
    const owners = [...new Set(dials.map((d) => (table === "scenario" ? (d.kind === "switch" ? "Switches" : "Constants") : d.of.split(".")[0])))];
    const group = h("details", { class: "group" }, h("summary", {}, `${title} `, h("small", {}, String(dials.length))),
      ...owners.map((who) => {
        const own = dials.filter((d) => (table === "scenario" ? (d.kind === "switch" ? "Switches" : "Constants") : d.of.split(".")[0]) === who);
        const details = h("details", { class: "owner" }, h("summary", {}, table === "scenario" ? who : owner_words(who, story)));
        const draw = (): void => details.replaceChildren(details.firstElementChild as Element, ...own.map(one));
        details.addEventListener("toggle", () => { if (details.open) draw(); });
        return details;
      }));
    return group;
  });
  const node = h("div", { class: "dials" }, field, found, ...groups.filter((g) => g !== null));
  const redraw = (): void => {
    find();
    for (const open of node.querySelectorAll<HTMLDetailsElement>("details.owner[open]")) open.dispatchEvent(new Event("toggle"));
  };
  return { node, redraw };
}
