import type { Side } from "../src/data";
import { is_surely_apart } from "../src/views/map";
import { describe, expect, it } from "vitest";
import type { AccountResult, AccountSide, Q } from "../src/report";
import { axis_end, reading } from "../src/views/accounts";
import { with_error } from "../src/views/issues";

const q = (mean: number, q05: number, q95: number): Q => ({ mean, se: 0, q05, q50: mean, q95 });
const side: AccountSide = {
  id: "a", survival_probability: 0.5, survival_se: 0.1, survival_low: 0.31, survival_high: 0.69, value_share: q(0.25, 0.1, 0.4), losses: q(1234, 900, 20000),
};
const account = (actors: AccountSide[]): AccountResult =>
  ({ id: "x", title: "X", letter: "", story: "", claims: [], settings: 0, runs: 25, failed_runs: 0, actors });

describe("a difference between accounts", () => {
  const one = { id: "a" } as Side, other = { id: "b" } as Side;
  const share = (p: number) => [{ side: one, p }, { side: other, p: 1 - p }];
  it("is sure where the interval leaves out none, which takes runs", () => {
    expect(is_surely_apart(share(0.4), 128, share(0.6), 128)).toBe(true);
    expect(is_surely_apart(share(0.45), 128, share(0.55), 128)).toBe(false);
    expect(is_surely_apart(share(0.45), 1000, share(0.55), 1000)).toBe(true);
    expect(is_surely_apart(share(1), 4, share(0.5), 4)).toBe(false);
    expect(is_surely_apart(share(0.5), 128, share(0.5), 128)).toBe(false);
  });
});

describe("what an account says of an actor", () => {
  it("comes with its interval", () => {
    const survival = reading(side, "survival", 25);
    expect(survival?.low).toBe(0.31);
    expect(survival?.high).toBe(0.69);
    expect(survival?.words).toBe("50%");
    expect(reading(side, "land", 25)).toMatchObject({ value: 0.25, low: 0.1, high: 0.4, words: "25%", range: "10% to 40%" });
    expect(reading(side, "losses", 25)).toMatchObject({ value: 1234, words: "1,230", range: "900 to 20,000" });
  });
  it("says the bound of the interval where all runs end alike", () => {
    expect(reading({ ...side, survival_probability: 1, survival_se: 0, survival_low: 0.987, survival_high: 1 }, "survival", 300)?.range).toBe("in all 300 runs; 95% interval 99% to 100%");
  });
  it("is nothing for a side that is not rated", () => {
    expect(reading({ ...side, survival_probability: null }, "survival", 25)).toBeNull();
  });
  it("is drawn on one axis for all accounts", () => {
    const other = { ...side, losses: q(10, 5, 30000) };
    expect(axis_end([account([side]), account([other])], "losses")).toBe(30000);
    expect(axis_end([account([side])], "survival")).toBe(1);
    expect(axis_end([account([{ ...side, losses: q(0, 0, 0) }])], "losses")).toBeGreaterThan(0);
  });
});

describe("a predicted settlement", () => {
  it("comes with its error, or not at all", () => {
    expect([with_error({ mean: 62.53, se: 1.2 }), with_error({ mean: 0.5, se: 0 }), with_error({ mean: null, se: null })])
      .toEqual(["62.5 ± 1.2", "0.50", "–"]);
  });
});
