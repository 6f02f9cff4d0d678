// Whom each command fights first, and why: shares on the date shown, and the features behind the scores.
import { kIssueOutcome } from "../catalogue";
import type { Feature } from "../catalogue";
import type { Clock } from "../clock";
import type { Story } from "../data";
import { h, is_phone, s } from "../dom";
import { tools } from "../figure";
import { day, list, percent } from "../format";
import { targets_in_fact } from "../happened";
import { named } from "../links";
import { badge } from "../paint";
import type { Priority } from "../report";
import { fact_line } from "../section";
import type { State } from "../state";
import { say } from "./bubble";

/** Enemies shown on a phone until all are asked for. */
const kPhoneTargets = 3;

/** The features of a score in words. */
const kFeatures: Record<Feature, string> = {
  vital: "close to places it values",
  backing: "backed from abroad",
  horizon: "rival at the negotiating table",
  roots: "support among the people",
  growth: "growing",
  weakness: "chance to win now",
  others: "others fight it already",
  bargain: "useful as it is",
  land: `its land would add weight in a ${kIssueOutcome}`,
  blowback: "own nationals in its ranks",
  allies: "fought by its allies",
};
const feature_words = (id: Feature): string => kFeatures[id];

/** The features that move a score, the largest first, without those that hardly matter beside it. */
export function reasons(features: Priority["features"]): { id: Feature; value: number }[] {
  const all = (Object.entries(features) as [Feature, number][]).map(([id, value]) => ({ id, value })).sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  return all.filter((f) => Math.abs(f.value) >= 0.01 && Math.abs(f.value) >= 0.05 * Math.abs(all[0].value));
}

/** A share over time in little, from 0 to 1, with a line at the date; values by pointer and by keyboard. */
function spark(share: number[], colour: string, clock: Clock, name: string): SVGSVGElement {
  const { index } = clock, last = clock.dates.length - 1;
  const x = (i: number): number => (100 * i) / Math.max(1, share.length - 1);
  const line = share.map((p, i) => `${i === 0 ? "M" : "L"}${x(i).toFixed(1)},${(24 - 22 * p).toFixed(1)}`).join("");
  const thin = { "vector-effect": "non-scaling-stroke" };
  const words = (i: number): string => `${day(clock.dates[i])}: ${percent(share[i])}`;
  const svg = s("svg", { class: "spark", viewBox: "0 0 100 26", preserveAspectRatio: "none", tabindex: 0, role: "slider", "aria-label": name, "aria-valuemin": 0, "aria-valuemax": last, "aria-valuenow": index, "aria-valuetext": words(index) },
    s("path", { d: `${line}L100,24L0,24Z`, fill: colour, "fill-opacity": 0.22 }),
    s("path", { d: line, fill: "none", stroke: colour, "stroke-width": 1.5, ...thin }),
    s("line", { class: "date-line", x1: x(index), x2: x(index), y1: 0, y2: 26, ...thin }));
  const index_at = (event: MouseEvent): number => {
    const area = svg.getBoundingClientRect();
    return Math.max(0, Math.min(last, Math.round((last * (event.clientX - area.left)) / area.width)));
  };
  svg.addEventListener("pointermove", (event) => { const i = index_at(event); say([day(clock.dates[i]), `${name}: ${percent(share[i])}`], event.clientX, event.clientY); });
  for (const leave of ["pointerleave", "blur"]) svg.addEventListener(leave, () => say([]));
  svg.addEventListener("click", (event) => clock.choose(index_at(event)));
  svg.addEventListener("keydown", (event) => {
    const to = ({ ArrowLeft: clock.index - 1, ArrowRight: clock.index + 1, Home: 0, End: last } as Record<string, number>)[event.key];
    if (to === undefined) return;
    event.preventDefault();
    clock.choose(to);
  });
  return svg;
}

