// The page: reads the data in it and shows the report, the scores or the comparison that they are.
import { kIssueOutcome } from "./catalogue";
import { Clock, follow_date } from "./clock";
import { Story } from "./data";
import { h, rows_in, unfold } from "./dom";
import { editor_page, parse_editor } from "./editor/page";
import { capital, day, exact, percent, plural, sentence, with_article } from "./format";
import { kQuestion, lesson_choices, lessons_of, shown_of } from "./lessons";
import { accounts_gist, events_gist, evidence_gist, falls_gist, fights_gist, issues_gist, limits_gist, priorities_gist, provenance_gist, questions_gist, regions_gist, strength_gist, survival_gist,
  territory_gist, track_gist } from "./gist";
import { load_land } from "./ground";
import { accounts_in_fact, collapses_in_fact, fights_in_fact, sides_in_fact } from "./happened";
import { further_facts, survives_note } from "./headline";
import { comparison_page } from "./pages/comparison";
import type { ComparisonPage } from "./pages/comparison";
import { scores_page } from "./pages/scores";
import type { ScoresPage } from "./pages/scores";
import { apply_paints } from "./paint";
import { kind_of, parse_report } from "./report";
import type { Kind, Report } from "./report";
import { basic_note, build_the_rest, fact_line, facts_list, forget_the_rest, links_to, of_basic, open_for_print, section } from "./section";
import type { Section } from "./section";
import { State, read_address } from "./state";
import { analysis_view } from "./views/analysis";
import { about_dialog } from "./views/about";
import { accounts_view } from "./views/accounts";
import { events_view } from "./views/events";
import { evidence_view, source_list } from "./views/evidence";
import { kSurvivors, subject_of, subject_view, survivors_beside, survivors_view, united_section } from "./views/front";
import { fights_view } from "./views/fights";
import { lessons_view } from "./views/lessons";
import { map_view } from "./views/map";
import { priorities_view } from "./views/priorities";
import { regions_view } from "./views/regions";
import { search_field } from "./views/search";
import { strength_view, territory_view } from "./views/series";
import { issues_view } from "./views/issues";
import { questions_of, story_view } from "./views/story";
import { falls_view, survival_table } from "./views/survival";
import { timebar } from "./views/timebar";
import { track_view, trust_line } from "./views/track";
import { parse_war_page } from "./war";
import { keep_ready } from "./what_if/ahead";
import { parse_what_if } from "./what_if/data";
import type { Base } from "./what_if/data";
import { engine_licences, start_engine } from "./what_if/engine";
import { asks, ask_box, ask_line, follow_mode, has_engine, report_head, unite_link, what_if_address } from "./what_if/mode";
import { what_if_page } from "./what_if/page";
import type { Asker } from "./what_if/asker";
import { served_head, server_asker } from "./what_if/server";
import type { ServerInfo } from "./what_if/server";

function provenance(data: Report): HTMLElement {
  const facts: [string, string][] = [
    ["Package", data.package],
    ["Account", data.account ?? "none (the basic model)"],
    ["Period", `${day(data.start)} to ${day(data.end)}`],
    ["Runs", `${exact(data.runs)}${data.failed_runs > 0 ? `, of which ${exact(data.failed_runs)} failed` : ", none failed"}`],
    ["Seed", String(data.seed)],
    ["Solver", data.solver],
    ["Version", `truel ${data.truel}`],
  ];
  return facts_list(facts);
}

/** The licences of what others made and is in this file, read when they are asked for. */
function licences(): HTMLElement {
  const text = h("pre", { tabindex: 0 });
  const all = h("details", { class: "licences" }, h("summary", {}, "Licences of the software in this file"), text);
  all.addEventListener("toggle", () => {
    text.textContent = JSON.parse(document.getElementById("notices")?.textContent ?? '""') as string;
    if (has_engine()) void engine_licences().then((more) => { text.textContent += `\n${"-".repeat(80)}\n\nLinked into the engine:\n\n${more}`; });
  }, { once: true });
  return all;
}

