// What the war that is being written does, in a few runs.
import { h } from "../dom";
import { exact, plural } from "../format";
import { kKinds, level } from "../outcomes";
import type { ComparedKind } from "../catalogue";
import { answers } from "../what_if/data";
import type { Answer } from "../what_if/data";
import { is_mistakes } from "../what_if/asker";
import { ask_server, server_link } from "../what_if/server";
import type { Mistake } from "../what_if/asker";

const kRuns = 100;
const kShown: ComparedKind[] = ["value", "survival", "fighters", "losses"];

/** Every side's land, survival and men on the last day. */
function outcomes_table(answer: Answer, name: (actor: string) => string): HTMLElement {
  const actors = [...new Set(answer.outcomes.filter((o) => kShown.includes(o.kind)).map((o) => o.actor ?? ""))].filter(Boolean);
  const heads = kKinds.filter(([kind]) => kShown.includes(kind));
  return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "What comes out" }, h("table", { class: "plain-table" },
    h("caption", {}, `${exact(answer.runs)} of ${plural(answer.wanted, "run")}: means on the last day.`),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Side"), ...heads.map(([, title]) => h("th", { scope: "col" }, title)))),
    h("tbody", {}, ...actors.map((actor) => h("tr", { "data-actor": actor }, h("th", { scope: "row" }, name(actor)), ...heads.map(([kind]) => {
      const o = answer.outcomes.find((x) => x.kind === kind && x.actor === actor);
      return h("td", {}, o ? level(kind, o.a) : "–");
    }))))));
}

/** Takes the war to the server and runs it into `node`. Gives the mistakes that are in the way. */
export async function run_draft(files: Record<string, string>, node: HTMLElement, name: (actor: string) => string, signal: AbortSignal): Promise<Mistake[]> {
  const taken = await ask_server("/api/wars", { files }, signal);
  const body: unknown = await taken.json();
  if (is_mistakes(body)) return body.errors;
  const { number } = body as { number: number };
  const response = await ask_server(`/api/wars/${number}/what-if`, { pairs: kRuns }, signal);
  if (response.body === null) return [];
  const link = h("p", {}, h("a", { href: server_link("/", { war: number }), target: "_blank", rel: "noopener" }, "Ask this war “what if”"), " (another window).");
  for await (const one of answers(response.body)) {
    if (signal.aborted) return [];
    if (is_mistakes(one)) return one.errors;
    node.replaceChildren(outcomes_table(one as Answer, name), link);
  }
  return [];
}
