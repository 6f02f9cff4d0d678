// The page that answers back: dials on one side, what changes on the other.
import { h } from "../dom";
import { day } from "../format";
import { State } from "../state";
import { account_file, answers, command_of } from "./data";
import type { Answer, Turned, WhatIfWar } from "./data";
import { dials_view, owner } from "./dials";
import { results_view } from "./results";

/** After the last turn of a dial the question is asked when so many ms have passed. */
const kRestMs = 60;
const kPairs = 200;

interface Mistakes { errors: { where: string; what: string; hint: string }[] }
const is_mistakes = (x: unknown): x is Mistakes => typeof x === "object" && x !== null && "errors" in x;

/** Turned dials as the address keeps them: a list of path=value. */
const read_turned = (state: State): Turned => ({
  against: state.get("against") ?? "", account: state.get("account") ?? "",
  settings: new Map((state.get("set") ?? "").split(";").filter(Boolean).map((one) => {
    const at = one.indexOf("=");
    return [one.slice(0, at), one.slice(at + 1)];
  })),
});

export function what_if_page(war: WhatIfWar): Node[] {
  const state = new State();
  const token = new URLSearchParams(window.location.search).get("token") ?? "";
  const session = crypto.randomUUID();
  let turned = read_turned(state), abort: AbortController | undefined, timer: number | undefined, pairs = kPairs;

  const failure = h("p", { class: "warning", role: "alert" });
  const results = results_view(war, state.get("outcome") ?? "value", (kind) => state.set("outcome", kind, false));

  const ask = async (): Promise<void> => {
    abort?.abort();
    const own = (abort = new AbortController());
    results.node.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(`/api/wars/${war.number}/what-if`, {
        method: "POST", signal: own.signal, headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
        body: JSON.stringify({ against: [turned.against].filter(Boolean), accounts: [turned.account].filter(Boolean), settings: [...turned.settings].map(([p, v]) => `${p}=${v}`), pairs, session }),
      });
      if (response.body === null) throw new Error("the server sent nothing");
      for await (const one of answers(response.body)) {
        if (own.signal.aborted) return;
        failure.replaceChildren(...(is_mistakes(one) ? one.errors.map((e) => h("span", {}, `${e.what}; ${e.hint}. `)) : []));
        if (!is_mistakes(one)) results.show(one as Answer);
      }
      results.node.setAttribute("aria-busy", "false");
    } catch (error) {
      if (own.signal.aborted) return;
      failure.textContent = `The server does not answer: ${error instanceof Error ? error.message : String(error)}. Is truel serve still running?`;
    }
  };
  const keep = (is_step: boolean): void => {
    state.set("set", [...turned.settings].map(([p, v]) => `${p}=${v}`).join(";"), is_step);
    state.set("against", turned.against, is_step);
    state.set("account", turned.account, is_step);
  };
  const later = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), kRestMs);
  };
  let last_path = "";
  const turn = (path: string, value: string | null): void => {
    if (value === null) turned.settings.delete(path);
    else turned.settings.set(path, value);
    keep(path !== last_path || value === null);  // one slide is one step back
    last_path = path;
    show_turned();
    if (value === null) dials.redraw();
    later();
  };
  const dials = dials_view(war, () => turned.settings, turn);
  const chosen = h("ul", { class: "turned" });
  const tools = h("div", { class: "controls" });
  const save = (): void => {
    const file = account_file(war, turned, "What if");
    const link = h("a", { href: URL.createObjectURL(new Blob([file], { type: "application/toml" })), download: "what-if.toml" });
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
  const show_turned = (): void => {
    chosen.replaceChildren(...[...turned.settings].map(([path, value]) => {
      const dial = war.dials.find((d) => d.path === path);
      return h("li", {}, dial ? `${owner(war, dial.of)} ${dial.name.replaceAll("_", " ")}` : path, " ", h("b", {}, value),
        dial ? h("small", {}, ` was ${dial.written}`) : null,
        h("button", { type: "button", class: "back", "aria-label": `${path}: as in the package`, click: () => turn(path, null) }, "↺"));
    }));
    const none = turned.settings.size === 0 && !turned.account && !turned.against;
    tools.replaceChildren(
      h("button", { type: "button", disabled: none, click: () => window.history.back() }, "Undo"),
      h("button", { type: "button", disabled: none, click: () => { turned = { against: "", account: "", settings: new Map() }; keep(true); show_sides(); show_turned(); dials.redraw(); later(); } }, "All as in the package"),
      h("button", { type: "button", disabled: none, click: save }, "Save as an account"),
      h("details", { class: "command" }, h("summary", {}, "The same in the terminal"), h("code", {}, command_of(turned, pairs))));
  };
  const accounts = (label: string, of: "against" | "account"): HTMLElement => {
    const select = h("select", { change: () => { turned[of] = select.value; keep(true); show_turned(); later(); } },
      ...[{ id: "", title: "the package as it stands" }, ...war.accounts].map((a) => h("option", { value: a.id, selected: turned[of] === a.id }, a.title)));
    return h("label", { class: "by-account" }, label, select);
  };
  const sides = h("div");
  const show_sides = (): void => sides.replaceChildren(...(war.accounts.length === 0 ? [] : [accounts("The war as it is, by", "against"), accounts("The changed war, by", "account")]));
  state.follow(() => {
    const now = read_turned(state);
    const same = [...now.settings].join(";") === [...turned.settings].join(";") && now.against === turned.against && now.account === turned.account;
    if (same) return;
    turned = now;
    last_path = "";
    show_sides();
    show_turned();
    dials.redraw();
    later();
  });
  show_sides();
  show_turned();
  later();
  const others = war.others.length < 2 ? null : h("p", {}, "Other wars: ", ...war.others.flatMap((title, n) =>
    n === war.number ? [] : [h("a", { href: `/?token=${encodeURIComponent(token)}&war=${n}` }, title), " "]));
  return [
    h("header", {}, h("p", { class: "brand" }, h("b", {}, "truel"), " what if"), h("h1", {}, war.title), others,
      h("p", { class: "caveat" }, `Turn a number, and both wars are run in pairs from ${day(war.start)} to ${day(war.end)}: as the package has it, and as you `
        + `turned it. The model is no oracle: the report of truel run says how it did against the record.`)),
    h("main", { class: "what-if" },
      h("section", { id: "dials", "aria-label": "What to turn" }, h("h2", {}, "Turn"), sides, dials.node),
      h("section", { id: "results", "aria-label": "What changes" }, h("h2", {}, "What changes"), failure, chosen, tools, results.node)),
  ];
}
