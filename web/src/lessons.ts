// Guided questions for a class: each has a knob and two sentences. They are of the reference scenario, and shown where its page has the knob.
import type { ComparedKind } from "./catalogue";

interface Shown { text: string; href: string }

/** id: by which the address names it; path and value of a number, or an account, that is turned; outcome: what is asked, if it is not land; shown: where the report has what comes nearest to the answer. */
export interface Lesson { id: string; question: string; says: [string, string]; path?: string; value?: string; account?: string; outcome?: ComparedKind; shown: Shown; united?: Shown }

const kLessons: Record<string, Lesson[]> = {
  "syria-2016": [
    {
      id: "strength", question: "How much did the strength of the Islamic State on the first day matter?", path: "forces.isis.all.2016-01-01", value: "16900",
      says: ["Halve the fighters of the Islamic State on the first day, from 33,800 to 16,900, and guess how much land it holds at the end.",
        "Then unite its enemies instead, as one account supposes: which matters more, its strength or their quarrels?"],
      shown: { text: "Its strength over time, with its doubt", href: "#strength&strength-band=isis" },
    },
    {
      id: "recruits", question: "Did the Islamic State depend on recruits from abroad?", path: "interventions.foreign_flow_falls_2016.value", value: "0",
      says: ["From 1 April 2016 on, stop the 10 or so fighters a day who join the Islamic State from abroad while it holds a border crossing.",
        "If little changes, look for what replaces them: who joins at home, and how fast its fighters are killed."],
      shown: { text: "What is known of it, parameter by parameter", href: "#about=actor.isis" },
    },
    {
      id: "quarrels", question: "Did the quarrels of its enemies keep the Islamic State alive?", account: "united_front", outcome: "survival",
      says: ["Let all who fight the Islamic State form one front, as one account supposes, and guess whether it survives to the end of 2018.",
        "No observed data can test the answer, so ask what the model leaves out that would have kept such a front apart."],
      shown: { text: "The map under that account", href: "#map&account=united_front" }, united: { text: "What its enemies' union does to it", href: "#quarrels" },
    },
  ],
};

/** The lessons of a package whose knobs it has. */
export function lessons_of(name: string, has_number: (path: string) => boolean, has_account: (id: string) => boolean): Lesson[] {
  return (kLessons[name] ?? []).filter((x) => (x.path === undefined || has_number(x.path)) && (x.account === undefined || has_account(x.account)));
}

/** What the report has of a lesson: of an account that was not run, what it says of united enemies. */
export const shown_of = ({ account, shown, united }: Lesson, is_mapped: (id: string) => boolean): Shown => (account === undefined || is_mapped(account) ? shown : united ?? shown);

/** What the page that answers is to have chosen, to show the question, turn its knob and ask for a guess before it answers. */
export const lesson_choices = ({ id, path, value, account, outcome }: Omit<Lesson, "question" | "says" | "shown" | "united">): Record<string, string> =>
  ({ lesson: id, set: path === undefined ? "" : `${path}=${value}`, account: account ?? "", against: "", united: "", outcome: outcome ?? "", guess: "first" });

/** The part of that page that has the question and, below it, its answer. */
export const kQuestion = "question";

/** The address on that page that does so. */
export const lesson_address = (lesson: Parameters<typeof lesson_choices>[0]): string =>
  `#${kQuestion}${Object.entries(lesson_choices(lesson)).map(([key, value]) => `&${key}=${encodeURIComponent(value)}`).join("")}`;
