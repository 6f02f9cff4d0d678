// What people ask of a war first, on the date of the page: the answer, its doubt, and what happened in fact.
import { kBase } from "../catalogue";
import { last_upto } from "../clock";
import type { Clock } from "../clock";
import type { Land, Story } from "../data";
import { behind_on_phone, h } from "../dom";
import { day, interval, kInterval, list, of_runs, percent, plural } from "../format";
import { survival_sentence, survives_note } from "../headline";
import { named } from "../links";
import { badge } from "../paint";
import type { Actor, UnitedActor, UnitedMatrix } from "../report";
import { in_fact, sourced } from "../section";
import type { Section } from "../section";
import type { State } from "../state";
import { has_engine, what_if_address } from "../what_if/mode";
import { interval_track, tell_values, track_ends } from "./bars";
import type { Mark } from "./bars";
import { greatest_loss, is_certain_change, quarrels_sentence, quarrels_view } from "./quarrels";

/** What is drawn on the lines of land. */
const line_key = (has_observed: boolean): string => `Dot: average. Band: 90% of the runs.${has_observed ? " Vertical line: in fact." : ""}`;

/** Sides whose land is drawn. */
const kDrawn = 6;

/** The side that the questions of the package are about; else the one that the unity of its enemies harms most. */
export function subject_of(story: Story): Actor | undefined {
  const { questions, united } = story.data;
  const asked = questions.filter((q) => q.form === "yes-or-no" || q.form === "number")
    .map((q) => /^actors\.([a-z0-9_]+)\./.exec(q.metrics?.[0] ?? "")?.[1]);
  const loss = (id: string): number => {
    const of = united?.actors.find((a) => a.id === id);
    return of ? greatest_loss(of, "survival") + greatest_loss(of, "value") : 0;
  };
  const harmed = [...story.ground].filter((a) => loss(a.id) > 0).sort((a, b) => loss(b.id) - loss(a.id));
  return story.ground.find((a) => a.id === asked.find((id) => id !== undefined)) ?? harmed[0];
}

/** Where an observed share lies among the runs, in words that fit the percentages beside them: one that rounds to the end of the range does not
 * look less than it. */
export function among_runs(observed: number, low: number, high: number): string {
  const looks_like = (end: number): boolean => percent(observed) === percent(end);
  return observed < low ? (looks_like(low) ? "at the low end of the runs" : "less than in nearly all runs")
    : observed > high ? (looks_like(high) ? "at the high end of the runs" : "more than in nearly all runs") : "within that range";
}

/** What the observed data say of one number on the date shown; where they end, that and a way back. */
function fact_on_date(story: Story, clock: Clock, words: (Node | string)[] | undefined): HTMLElement {
  const { record } = story.data;
  if (words) return sourced(...words);
  if (!record || clock.date <= record.last) return in_fact("the package has no observed data for it.");
  const last = last_upto(clock.dates, record.last);
  return in_fact(`not known here, as the observed data end on ${day(record.last)}. `,
    last < 0 ? null : h("button", { type: "button", class: "plain", click: () => clock.choose(last) }, "Go to that day"));
}

/** Draws now, and whenever the date or the account of the map changes. account: "base" where the page has none of it. */
function follow_account(story: Story, clock: Clock, state: State, draw: (account: string) => void): void {
  const account = (): string => { const chosen = state.get("account") ?? kBase; return story.is_mapped(chosen) ? chosen : kBase; };
  let drawn = account();
  clock.follow(() => draw((drawn = account())));
  state.follow(() => { if (account() !== drawn) draw((drawn = account())); });
}

/** "By the account “…”"; by: as the word stands in its sentence. */
const by_account = (story: Story, account: string, by = "By"): string => `${by} the account “${story.account_name(account)}”`;

/** How far the land of a side differs between the authors' accounts, which have letters; nothing where fewer than two of them were run. */
function by_authors(story: Story, subject: Actor, date: number): (Node | string)[] {
  const lands = story.mapped.filter((a) => a.letter !== "").map((a) => ({ name: story.account_name(a.id), land: story.land_under(a.id, subject, date).mean })).sort((a, b) => a.land - b.land);
  if (lands.length < 2) return [];
  const [least, most] = [lands[0], lands[lands.length - 1]].map(({ name, land }) => `${percent(land)} by “${name}”`);
  return [h("b", {}, "Depends on: "), "which ", h("a", { href: "#accounts" }, "author's account"), ` the model follows: ${least}, ${most}.`];
}

