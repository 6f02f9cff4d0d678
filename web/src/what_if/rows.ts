// The outcomes of an answer: which are shown, and whose they are.
import type { Story } from "../data";
import type { ComparedKind } from "../catalogue";
import type { ComparedOutcome } from "../outcomes";
import type { Answer } from "./data";

export const name_of = (story: Story, o: ComparedOutcome): string => (o.actor === undefined ? "All" : story.side(o.actor).name);

/** The rows of a kind that say anything, the largest first. */
export const rows_of = (answer: Answer, kind: ComparedKind): ComparedOutcome[] =>
  answer.outcomes.filter((o) => o.kind === kind && (o.a > 0 || o.b > 0)).sort((x, y) => Math.max(y.a, y.b) - Math.max(x.a, x.b));