export function priorities_view(story: Story, clock: Clock, state: State): HTMLElement {
  const { priorities } = story.data;
  const strength = (id: string): number => story.members(id).reduce((sum, a) => sum + (a.first_day_fighters ?? 0), 0);
  const commands = [...new Set(priorities.map((p) => p.command))].sort((a, b) => strength(b) - strength(a));
  if (commands.length === 0) return h("p", {}, "No command of this scenario chooses its enemies.");
  const of = (id: string): Priority[] => priorities.filter((p) => p.command === id);
  const first = commands.find((c) => of(c).some((p) => reasons(p.features).length > 0)) ?? commands[0];
  const chosen_of = (): string => commands.find((c) => c === state.get("command")) ?? first;
  let chosen = chosen_of();
  const body = h("div", {});
  let is_long = !is_phone();
  const shown = (): number => (is_long ? Infinity : kPhoneTargets);

  function lead({ target, features }: Priority, share: number): HTMLElement {
    const why = reasons(features).filter((r) => r.value > 0).slice(0, 2).map((r) => feature_words(r.id));
    return h("p", { class: "lead" },
      h("b", {}, story.command_name(chosen)), `: ${percent(share)} of all effort goes to the fight against `,
      h("b", {}, story.side(target).name), ` on ${day(clock.date)}`,
      why.length > 0 ? `; over the war the score rests most on: ${list(why)}.` : "; its shares are fixed by the scenario.");
  }

  function target_card(p: Priority, share: number, largest: number): HTMLElement {
    const side = story.side(p.target);
    const reason = (r: { id: Feature; value: number }): HTMLElement => h("li", { class: r.value < 0 ? "against" : "for" },
      h("span", {}, feature_words(r.id)),
      h("span", { class: "size", "aria-hidden": "true" }, h("i", { style: `width:${(100 * Math.abs(r.value)) / largest}%` })),
      h("span", { class: "amount" }, `${r.value < 0 ? "−" : "+"}${Math.abs(r.value).toFixed(2)}`));
    return h("div", { class: "target", "data-target": p.target },
      h("div", { class: "who" }, badge(side), h("span", {}, named(story, side)), h("b", {}, percent(share))),
      spark(p.share, side.paint.colour, clock, `Share of the effort against ${side.name}`),
      h("ul", { class: "features", "aria-label": "Reasons" }, ...reasons(p.features).map(reason)));
  }

  function draw(): void {
    const focused = document.activeElement?.closest("svg.spark") && body.contains(document.activeElement) ? document.activeElement.closest<HTMLElement>("[data-target]")?.dataset.target : undefined;
    const ranked = of(chosen).map((p) => ({ p, share: p.share[clock.index] ?? 0 }))
      .sort((a, b) => b.share - a.share || b.p.score - a.p.score);
    const largest = Math.max(1e-9, ...of(chosen).flatMap((p) => Object.values(p.features).map(Math.abs)));
    const members = story.members(chosen);
    const together = `In this command: ${list(members.map((m) => story.side(m.id).name))}.`;
    body.replaceChildren(lead(ranked[0].p, ranked[0].share), members.length > 1 ? h("p", { class: "note" }, together) : "",
      fact_line(targets_in_fact(story, chosen)) ?? "",
      h("div", { class: "targets" }, ...ranked.slice(0, shown()).map(({ p, share }) => target_card(p, share, largest))),
      ranked.length > shown() ? h("button", { type: "button", class: "more", click: () => { is_long = true; draw(); } }, `All ${ranked.length} enemies`) : "");
    if (focused) body.querySelector<SVGElement>(`[data-target="${CSS.escape(focused)}"] .spark`)?.focus();
  }

  const picker = h("select", { id: "command", change: () => state.set("command", picker.value === first ? "" : picker.value) },
    ...commands.map((c) => h("option", { value: c, selected: c === chosen }, story.command_name(c))));
  clock.follow(draw);
  state.follow(() => {
    if (chosen_of() === chosen) return;
    picker.value = chosen = chosen_of();
    draw();
  });
  return h("div", { class: "priorities" }, h("div", { class: "controls" }, h("label", { for: "command" }, "Command "), picker), body,
    tools({ name: "priorities", title: "Whom to fight first, and why", data: story.data, picture: () => body, table: () => {
      const features = [...new Set(priorities.flatMap((p) => Object.keys(p.features) as Feature[]))];
      return {
        heads: ["command", "target", "date", "share", "score", ...features],
        rows: priorities.filter((p) => p.command === chosen).flatMap((p) => p.share.map((share, i) => [p.command, p.target, clock.dates[i], share, p.score, ...features.map((f) => p.features[f] ?? null)])),
      };
    } }));
}
