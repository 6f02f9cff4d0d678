// Guess first, then see: the reader says what will come out before it is shown, and is told how far off that was.
import type { Story } from "../data";
import { h } from "../dom";
import { plural } from "../format";
import { change, is_share, kKinds, level } from "../outcomes";
import type { ComparedKind } from "../catalogue";
import type { ComparedOutcome } from "../outcomes";
import { short } from "./data";
import type { Answer } from "./data";
import { name_of, rows_of } from "./rows";

/** What the reader expects of an outcome in the changed war. */
export interface Guess {
  outcome: string; kind: ComparedKind; value: number;
  before: number;  // as it was in the war as it is, by the pairs that were in when the guess was made
}

const kSteps = 100;

/** Where the slider ends: all of a share, else twice what is greatest in the war as it is. */
const reach = (rows: ComparedOutcome[], kind: ComparedKind): number => (is_share(kind) ? 1 : 2 * Math.max(1, ...rows.map((o) => o.a)));

/** A guess for one actor, at first for `subject`, begun at what the war as it is gives. Nothing of the changed war is told. `update` takes more
 * pairs: what the reader has moved or chosen stays. */
export function guess_form(story: Story, kind: ComparedKind, subject: string | undefined, on_guess: (guess: Guess) => void): { node: HTMLElement; update: (answer: Answer) => void } {
  const title = kKinds.find(([k]) => k === kind)?.[2] ?? kind, shown = is_share(kind) ? 100 : 1;
  let rows: ComparedOutcome[] = [], top = 1, value = 0, is_moved = false;
  const of = (): ComparedOutcome | undefined => rows.find((o) => o.outcome === whom.value) ?? rows[0];
  const says = h("output", { for: "guess-value" });
  const slider = h("input", { type: "range", id: "guess-value", min: 0, max: kSteps, step: 1 });
  const field = h("input", { type: "text", inputmode: "decimal", class: "value", size: 7, "aria-label": is_share(kind) ? "Your guess, percent" : "Your guess" });
  const set = (to: number, from?: HTMLElement): void => {
    value = Math.max(0, Math.min(is_share(kind) ? 1 : Infinity, to));
    if (from !== slider) slider.value = String(Math.round((kSteps * value) / top));
    if (from !== field) field.value = short(shown * value);
    const words = `${level(kind, value)}; as it is ${level(kind, of()?.a ?? null)}`;
    slider.setAttribute("aria-valuetext", words);
    says.textContent = words;
    is_moved = from !== undefined;
  };
  slider.addEventListener("input", () => set((top * slider.valueAsNumber) / kSteps, slider));
  field.addEventListener("input", () => {
    const given = Number(field.value.replace("%", ""));
    const good = field.value.trim() !== "" && Number.isFinite(given) && given >= 0;
    field.setAttribute("aria-invalid", String(!good));
    if (good) set(given / shown, field);
  });
  const whom = h("select", { "aria-label": "Of whom", change: () => set(of()?.a ?? 0) });
  const node = h("form", { class: "guess", submit: (event) => { event.preventDefault(); const one = of(); if (one) on_guess({ outcome: one.outcome, kind, value, before: one.a }); } },
    h("h3", {}, "Your guess"), h("p", { class: "hint" }, `${title}, in the changed war.`),
    h("div", { class: "controls" }, whom, says),
    h("div", { class: "slide" }, h("label", { for: "guess-value", class: "unseen" }, "Your guess"), slider, field, is_share(kind) ? "%" : ""),
    h("div", { class: "controls" }, h("button", { type: "submit" }, "See what the model says")));
  const update = (answer: Answer): void => {
    rows = rows_of(answer, kind).sort((x, y) => y.a - x.a);
    const chosen = whom.value || rows.find((o) => o.actor === subject)?.outcome;
    top = reach(rows, kind);
    whom.replaceChildren(...rows.map((o) => h("option", { value: o.outcome, selected: o.outcome === chosen }, name_of(story, o))));
    if (is_moved) set(value, field);
    else set(of()?.a ?? 0);
  };
  return { node, update };
}

/** How far off a guess was, from what the pairs say. Who left the slider where it was guessed that nothing changes, whatever more
 * pairs say of the war as it is. */
export function verdict_on(story: Story, answer: Answer, guess: Guess): string {
  const o = answer.outcomes.find((x) => x.outcome === guess.outcome);
  if (!o) return "";
  const { kind } = guess, turned = guess.value - guess.before, value = turned === 0 ? o.a : guess.value, off = value - o.b;
  const size = change(kind, Math.abs(off)).replace(/^\+/, "");
  const low = o.a + (o.low ?? o.difference), high = o.a + (o.high ?? o.difference);
  const miss = value >= low && value <= high ? `which ${plural(answer.runs, "pair")} of runs cannot distinguish from your guess`
    : `your guess was ${size} too ${off > 0 ? "high" : "low"}`;
  const way = turned === 0 || o.difference === 0 ? "" : Math.sign(turned) === Math.sign(o.difference) ? "; you had the direction right" : "; it goes the other way";
  return `${name_of(story, o)}: you guessed ${level(kind, value)}, the model says ${level(kind, o.b)} (as it is ${level(kind, o.a)}): ${miss}${way}.`;
}
