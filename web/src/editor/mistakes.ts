// What the server says is wrong with a war that is being written, in a list and at each cell.
import { h } from "../dom";
import { plural } from "../format";
import type { Mistake } from "../what_if/asker";
import { ask_server, no_answer } from "../what_if/server";
import type { Grid } from "./grid";
import type { Draft } from "./tables";

/** After the last key the war is checked when so many ms have passed. */
const kRestMs = 250;
/** After that, if too many check at once. */
const kBusyMs = 1000;
/** Mistakes that are listed at most. */
const kListed = 60;

interface Mistakes {
  status: HTMLElement; list: HTMLElement; failure: HTMLElement;
  check: () => Promise<void>; check_later: () => void; fail: (error: unknown) => void; mark: () => void; wrong: (file: string) => number; can_run: () => boolean;
}

/** told: after what is wrong was shown. */
export function mistakes_view(draft: Draft, grid: Grid, told: () => void): Mistakes {
  let mistakes: Mistake[] = [], warnings: Mistake[] = [], checking: AbortController | undefined, timer: number | undefined;
  const status = h("p", { class: "answer", role: "status" }), list = h("ul", { class: "mistakes" }), failure = h("p", { class: "warning", role: "alert" });

  const check_after = (ms: number): void => { timer = window.setTimeout(() => void check(), ms); };
  const fail = (error: unknown): void => { failure.textContent = no_answer(error, "What you wrote is still here: save it."); };
  async function check(): Promise<void> {
    checking?.abort();
    const own = (checking = new AbortController());
    try {
      const response = await ask_server("/api/check", { files: draft.files }, own.signal);
      const said = await response.json() as { errors?: Mistake[]; warnings?: Mistake[] };
      if (own.signal.aborted) return;
      if (response.status === 503) return check_after(kBusyMs);
      failure.textContent = "";
      mistakes = said.errors ?? [];
      warnings = said.warnings ?? [];
    } catch (error) {
      if (!own.signal.aborted) fail(error);
      return;
    }
    show();
  }

  function show(): void {
    status.textContent = mistakes.length === 0 ? (warnings.length === 0 ? "Nothing is wrong with this war." : `This war can run; ${plural(warnings.length, "thing")} can hardly be meant.`)
      : `${plural(mistakes.length, "mistake")} to correct before it can run.`;
    list.replaceChildren(...[...mistakes, ...warnings].slice(0, kListed).map((m, i) => h("li", { id: `mistake-${i}` },
      m.file in draft.files ? h("button", { type: "button", class: "plain", click: () => go_to(m) }, m.where) : m.where, ` ${m.what}; ${m.hint}`)));
    mark();
    grid.draw_tabs();
    told();
  }
  function mark(): void {
    for (const input of grid.node.querySelectorAll("[aria-invalid]")) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
      input.removeAttribute("title");
    }
    mistakes.slice(0, kListed).forEach((m, i) => {
      const input = grid.input_of(m);
      input?.setAttribute("aria-invalid", "true");
      input?.setAttribute("aria-describedby", `mistake-${i}`);
      input?.setAttribute("title", `${m.what}; ${m.hint}`);
    });
  }
  function go_to(m: Mistake): void {
    grid.open(m.file);
    const input = grid.input_of(m) ?? grid.node.querySelector<HTMLElement>("textarea, input");
    input?.focus();
    if (input instanceof HTMLTextAreaElement && m.line > 0) {
      const lines = input.value.split("\n"), from = lines.slice(0, m.line - 1).join("\n").length + (m.line > 1 ? 1 : 0);
      input.setSelectionRange(from, from + (lines[m.line - 1]?.length ?? 0));
      input.scrollTop = ((m.line - 3) / Math.max(1, lines.length)) * input.scrollHeight;
    }
  }

  return {
    status, list, failure, check, fail, mark,
    check_later() {
      window.clearTimeout(timer);
      check_after(kRestMs);
    },
    wrong: (file) => mistakes.filter((m) => m.file === file).length, can_run: () => mistakes.length === 0,
  };
}
