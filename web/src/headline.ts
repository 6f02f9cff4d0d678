// The answer in a few plain sentences, made from the numbers and nothing else.
import { kBase } from "./catalogue";
import type { Story } from "./data";
import { capital, count, day, exact, interval, month, percent, plural } from "./format";
import type { Actor, Report } from "./report";

/** What the word means in this war, for wherever an answer has it. */
export function survives_note({ collapse_fraction: share }: Pick<Report, "collapse_fraction">): string {
  const exactly = Number(share);
  return `A side survives while it holds a place or has ${Number.isNaN(exactly) ? `a share (each run draws it: ${share})` : percent(exactly)} of the fighters that it began with.`;
}

/** A sentence in pieces; those that are `strong` are the names of sides. */
export type Sentence = { text: string; strong?: boolean }[];

/** From this share of the runs on a side survives in nearly every run. */
export const kNearlyAll = 0.95;

/** In the past tense of runs, as names of sides are singular and plural. */
const kClasses: { least: number; verb: string }[] = [
  { least: kNearlyAll, verb: "survived in nearly every run" },
  { least: 0.65, verb: "survived in most" },
  { least: 0.35, verb: "could go either way" },
  { least: 0.05, verb: "survived in few" },
  { least: 0, verb: "hardly ever survived" },
];

/** At most this many names of one class are spelled out. */
const kNamed = 3;

/** Who survives until a date of the page, as one sentence: "Until 31 December 2018 A and B survived in nearly every run; C (12%) survived
 * in few." account: by whose numbers; of an account on the nearest of its dates. */
export function survival_sentence(story: Story, asked = story.data.dates.length - 1, account = kBase): Sentence {
  const last = story.data.dates.length - 1, date = story.kept_date(account, asked);
  const by = story.is_mapped(account) ? story.data.accounts?.find((a) => a.id === account) : undefined, time = story.account_time(date);
  const chance = (a: Actor): number => (date === last ? (by?.actors.find((x) => x.id === a.id) ?? a).survival_probability
    : by ? by.surviving?.[a.id]?.[time] : a.surviving[date]) ?? 0;
  const rated = story.ground.filter((a) => a.survival_probability !== null).sort((a, b) => chance(b) - chance(a));
  const until = asked === last ? day(story.data.end) : story.kept_day(account, asked);
  if (rated.length > 1 && rated.every((a) => chance(a) >= kNearlyAll)) {
    return [{ text: `Until ${until}, ${rated.length === 2 ? "both" : `all ${rated.length}`} sides survived in nearly every run.` }];
  }
  const class_of = (p: number): number => kClasses.findIndex((c) => p >= c.least);
  const sentence: Sentence = [];
  kClasses.forEach((c, k) => {
    const members = rated.filter((a) => class_of(chance(a)) === k);
    if (members.length === 0) return;
    sentence.push({ text: sentence.length === 0 ? `Until ${until}, ` : "; " });
    const named = members.length <= kNamed + 1 ? members : members.slice(0, kNamed);
    const rest = members.length - named.length;
    named.forEach((a, i) => {
      if (i > 0) sentence.push({ text: i === named.length - 1 && rest === 0 ? " and " : ", " });
      sentence.push({ text: story.side(a.id).name, strong: true });
      if (k > 0) sentence.push({ text: ` (${percent(chance(a))})` });
    });
    if (rest > 0) sentence.push({ text: ` and ${plural(rest, "other side")}` });
    sentence.push({ text: ` ${c.verb}` });
  });
  if (sentence.length === 0) return [{ text: "No ground force is in this scenario." }];
  return [...sentence, { text: "." }];
}

/** "92%": of the parameters that rest on anything, how many rest on assumptions, alone or with something else; "" where none rests on
 * anything. */
export function share_assumed({ basis_counts, with_basis }: Pick<Report, "basis_counts" | "with_basis">): string {
  const percents = Math.round((100 * (basis_counts.assumed ?? 0)) / with_basis);
  return with_basis === 0 ? "" : percents === 0 ? "few or none" : `${percents}%`;
}

/** What else a reader wants first: who collapses first, the harm to civilians, how many numbers rest on assumptions. */
export function further_facts(story: Story): { name: string; value: string; note: string }[] {
  const { falls, civilian_harm: harm, basis_counts } = story.data;
  const facts: { name: string; value: string; note: string }[] = [];
  const falling = falls.filter((f) => f.probability >= 0.05 && f.median_date !== null);
  const first = falling.find((f) => f.probability >= 0.5) ?? falling[0];
  if (first?.median_date) {
    const note = `in ${percent(first.probability)} of the runs, half of them by ${month(first.median_date)}`;
    facts.push({ name: first.probability >= 0.5 ? "Collapses first" : "Nearest to collapse", value: story.side(first.actor).name, note });
  }
  if (harm && harm.mean > 0) {
    const in_fact = story.data.record ? ". In fact: not in the package's data" : "";
    facts.push({ name: "Civilians harmed", value: count(harm.q50), note: `in the median run; ${interval(harm)} in 90% of runs${in_fact}` });
  }
  const assumed = share_assumed(story.data);
  if (assumed) {
    const note = `of the parameters with a stated basis rest wholly or partly on them: ${exact(basis_counts.assumed ?? 0)}`;
    facts.push({ name: "Assumptions", value: capital(assumed), note });
  }
  return facts;
}
