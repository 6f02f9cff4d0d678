// What talks would give on the last day, issue by issue: the prediction, and where each actor stands.
import { kIssueOutcome } from "../catalogue";
import type { Story } from "../data";
import { h } from "../dom";
import { capital } from "../format";
import { badge } from "../paint";
import type { Estimate, Issues } from "../report";

/** "62.5 ± 1.2"; "–" where the method of the scenario gives no such number. */
export function with_error({ mean, se }: Estimate): string {
  if (mean === null) return "–";
  const digits = Math.abs(mean) >= 10 ? 1 : 2;
  return se ? `${mean.toFixed(digits)} ± ${se.toFixed(digits)}` : mean.toFixed(digits);
}

const kFacts = [["position", "Position"], ["capability", "Capability"], ["risk", "Attitude to risk"], ["probability", "Chance"]] as const;

export function issues_view(story: Story, issues: Issues): HTMLElement {
  return h("div", { class: "issues" }, ...Object.entries(issues).map(([id, issue]) => {
    const name = capital(id.replaceAll("_", " "));
    const before = issue.rounds[0], after = issue.rounds[issue.rounds.length - 1];
    const facts = kFacts.filter(([fact]) => Object.values(issue.actors).some((a) => a[fact].mean !== null));
    return h("div", {}, h("h3", {}, name),
      h("p", {}, `Predicted ${kIssueOutcome}: `, h("b", {}, with_error(after.median)), ` (weighted median), ${with_error(after.mean)} (weighted mean)`,
        issue.rounds.length > 1 ? `; before the first round ${with_error(before.median)}` : "", "."),
      h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `Positions on ${name}` },
        h("table", { class: "account-table" },
          h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Actor"), ...facts.map(([, title]) => h("th", { scope: "col" }, title)))),
          h("tbody", {}, ...Object.entries(issue.actors)
            .sort(([, a], [, b]) => (a.position.mean ?? 0) - (b.position.mean ?? 0))
            .map(([actor, a]) => h("tr", {},
              h("th", { scope: "row" }, badge(story.side(actor)), story.side(actor).name),
              ...facts.map(([fact]) => h("td", {}, with_error(a[fact])))))))));
  }));
}
