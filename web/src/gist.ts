// What a section answers, in one sentence with its headline number: all of it that is read until somebody opens the section.
import type { Story } from "./data";
import { kNearlyAll, share_assumed } from "./headline";
import { capital, count, day, exact, list, month, percent, plural, with_article } from "./format";
import { kinds_of } from "./report";
import type { AccountResult, DatedEvent, Issues, Regions, Report, WarRecord } from "./report";
import { deaths_in_short } from "./views/deaths";
import { with_error } from "./views/issues";
import { last_scores } from "./views/track";

/** The entry with the greatest number; undefined of none. */
const greatest = <T>(of: T[], number: (x: T) => number): T | undefined => of.reduce<T | undefined>((best, x) => (best === undefined || number(x) > number(best) ? x : best), undefined);

const name_of = (story: Story, id: string): string => with_article(story.side(id).name);

/** "After 12 months: Brier score 0.25, a no-change forecast 0.30 (0 is perfect)."; then how forecasts of deaths did. */
export function track_gist(record: WarRecord): string {
  const { own, nothing } = last_scores(record);
  const holders = own && nothing ? `${record.told === 0 ? `${plural(own.months, "month")} ahead` : `After ${plural(own.months, "month")}`}: Brier score ${own.value.toFixed(2)}, a no-change forecast ${nothing.value.toFixed(2)} (0 is perfect).`
    : "The observed data are too few for a score.";
  return [holders, deaths_in_short(record)].filter(Boolean).join(" ");
}

/** "5 authors' accounts", "5 what-ifs"; "2 accounts" where there are no what-ifs. */
function counts_of(all: AccountResult[]): string[] {
  const { authors, what_ifs } = kinds_of(all);
  return what_ifs.length === 0 ? [plural(authors.length, "account")] : [plural(authors.length, "author's account", "authors' accounts"), plural(what_ifs.length, "what-if")];
}

/** How far the authors' accounts and the basic model lie apart in the land of the side that they disagree most about. */
export function accounts_gist(story: Story, accounts: AccountResult[]): string {
  const { what_ifs } = kinds_of(accounts), compared = accounts.filter((a) => !what_ifs.includes(a));
  const lands = story.ground.map((a) => ({ a, land: compared.flatMap((x) => x.actors.filter((y) => y.id === a.id).map((y) => y.value_share.mean)) })).filter(({ land }) => land.length > 1);
  const range = ({ land }: { land: number[] }): number => Math.max(...land) - Math.min(...land);
  const most = greatest(lands, range);
  return `${list([...counts_of(accounts), "the basic model"])}.${most && range(most) > 0
    ? ` ${what_ifs.length > 0 ? "Without the what-ifs they" : "They"} differ most on ${name_of(story, most.a.id)}: ${percent(Math.min(...most.land))} to ${percent(Math.max(...most.land))} of the land on ${day(story.data.end)}.` : ""}`;
}

export function strength_gist(story: Story): string {
  const { dates, start, end: end_day } = story.data, last = dates.length - 1, at = (i: number): { id: string; men: number } | undefined => greatest(story.ground.map((a) => ({ id: a.id, men: a.fighters.mean[i] })), (x) => x.men);
  const first = at(0), end = at(last);
  if (!first || !end) return "No ground force is in this scenario.";
  const same = first.id === end.id;
  return `The strongest side is ${name_of(story, first.id)}${same ? `, with ${count(first.men)} fighters on ${day(start)} and ${count(end.men)} on ${day(end_day)}.`
    : ` on ${day(start)}, with ${count(first.men)} fighters, and ${name_of(story, end.id)} on ${day(end_day)}, with ${count(end.men)}.`}`;
}

export function territory_gist(story: Story): string {
  const most = greatest(story.ground, (a) => a.value_share.mean);
  return most ? `The most land on ${day(story.data.end)} is held by ${name_of(story, most.id)}, ${percent(most.value_share.mean)} on average.` : "No ground force is in this scenario.";
}

export function fights_gist(story: Story): string {
  const most = greatest(story.data.dyads, (d) => d.losses.mean);
  return most ? `Deadliest: ${count(most.losses.mean)} fighters of ${name_of(story, most.target)} killed by ${name_of(story, most.attacker)}.` : "Nobody fights anybody.";
}

/** Of the command with the most men, whom it fights most over the whole war. */
export function priorities_gist(story: Story): string {
  const { priorities } = story.data, men = (id: string): number => story.members(id).reduce((sum, a) => sum + (a.first_day_fighters ?? 0), 0);
  const command = greatest([...new Set(priorities.map((p) => p.command))], men);
  const shares = priorities.filter((p) => p.command === command).map((p) => ({ target: p.target, share: p.share.reduce((sum, x) => sum + x, 0) / Math.max(1, p.share.length) }));
  const most = greatest(shares, (x) => x.share);
  return command === undefined || most === undefined ? "No command of this scenario chooses its enemies."
    : `${story.command_name(command)}: ${percent(most.share)} of its effort goes against ${name_of(story, most.target)}, over the whole war.`;
}

export const events_gist = (events: DatedEvent[]): string => `${plural(events.length, "change")} that the package dates, from ${day(events[0].date)} to ${day(events[events.length - 1].date)}.`;

export function survival_gist(story: Story): string {
  const rated = story.ground.filter((a) => a.survival_probability !== null), half = rated.filter((a) => (a.survival_probability ?? 0) > 0.5).length;
  const often = rated.every((a) => (a.survival_probability ?? 0) >= kNearlyAll) ? "nearly every run" : "most runs";
  return `${half === rated.length ? `All ${half}` : `${half} of ${rated.length}`} sides survive in ${often}. Of each: fighters left, fighters killed, land.`;
}

export function falls_gist(story: Story): string {
  const first = story.data.falls.find((f) => f.probability > 0 && f.median_date !== null);
  if (!first?.median_date) return "No side collapses in any run.";
  return `${first.probability >= 0.5 ? "First" : "No side collapses in more than half of the runs. Likeliest to collapse:"} ${name_of(story, first.actor)}, in ${percent(first.probability)} of the runs, half of them by ${month(first.median_date)}.`;
}

export function regions_gist(story: Story, regions: Regions): string {
  const most = greatest(regions.sides, (id) => regions.shares[id] ?? 0);
  return most === undefined ? "" : `The most divisions of the force, ${percent(regions.shares[most])}, are won by ${name_of(story, most)}.`;
}

export const issues_gist = (issues: Issues): string => `${list(Object.entries(issues).map(([id, { rounds }]) => `${capital(id.replaceAll("_", " "))} ${with_error(rounds[rounds.length - 1].median)}`))}.`;

export function evidence_gist({ claims, conflicts, ...counts }: Pick<Report, "claims" | "conflicts" | "basis_counts" | "with_basis">): string {
  const assumed = share_assumed(counts);
  return `${plural(claims.length, "claim")} of sources, ${plural(conflicts.length, "contradiction")}.${assumed ? ` Of the parameters with a stated basis, ${assumed} rest wholly or partly on assumptions.` : ""}`;
}

export const limits_gist = (limits: string[]): string => (limits.length === 0 ? "The package names nothing that it leaves out." : `${plural(limits.length, "thing")} to know before the results are quoted.`);

export const provenance_gist = ({ runs, seed, truel }: Report): string => `${plural(runs, "run")}, seed ${exact(seed)}, truel ${truel}. Licences.`;

export const questions_gist = ({ accounts }: Report, asked: number): string => `${plural(asked, "question")}${accounts && accounts.length > 1 ? `, answered under each of ${list(counts_of(accounts))}` : ", with the interval of each answer"}.`;
