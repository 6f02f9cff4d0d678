// Calls to the server that the page came from.
import { h } from "../dom";
import type { Asker, Mistakes } from "./asker";
import { answers } from "./data";
import type { Answer } from "./data";

const token = (): string => new URLSearchParams(window.location.search).get("token") ?? "";

/** An address of this server that opens. */
export const server_link = (path: string, more: Record<string, string | number> = {}): string =>
  `${path}?${new URLSearchParams({ token: token(), ...Object.fromEntries(Object.entries(more).map(([k, v]) => [k, String(v)])) }).toString()}`;

/** A war that can be asked; a draft was written on the page and is in no folder. */
export interface ServedWar { number: number; title: string; is_draft: boolean }

/** What the server says of the war of its page besides. */
export interface ServerInfo { number: number; is_draft: boolean; can_edit: boolean; others: ServedWar[] }

/** Links to wars, as a list in words. */
export const links_to_wars = (wars: ServedWar[]): (Node | string)[] => wars.flatMap(({ number, title, is_draft }, i) =>
  [i > 0 ? ", " : "", h("a", { href: server_link("/", { war: number }) }, is_draft ? `${title} (written here)` : title)]);

/** Posts a JSON body. */
export const ask_server = (path: string, body: unknown, signal?: AbortSignal): Promise<Response> => fetch(path, {
  method: "POST", signal, headers: { Authorization: `Bearer ${token()}`, "Content-Type": "application/json" }, body: JSON.stringify(body),
});

/** That a call came to nothing, and what to do. */
export const no_answer = (error: unknown, hint: string): string => `The server does not answer: ${error instanceof Error ? error.message : String(error)}. ${hint}`;

/** What stands above the page of a war that is served. */
export function served_head({ number, is_draft, can_edit, others }: ServerInfo): Node[] {
  const rest = others.filter((x) => x.number !== number);
  return [
    h("p", {}, ...(can_edit ? [h("a", { href: server_link("/edit", { war: number }) }, "Change its places, roads and sides"), ". "] : []),
      h("a", { href: server_link("/edit") }, "Write a war of your own"), ". ", h("a", { href: "#evidence" }, "What the parameters rest on"), ". ",
      ...(rest.length > 0 ? ["Other wars: ", ...links_to_wars(rest), "."] : [])),
    ...(is_draft ? [h("p", { class: "caveat" }, "This war was written on the page and lies in the server's memory alone: save it there before the server ends.")] : []),
  ];
}

/** The server as who answers. A newer question of this page ends the one before. */
export function server_asker(number: number): Asker {
  const session = crypto.randomUUID();
  return {
    async ask(question, on_answer, signal) {
      try {
        const response = await ask_server(`/api/wars/${number}/what-if`, { ...question, session }, signal);
        if (response.body === null) throw new Error("the server sent nothing");
        for await (const one of answers(response.body)) {
          if (signal.aborted) return;
          on_answer(one as Answer | Mistakes);
        }
      } catch (error) {
        throw new Error(no_answer(error, "Is truel serve still running?"), { cause: error });
      }
    },
  };
}
