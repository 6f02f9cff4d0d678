// The answer in a few plain sentences, made from the numbers and nothing else.
import type { Report, Story } from "./data";
import { count, day, interval, month, percent, plural } from "./format";

/** A sentence in pieces; those that are `strong` are the names of sides. */
export type Sentence = { text: string; strong?: boolean }[];

const kClasses: { least: number; verb: (many: boolean) => string }[] = [
  { least: 0.95, verb: (many) => (many ? "survive in nearly every run" : "survives in nearly every run") },
  { least: 0.65, verb: (many) => (many ? "survive in most" : "survives in most") },
  { least: 0.35, verb: (many) => (many ? "could go either way" : "could go either way") },
  { least: 0.05, verb: (many) => (many ? "survive in few" : "survives in few") },
  { least: 0, verb: (many) => (many ? "hardly ever survive" : "hardly ever survives") },
];

/** At most this many names of one class are spelled out. */
const kNamed = 4;

/** Who survives, as one sentence: "By 31 December 2018 A and B survive in nearly every run; C (12%) survives in few." */
export function survival_sentence(story: Story): Sentence {
  const rated = story.ground.filter((a) => a.survival_probability !== null)
    .sort((a, b) => (b.survival_probability ?? 0) - (a.survival_probability ?? 0));
  const class_of = (p: number): number => kClasses.findIndex((c) => p >= c.least);
  const sentence: Sentence = [];
  kClasses.forEach((c, k) => {
    const members = rated.filter((a) => class_of(a.survival_probability ?? 0) === k);
    if (members.length === 0) return;
    sentence.push({ text: sentence.length === 0 ? `By ${day(story.data.end)}, ` : "; " });
    const named = members.length <= kNamed + 1 ? members : members.slice(0, kNamed);
    const rest = members.length - named.length;
    named.forEach((a, i) => {
      if (i > 0) sentence.push({ text: i === named.length - 1 && rest === 0 ? " and " : ", " });
      sentence.push({ text: a.name, strong: true });
      if (k > 0 && k < kClasses.length) sentence.push({ text: ` (${percent(a.survival_probability)})` });
    });
    if (rest > 0) sentence.push({ text: ` and ${rest} more` });
    sentence.push({ text: ` ${c.verb(members.length > 1)}` });
  });
  if (sentence.length === 0) return [{ text: "No ground force is in this scenario." }];
  return [...sentence, { text: "." }];
}

/** What else a reader wants first: who falls first, the harm to civilians, what share of the numbers is assumed. */
export function further_sentences(story: Story): string[] {
  const { data } = story;
  const sentences: string[] = [];
  const first = data.falls.find((f) => f.probability >= 0.05 && f.median_date !== null);
  if (first?.median_date) {
    sentences.push(`Of those that fall, ${story.side(first.actor).name} goes first: in ${percent(first.probability)} of the runs, typically in ${month(first.median_date)}.`);
  }
  const harm = data.civilian_harm;
  if (harm && harm.mean > 0) sentences.push(`Harm to civilians by fire that misses: ${count(harm.q50)} people in the middle run, ${interval(harm)} in nine runs of ten.`);
  return sentences;
}

/** What the numbers are, so that nobody takes them for more. */
export function caveat(data: Report): string {
  const total = Object.values(data.basis_counts).reduce((a, b) => a + b, 0);
  const assumed = data.basis_counts.assumed ?? 0;
  const rests = total > 0 ? ` Of ${plural(total, "basis", "bases")} given for the scenario's numbers, ${count(assumed)} ${assumed === 1 ? "is" : "are"} assumptions.` : "";
  return `This is what a model does with the numbers it was given, in ${plural(data.runs, "run")}; it is not a forecast.${rests}`;
}
