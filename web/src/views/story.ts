// The questions of the package with their answers, by account, in words and as a small picture each.
import { kBase } from "../catalogue";
import type { Story } from "../data";
import { h, is_phone, rows_in } from "../dom";
import { tools } from "../figure";
import { capital, count, kInterval, kSpread, percent, sentence, to_date, unbroken } from "../format";
import { account_label, named } from "../links";
import { kinds_of } from "../report";
import type { Answer, AnswerValue, Question, Report } from "../report";
import { in_fact, later } from "../section";
import { interval_track, tell_values, track_ends } from "./bars";
import type { Mark } from "./bars";

/** Of an end that is a tenth up to how a double is kept. */
const kRounding = 1e-9;

/** The ends of the axis that all answers to a question share: of shares the tenth above the largest. */
export function axis_of(question: Question): { low: number; high: number } {
  const values = (question.answers ?? []).flatMap((a) => a.values);
  if (question.scale === "probability") return { low: 0, high: 1 };
  const ends = values.flatMap((v) => [v.low, v.high, middle(question, v)]).filter((x): x is number => x !== null);
  if (question.scale === "share") return { low: 0, high: Math.min(1, Math.max(1, Math.ceil(10 * Math.max(0, question.threshold ?? 0, ...ends) - kRounding)) / 10) };
  if (question.scale === "people") return { low: 0, high: Math.max(1e-9, ...ends) };
  const low = Math.min(...ends), high = Math.max(...ends);
  return ends.length === 0 || low === high ? { low: (ends[0] ?? 0) - 0.5, high: (ends[0] ?? 0) + 0.5 } : { low, high };
}

/** The number that words give: means of shares and of what accounts lie apart in, else the median run, as tails are long. */
export const middle = (question: Question, v: AnswerValue): number | null =>
  (question.scale === "probability" || question.scale === "share" || question.form === "spread" ? v.mean : v.q50);