/** The part of the first screen beside the map: what happens to the side that the questions are about. */
export function subject_view(story: Story, clock: Clock, state: State, subject: Actor): HTMLElement {
  const answer = h("p", { class: "answer" }), fact = h("div", {}), depends = h("p", { class: "fact" }), picture = h("ul", { class: "account-bars one-bar", "aria-label": "Its share of the land" });
  follow_account(story, clock, state, (account) => {
    depends.replaceChildren(...by_authors(story, subject, clock.index));
    const i = clock.index, { date, mean, range, runs } = story.land_under(account, subject, i), side = story.side(subject.id), is_base = account === kBase;
    const base = story.land_under(kBase, subject, date), base_words = `${percent(base.mean)}, ${interval(base.range, percent)} in 90% of the runs`;
    const observed = story.observed_share(subject.id, date);
    answer.replaceChildren(is_base ? "In the model it holds " : `${by_account(story, account)} it holds `, h("b", {}, percent(mean)), ` of the land on ${story.kept_day(account, i)}, on average over ${plural(runs, "run")}.`,
      ` In 90% of the runs it holds ${interval(range, percent)}.`, is_base ? "" : ` The basic model: ${base_words}.`);
    const group = story.group(subject.id), together = group.length > 1 ? story.group_share(subject.id, date) : undefined;
    fact.replaceChildren(fact_on_date(story, clock, observed !== undefined ? [h("b", {}, percent(observed)), `, ${among_runs(observed, range.q05, range.q95)}.`]
      : together !== undefined ? [h("b", {}, percent(together)), ` with ${story.names(group.filter((a) => a !== subject))}: the observed data do not distinguish them.`] : undefined));
    const track = interval_track({ value: mean, low: range.q05, high: range.q95, colour: side.paint.colour, marked: observed === undefined ? [] : [observed] });
    tell_values([{ element: track, lines: [`Land of ${side.name}`, ...(is_base ? [] : [by_account(story, account)]), `${percent(mean)} on average, ${interval(range, percent)} in 90% of the runs`,
      ...(is_base ? [] : [`the basic model: ${base_words}`]), ...(observed === undefined ? [] : [`in fact ${percent(observed)}`])] }]);
    picture.replaceChildren(h("li", {}, track), track_ends("0%", "100% of the land", `On ${story.kept_day(account, i)}. ${line_key(observed !== undefined)}`));
  });
  return h("div", {}, answer, fact, depends, picture);
}

/** Of these sides, who held places in fact: counted by what the observed data distinguish. */
export function held_places(story: Story, rated: Actor[], held: Map<string, number>): string {
  const groups = story.told_apart.filter((group) => group.some((a) => rated.includes(a)));
  const gone = groups.filter(([a]) => !held.has(story.code(a.id)));
  // Else the reader meets two numbers of sides, one below the other.
  const counted = groups.some((group) => group.length > 1) ? `the observed data merge the ${rated.length} sides into ${groups.length} (named below). ` : "";
  const all = counted ? `All ${groups.length}` : `all ${groups.length} of them`, some = `${groups.length - gone.length} of ${groups.length}`;
  return `${counted}${gone.length === 0 ? `${all} held places.`
    : `${some} held places; ${list(gone.slice(0, 3).map((group) => story.names(group)))}${gone.length > 3 ? ` and ${plural(gone.length - 3, "other")}` : ""} held none of the places of the model.`}`;
}

/** The land, in the model and in fact, of sides that the observed data count as one; "" if they count every side alone. */
export function not_told_apart(story: Story, land_of: (a: Actor) => Land): string {
  const groups = story.told_apart.filter((group) => group.length > 1).flatMap((group) => {
    const observed = story.group_share(group[0].id, land_of(group[0]).date), land = group.reduce((sum, a) => sum + land_of(a).mean, 0);
    return observed === undefined ? [] : [`${story.names(group)} (land together ${percent(land)}, in fact ${percent(observed)})`];
  });
  return groups.length === 0 ? "" : `Counted as one side in the observed data: ${groups.join("; ")}.`;
}