function about(data: Report): HTMLElement {
  const unanswered = data.questions.filter((q) => q.form === undefined);
  return h("details", { class: "about" }, h("summary", {}, "About this scenario"),
    ...data.description.split(/\n\s*\n/).map((paragraph) => h("p", {}, paragraph)),
    unanswered.length > 0 ? h("ul", {}, ...unanswered.map((q) => h("li", {}, q.words))) : null);
}

function header(story: Story): HTMLElement {
  const { data } = story;
  const account = data.account ? `, under the explanation (account) “${data.account_titles.join("” and “")}”` : "";
  const are = data.failed_runs === 1 ? "is" : "are";
  const failed = `${plural(data.failed_runs, "run")} failed and ${are} not in these numbers.`;
  const partial = `This is a part of an ensemble that was interrupted: ${exact(data.runs + data.failed_runs)} of `
    + `${exact(data.runs_wanted ?? 0)} runs were done. Which ones were done depends on the moment.`;
  return h("header", {},
    h("p", { class: "brand" }, h("b", {}, "truel"), ` A simulated war: ${plural(data.runs, "run")} from ${day(data.start)} to ${day(data.end)}${account}`),
    h("h1", {}, data.title),
    data.runs_wanted !== null ? h("p", { class: "warning" }, partial) : null,
    data.failed_runs > 0 ? h("p", { class: "warning" }, failed) : null,
    data.deadly ? h("p", { class: "warning" }, sentence(data.deadly)) : null);
}

const kFalls = "Who collapses first";
const kFallsNote = "First those that collapse in most runs, by date; then the others, likeliest first. The dot is the median date of collapse, the bar holds 90% of the collapses.";

/** Whether some side collapses in most runs; else collapses are no section of their own. */
const collapses = ({ falls }: Report): boolean => falls.some((f) => f.probability >= 0.5);

/** What becomes of each side, and what else a reader wants first. */
function summary_of(story: Story): HTMLElement {
  const { data } = story, is_any = data.falls.some((f) => f.probability > 0 && f.median_date !== null);
  return h("div", {},
    h("dl", { class: "first-facts" }, ...further_facts(story).map((f) =>
      h("div", {}, h("dt", {}, f.name), h("dd", {}, h("b", {}, f.value), " ", h("small", {}, f.note))))),
    survival_table(story),
    collapses(data) ? null : h("div", { id: "falls" }, h("h3", {}, kFalls), h("p", {}, falls_gist(story)), fact_line(collapses_in_fact(story)),
      is_any ? h("div", {}, h("p", { class: "note" }, kFallsNote), falls_view(story)) : null));
}

/** How the games of commands that answer each other ended; "" where there are none. */
function games_sentence({ decisions: d }: Report): string {
  return d ? ` Commands with the doctrine best-response answered each other instead: in ${percent(d.converged)} of their games `
    + `nobody gained by changing in the end, in ${percent(d.cycles)} the answers went round.` : "";
}

/** The side whose enemies the question of united enemies is about, else the strongest; nothing in a war of two sides, whose enemy stands alone. */
function united_subject(story: Story): { id: string; name: string } | undefined {
  const id = story.ground.length > 2 ? subject_of(story)?.id ?? story.ground[0].id : undefined;
  return id === undefined ? undefined : { id, name: with_article(story.side(id).name) };
}

