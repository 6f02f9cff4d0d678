// Numbers, dates and lists as a reader writes them.
import type { Q } from "./report";

type Maybe = number | null | undefined;
const kMissing = "–";
/** Of fewer runs a share is told as a count. */
const kFewRuns = 50;
const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const rounded = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const compacted = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });
const day_format = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const short_day_format = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const month_format = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });

const is_missing = (x: Maybe): x is null | undefined => x === null || x === undefined || !Number.isFinite(x);

/** "12,300": people, to three digits from a thousand on, as no estimate here is better known. */
export function count(x: Maybe): string {
  if (is_missing(x)) return kMissing;
  if (x > 0 && x < 1) return "<1";
  return Math.abs(x) < 1000 ? grouped.format(x) : rounded.format(x);
}

/** "12K": for axes. */
export const compact = (x: number): string => compacted.format(x);

/** "1,801,775": a number of the record, in full. */
export const exact = (x: number): string => grouped.format(x);

/** "34%". Never 0% or 100% for what is possible but not certain. */
export function percent(p: Maybe): string {
  if (is_missing(p)) return kMissing;
  if (p > 0 && p < 0.005) return "<1%";
  if (p < 1 && p > 0.995) return ">99%";
  return `${Math.round(p * 100)}%`;
}

/** "+0.012", "−0.012", "0.000": as scores are compared. */
export const signed = (x: number, digits = 3): string => `${x > 0 ? "+" : x < 0 ? "−" : ""}${Math.abs(x).toFixed(digits)}`;

/** A sentence of the program with percentages and minus signs as the page writes them. */
export const sentence = (text: string): string => text.replaceAll(" %", "%").replaceAll(/(?<=^|[\s(])-(?=\d)/g, "−");

/** The same text with its dates and spans whole: no line ends between "2015" and "16". */
export const unbroken = (text: string): string => text.replaceAll(/(?<=\d)-(?=\d)/g, "\u2011");

/** What the two ranges of the page mean, for wherever a number has one. */
export const kInterval = "95% interval: how far the result of so many runs may be off by chance; more runs narrow it.";
export const kSpread = "90% of the runs: how far one run differs from another; more runs do not narrow that.";

/** "9,100 to 14,800": where 90% of the runs lie, from the 5th to the 95th percentile. */
export const interval = (q: Pick<Q, "q05" | "q95">, format: (x: Maybe) => string = count): string =>
  format(q.q05) === format(q.q95) ? format(q.q05) : `${format(q.q05)} to ${format(q.q95)}`;

export const to_date = (iso: string): Date => new Date(`${iso}T00:00:00Z`);
export const day = (iso: string): string => day_format.format(to_date(iso));
export const short_day = (iso: string): string => short_day_format.format(to_date(iso));
/** "9 Oct 2018 to 1 Dec 2018"; "" where that is one day. */
export const days = (from: string, to: string): string => (from === to ? "" : `${short_day(from)} to ${short_day(to)}`);
export const month = (iso: string): string => month_format.format(to_date(iso));

/** "a", "a and b", "a, b and c". */
export function list(items: string[]): string {
  return items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`;
}

export const capital = (text: string): string => text.replace(/^./u, (l) => l.toUpperCase());

/** "the Islamic State": in a sentence a name that ends with what kind of body it is has its article. */
export const with_article = (name: string): string =>
  (/^the /iu.test(name) ? name.replace(/^T/u, "t") : / (state|army|front|forces?|rebels|militias?|government|league|guards?|union|council|brigades?|air arm)$/iu.test(name) ? `the ${name}` : name);

/** "6 of 20", as so few runs are no percentage; from fifty on "30%". */
export const share_of = (share: Maybe, runs: number): string => (is_missing(share) || runs >= kFewRuns ? percent(share) : `${Math.round(share * runs)} of ${runs}`);
/** The same with what it is of. */
export const of_runs = (share: Maybe, runs: number): string => `${share_of(share, runs)} ${runs < kFewRuns ? "runs" : "of the runs"}`;

/** "1 run", "2 runs". */
export const plural = (n: number, one: string, many = `${one}s`): string => `${exact(n)} ${n === 1 ? one : many}`;