/** A value of a question in words. */
export function words_of(question: Question, x: number | null, start: string): string {
  if (x === null) return "–";
  if (question.scale === "probability" || question.scale === "share") return percent(x);
  if (question.scale === "days") {
    const date = new Date(to_date(start).getTime() + Math.round(x) * 86_400_000);
    return date.toLocaleDateString("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });
  }
  return question.scale === "people" ? count(x) : x.toFixed(2);
}

const kListed = 5;
/** Accounts whose answers in words a phone shows at first. */
const kPhoneSaid = 3;
/** Questions that a phone shows at first. */
const kPhoneCards = 2;

/** What a metric asks of who holds a place on a day, a day of the war or its last. */
export function asked_place(metric: string, end: string): { place: string; date: string } | undefined {
  const [, place, date] = /^places\.([a-z0-9_]+)\.control\.[a-z0-9_]+(?:\.(\d{4}-\d\d-\d\d))?$/.exec(metric) ?? [];
  return place ? { place, date: date ?? end } : undefined;
}

/** What happened of what a question asks, or why that is not told; of who holds a place also the chance that the basic model gave it. */
function by_record(story: Story, question: Question): HTMLElement | null {
  const { record, dates, end } = story.data, asked = asked_place(question.metrics?.[0] ?? "", end);
  if (!record) return null;
  const place = asked ? story.data.places.findIndex((p) => p.id === asked.place) : -1;
  const time = asked ? dates.indexOf(asked.date) : -1;
  const truth = asked && place >= 0 ? story.truth(place, asked.date) : undefined;
  if (!asked || truth === undefined || time < 0) return in_fact(question.fact ? `${question.fact.replaceAll(" %", "%")}.` : "not in the observed data.");
  const p = story.p_of_truth(place, time);
  const history = h("a", { href: `#map&place=${encodeURIComponent(asked.place)}&date=${asked.date}` }, "its history");
  return in_fact(truth === "contested" ? "contested" : h("b", {}, named(story, { ...story.side(truth), name: capital(story.side(truth).name) })),
    p === undefined ? "" : `. The model gave this ${percent(p)}`, ". See ", history, ".");
}

/** Whose value a row of a picture shows. */
interface RowHead { name: string; shown: string | Node; colour: string }

/** One row of a picture: interval and value on the shared axis. */
function row(story: Story, question: Question, value: AnswerValue, { name, shown, colour }: RowHead, bars: Mark[]): HTMLElement {
  const ends = axis_of(question), middle_value = middle(question, value);
  const at = (x: number | null): number | null => (x === null ? null : (x - ends.low) / (ends.high - ends.low));
  const words = (x: number | null): string => words_of(question, x, story.data.start);
  const threshold = question.threshold !== undefined && question.threshold >= ends.low && question.threshold <= ends.high ? at(question.threshold) : null;
  const element = interval_track({ value: at(middle_value), low: at(value.low), high: at(value.high), colour, marked: threshold === null ? [] : [threshold] });
  const share = question.scale === "probability" ? "95% interval" : "90% of runs";
  const said = question.scale === "days" && value.share_of_runs === 0 ? "never" : words(middle_value);
  bars.push({ element, lines: [name, said, ...(value.low !== null && value.high !== null ? [`${share}: ${words(value.low)} to ${words(value.high)}`] : [])] });
  return h("li", {}, h("span", { class: "who" }, shown), element, h("span", { class: "value" }, said));
}

/** The actor that a label of a list names, so that it keeps its colour and leads to all about it. */
function of_label(story: Story, label: string): RowHead {
  const actor = story.actors.find((a) => story.side(a.id).name === label);
  return actor ? { name: label, shown: named(story, story.side(actor.id)), colour: story.side(actor.id).paint.colour } : { name: label, shown: label, colour: "var(--ink)" };
}

/** The values of an answer, greatest first, as rows. */
function list_rows(story: Story, question: Question, answer: Answer, bars: Mark[]): HTMLElement[] {
  const labels = question.labels ?? [];
  return answer.values.map((value, i) => ({ value, name: labels[i] ?? "" }))
    .filter(({ value }) => (middle(question, value) ?? 0) > 0)
    .sort((a, b) => (middle(question, b.value) ?? 0) - (middle(question, a.value) ?? 0)).slice(0, kListed)
    .map(({ value, name }) => row(story, question, value, of_label(story, name), bars));
}

function picture(story: Story, question: Question): HTMLElement | null {
  const answers = question.answers ?? [];
  if (answers.length === 0) return null;
  const whose = (id: string): RowHead => ({ name: story.account_name(id), colour: "var(--accent)",
    shown: account_label(story, id) });
  const bars: Mark[] = [], { what_ifs } = kinds_of(story.data.accounts);
  const rows = question.form === "list"
    ? list_rows(story, question, answers[0], bars)
    : answers.map((a) => {
      const one = row(story, question, a.values[0], whose(a.account), bars);
      one.classList.toggle("is-what-if", what_ifs.some(({ id }) => id === a.account));
      return one;
    });
  tell_values(bars);
  if (rows.length === 0) return null;
  const { low, high } = axis_of(question), ends = track_ends(words_of(question, low, story.data.start), words_of(question, high, story.data.start));
  const list = h("ul", { class: `account-bars story-bars${question.form === "list" ? "" : " by-title"}` });
  const parts = rows_in(list, rows, kListed);
  if (parts.length > 1) list.prepend(ends);  // the rows that are folded away come last
  else list.append(ends);
  return h("div", {}, ...parts);
}

/** How to get an answer that only a run of each account has. */
const each_account = ({ package: of }: Report): HTMLElement => h("p", { class: "note" }, "To get it, type in a terminal: ", h("code", {}, `truel run scenarios/${of} --each-account --out NEW-FOLDER`),
  ". It runs the war under each account and writes a report of all.");

/** Whether a phone, whose page is long, leaves out the picture: its sentence has the land of the largest sides, and a section has all of each side. */
const is_said_elsewhere = ({ form, metrics = [] }: Question): boolean => is_phone() && form === "list" && metrics.length > 0 && metrics.every((metric) => /^actors\.[a-z0-9_]+\.value_share$/.test(metric));

function card(story: Story, question: Question): HTMLElement {
  const answers = question.answers ?? [];
  const one = answers.length === 1 || question.form === "list" ? answers[0] : undefined;
  const first = answers.find((a) => a.account === kBase) ?? answers[0];
  const says = question.conclusion || one?.text || first?.text || "";
  // A picture that has the accounts as its rows says the values already: what is left is their intervals and whole names.
  // The sentence of a spread, and its bars, are of averages; what each account says of itself is the median run of what has long tails.
  const are_medians = question.form === "spread" && question.scale !== "share" && question.scale !== "probability";
  const by_account = answers.length < 2 ? null
    : h("details", {}, h("summary", {}, question.form === "list" ? `By account (${answers.length})` : are_medians ? "Medians, with intervals" : "With intervals"));
  later(() => by_account?.append(...rows_in(h("dl", { class: "said" }), answers.map((a) => h("div", {}, h("dt", {}, h("a", { href: `#account-${encodeURIComponent(a.account)}` }, story.account_name(a.account))), h("dd", {}, sentence(a.text)))), kPhoneSaid)));
  const needs_accounts = answers.length === 0 && story.data.accounts === undefined && says !== "";
  return h("article", { class: "question" }, h("h3", {}, question.words), h("p", { class: "said-first" }, unbroken(sentence(says))), needs_accounts && each_account(story.data), by_record(story, question), is_said_elsewhere(question) ? h("p", { class: "note" }, h("a", { href: "#survival" }, "Each side on the last day"), ".") : picture(story, question), by_account);
}

/** The questions with an answer or with a reason why there is none. */
export const questions_of = ({ data }: Story): Question[] => data.questions.filter((q) => (q.answers?.length ?? 0) > 0 || Boolean(q.conclusion));

/** Questions with their answers. */
export function story_view(story: Story, name: string, title: string, asked: Question[]): HTMLElement {
  const cards = h("div", { class: "questions" });
  return h("div", {}, ...rows_in(cards, asked.map((q) => card(story, q)), kPhoneCards), tools({
    name, title, data: story.data, picture: () => cards,
    table: () => ({
      heads: ["question", "account", "metric", "mean", "se", "q05", "q50", "q95", "low", "high", "share_of_runs", "runs", "date"],
      rows: asked.flatMap((q) => (q.answers ?? []).flatMap((a) => a.values.map((v, i) =>
        [q.words, a.account, q.metrics?.[i] ?? "", v.mean, v.se, v.q05, v.q50, v.q95, v.low, v.high, v.share_of_runs, v.runs, v.date ?? null]))),
    }),
  }), h("p", { class: "note" }, story.data.early_end ? `${story.data.early_end} ` : "", `Bars: of a probability its 95% interval, of other outcomes 90% of the runs. Dashed line: the value that is asked about. ${kInterval} ${kSpread}`));
}
