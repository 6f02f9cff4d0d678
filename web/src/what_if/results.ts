// What changes: one outcome of every actor on both sides, with the interval of the difference.
import { choice, h, s } from "../dom";
import { count, exact, percent, plural } from "../format";
import { short } from "./data";
import type { Answer, Outcome, WhatIfWar } from "./data";

type Format = (x: number | null) => string;
const kKinds: [string, string, Format][] = [
  ["value", "Land by its worth", percent], ["survival", "Survives", percent], ["fighters", "Fighters on the last day", count],
  ["losses", "Killed", count], ["people", "People under it", percent],
];
const kBarWidth = 160, kBarHeight = 18;

const signed = (x: number, format: Format): string => `${x > 0 ? "+" : x < 0 ? "−" : "±"}${format(Math.abs(x)).replace("%", " points")}`;
const is_certain = (o: Outcome): boolean => o.low !== null && o.high !== null && (o.low > 0 || o.high < 0);

/** Without what a name has in brackets, which the title tells. */
const name_of = (war: WhatIfWar, o: Outcome): string => (war.actors.find((a) => a.id === o.actor)?.name ?? o.outcome).replace(/ \(.*\)$/, "");

/** The difference and its interval on a common scale, 0 in the middle. */
function bar(o: Outcome, greatest: number): SVGSVGElement {
  const x = (v: number): number => kBarWidth / 2 + (kBarWidth / 2 - 4) * Math.max(-1, Math.min(1, v / greatest));
  const low = x(o.low ?? 0), high = x(o.high ?? 0);
  return s("svg", { class: `difference${is_certain(o) ? " certain" : ""}`, width: kBarWidth, height: kBarHeight, "aria-hidden": "true" },
    s("line", { class: "zero", x1: kBarWidth / 2, x2: kBarWidth / 2, y1: 0, y2: kBarHeight }),
    s("rect", { x: low, width: Math.max(1, high - low), y: kBarHeight / 2 - 2, height: 4 }),
    s("circle", { cx: x(o.difference ?? 0), cy: kBarHeight / 2, r: 4 }));
}

/** In words, what stands out: at most three actors whose difference the interval keeps from 0. */
export function sentence(war: WhatIfWar, answer: Answer, kind: string): string {
  const [, title, format] = kKinds.find(([k]) => k === kind) ?? kKinds[0];
  const sure = answer.outcomes.filter((o) => o.kind === kind && is_certain(o))
    .sort((a, b) => Math.abs(b.difference ?? 0) - Math.abs(a.difference ?? 0));
  if (answer.same) return "Nothing is turned that counts: both sides are the same war.";
  if (sure.length === 0) return `${title}: no difference that ${plural(answer.runs, "pair")} of runs can tell from none.`;
  return `${title}: ${sure.slice(0, 3).map((o) => `${name_of(war, o)} ${signed(o.difference ?? 0, format)}`).join(", ")}`
    + `${sure.length > 3 ? `, and ${sure.length - 3} more` : ""}.`;
}

export function results_view(war: WhatIfWar, kind: string, on_kind: (kind: string) => void): { node: HTMLElement; show: (answer: Answer) => void } {
  const body = h("tbody");
  const said = h("p", { class: "answer", role: "status" }), pairs = h("p", { class: "note" });
  let chosen = kind, last: Answer | undefined;
  const show = (answer: Answer): void => {
    last = answer;
    const format = (kKinds.find(([k]) => k === chosen) ?? kKinds[0])[2];
    const rows = answer.outcomes.filter((o) => o.kind === chosen && ((o.a ?? 0) > 0 || (o.b ?? 0) > 0));
    const greatest = Math.max(1e-9, ...rows.map((o) => Math.max(Math.abs(o.low ?? 0), Math.abs(o.high ?? 0))));
    const by_size = [...rows].sort((a, b) => Math.max(b.a ?? 0, b.b ?? 0) - Math.max(a.a ?? 0, a.b ?? 0));
    body.replaceChildren(...by_size.map((o) => h("tr", { class: is_certain(o) ? "certain" : "", "data-actor": o.actor },
      h("th", { scope: "row" }, name_of(war, o)),
      h("td", { "data-a": o.a }, format(o.a)), h("td", { "data-b": o.b }, format(o.b)),
      h("td", { title: `${short(o.low ?? 0)} to ${short(o.high ?? 0)}` }, o.difference === null ? "–" : signed(o.difference, format)),
      h("td", {}, o.low === null ? null : bar(o, greatest)))));
    said.textContent = sentence(war, answer, chosen);
    pairs.textContent = `${exact(answer.runs)} of ${plural(answer.wanted, "pair")} of runs, on the same draws and random numbers. The bar holds the mean `
      + "difference 95 times in 100; it is dark where it leaves out none.";
  };
  const node = h("div", { class: "results" }, said,
    choice("Outcome", kKinds.map(([k, t]): [string, string] => [k, t]), kind, (value) => { chosen = value; on_kind(value); if (last) show(last); }),
    h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "What changes, by side" }, h("table", {}, h("thead", {}, h("tr", {}, ...["", "As it is", "Changed", "Difference", ""].map((t) => h("th", { scope: "col" }, t)))), body)),
    pairs);
  return { node, show };
}
