// What is asked of who answers, made of what the reader has chosen.
import { kBase } from "../catalogue";
import type { Report } from "../report";
import type { State } from "../state";
import type { Question } from "./asker";
import { accounts_of, laid_over, united_of } from "./data";
import type { Base, ChangedWar } from "./data";

/** The accounts from which both wars begin: the one that is chosen in a report, else those of its run. */
export function begins_with({ accounts, account }: Pick<Report, "accounts" | "account">, state: Pick<State, "get">): string {
  const chosen = state.get("account") ?? "";
  return chosen === kBase ? "" : accounts?.some((x) => x.id === chosen) ? chosen : (account ?? "").split(", ").join("+");
}

/** What the second change does against the first, with the accounts `against` behind it. kind: the outcomes that decide when pairs are enough. */
export const question_of = (second: ChangedWar, against: string, first: ChangedWar, base: Base, pairs: number, kind?: string): Question => ({
  against: accounts_of(against), against_settings: laid_over(base, first), against_united: united_of(first),
  accounts: accounts_of(second.account), settings: laid_over(base, second), united: united_of(second), pairs, ...(kind === undefined ? {} : { until_sure: [kind] }),
});