/** Who survives to the date shown, and how much land each has. */
function survivors(story: Story, clock: Clock, state: State): HTMLElement {
  const says = h("p", { class: "answer" }), whose = h("p", { class: "note" }), fact = h("div", {}), rows = h("ul", { class: "account-bars front-bars" }), apart = h("p", { class: "note" });
  const rated = story.ground.filter((a) => a.survival_probability !== null);
  follow_account(story, clock, state, (account) => {
    const i = clock.index, is_base = account === kBase;
    const land = new Map(story.ground.map((a) => [a.id, story.land_under(account, a, i)])), land_of = (a: Actor): Land => land.get(a.id) as Land;
    says.replaceChildren(is_base ? "" : `${by_account(story, account)}: `, ...survival_sentence(story, i, account).map((part) => (part.strong ? h("b", {}, part.text) : part.text)));
    whose.textContent = `Land on ${story.kept_day(account, i)}${is_base ? "" : `, ${by_account(story, account, "by")}`}. ${line_key(story.observed(i) !== undefined)}`;
    rows.setAttribute("aria-label", whose.textContent);
    const held = story.observed(i);
    fact.replaceChildren(fact_on_date(story, clock, held && [held_places(story, rated, held)]));
    apart.textContent = not_told_apart(story, land_of);
    apart.hidden = apart.textContent === "";
    const drawn = [...story.ground].sort((a, b) => land_of(b).mean - land_of(a).mean).slice(0, kDrawn).filter((a) => land_of(a).mean > 0);
    const end = Math.max(0.01, ...drawn.flatMap((a) => [land_of(a).mean, land_of(a).range.q95, story.observed_share(a.id, land_of(a).date) ?? 0]));
    const marks: Mark[] = [];
    const with_others = (a: Actor, date: number): HTMLElement | null => {
      const group = story.group(a.id), together = group.length > 1 ? story.group_share(a.id, date) : undefined;
      return together === undefined ? null : h("small", { class: "with-others" }, ` in fact ${percent(together)} with ${plural(group.length - 1, "other")}`);
    };
    rows.replaceChildren(...drawn.map((a) => {
      const side = story.side(a.id), { date, mean, range } = land_of(a), observed = story.observed_share(a.id, date);
      const element = interval_track({ value: mean / end, low: range.q05 / end, high: range.q95 / end, colour: side.paint.colour, marked: observed === undefined ? [] : [observed / end] });
      marks.push({ element, lines: [side.name, ...(is_base ? [] : [by_account(story, account)]), `land ${percent(mean)}, ${interval(range, percent)} in 90% of the runs`, ...(observed === undefined ? [] : [`in fact ${percent(observed)}`])] });
      return h("li", {}, h("span", { class: "who" }, badge(side), h("span", {}, named(story, side))), element,
        h("span", { class: "value" }, percent(mean), observed === undefined ? with_others(a, date) : h("small", {}, ` in fact ${percent(observed)}`)));
    }));
    rows.append(track_ends("0%", percent(end)));
    tell_values(marks);
  });
  const meaning = h("p", { class: "note" }, `${survives_note(story.data)} Each run has its own luck and its own values of uncertain parameters. Land is not area: each place counts by its value in the model. Shown: the sides that hold most.`);
  return h("div", {}, says, fact, whose, rows, ...behind_on_phone("Which sides count together, and more", apart, meaning));
}

/** What the package says that the answer about united enemies depends on, and the way to test it where the page can. */
function depends_on({ data }: Story, { depends_on: words, without }: UnitedMatrix, subject: Actor): (Node | string)[] {
  if (words === "") return ["not examined for this package."];
  const account = data.accounts?.find((a) => a.id === without);
  return has_engine() && account
    ? [words, " ", h("a", { href: what_if_address({ lesson: "", account: without, against: without, set: "", united: `${subject.id}:one_command` }) }, `Run it under “${account.title}”`)] : [words];
}

/** What is known of a side under one command before the last day: by when it had collapsed in half of the runs, or that by this day it had in
 * fewer. */
