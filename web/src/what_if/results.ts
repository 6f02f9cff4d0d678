// What changes: one outcome of every actor on both sides, with the interval of the difference, and where the maps differ.
import type { Story } from "../data";
import { choice, h, is_phone, s } from "../dom";
import { tools } from "../figure";
import { day, exact, plural } from "../format";
import { bare_change, change_range, is_certain, kKinds, level, told_change, unit_of } from "../outcomes";
import type { ComparedKind } from "../catalogue";
import type { ComparedOutcome } from "../outcomes";
import { badge } from "../paint";
import { fold_on_phone, land_in_fact } from "../section";
import type { State } from "../state";
import { tell_values } from "../views/bars";
import type { Mark } from "../views/bars";
import { difference_map } from "../views/difference";
import type { MapKnobs } from "../views/difference";
import type { Answer } from "./data";
import { guess_form, verdict_on } from "./guess";
import type { Guess } from "./guess";
import { name_of, rows_of } from "./rows";

/** The outcomes that have a number for every actor, and the harm to civilians. */
const kShown: ComparedKind[] = ["value", "survival", "fighters", "losses", "people", "harm"];
const kBarWidth = 160, kPhoneBarWidth = 64, kBarHeight = 18;
const kSides: [string, string] = ["As it is", "Changed"];

export const kind_of_outcome = (state: State): ComparedKind => kShown.find((kind) => kind === state.get("outcome")) ?? kShown[0];
/** The difference and its interval on a common scale, 0 in the middle. */
function bar(o: ComparedOutcome, greatest: number): SVGSVGElement {
  const width = is_phone() ? kPhoneBarWidth : kBarWidth, middle = width / 2;
  const x = (v: number): number => middle + (middle - 4) * Math.max(-1, Math.min(1, v / greatest));
  return s("svg", { class: `difference${is_certain(o.low, o.high) ? " certain" : ""}`, width, height: kBarHeight },
    s("line", { class: "zero", x1: middle, x2: middle, y1: 0, y2: kBarHeight }),
    o.low === null || o.high === null ? null : s("rect", { x: x(o.low), width: Math.max(1, x(o.high) - x(o.low)), y: kBarHeight / 2 - 2, height: 4 }),
    s("circle", { cx: x(o.difference), cy: kBarHeight / 2, r: 4 }));
}

const title_of = (kind: ComparedKind): string => kKinds.find(([k]) => k === kind)?.[1] ?? kind;

/** "−1.7 to +1.1" */
const bare_range = (kind: ComparedKind, o: ComparedOutcome): string => `${bare_change(kind, o.low)} to ${bare_change(kind, o.high)}`;
/** How far from 0 the difference may lie. */
const reach = (o: ComparedOutcome): number => Math.max(Math.abs(o.low ?? 0), Math.abs(o.high ?? 0));

/** Whether pairs are still to come. */
const is_early = ({ runs, wanted, until_sure }: Answer): boolean => runs < wanted && until_sure?.sure !== true;

/** In words, what stands out: at most three actors whose difference the interval keeps from 0, the one that is asked about first, and,
 * once all pairs are in, one whose difference may be more though not even its direction is sure. */
export function sentence(story: Story, answer: Answer, kind: ComparedKind, subject?: string): string {
  const title = title_of(kind);
  const asked = (o: ComparedOutcome): number => Number(subject !== undefined && o.actor === subject);
  const sure = answer.outcomes.filter((o) => o.kind === kind && is_certain(o.low, o.high)).sort((a, b) => asked(b) - asked(a) || Math.abs(b.difference) - Math.abs(a.difference));
  if (answer.same) return "Nothing is changed yet, so both wars are the same. Change a parameter, or choose an account for one of them.";
  if (sure.length === 0) {
    return is_early(answer) ? `${title}: too early to tell after ${exact(answer.runs)} of ${plural(answer.wanted, "pair")} of runs.`
      : `${title}: in ${plural(answer.runs, "pair")} of runs no difference can be distinguished from chance.`;
  }
  const open = rows_of(answer, kind).filter((o) => o.low !== null && !is_certain(o.low, o.high)).sort((a, b) => reach(b) - reach(a))[0];
  const may_be_more = !is_early(answer) && open !== undefined && reach(open) > Math.max(...sure.map((o) => Math.abs(o.difference)));
  return `${title}: ${sure.slice(0, 3).map((o, i) => `${name_of(story, o)} ${(i === 0 ? told_change : bare_change)(kind, o.difference)} (${i === 0 ? "95% interval " : ""}${bare_range(kind, o)})`).join(", ")}`
    + `${sure.length > 3 ? `, and ${plural(sure.length - 3, "other side")}` : ""}.${may_be_more ? ` Unclear even in direction: ${name_of(story, open)}, between ${bare_change(kind, open.low)} and ${told_change(kind, open.high)}.` : ""}`;
}