function page(story: Story, state: State): Node[] {
  const { data } = story;
  const clock = new Clock(data.dates, data.record?.last);
  follow_date(clock, state);
  const asked = questions_of(story), subject = subject_of(story), basic = (): HTMLElement => basic_note(story, state), gist = (text: string): HTMLElement => of_basic(story, state, text);
  const has_united = (data.united?.actors.length ?? 0) > 0, course: Section[] = [];
  const { record, accounts, regions } = data, issues = data[kIssueOutcome];
  if (record) {
    course.push({
      id: "track", note: basic(), short: "Track record", title: "Track record", gist: gist(track_gist(record)), view: () => track_view(story, record, clock, state),
      says: "Who held what in fact, against the model's probabilities and against a no-change forecast. Of the observed data after the "
        + "first day the model uses only the dated events listed below.",
    });
  }
  if (accounts && accounts.length > 0) {
    course.push({
      id: "accounts", short: "Accounts", title: "The same war, by each account", gist: accounts_gist(story, accounts), fact: accounts_in_fact(story), view: () => accounts_view(story, accounts, clock, state),
      says: "An account is one author's explanation of the war, written as changes to its parameters in the basic model; a few ask instead what would have been. All are run "
        + "with the same random numbers. An account repeats what its author says or passes on; being here does not make it true.",
    });
  }
  course.push(
    {
      id: "strength", note: basic(), short: "Strength", title: "Strength over time", gist: gist(strength_gist(story)), view: () => strength_view(story, clock, state),
      says: `Fighters on average over the runs; the band holds 90% of the runs of one side. Press a name to draw it or leave it out.${record ? " Open: nobody counted fighters." : ""}`,
    },
    {
      id: "territory", note: basic(), short: "Land", title: "Land over time", gist: gist(territory_gist(story)), view: () => territory_view(story, clock, state),
      says: `Each side's share of the land, on average over the runs; each place counts by its value in the model. Left blank: held by nobody.${record ? ` In fact: dashed lines, named by signs at the end; circles where lines are drawn.${story.told_apart.some((group) => group.length > 1)
        ? " Sides that the observed data merge stand next to each other and share one dashed line." : ""}` : ""}`,
    },
    {
      id: "fights", note: basic(), short: "Fights", title: "Who fights whom", gist: gist(fights_gist(story)), fact: fights_in_fact(story), view: () => fights_view(story, clock, state),
      says: record?.deaths?.length ? "The observed data count the deaths in the fights of two sides, not who killed whom. How good forecasts of them are stands in the track record." : "",
    },
    {
      id: "priorities", note: basic(), short: "Priorities", title: "Whom to fight first, and why", gist: gist(priorities_gist(story)), view: () => priorities_view(story, clock, state),
      says: "Each command gives every enemy a score, by how near, weak or well backed it is and the like, and divides its effort by the scores. Averages over those runs whose every day was stored."
        + games_sentence(data),
    },
  );
  if (data.events && data.events.length > 0) {
    course.push({
      id: "events", short: "Events", title: "Events with a date", gist: events_gist(data.events), view: () => events_view(story, clock),
      says: "Dated changes that the package makes, and what each rests on. The triangles under the charts are these days.",
    });
  }
  const outcome: Section[] = [
    {
      id: "survival", note: basic(), short: "Sides", title: `Each side on ${day(data.end)}`, gist: gist(survival_gist(story)), fact: sides_in_fact(story), view: () => summary_of(story),
      says: survives_note(data),
    },
  ];
  if (collapses(data)) {
    outcome.push({ id: "falls", note: basic(), short: "Collapses", title: kFalls, gist: gist(falls_gist(story)), fact: collapses_in_fact(story), view: () => falls_view(story), says: kFallsNote });
  }
  if (regions) {
    outcome.push({
      id: "regions", note: basic(), short: "Regions", title: "Who wins from which division", gist: gist(regions_gist(story, regions)), view: () => regions_view(story, regions),
      says: "The first-day force of the three sides, divided among them in every way; each division is one war in the mean "
        + "field, with all uncertain parameters at their medians. A side wins if no other has a fighter left on the ground.",
    });
  }
  if (issues) {
    outcome.push({
      id: kIssueOutcome, note: basic(), short: capital(kIssueOutcome), title: "What talks would give", gist: gist(issues_gist(issues)), view: () => issues_view(story, issues),
      says: `The ${kIssueOutcome} that the model of talks predicts on ${day(data.end)}, from the actors' positions and what they hold then: `
        + "averages over the runs, ± one Monte Carlo standard error. Nothing in the war follows from it.",
    });
  }
  const lessons = lessons_of(data.package, (path) => data.numbers.some((n) => n.path === path), (id) => has_engine() || story.is_mapped(id) || has_united);
  if (lessons.length > 0) {
    outcome.push({
      id: "lessons", short: "For a class", title: "Questions for a class", gist: "Each changes one thing in the war, and asks for a guess first.", view: () => lessons_view(lessons, (lesson) => (has_engine() ? { text: "Guess, then see", href: what_if_address(lesson_choices(lesson), kQuestion) } : shown_of(lesson, (id) => story.is_mapped(id)))),
      says: has_engine() ? "Each asks for your guess, then changes the war and runs it again, here in this file." : `The page that truel serve scenarios/${data.package} opens asks for your guess, changes the parameter and runs the war again. This report shows what it has of each.`,
    });
  }
  const grounds: Section[] = [
    {
      id: "evidence", short: "Evidence", title: "What the parameters rest on", gist: evidence_gist(data), view: () => h("div", {}, evidence_view(story, state), source_list(story)),
      says: "First comes what sources dispute and what many parameters rest on. Each statement is that of the source named with it, in the words "
        + "of the scenario's author. Of places, roads and support, only the uncertain parameters are listed.",
    },
    {
      id: "limits", short: "Limits", title: "What the model leaves out",
gist: limits_gist(data.not_modelled),
      view: h("div", {}, ...rows_in(h("ul", { class: "limits" }), data.not_modelled.map((text) => h("li", {}, text)), 3)),
    },
    {
      id: "provenance", short: "Provenance", title: "How this was made", gist: provenance_gist(data), view: h("div", {}, provenance(data), data.analysis ? analysis_view(data.analysis, data.start, (id) => [...data.places, ...data.actors].find((x) => x.id === id)?.name ?? id) : null, licences()),
      says: "The same package, seed and version give the same numbers again.",
    },
  ];
  const more = "Questions to the model";
  const beside = h("div", { class: "beside" }), after = h("div", { class: "after-map" });
  const answers: Section = subject
    ? { id: "answers", short: "Answers", title: `What happens to ${with_article(story.side(subject.id).name)}?`, view: subject_view(story, clock, state, subject) }
    : { id: "answers", short: "Answers", title: kSurvivors, view: survivors_view(story, clock, state) };
  const map: Section = { id: "map", short: "Map", title: "Who holds what", view: map_view(story, clock, state, beside) };
  if (asked.length > 0) course.unshift({ id: "more-answers", short: "Questions", title: more, gist: questions_gist(data, asked.length), view: () => story_view(story, "more-answers", more, asked) });
  const whose = has_engine() ? united_subject(story) : undefined;
  const together = data.united && has_united ? [united_section(story, clock, state, data.united, whose ? h("p", { class: "note" }, unite_link(data, state, whose.id, "Run it again here, with another way to unite or from a later day")) : null, basic())] : [];
  const all = [answers, ...together, map, ...course, ...outcome, ...grounds];
  // The first answer, how good the model is, what else people ask first, and on a phone the map after that.
  beside.append(h("div", {}, ...(subject ? [survivors_beside(story, clock, state)] : []), ...together.map(section)));
  after.append(...(has_engine() ? [ask_box(data, lessons.length > 0, has_united ? undefined : whose, state)] : []), about(data));
  return [
    header(story),
    links_to(all, search_field(story, state, all)),
    h("main", {},
      h("div", { class: "timed" },
        h("div", { class: "first-screen" }, section(answers), trust_line(story), has_engine() && ask_line(data, state), beside, section(map), after),
        ...[...course, ...outcome, ...grounds].map(section), timebar(clock, data.events, data.record?.last))),
    about_dialog(story, clock, state),
  ];
}