export function gone_by(date: string, { half_gone, survival }: UnitedActor["of"][number]): string {
  const { date: half } = half_gone;
  if (half === null) return (survival.mean ?? 0) > 0.5 ? ` Under one command it had collapsed by ${day(date)} in fewer than half of the runs.` : "";
  return ` Under one command it had collapsed by ${day(half)} in half of the runs.`;
}

/** What happens to a side whose enemies unite; null where that was not run. */
function unity(story: Story, clock: Clock, state: State, united: UnitedMatrix, subject: Actor): HTMLElement | null {
  const { end } = story.data, of = united.actors.find((a) => a.id === subject.id)?.of;
  if (!of || of.length < 2) return null;
  const first = of[0], last = of[of.length - 1], doubt = (x: { low: number | null; high: number | null }): string => `${percent(x.low)} to ${percent(x.high)}`;
  const sure = is_certain_change(last.survival) || is_certain_change(last.value);
  const seen = last_upto(clock.dates, story.data.record?.last ?? ""), observed = seen < 0 ? undefined : story.observed_share(subject.id, seen);
  const model = h("span", {}), last_observed = story.data.record?.last ?? end, earlier = last_observed < end ? last_observed : undefined;
  follow_account(story, clock, state, (account) => { model.textContent = account === kBase ? "In the model" : "In the basic model"; });
  return h("div", {},
    earlier ? h("p", { class: "note" }, h("b", {}, `For ${day(end)}`), `, as these runs keep land of that day only; observed data end on ${day(earlier)}.${gone_by(earlier, last)}`) : null,
    h("p", { class: "answer" }, model, ", with all of them under one command", united.from ? ` from ${day(united.from)} on` : "", ", it survives to ", `${day(end)} in `, h("b", {}, of_runs(last.survival.mean, united.runs)),
      `; if they stay divided, in ${of_runs(first.survival.mean, united.runs)}. It holds `, h("b", {}, percent(last.value.mean)), ` of the land that day, on average over all runs, instead of ${percent(first.value.mean)}.`),
    h("p", { class: "note" }, `${plural(united.runs, "run")} each; 95% intervals under one command: survives in ${doubt(last.survival)} of the runs, land ${doubt(last.value)}. ${kInterval} `,
      earlier ? "" : `This answer is always of ${day(end)}. `, united.runs === story.data.runs ? "" : "It is from other runs than the answers above. ",
      sure ? "" : "The difference may be chance."),
    h("p", { class: "fact" }, h("b", {}, "Depends on: "), ...depends_on(story, united, subject)),
    in_fact("they did not unite, so no observed data can test this answer.", observed === undefined ? "" : ` Against divided enemies it held ${percent(observed)} of the land ${clock.dates[seen] < end ? "earlier, " : ""}on ${day(clock.dates[seen])}.`));
}

/** What people ask of survival: the first answer of a page, or beside the map under a head of its own. */
export const kSurvivors = "Who survives?";
export const survivors_view = (story: Story, clock: Clock, state: State): HTMLElement => h("div", { class: "front" }, survivors(story, clock, state));
export const survivors_beside = (story: Story, clock: Clock, state: State): HTMLElement => {
  const view = survivors_view(story, clock, state);
  view.prepend(h("h3", {}, kSurvivors));
  return view;
};

/** All that the page says of united enemies: of the side that its questions are about, then folded of every side. ask: the way to run it
 * with another choice; basic: what stands above numbers of the basic model. */
export function united_section(story: Story, clock: Clock, state: State, united: UnitedMatrix, ask: HTMLElement | null, basic: HTMLElement): Section {
  const subject = subject_of(story), of_subject = subject ? unity(story, clock, state, united, subject) : null;
  const sentence = h("p", { class: "answer" }, ...quarrels_sentence(story, united).map((part) => (part.strong ? h("b", {}, part.text) : part.text)));
  return {
    id: "quarrels", short: "If united", title: of_subject ? "What if its enemies had united?" : "What if enemies had united?",
    view: h("div", { class: "united-answer" }, of_subject ?? sentence, ask,
      h("details", { class: "fold every-side" }, h("summary", {}, h("span", {}, "Every side, and each way in which its enemies could unite")), basic, of_subject && sentence, quarrels_view(story, united))),
  };
}
