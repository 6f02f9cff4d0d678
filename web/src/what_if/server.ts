// Calls to the server that the page came from.
import { h } from "../dom";

export interface Mistake { where: string; file: string; line: number; column: number; what: string; hint: string }
export interface Mistakes { errors: Mistake[] }
export const is_mistakes = (x: unknown): x is Mistakes => typeof x === "object" && x !== null && "errors" in x;

const token = (): string => new URLSearchParams(window.location.search).get("token") ?? "";

/** An address of this server that opens. */
export const server_link = (path: string, more: Record<string, string | number> = {}): string =>
  `${path}?${new URLSearchParams({ token: token(), ...Object.fromEntries(Object.entries(more).map(([k, v]) => [k, String(v)])) }).toString()}`;

/** A war that can be asked; a draft was written on the page and is in no folder. */
export interface ServedWar { number: number; title: string; is_draft: boolean }

/** Links to wars, as a list in words. */
export const links_to_wars = (wars: ServedWar[]): (Node | string)[] => wars.flatMap(({ number, title, is_draft }, i) =>
  [i > 0 ? ", " : "", h("a", { href: server_link("/", { war: number }) }, is_draft ? `${title} (written here)` : title)]);

/** Posts a JSON body. */
export const ask_server = (path: string, body: unknown, signal?: AbortSignal): Promise<Response> => fetch(path, {
  method: "POST", signal, headers: { Authorization: `Bearer ${token()}`, "Content-Type": "application/json" }, body: JSON.stringify(body),
});