/** The outcomes of both sides as a table, and both wars on one map. While a guess is asked for, first about `subject`, they are hidden. */
export function results_view(story: Story, state: State, command: () => string, knobs: MapKnobs, subject: string | undefined, fact: string): { node: HTMLElement; show: (answer: Answer, is_new: boolean) => void; wait: () => void } {
  const body = h("tbody");
  const said = h("p", { class: "answer", role: "status" }), pairs = h("p", { class: "note" }), verdict = h("p", { class: "verdict", role: "status" });
  const map = difference_map(story, state, {
    names: kSides, under: ["as it is", "changed"], title: `Who holds what on ${day(story.data.end)}: the war as it is, and the changed one`, day: day(story.data.end), made_by: command,
  }, knobs);
  const difference_unit = h("small", {});
  const table = h("table", { class: "what-changes" }, h("thead", {}, h("tr", {}, ...["", ...kSides].map((t) => h("th", { scope: "col" }, t)), h("th", { scope: "col" }, "Difference", difference_unit), h("th", { scope: "col" }))), body);
  const where = h("h3", { class: "where" }, "Where"), sides = h("div", {}, h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "What changes, by side" }, table), pairs,
    tools({ name: "what-if", title: "What changes", data: story.data, about: () => `${title_of(kind_of_outcome(state))}. ${pairs.textContent} ${command()}`, picture: () => table, made_by: command, table: () => ({
      heads: ["outcome", "actor", "as_it_is", "changed", "difference", "low", "high", "pairs"],
      rows: (last?.outcomes ?? []).map((o) => [o.outcome, o.actor ?? null, o.a, o.b, o.difference, o.low, o.high, o.pairs]),
    }) }));
  const hidden = h("div", {}, said, land_in_fact(fact, story.data.end), sides, ...fold_on_phone(where, map.node));
  const asked = h("div", {});
  // On a phone the sliders are screens below what changes: it is said at the edge, too, while its own place is out of sight.
  const pinned = h("p", { class: "pinned-answer", "aria-hidden": "true" });
  new IntersectionObserver(([place]) => { pinned.hidden = place.isIntersecting; }).observe(said);
  // was_hasty: the guess was given before the first answer to its question came.
  let last: Answer | undefined, waits = false, was_hasty = false, guess: Guess | undefined, form: ReturnType<typeof guess_form> | undefined, form_of = "";
  const fill = (answer: Answer): void => {
    const kind = kind_of_outcome(state), rows = rows_of(answer, kind);
    const greatest = Math.max(1e-9, ...rows.map((o) => Math.max(Math.abs(o.low ?? 0), Math.abs(o.high ?? 0))));
    const marks: Mark[] = [];
    const difference = (o: ComparedOutcome): SVGSVGElement => {
      const element = bar(o, greatest);
      marks.push({ element, lines: [name_of(story, o), `${told_change(kind, o.difference)} on average`, `95% interval: ${change_range(kind, o.low, o.high)}`] });
      return element;
    };
    body.replaceChildren(...rows.map((o) => h("tr", { class: is_certain(o.low, o.high) ? "certain" : "", "data-actor": o.actor },
      h("th", { scope: "row" }, o.actor === undefined ? null : badge(story.side(o.actor)), name_of(story, o)),
      h("td", { "data-a": o.a }, level(kind, o.a)), h("td", { "data-b": o.b }, level(kind, o.b)),
      // No change in the first few pairs does not say that there is none.
      ...(!answer.same && is_early(answer) && o.changed_pairs === 0 ? [h("td", { class: "quiet", colspan: 2 }, "too early")]
        : [h("td", {}, bare_change(kind, o.difference)), h("td", {}, o.low === null ? null : difference(o))]))));
    tell_values(marks);
    difference_unit.textContent = ` ${unit_of(kind)}`;
    said.textContent = sentence(story, answer, kind, subject);
    sides.hidden = answer.same && is_phone();
    const end = answer.until_sure?.sure === true ? " were enough: every interval in this table excludes 0 or is narrow" : "";
    pairs.textContent = `${exact(answer.runs)} of ${end ? "at most " : ""}${plural(answer.wanted, "pair")} of runs${end}. Both wars share their random numbers; the runs of the report have others. Bar: 95% interval of the `
      + `difference, dark where it excludes 0${answer.until_sure ? "; it allows for stopping early" : ""}.`;
    pinned.textContent = answer.same ? "" : `${said.textContent} ${exact(answer.runs)} of ${plural(answer.wanted, "pair")}.`;
    verdict.textContent = guess ? verdict_on(story, answer, guess) : "";
  };
  const draw = (): void => {
    if (!last) return;
    const asked_of = `${kind_of_outcome(state)} ${state.get("lesson") ?? ""}`;  // another question is guessed anew
    if (asked_of !== form_of) form = undefined;
    form_of = asked_of;
    const answer = last, is_guessing = waits && state.get("guess") === "first" && !answer.same;
    hidden.hidden = verdict.hidden = is_guessing;
    if (is_guessing) pinned.textContent = "";
    if (!is_guessing) {
      asked.replaceChildren();
      form = undefined;
      fill(answer);
      map.show(answer.places, answer.same);
    } else if (form) {
      form.update(answer);
    } else {
      form = guess_form(story, kind_of_outcome(state), subject, (given) => {
        guess = given;
        waits = false;
        was_hasty = node.classList.contains("stale");
        if (!was_hasty) tell_verdict();
      });
      form.update(answer);
      asked.replaceChildren(form.node);
    }
  };
  const tell_verdict = (): void => {
    draw();
    (document.querySelector(".lesson:not(:empty)") ?? verdict).scrollIntoView({ block: "nearest" });
  };
  const ways = choice("Outcome", kKinds.filter(([k]) => kShown.includes(k)).map(([k, title]) => [k, title]), kind_of_outcome(state),
    (kind) => state.set("outcome", kind === kShown[0] ? "" : kind, false));
  state.follow(() => {
    for (const input of ways.querySelectorAll("input")) input.checked = input.value === kind_of_outcome(state);
    draw();
  });
  const show = (answer: Answer, is_new: boolean): void => {
    if (is_new && !was_hasty) {
      waits = true;
      guess = undefined;
    }
    last = answer;
    node.classList.remove("stale");
    if (was_hasty) tell_verdict();
    else draw();
    was_hasty = false;
  };
  /** What is shown is no answer to what is turned now. */
  const wait = (): void => {
    node.classList.add("stale");
    if (!last) said.textContent = "Running the war as it is and as it is changed …";
  };
  const node = h("div", { class: "results" }, ways, asked, verdict, hidden, pinned);
  return { node, show, wait };
}
