import { describe, expect, it } from "vitest";
import type { AccountSetting, WhatIfWar } from "../src/what_if/data";
import { account_file, kOwn } from "../src/what_if/data";
import { next_told, shares_of } from "../src/what_if/shares";
import { central_of, dropped, statements_of } from "../src/what_if/statements";

describe("pairs shared among threads", () => {
  it("are each run once, in order, of both sides in turns", () => {
    for (const had of [[0, 0], [7, 0], [3, 5], [0]]) {
      const next = [...had];
      for (const { side, first, runs } of shares_of(had, 21)) {
        expect(first).toBe(next[side]);
        next[side] += runs;
      }
      expect(next).toEqual(had.map(() => 21));
    }
    expect(shares_of([0, 0], 200).slice(0, 4)).toEqual([0, 0, 1, 1].map((first, i) => ({ side: i % 2, first, runs: 1 })));
    expect(shares_of([200, 200], 200)).toEqual([]);
  });
  it("are told of after a few, and then ever less often, up to the last", () => {
    const told = [];
    for (let n = next_told(0, 60); told.at(-1) !== 60; n = next_told(n, 60)) told.push(n);
    expect(told).toEqual([4, 8, 16, 32, 48, 60]);
    expect(next_told(0, 2)).toBe(2);
    const looked = [], looks = [16, 24, 32, 60];
    for (let n = next_told(0, 60, looks); looked.at(-1) !== 60; n = next_told(n, 60, looks)) looked.push(n);
    expect(looked).toEqual([4, 8, ...looks]);
  });
});

describe("the statements of an account", () => {
  const war = {
    title: "A war", package: "syria-2016", claims: [{ id: "X1", statement: "it rains." }],
    accounts: [
      { id: "isis_survives", title: "E", letter: "", story: "", settings: [
        { path: "ties.isis.syrian_army.kill_rate", value: "0.1..0.2", claims: ["E36"] }, { path: "actors.a.speed", value: "2", claims: ["X1", "X2"] },
        { path: "actors.b.speed", value: "true", claims: ["X1", "X2"] }, { path: "actors.c.speed", value: "4", claims: [] }] },
      { id: "powers_together_2018", title: "together", letter: "", story: "", settings: [{ path: "scenario.laws.x.on", value: "1", claims: [] }] },
    ],
  } as unknown as WhatIfWar;
  it("are the central ones first, and the rest by what they rest on", () => {
    const all = statements_of(war, war.accounts[0]);
    expect(all.map((s) => [s.words, s.is_central, s.without])).toEqual([
      ["it never beat an army face to face", true, [["ties.isis.syrian_army.kill_rate", kOwn]]],
      ["the powers do not act together, so remnants hold out", true, [["scenario.laws.x.on", "1"]]],
      ["it rains.", false, [["actors.a.speed", kOwn], ["actors.b.speed", kOwn]]],
    ]);
  });
  it("leave what the contrary account has alike to the others", () => {
    const contrary = { id: "powers_together_2018", title: "together", letter: "", story: "", settings: [
      { path: "ties.isis.syrian_army.kill_rate", value: "0.1..0.2", claims: ["E36"] }, { path: "scenario.laws.x.on", value: "1", claims: [] }] };
    const [first, second] = statements_of({ ...war, accounts: [war.accounts[0], contrary] }, war.accounts[0]);
    expect(first.without).toEqual([["ties.isis.syrian_army.kill_rate", kOwn]]);
    expect(second.without).toEqual([["scenario.laws.x.on", "1"]]);
  });
  it("say what is set, each in other words, where the account is no author's", () => {
    const set = (path: string, value: string, ...claims: string[]): AccountSetting => ({ path, value, claims });
    const counterfactual = { id: "united", title: "", letter: "", story: "", settings: [set("a.b", "1", "X1"), set("a.c", "2", "X1"), set("a.d", "3", "X1", "X2")] };
    expect(statements_of(war, counterfactual, (path) => `number ${path}`).map((s) => s.words)).toEqual(["number a.b: 1, and 1 other parameter", "number a.d: 3"]);
  });
  it("that are central can be dropped by their words, from wherever the account is chosen", () => {
    const [words] = central_of("syria-2016", "isis_survives").filter((x) => x.startsWith("it never"));
    expect(dropped(war, `isis_survives:${words}`)).toEqual({ account: "isis_survives", changes: [["ties.isis.syrian_army.kill_rate", kOwn]] });
    expect(dropped(war, "isis_survives:it rains.")).toBeUndefined();
    expect(dropped(war, "")).toBeUndefined();
  });
  it("that are taken away are left out of the account that is saved", () => {
    const settings = new Map([["actors.a.speed", kOwn], ["actors.d.speed", "9"]]);
    const file = account_file(war, { against: "", account: "isis_survives", settings, united: "" }, "What if");
    expect(file).not.toContain("actors.a.speed");
    expect(file).not.toContain(kOwn);
    expect(file).not.toContain("--account");
    expect(file).toContain('path = "actors.b.speed"\nvalue = true\nbasis = "X1; X2"');
    expect(file).toContain('path = "actors.c.speed"\nvalue = 4\nbasis = "assumed: as the account isis_survives has it"');
    expect(file).toContain('path = "actors.d.speed"\nvalue = 9');
  });
});
