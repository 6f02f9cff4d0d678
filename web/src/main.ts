// The page of a report: reads the data in it and puts the views in order.
import { Clock } from "./clock";
import { Story, parse_report } from "./data";
import type { Report } from "./data";
import { h } from "./dom";
import { day, exact, plural } from "./format";
import { caveat, further_facts, survival_sentence } from "./headline";
import { apply_paints } from "./paint";
import { evidence_view, source_list } from "./views/evidence";
import { fights_view } from "./views/fights";
import { map_view } from "./views/map";
import { priorities_view } from "./views/priorities";
import { strength_view, territory_view } from "./views/series";
import { falls_view, survival_table } from "./views/survival";
import { timebar } from "./views/timebar";

/** A section of the page; `short` names it in the bar of links. */
interface Section { id: string; short: string; title: string; says: string; view: Node | null }

const section = ({ id, title, says, view }: Section): HTMLElement =>
  h("section", { id, "aria-labelledby": `${id}-title` }, h("h2", { id: `${id}-title` }, title), says ? h("p", { class: "says" }, says) : null, view);

function provenance(data: Report): HTMLElement {
  const facts: [string, string][] = [
    ["Package", data.package], ["Account", data.account ?? "none (the base scenario)"], ["Period", `${day(data.start)} to ${day(data.end)}`],
    ["Runs", `${exact(data.runs)}${data.failed_runs > 0 ? `, of which ${exact(data.failed_runs)} failed` : ", none failed"}`],
    ["Seed", String(data.seed)], ["Solver", data.solver], ["Version", `truel ${data.truel}`],
  ];
  return h("dl", { class: "facts" }, ...facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}

function page(story: Story): Node[] {
  const { data } = story;
  const clock = new Clock(data.dates);
  const timed: Section[] = [
    { id: "map", short: "Map", title: "Who holds what", says: "", view: map_view(story, clock) },
    { id: "strength", short: "Strength", title: "Strength over time", says: "Fighters: the mean of all runs, and the band that nine runs of ten stay in. Press a name to draw it or leave it out.", view: strength_view(story, clock) },
    { id: "territory", short: "Territory", title: "Share of the map", says: "What each side holds of the value of all places, in the mean of the runs. Left blank: held by nobody.", view: territory_view(story, clock) },
    { id: "fights", short: "Fights", title: "Who fights whom", says: "", view: fights_view(story, clock) },
    { id: "priorities", short: "Priorities", title: "Whom to fight first, and why", says: "A command scores every enemy by features and divides its effort by the scores.", view: priorities_view(story, clock) },
  ];
  const before: Section[] = [
    { id: "survival", short: "Survival", title: "Who survives", says: "A side survives if it still holds a place on the last day, or still fields a good part of its first-day fighters.", view: survival_table(story) },
    { id: "falls", short: "Falls", title: "Who falls first", says: "First those that collapse in most runs, by date; then the others, likeliest first. The dot is the middle date of collapse, the bar holds nine collapses of ten.", view: falls_view(story) },
  ];
  const after: Section[] = [
    { id: "evidence", short: "Evidence", title: "What the numbers rest on", says: "Statements are the sources' and are attributed to them; their wording here is the scenario author's.", view: h("div", {}, evidence_view(story), source_list(story)) },
    { id: "limits", short: "Limits", title: "What the model leaves out", says: "", view: h("ul", { class: "limits" }, ...data.not_modelled.map((text) => h("li", {}, text))) },
    { id: "provenance", short: "Provenance", title: "How this was made", says: "The same package, seed and version give the same numbers again.", view: provenance(data) },
  ];
  const all = [...before, ...timed, ...after];
  return [
    h("header", {},
      h("p", { class: "brand" }, h("b", {}, "truel"), ` ${plural(data.runs, "run")} of ${data.package}${data.account ? `, account ${data.account}` : ""}`),
      h("h1", {}, data.title),
      h("p", { class: "answer" }, ...survival_sentence(story).map((part) => (part.strong ? h("b", {}, part.text) : part.text))),
      h("dl", { class: "first-facts" }, ...further_facts(story).map((f) => h("div", {}, h("dt", {}, f.name), h("dd", {}, h("b", {}, f.value), " ", h("small", {}, f.note))))),
      data.failed_runs > 0 ? h("p", { class: "warning" }, `${plural(data.failed_runs, "run")} failed and ${data.failed_runs === 1 ? "is" : "are"} not in these numbers.`) : null,
      h("p", { class: "caveat" }, caveat(data)),
      h("details", { class: "about" }, h("summary", {}, "About this scenario"), h("p", {}, data.description), data.questions.length > 0 ? h("ul", {}, ...data.questions.map((q) => h("li", {}, q))) : null)),
    h("nav", { "aria-label": "Sections" }, h("ul", {}, ...all.map((x) => h("li", {}, h("a", { href: `#${x.id}` }, x.short))))),
    h("main", {}, ...before.map(section), h("div", { class: "timed" }, ...timed.map(section), timebar(clock)), ...after.map(section)),
  ];
}

const root = document.getElementById("page") as HTMLElement;
try {
  const story = new Story(parse_report(document.getElementById("truel-data")?.textContent ?? ""));
  document.title = `${story.data.title} – truel report`;
  apply_paints(story.paints);
  root.replaceChildren(...page(story));
} catch (error) {
  root.replaceChildren(h("p", { class: "failure", role: "alert" }, error instanceof Error ? error.message : String(error)));
  if (!(error instanceof Error) || error.name !== "Error") throw error;
}
