// The page of `truel compare`: both sides on one axis, differences of pairs of runs, and where the maps differ.
import { kIssueOutcome } from "../catalogue";
import { choice, h } from "../dom";
import { tools } from "../figure";
import { capital, day, exact, plural, sentence } from "../format";
import { change, change_range, is_certain, is_share, kKinds, level } from "../outcomes";
import type { ComparedKind } from "../catalogue";
import type { ComparedOutcome, ComparedShare } from "../outcomes";
import type { Side, Story } from "../data";
import { badge } from "../paint";
import type { Analysis } from "../report";
import { facts_list, land_in_fact, links_to, section } from "../section";
import type { Section } from "../section";
import { State } from "../state";
import { analysis_view } from "../views/analysis";
import { interval_track, tell_values } from "../views/bars";
import type { Mark } from "../views/bars";
import { difference_map, places_table } from "../views/difference";
import { map_picture } from "../views/map";
import { story_of } from "../war";
import type { WarPage } from "../war";

export interface ComparisonPage extends WarPage {
  start: string; end: string; analysis?: Analysis; fork: string | null; answer: string; without?: string;
  sides: { name: string; title: string; accounts: string[]; settings: string[]; failed_runs: number }[];
  fact: string; deadly: string[];  // who held the land in fact; of sides in which too many die
  until_sure?: { words: string };  // of pairs that were added until differences were sure
  outcomes: ComparedOutcome[]; places: Record<string, ComparedShare>[];
}

/** Rows of a kind that some pair changes, the greatest change first. The actor that a side is without is no news. */
export function rows_of_kind(data: ComparisonPage, kind: ComparedKind): ComparedOutcome[] {
  return data.outcomes.filter((r) => r.kind === kind && r.changed_pairs > 0 && (r.actor === undefined || r.actor !== data.without))
    .sort((x, y) => Math.abs(y.difference) - Math.abs(x.difference));
}

function name_of(story: Story, row: ComparedOutcome): string {
  const issue = row.issue?.replaceAll("_", " ");
  if (row.actor === undefined) return issue ?? (row.kind === "harm" ? "All" : row.outcome);
  return story.side(row.actor).name + (row.kind === "distance" && issue ? `, ${issue}` : "");
}

const kNames = ["A", "B"] as const;

function outcomes_view(data: ComparisonPage, story: Story, state: State): HTMLElement {
  const kinds = kKinds.filter(([kind]) => rows_of_kind(data, kind).length > 0);
  if (kinds.length === 0) return h("p", {}, "No outcome differs in any pair of runs.");
  const kind = (): ComparedKind => kinds.find(([k]) => k === state.get("outcome"))?.[0] ?? kinds[0][0];
  const note = h("p", { class: "note", "aria-live": "polite" });
  const frame = h("div", {});
  const draw = (): void => {
    const of = kind(), rows = rows_of_kind(data, of);
    const levels = rows.flatMap((r) => [r.a, r.b, ...r.a_interval, ...r.b_interval]).filter((x): x is number => x !== null);
    const least = of === "metric" || of === kIssueOutcome ? Math.min(...levels) : 0, greatest = is_share(of) ? Math.min(1, Math.max(...levels) * 1.05) : Math.max(...levels);
    const at = (x: number): string => `${((100 * (Math.max(least, Math.min(greatest, x)) - least)) / (greatest - least || 1)).toFixed(2)}%`;
    const reach = Math.max(...rows.flatMap((r) => [r.difference, r.low ?? 0, r.high ?? 0].map(Math.abs)), Number.MIN_VALUE);
    const apart = (x: number | null): number | null => (x === null ? null : 0.5 + (0.5 * x) / reach);
    const marks: Mark[] = [];
    note.textContent = `${kKinds.find(([k]) => k === of)?.[2] ?? ""}: mean and its 95% interval. Left: both sides on one axis, from ${level(of, least)} to ${level(of, greatest)}. `
      + `Right: B less A, pair by pair; the line is no difference, the axis reaches ${change(of, reach).replace(/^[+−]/, "")} either way. Bold: the interval excludes zero; of a hundred rows without any difference about five would.`;
    frame.replaceChildren(h("ul", { class: "pairs" }, ...rows.map((r) => {
      const colour = r.actor === undefined ? "background:var(--ink)" : `background:${story.side(r.actor).paint.colour}`;
      const bar = (x: number, [low, high]: [number | null, number | null], which: 0 | 1): HTMLElement[] => [
        ...(low !== null && high !== null ? [h("i", { class: `of-${kNames[which]}`, style: `left:${at(low)};right:calc(100% - ${at(high)});${colour}` })] : []),
        h("b", { class: `of-${kNames[which]}`, style: `left:${at(x)};${which === 0 ? colour.replace("background", "border-color") : colour}` })];
      const name = name_of(story, r), both = h("span", { class: "track" }, ...bar(r.a, r.a_interval, 0), ...bar(r.b, r.b_interval, 1));
      const between = interval_track({ value: apart(r.difference), low: apart(r.low), high: apart(r.high), colour: "var(--accent)", marked: [0.5] });
      const range = ([low, high]: [number | null, number | null]): string => (low === null || high === null ? "" : ` (${level(of, low)} to ${level(of, high)})`);
      marks.push({ element: both, lines: [name, `A ${level(of, r.a)}${range(r.a_interval)}`, `B ${level(of, r.b)}${range(r.b_interval)}`] },
        { element: between, lines: [name, `B less A: ${change(of, r.difference)}`, `95% interval: ${change_range(of, r.low, r.high)}`] });
      return h("li", { class: is_certain(r.low, r.high) ? "certain" : "" },
        h("span", { class: "who" }, r.actor === undefined ? null : badge(story.side(r.actor)), h("span", {}, name)), both,
        h("span", { class: "levels" }, h("span", {}, h("small", {}, "A "), level(of, r.a)), h("span", {}, h("small", {}, "B "), level(of, r.b))),
        between,
        h("span", { class: "value" }, change(of, r.difference), h("small", {}, ` ${change_range(of, r.low, r.high)}; differs in ${r.changed_pairs} of ${plural(r.pairs, "pair")}`)));
    })));
    tell_values(marks);
  };
  const ways = choice<ComparedKind>("Outcome", kinds.map(([k, title]) => [k, title]), kind(), (k) => state.set("outcome", k === kinds[0][0] ? "" : k));
  let drawn: ComparedKind | undefined;
  state.follow(() => {
    if (kind() === drawn) return;
    drawn = kind();
    draw();
    for (const input of ways.querySelectorAll("input")) input.checked = input.value === drawn;
  });
  return h("div", {}, h("div", { class: "controls" }, ways), note, frame, tools({
    name: "differences", title: "Outcomes of both sides", data: story.data, about: () => `${sides_of(data)} ${note.textContent}`, picture: () => frame,
    table: () => ({
      heads: ["outcome", "actor", "a", "a_low", "a_high", "b", "b_low", "b_high", "difference", "low", "high", "pairs", "changed_pairs"],
      rows: rows_of_kind(data, kind()).map((r) => [r.outcome, r.actor ?? null, r.a, ...r.a_interval, r.b, ...r.b_interval, r.difference, r.low, r.high, r.pairs, r.changed_pairs]),
    }),
  }));
}

