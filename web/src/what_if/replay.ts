// The last change once more: the changed war before it and after it, in one picture that goes from one to the other.
import type { Side, Story } from "../data";
import { h } from "../dom";
import { tools } from "../figure";
import { day, plural } from "../format";
import { change, is_certain, is_share, kKinds, level } from "../outcomes";
import type { ComparedKind } from "../catalogue";
import { badge } from "../paint";
import { map_picture } from "../views/map";
import type { Answer } from "./data";
import { name_of, rows_of } from "./rows";

const kSteps = 20;
/** How long the way from before to after takes, and how long each of them stands where motion is unwelcome. */
const kWayMs = 1600, kStandMs = 1500;

const is_still = (): boolean => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** `answer` has the war before the change as its first side and that after it as its second. */
export function replay_view(story: Story, answer: Answer, kind: ComparedKind, words: string, command: string): HTMLElement {
  const rows = rows_of(answer, kind);
  const top = is_share(kind) ? Math.min(1, 1.05 * Math.max(1e-9, ...rows.flatMap((o) => [o.a, o.b]))) : Math.max(1, ...rows.flatMap((o) => [o.a, o.b]));
  const at = (x: number): string => `${((100 * Math.min(top, x)) / top).toFixed(2)}%`;
  let way = 0;  // 0: before, 1: after
  let frame = 0, timer: number | undefined;

  const holders = (i: number): { side: Side; p: number }[] => Object.entries(answer.places[i])
    .map(([id, [a, b]]) => ({ side: story.side(id), p: a + way * (b - a) })).filter((x) => x.p >= 0.005);
  const map = map_picture(story, 560, { holders, size: "same", label: "The map before and after the last change; the table has its numbers", title: `The changed war on ${day(story.data.end)}` });
  const dots = rows.map((o) => ({ o, dot: h("b", { style: `left:${at(o.a)};background:${o.actor === undefined ? "var(--ink)" : story.side(o.actor).paint.colour}` }), value: h("span", { class: "value" }) }));
  const slider = h("input", { type: "range", min: 0, max: kSteps, step: 1, value: 0, "aria-label": "From before to after the last change" });
  const draw = (): void => {
    slider.value = String(Math.round(kSteps * way));
    slider.setAttribute("aria-valuetext", way === 0 ? "before" : way === 1 ? "after" : "on the way; drawn, not run");
    for (const { o, dot, value } of dots) {
      dot.style.left = at(o.a + way * (o.b - o.a));
      value.replaceChildren(way === 0 ? level(kind, o.a) : way === 1 ? level(kind, o.b) : `${level(kind, o.a)} → ${level(kind, o.b)}`);
    }
    map.draw();
  };
  const stop = (): void => {
    cancelAnimationFrame(frame);
    window.clearTimeout(timer);
  };
  const go = (to: number): void => { way = to; draw(); };
  const play = (): void => {
    stop();
    go(0);
    if (is_still()) {
      timer = window.setTimeout(() => go(1), kStandMs);
      return;
    }
    const start = performance.now();
    const step = (now: number): void => {
      if (!slider.isConnected) return;
      const x = Math.max(0, Math.min(1, (now - start) / kWayMs));
      go(x * x * (3 - 2 * x));
      if (x < 1) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
  };
  slider.addEventListener("input", () => { stop(); go(slider.valueAsNumber / kSteps); });
  const bars = h("ul", { class: "pairs replay-bars" }, ...dots.map(({ o, dot, value }) => h("li", { class: is_certain(o.low, o.high) ? "certain" : "" },
    h("span", { class: "who" }, o.actor === undefined ? null : badge(story.side(o.actor)), name_of(story, o)),
    h("span", { class: "track", "aria-hidden": "true" }, h("u", { style: `left:${at(o.a)}` }), h("u", { style: `left:${at(o.b)}` }), dot), value)));
  const picture = h("div", { class: "replay-picture" }, bars, map.node);
  const button = (text: string, press: () => void): HTMLElement => h("button", { type: "button", click: press }, text);
  window.setTimeout(play);
  return h("div", { class: "replay", role: "group", "aria-label": "The last change once more" },
    h("h3", {}, "The last change"), h("p", {}, words),
    h("div", { class: "controls" }, button("Before", () => { stop(); go(0); }), slider, button("After", () => { stop(); go(1); }), button("Again", play)),
    picture,
    h("p", { class: "note" }, `${kKinds.find(([k]) => k === kind)?.[2] ?? ""}, in ${plural(answer.runs, "pair")} of runs of the changed war before and after the change; bold: the interval of the difference excludes zero. Between the two ends nothing was run.`),
    tools({ name: "last-change", title: "The last change, before and after", data: story.data, picture: () => picture,
      about: () => `${words} ${command}`, made_by: () => command, table: () => ({
      heads: ["outcome", "actor", "before", "after", "difference", "low", "high", "in words"],
      rows: rows.map((o) => [o.outcome, o.actor ?? null, o.a, o.b, o.difference, o.low, o.high, change(kind, o.difference)]),
    }) }));
}
