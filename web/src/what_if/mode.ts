// A report that has the engine in it is two pages: the report, and the one that answers. The address says which.
import { h } from "../dom";
import { capital } from "../format";
import type { AccountResult, Report } from "../report";
import { write_address } from "../state";
import type { Address, State } from "../state";
import { begins_with } from "./question";
import { central_of } from "./statements";

const kMode = "mode", kAsks = "what-if";

/** What the page carries of the engine. */
export const engine_text = (): string => document.getElementById("truel-engine")?.textContent ?? "";

let is_here: boolean | undefined;
/** Whether this page can answer by itself, in this browser. Of a text that is long no more is looked at than its beginning. */
export const has_engine = (): boolean => (is_here ??= (document.getElementById("truel-engine")?.firstChild as Text | null | undefined)?.substringData(0, 1) === "{"
  && typeof DecompressionStream !== "undefined" && typeof WebAssembly !== "undefined");

/** The section that has the answer, and the part of the other one that has the numbers: a phone shows them a screen and a half further down. */
const kAnswer = "results";
export const kNumbers = "numbers";

/** Whether the address asks for the page that answers. */
export const asks = ({ choices }: Pick<Address, "choices">): boolean => choices.get(kMode) === kAsks;

const asks_now = (state: State): boolean => state.get(kMode) === kAsks;

/** An address of the page that answers, with these choices. */
export const what_if_address = (choices: Record<string, string> = {}, section = ""): string =>
  write_address({ section, choices: new Map(Object.entries({ [kMode]: kAsks, ...choices })) });

/** Whether an account says what can be taken away. */
const has_statements = (account: AccountResult): boolean => account.claims.length > 0 && account.settings > 0;

/** An account's central statements as switches, in a report that answers: the war is run without the one that is switched off. */
export function central_switches(of_package: string, account: string): HTMLElement | null {
  const central = has_engine() ? central_of(of_package, account) : [];
  return central.length === 0 ? null : h("fieldset", { class: "statements" }, h("legend", {}, "What it assumes"),
    h("p", { class: "note" }, "Untick one to drop this assumption: the war is run again without it, here in this file."),
    h("ul", {}, ...central.map((words) => {
      const box = h("input", { type: "checkbox", checked: true, autocomplete: "off", change: () => { box.checked = true; window.location.hash = what_if_address({ drop: `${account}:${words}` }, kAnswer); } });
      return h("li", {}, h("label", { class: "check" }, box, h("span", {}, capital(words))));
    })));
}

/** The way to all of an account's statements, in a report that answers. */
export const statements_link = (account: AccountResult): HTMLElement | null => (!has_engine() || !has_statements(account) ? null
  : h("p", { class: "note" }, h("a", { href: what_if_address({ lesson: "", against: account.id, account: account.id, set: "", united: "" }) }, "Drop its assumptions, one by one")));

/** A link that begins from the account that is chosen in the report, else from that of the run. */
function own_link(report: Report, state: State, text: string, choices: Record<string, string>, section = ""): HTMLElement {
  const a = h("a", {}, text);
  state.follow(() => {
    const by = begins_with(report, state);
    a.href = what_if_address({ lesson: "", against: by, account: by, set: "", ...choices }, section);
  });
  return a;
}

/** The way there in one line, where the box lies screens further down. */
export const ask_line = (report: Report, state: State): HTMLElement =>
  h("p", { class: "ask-line" }, h("b", {}, "What if? "), own_link(report, state, "Change a parameter and rerun it", { united: "" }, kNumbers));

/** The way to united enemies of a side. */
export const unite_link = (report: Report, state: State, side: string, text: string): HTMLElement => own_link(report, state, text, { united: `${side}:truce` });

/** Of a report: what can be asked of the engine in it, beside the answers. subject: whose enemies to unite, where the page does not say it
 * elsewhere. */
export function ask_box(report: Report, has_lessons: boolean, subject: { id: string; name: string } | undefined, state: State): HTMLElement {
  return h("aside", { class: "trust ask", "aria-label": "What if?" }, h("h3", {}, "What if?"),
    h("p", {}, "The model itself is in this file: change one of its parameters and it runs the war again, here and without a network."),
    h("ul", {}, h("li", {}, own_link(report, state, "Change a parameter yourself", { united: "" })),
      subject ? h("li", {}, unite_link(report, state, subject.id, `What if the enemies of ${subject.name} had united?`)) : null,
      has_lessons ? h("li", {}, h("a", { href: "#lessons" }, "Questions for a class")) : null,
      report.accounts?.some(has_statements) ? h("li", {}, h("a", { href: "#accounts" }, "Drop one assumption of an account, an author's explanation of the war")) : null));
}

/** Closes this page when the address asks for the other one, which `show` puts in its place. */
export function follow_mode(state: State, show: () => void): void {
  const was = asks_now(state);
  state.follow(() => {
    if (asks_now(state) === was) return;
    state.close();
    show();
  });
}

/** What stands above the page that answers where it is part of a report. */
export const report_head = (): Node[] => [
  h("p", {}, h("a", { href: `#answers&${kMode}=` }, "Back to the report"), ". ", h("a", { href: "#evidence" }, "What the parameters rest on"), ". ",
    "The engine is in this file and needs no network. Its numbers are those that ", h("code", {}, "truel compare"), " prints."),
];