/** What A and B stand for. */
const sides_of = (data: ComparisonPage): string => data.sides.map((side, i) => `${kNames[i]}: ${side.title}.`).join(" ");

function map_section(data: ComparisonPage, story: Story, state: State): HTMLElement {
  const places = data.war.places;
  const holders = (which: 0 | 1) => (i: number): { side: Side; p: number }[] =>
    Object.entries(data.places[i]).map(([id, share]) => ({ side: story.side(id), p: share[which] })).filter((x) => x.p >= 0.005);
  const one = (which: 0 | 1): HTMLElement => map_picture(story, 560, {
    holders: holders(which), on_choose: (i) => state.go("", { place: places[i].id }), has_names: true,
    label: `Who holds what on ${day(data.end)}, side ${kNames[which]}`, title: `${kNames[which]}: ${data.sides[which].title}`,
  }).node;
  const both = h("div", { class: "both-maps" }, one(0), one(1));
  const apart = difference_map(story, state, { names: [...kNames], under: ["under A", "under B"], title: `Where B differs from A on ${day(data.end)}`, day: day(data.end), about: sides_of(data) });
  apart.show(data.places);
  return h("div", {}, apart.node, both,
    tools({ name: "maps", title: "Who holds what, on both sides", data: story.data, about: () => `${sides_of(data)} ${day(data.end)}.`, picture: () => both, table: () => places_table(story, data.places) }));
}

function side_card(data: ComparisonPage, which: 0 | 1): HTMLElement {
  const side = data.sides[which];
  const titles = side.accounts.map((id) => data.war.accounts.find((a) => a.id === id)?.title ?? id);
  return h("article", { class: "account" }, h("h3", {}, `${kNames[which]}: ${titles.length > 0 ? titles.join("; ") : "The basic model"}`),
    data.without !== undefined && which === 1 ? h("p", {}, `Without ${data.war.actors.find((a) => a.id === data.without)?.name ?? data.without}`) : null,
    side.settings.length > 0 ? h("ul", { class: "limits" }, ...side.settings.map((text) => h("li", {}, h("code", {}, text)))) : null,
    side.failed_runs > 0 ? h("p", { class: "warning" }, `${plural(side.failed_runs, "run")} failed; their pairs are left out.`) : null);
}

export function comparison_page(data: ComparisonPage): { story: Story; name: string; nodes: Node[] } {
  const story = story_of(data, data.start, data.end);
  const state = new State();
  const sections: Section[] = [
    { id: "outcomes", short: "Outcomes", title: "What differs", view: outcomes_view(data, story, state) },
    { id: "map", short: "Map", title: "Where it differs", view: map_section(data, story, state) },
    { id: "provenance", short: "Provenance", title: "How this was made", says: "The same package, seed and version give the same numbers again. A pair are two runs with the same draws and the same chance, one of each side.",
      view: h("div", {}, facts_list([["Package", data.package], ["Command", data.command], ["Period", `${day(data.start)} to ${day(data.end)}`], ["Pairs of runs", exact(data.runs)], ["Seed", String(data.seed)], ["Solver", data.solver], ["Version", `truel ${data.version}`]]),
        data.analysis ? analysis_view(data.analysis, data.start, (id) => [...data.war.places, ...data.war.actors].find((x) => x.id === id)?.name ?? id) : null) },
  ];
  return { story, name: "comparison", nodes: [
    h("header", {}, h("p", { class: "brand" }, h("b", {}, "truel compare"), ` ${plural(data.runs, "pair")} of runs of ${data.package}`), h("h1", {}, data.title),
      h("p", { class: "answer" }, capital(sentence(data.answer))),
      ...data.deadly.map((text) => h("p", { class: "warning" }, sentence(text))),
      land_in_fact(data.fact, data.end),
      data.until_sure ? h("p", {}, sentence(data.until_sure.words)) : null,
      data.fork !== null && data.fork > data.start ? h("p", { class: "caveat" }, `Until ${day(data.fork)} both sides are the same in every run.`) : null,
      h("div", { class: "two-sides" }, side_card(data, 0), side_card(data, 1))),
    links_to(sections), h("main", {}, ...sections.map(section))] };
}