/** The page of scores or of a comparison. */
async function read_page(kind: Kind, text: string): Promise<{ story: Story; name: string; nodes: Node[] }> {
  const data = parse_war_page(text);
  await load_land(data.war.places, data.war.ground);
  return kind === "scores" ? scores_page(data as ScoresPage) : comparison_page(data as ComparisonPage);
}

/** Puts a page into the document, first what the first screen shows, and goes to the section that the address names. Whether it is still
 * there when all of it is built. */
async function put(root: HTMLElement, { story, name, nodes }: { story: Story; name: string; nodes: Node[] }): Promise<boolean> {
  document.title = `${story.data.title} – truel ${name}`;
  apply_paints(story.paints);
  root.replaceChildren(...nodes);
  const show_section = (): void => {
    const { section } = read_address(window.location.hash);
    const target = section ? document.getElementById(section) : null;
    if (target) unfold(target);
    target?.scrollIntoView({ behavior: "instant" });
  };
  show_section();
  await new Promise((done) => { requestAnimationFrame(() => window.setTimeout(done)); });
  performance.mark("first-screen");
  await build_the_rest();
  if (!nodes[0].isConnected) return false;
  if (window.scrollY > 0 || read_address(window.location.hash).section) show_section();
  return true;
}

/** The page that answers. text: what the engine says of the war. */
async function show_what_if(root: HTMLElement, text: string, asker: Asker, head: Node[], state: State, base: Base = []): Promise<boolean> {
  const war = parse_what_if(text);
  await load_land(war.places, war.ground);
  return !state.over.aborted && put(root, { ...what_if_page(war, asker, head, state, base), name: "what if" });
}

