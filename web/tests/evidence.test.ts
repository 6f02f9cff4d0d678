import { describe, expect, it } from "vitest";
import type { Basis, Claim, Conflict, Report } from "../src/report";
import { by_weight } from "../src/views/evidence";

const claim = (id: string): Claim => ({ id, source: "s", paragraph: 1, speaker: "", kind: "event", subject: "", object: "", stance: "asserts", statement: id, low: null, high: null, unit: "" });
const conflict = (numbers: number, one: string[], other: string[]): Conflict => ({ statement: String(numbers), between_sources: true, numbers, one_says: "", one, other_says: "", other, in_doubt: ["calm"] });
const basis = (kind: Basis["kind"], id: string | null = null): Basis => ({ kind, id, text: "" });
const number = (path: string, value: string, ...on: Basis[]): Report["numbers"][number] => ({ path, value, unit: "", basis: on });

describe("the evidence", () => {
  const ordered = by_weight({
    claims: ["calm", "rests", "light", "heavy"].map(claim),
    conflicts: [conflict(2, ["light"], ["heavy"]), conflict(70, ["heavy"], [])],
    numbers: [
      number("forces.2014", "5", basis("assumed")), number("guess", "1..2", basis("assumed")), number("support.a.b", "0.1..0.2", basis("claim", "heavy")), number("counted", "7", basis("source", "x")),
      number("on_calm", "1", basis("claim", "rests")), number("on_rests", "1..3", basis("claim", "rests")), number("on_light", "2", basis("assumed"), basis("claim", "light")),
      number("on_heavy", "1e3", basis("claim", "calm"), basis("claim", "heavy")),
    ],
  });
  it("begins with what is disputed and weighs most", () => {
    expect(ordered.conflicts.map((c) => c.numbers)).toEqual([70, 2]);
    expect(ordered.claims.map((c) => c.id)).toEqual(["heavy", "light", "rests", "calm"]);
  });
  it("puts numbers on disputed claims before others, data before guesses, those of single places last, what is uncertain before what is not", () => {
    expect(ordered.numbers.map((n) => n.path)).toEqual(["on_heavy", "on_light", "on_rests", "on_calm", "support.a.b", "counted", "guess", "forces.2014"]);
  });
});
