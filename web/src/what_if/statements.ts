// The statements of an account as switches: one that is taken away leaves the package's numbers where it set its own.
import type { Story } from "../data";
import { h } from "../dom";
import { capital, plural } from "../format";
import { path_words } from "../paths";
import { kOwn } from "./data";
import type { AccountSetting, Change, ChangedWar, WhatIfAccount, WhatIfWar } from "./data";
import catalogue from "./statements.json";

/** The central statements that are catalogued, by package and account: beginnings of the paths that code one, or the account that
 * supposes the contrary. */
const kCentral: Record<string, Record<string, { statement: string; claims: string[]; paths?: string[]; counterfactual?: string }[]>> = catalogue;

/** A statement in words, the claims that make it, and what the numbers are without it. */
interface Statement { words: string; claims: string[]; without: [path: string, value: string][]; is_central: boolean }

const to_package = (settings: AccountSetting[]): [string, string][] => settings.map((s) => [s.path, kOwn]);

/** What the contrary account sets otherwise than this one, over which it may lie. */
const otherwise = (account: WhatIfAccount, contrary: WhatIfAccount): [string, string][] => {
  const own = new Map(account.settings.map((s) => [s.path, s.value]));
  return contrary.settings.filter((s) => own.get(s.path) !== s.value).map((s) => [s.path, s.value]);
};

/** Those of an account: the central ones, and of what else it sets those that rest on the same claims together. Where no author has
 * central ones, as in a counterfactual, claims may say the contrary: then `what` says of a path what is set. */
export function statements_of(war: Pick<WhatIfWar, "package" | "accounts" | "claims">, account: WhatIfAccount, what = (path: string): string => path): Statement[] {
  const left = new Set(account.settings);
  const central = (kCentral[war.package]?.[account.id] ?? []).flatMap(({ statement, claims, paths, counterfactual }): Statement[] => {
    const contrary = war.accounts.find((a) => a.id === counterfactual);
    const own = account.settings.filter((s) => paths?.some((begin) => s.path.startsWith(begin)));
    for (const s of own) left.delete(s);
    const without = contrary ? otherwise(account, contrary) : to_package(own);
    return without.length === 0 ? [] : [{ words: statement, claims, without, is_central: true }];
  });
  const others = new Map<string, AccountSetting[]>();
  for (const s of left) if (s.claims.length > 0) others.set(s.claims.join(" "), [...(others.get(s.claims.join(" ")) ?? []), s]);
  const set = ([first, ...rest]: AccountSetting[]): string => `${what(first.path)}: ${first.value.replace(/(?<=\d)\.\.(?=[-\d])/, " to ")}${rest.length > 0 ? `, and ${plural(rest.length, "other parameter")}` : ""}`;
  const said = ([first]: AccountSetting[]): string => (central.length > 0 ? war.claims.find((c) => c.id === first.claims[0])?.statement ?? "" : "");
  const how_often = new Map<string, number>();
  for (const settings of others.values()) how_often.set(said(settings), (how_often.get(said(settings)) ?? 0) + 1);
  const in_words = (settings: AccountSetting[]): string => {
    const claim = said(settings);
    return claim === "" ? set(settings) : (how_often.get(claim) ?? 0) > 1 ? `${claim.replace(/\.$/, "")} (${set(settings)})` : claim;
  };
  return [...central, ...[...others].map(([ids, settings]): Statement => ({ words: in_words(settings), claims: ids.split(" "), without: to_package(settings), is_central: false }))];
}

/** Whether the changed war is without it. */
const is_away = (turned: ChangedWar, { without }: Statement): boolean => without.every(([path, value]) => turned.settings.get(path) === value);

/** The central statements of an account that are catalogued, in words. */
export const central_of = (of_package: string, account: string): string[] => (kCentral[of_package]?.[account] ?? []).map((x) => x.statement);

/** What is turned where one of them is dropped, "account:statement"; nothing where there is none such. */
export function dropped(war: WhatIfWar, drop: string): { account: string; changes: Change[] } | undefined {
  const [id, words] = [drop.slice(0, drop.indexOf(":")), drop.slice(drop.indexOf(":") + 1)], account = war.accounts.find((a) => a.id === id);
  const statement = account && statements_of(war, account).find((s) => s.is_central && s.words === words);
  return statement && { account: id, changes: statement.without };
}

/** Switches for the statements of an account by which a war is; nothing where it has none. */
export function statements_view(war: WhatIfWar, story: Story, id: string, turned: ChangedWar, turn: (changes: Change[]) => void): HTMLElement | null {
  const account = war.accounts.find((a) => a.id === id), all = account ? statements_of(war, account, (path) => path_words(path, story)) : [];
  if (!account || all.length === 0) return null;
  const row = (statement: Statement): HTMLElement => {
    const box = h("input", { type: "checkbox", checked: !is_away(turned, statement), change: () => turn(statement.without.map(([path, value]) => [path, box.checked ? null : value])) });
    return h("li", {}, h("label", { class: "check" }, box, h("span", {}, capital(statement.words).replace(/\.$/, ""))),
      h("small", {}, ...statement.claims.flatMap((id, i) => [i > 0 ? ", " : "", h("a", { href: `#evidence&claim=${encodeURIComponent(id)}` }, id)])));
  };
  const central = all.filter((s) => s.is_central), others = all.filter((s) => !s.is_central), list = (of: Statement[]): HTMLElement => h("ul", {}, ...of.map(row));
  return h("fieldset", { class: "statements" }, h("legend", {}, `What it assumes: ${account.title}`),
    h("p", { class: "note" }, "Untick one to drop this assumption in the changed war: the parameters of the basic model, or of the account that says the contrary, then stand in its place. The war as it is keeps it."),
    central.length > 0 ? list(central) : null,
    others.length === 0 ? null : central.length === 0 ? list(others) : h("details", { open: others.some((s) => is_away(turned, s)) }, h("summary", {}, plural(others.length, "further assumption")), list(others)));
}