/** A report, or where its address says so the page that answers; each takes the place of the other when the address changes. Whether it
 * is the one that is shown in the end. */
async function show_report(root: HTMLElement, report: Report): Promise<boolean> {
  const state = new State();
  forget_the_rest();
  delete root.dataset.ready;
  if (has_engine()) {
    follow_mode(state, () => {
      window.scrollTo({ top: 0, behavior: "instant" });  // else the other one is shown as far down as this one was
      void shown_in(root, show_report(root, report)).then(() => { root.focus({ preventScroll: true }); });
    });
  }
  if (has_engine() && asks(read_address(window.location.hash))) {
    root.replaceChildren(h("p", { class: "note", role: "status" }, "Starting the engine …"));
    const engine = await start_engine(report.package), war = await engine.war;
    return !state.over.aborted && show_what_if(root, war, engine, report_head(), state, report.settings);
  }
  const story = new Story(report), land = load_land(story.data.places, story.data.ground);
  const nodes = page(story, state);  // its maps are drawn once their width is known
  await land;
  if (state.over.aborted || !await put(root, { story, name: "report", nodes })) return false;
  if (has_engine()) keep_ready(report, state);
  return true;
}

async function show(root: HTMLElement, text: string): Promise<boolean> {
  const kind = kind_of(text);
  if (kind === "report") return show_report(root, parse_report(text));
  if (kind === "what-if") {
    const served = JSON.parse(text) as ServerInfo;
    return show_what_if(root, text, server_asker(served.number), served_head(served), new State());
  }
  if (kind !== "editor") return put(root, await read_page(kind, text));
  document.title = "A war of your own – truel";
  await load_land();
  root.replaceChildren(...editor_page(parse_editor(text)));
  return true;
}

/** Marks the page as ready once it is shown, and shows what went wrong in its place. */
async function shown_in(root: HTMLElement, showing: Promise<boolean>): Promise<void> {
  try {
    if (await showing) root.dataset.ready = "";
  } catch (error) {
    root.replaceChildren(h("p", { class: "failure", role: "alert" }, error instanceof Error ? error.message : String(error)));
    if (!(error instanceof Error) || error.name !== "Error") throw error;  // ours to correct, not the reader's
  }
}

open_for_print();
const root = document.getElementById("page") as HTMLElement;
await shown_in(root, show(root, document.getElementById("truel-data")?.textContent ?? ""));
