// Who answers a question: the server that the page came from (server.ts) or the engine that is in the page (engine.ts).
import type { Answer, UnitedEnemies } from "./data";

/** What is laid over the package for the first side (`against`) and the second, as the engine takes it. */
export interface Question {
  against: string[]; against_settings: string[]; against_united?: UnitedEnemies; accounts: string[]; settings: string[]; united?: UnitedEnemies; pairs: number;
  /** No more pairs than make every difference in these kinds of outcomes sure; without it all. */
  until_sure?: string[];
}

/** What is wrong with a question or a package; file, line and column of a package. */
export interface Mistake { where: string; file: string; line: number; column: number; what: string; hint: string }
export interface Mistakes { errors: Mistake[] }
export const is_mistakes = (x: unknown): x is Mistakes => typeof x === "object" && x !== null && "errors" in x;

export interface Asker {
  /** Runs pairs and hands over what they say so far, a few first, until all are in or the signal ends it. Fails with an error
   * whose message is for the reader. */
  ask(question: Question, on_answer: (answer: Answer | Mistakes) => void, signal: AbortSignal): Promise<void>;
}
