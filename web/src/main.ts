// The page of a report: reads the data in it and puts the views in order.
import { Clock } from "./clock";
import { Story, parse_report } from "./data";
import type { Report } from "./data";
import { h } from "./dom";
import { day, exact, percent, plural } from "./format";
import { caveat, further_facts, survival_sentence } from "./headline";
import { apply_paints } from "./paint";
import { accounts_view } from "./views/accounts";
import { evidence_view, source_list } from "./views/evidence";
import { fights_view } from "./views/fights";
import { map_view } from "./views/map";
import { priorities_view } from "./views/priorities";
import { regions_view } from "./views/regions";
import { strength_view, territory_view } from "./views/series";
import { settlement_view } from "./views/settlement";
import { falls_view, survival_table } from "./views/survival";
import { timebar } from "./views/timebar";

/** A section of the page; `short` names it in the bar of links. */
interface Section { id: string; short: string; title: string; says?: string; view: Node }

function section({ id, title, says, view }: Section): HTMLElement {
  const lead = says ? h("p", { class: "says" }, says) : null;
  return h("section", { id, "aria-labelledby": `${id}-title` }, h("h2", { id: `${id}-title` }, title), lead, view);
}

function provenance(data: Report): HTMLElement {
  const facts: [string, string][] = [
    ["Package", data.package],
    ["Account", data.account ?? "none (the base scenario)"],
    ["Period", `${day(data.start)} to ${day(data.end)}`],
    ["Runs", `${exact(data.runs)}${data.failed_runs > 0 ? `, of which ${exact(data.failed_runs)} failed` : ", none failed"}`],
    ["Seed", String(data.seed)],
    ["Solver", data.solver],
    ["Version", `truel ${data.truel}`],
  ];
  return h("dl", { class: "facts" }, ...facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}

function about(data: Report): HTMLElement {
  return h("details", { class: "about" }, h("summary", {}, "About this scenario"),
    ...data.description.split(/\n\s*\n/).map((paragraph) => h("p", {}, paragraph)),
    data.questions.length > 0 ? h("ul", {}, ...data.questions.map((q) => h("li", {}, q))) : null);
}

function header(story: Story): HTMLElement {
  const { data } = story;
  const account = data.account ? `, account ${data.account}` : "";
  const are = data.failed_runs === 1 ? "is" : "are";
  const failed = `${plural(data.failed_runs, "run")} failed and ${are} not in these numbers.`;
  const partial = `This is a part of an ensemble that was interrupted: ${exact(data.runs + data.failed_runs)} of `
    + `${exact(data.runs_wanted ?? 0)} runs were done. Which ones were done depends on the moment.`;
  return h("header", {},
    h("p", { class: "brand" }, h("b", {}, "truel"), ` ${plural(data.runs, "run")} of ${data.package}${account}`),
    h("h1", {}, data.title),
    h("p", { class: "answer" }, ...survival_sentence(story).map((part) => (part.strong ? h("b", {}, part.text) : part.text))),
    h("dl", { class: "first-facts" }, ...further_facts(story).map((f) =>
      h("div", {}, h("dt", {}, f.name), h("dd", {}, h("b", {}, f.value), " ", h("small", {}, f.note))))),
    data.runs_wanted !== null ? h("p", { class: "warning" }, partial) : null,
    data.failed_runs > 0 ? h("p", { class: "warning" }, failed) : null,
    h("p", { class: "caveat" }, caveat(data)),
    about(data));
}

/** How the games of commands that answer each other ended; "" where there are none. */
function games_sentence({ decisions: d }: Report): string {
  return d ? ` Commands with the doctrine best-response answered each other instead: in ${percent(d.converged)} of their games `
    + `nobody gained by changing in the end, in ${percent(d.cycles)} the answers went round.` : "";
}

function page(story: Story): Node[] {
  const { data } = story;
  const clock = new Clock(data.dates);
  const outcome: Section[] = [
    {
      id: "survival", short: "Survival", title: "Who survives", view: survival_table(story),
      says: "A side survives if it still holds a place on the last day, or still fields a good part of its first-day fighters.",
    },
    {
      id: "falls", short: "Falls", title: "Who falls first", view: falls_view(story),
      says: "First those that collapse in most runs, by date; then the others, likeliest first. The dot is the middle date of "
        + "collapse, the bar holds nine collapses of ten.",
    },
  ];
  if (data.regions) {
    outcome.push({
      id: "regions", short: "Regions", title: "Who wins from which division", view: regions_view(story, data.regions),
      says: "The first-day force of the three sides, divided among them in every way; each division is one war in the mean "
        + "field, with all uncertain numbers at their medians. A side wins if no other ground actor has a fighter left.",
    });
  }
  if (data.accounts && data.accounts.length > 0) {
    outcome.push({
      id: "accounts", short: "Accounts", title: "The same war, by each account", view: accounts_view(story, data.accounts),
      says: "An account is one explanation of the war, written as changes to the numbers of the package; all are run from the same "
        + "draws. It holds what its author says or passes on. That it is here does not mean that it is true.",
    });
  }
  if (data.settlement) {
    outcome.push({
      id: "settlement", short: "Settlement", title: "What talks would give", view: settlement_view(story, data.settlement),
      says: "The settlement that the model of talks predicts on the last day, from the actors' positions and what they hold then: "
        + "means of the runs, ± one Monte Carlo standard error. Nothing in the war follows from it.",
    });
  }
  const course: Section[] = [
    { id: "map", short: "Map", title: "Who holds what", view: map_view(story, clock) },
    {
      id: "strength", short: "Strength", title: "Strength over time", view: strength_view(story, clock),
      says: "Fighters: the mean of all runs, and the band that nine runs of ten stay in. Press a name to draw it or leave it out.",
    },
    {
      id: "territory", short: "Territory", title: "Share of the map", view: territory_view(story, clock),
      says: "What each side holds of the value of all places, in the mean of the runs. Left blank: held by nobody.",
    },
    { id: "fights", short: "Fights", title: "Who fights whom", view: fights_view(story, clock) },
    {
      id: "priorities", short: "Priorities", title: "Whom to fight first, and why", view: priorities_view(story, clock),
      says: "A command scores every enemy by features and divides its effort by the scores. Means of the runs that were kept in full."
        + games_sentence(data),
    },
  ];
  const grounds: Section[] = [
    {
      id: "evidence", short: "Evidence", title: "What the numbers rest on", view: h("div", {}, evidence_view(story), source_list(story)),
      says: "Statements are the sources' and are attributed to them; their wording here is the scenario author's. Of "
        + "places, roads and support, only the uncertain numbers are listed.",
    },
    {
      id: "limits", short: "Limits", title: "What the model leaves out",
      view: h("ul", { class: "limits" }, ...data.not_modelled.map((text) => h("li", {}, text))),
    },
    {
      id: "provenance", short: "Provenance", title: "How this was made", view: provenance(data),
      says: "The same package, seed and version give the same numbers again.",
    },
  ];
  const links = [...outcome, ...course, ...grounds].map((x) => h("li", {}, h("a", { href: `#${x.id}` }, x.short)));
  return [
    header(story),
    h("nav", { "aria-label": "Sections" }, h("ul", {}, ...links)),
    h("main", {},
      ...outcome.map(section),
      h("div", { class: "timed" }, ...course.map(section), timebar(clock)),
      ...grounds.map(section)),
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
  if (!(error instanceof Error) || error.name !== "Error") throw error;  // ours to mend, not the reader's
}
