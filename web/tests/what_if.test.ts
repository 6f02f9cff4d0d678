import { describe, expect, it } from "vitest";
import { Story } from "../src/data";
import type { Report } from "../src/report";
import type { ComparedOutcome } from "../src/outcomes";
import { men_at } from "../src/what_if/knobs";
import { account_file, before_last, command_of, days_after, days_between, dials_on, is_allowed, is_same_change, kAccountFile, laid_over, with_base, united_of } from "../src/what_if/data";
import type { Answer, DateDial, Dial, NumberDial, ChangedWar, WhatIfWar } from "../src/what_if/data";
import { allowed_words, found_dials, number_text } from "../src/what_if/dials";
import { verdict_on } from "../src/what_if/guess";
import { sentence } from "../src/what_if/results";
import { rows_of } from "../src/what_if/rows";
import { base_words, in_force, suggestions, turn_words } from "../src/what_if/suggested";
import { makeSample } from "../sample/make.mjs";

const turned = (settings: [string, string][], account = ""): ChangedWar => ({ against: "", account, united: "", settings: new Map(settings) });
const story = new Story(makeSample() as Report);
const [first, second] = story.actors;

function outcome(more: Partial<ComparedOutcome>): ComparedOutcome {
  return { outcome: `actors.${first.id}.value_share`, actor: first.id, kind: "value", a: 0.4, b: 0.3, a_interval: [0.38, 0.42], b_interval: [0.28, 0.32],
    difference: -0.1, se: 0.01, low: -0.12, high: -0.08, pairs: 200, changed_pairs: 150, ...more };
}
const answer = (...outcomes: ComparedOutcome[]): Answer => ({ runs: 200, wanted: 200, same: false, outcomes, places: [] });

describe("the knobs to begin with", () => {
  const dial = (path: string, value: number, unit: string, written: string): Dial => {
    const [table, ...rest] = path.split(".");
    return { path, table, of: rest.slice(0, -1).join("."), name: rest.at(-1)!, unit, kind: "number", meaning: "", written, value, low: 0, high: 2 * value, least: 0, greatest: null, basis: [] };
  };
  const { id } = first, name = story.side(id).name, start = "2016-01-01";
  const dials = [dial(`forces.${id}.harbour.${start}`, 300, "fighters", "200..400"), dial(`forces.${id}.all.${start}`, 33_760, "fighters", "loguniform(19000, 60000)"),
    dial(`forces.${id}.all.2016-12-01`, 15_000, "fighters", "10000..20000"), dial(`actors.${id}.kill_rate`, 0.0024, "per fighter per day", "0.0024")];
  const war = { start, dials, claims: [{ subject: id, object: "" }], actors: story.data.actors } as unknown as WhatIfWar;
  it("are those of the side that most is said about, in plain words, as far as the package has them", () => {
    const all = suggestions(war, story);
    expect(all.map((s) => s.name)).toEqual([`Fighters of ${name} on the first day`, `How deadly each fighter of ${name} is`]);
    expect(all.every((s) => s.turn.length > 0)).toBe(true);
    expect(base_words(all[0].dial)).toBe("33,800 fighters, drawn between 19,000 and 60,000");
    expect(base_words(all[1].dial)).toBe("0.0024 per fighter per day");
  });
  it("say what a turn makes of the number, by how much or, of shares and what has no zero below it, in place of what", () => {
    const says = (value: number, unit: string, ...to: number[]): string[] => to.map((x) => turn_words({ value, unit }, x));
    expect(says(200, "fighters", 200, 0, 150, 300, 500)).toEqual(["as it is", "none, in place of 200 fighters", "25% less than as it is", "50% more than as it is", "2.5 times as much as it is"]);
    expect(says(0.3, "share", 0.6)).toEqual(["60% in place of 30%"]);
    expect(says(-0.9, "-1 to 1", 0.5)).toEqual(["0.5 (-1 to 1) in place of -0.9"]);
  });
  it("turn what a dated change sets by that change, as the number itself does nothing from then on", () => {
    const path = `actors.${id}.recruits_per_day`, change = (of: string, date: string): Dial[] => [
      { ...dial(`interventions.${of}.value`, 10, "fighters per day", "3..17"), sets: path } as Dial,
      { ...dial(`interventions.${of}.date`, 0, "", date), kind: "date", value: date } as unknown as Dial];
    const all = [dial(path, 37.5, "fighters per day", "25..50"), ...change("late", "2016-04-01"), ...change("early", "2015-08-01")];
    expect(in_force(all, path)).toEqual({ dial: all[1], since: " from 1 April 2016 on" });
    expect(in_force(all.slice(0, 1), path)).toEqual({ dial: all[0], since: "" });
    expect(in_force([], path)).toBeUndefined();
  });
  it("come first among what is found: the name of a side and fighters find its strength on the first day", () => {
    const plain = new Map(suggestions(war, story).map((s) => [s.dial.path, s]));
    expect(found_dials(war, story, plain, [...name.toLowerCase().split(" "), "fighters"]).map((d) => d.path)[0]).toBe(`forces.${id}.all.${start}`);
  });
  it("are found by the other names that sources give a side", () => {
    const also = new Story({ ...story.data, also_called: { [id]: ["Daesh"] } }), found = (words: string): string[] => found_dials(war, also, new Map(), words.split(" ")).map((d) => d.path);
    expect(found("daesh lethality")).toEqual([]);
    expect(found("daesh kill")).toEqual([`actors.${id}.kill_rate`]);
    expect(found_dials(war, story, new Map(), ["daesh"])).toEqual([]);
  });
});

describe("a change", () => {
  it("is the same in whatever order its numbers were turned", () => {
    expect(is_same_change(turned([["a", "1"], ["b", "2"]]), turned([["b", "2"], ["a", "1"]]))).toBe(true);
    expect(is_same_change(turned([["a", "1"]]), turned([["a", "2"]]))).toBe(false);
    expect(is_same_change(turned([["a", "1"]]), turned([["a", "1"]], "proxy"))).toBe(false);
  });
  it("was last that of the number turned last, then of the account", () => {
    expect([...before_last(turned([["a", "1"], ["b", "2"]], "proxy"))!.settings]).toEqual([["a", "1"]]);
    expect(before_last(turned([], "proxy"))).toEqual(turned([]));
    expect(before_last(turned([]))).toBeUndefined();
  });
  it("can be repeated in the terminal, with what the first side has turned", () => {
    expect(command_of("war", turned([["a.b", "1"]]), 40)).toBe("truel compare war --set-b a.b=1 --runs 40");
    expect(command_of("war", turned([["a.b", "it's"]], "x"), 40, [], turned([["c", "2"]]))).toBe("truel compare war --account base --account x --set-a c=2 --set-b 'a.b=it'\\''s' --runs 40");
  });
  it("begins from what the report was made with, but for what is turned", () => {
    expect(laid_over(["a.b=1", "c.d=2"], turned([["c.d", "3"]]))).toEqual(["a.b=1", "c.d=3"]);
    expect(command_of("war", turned([["c.d", "3"]]), 40, ["a.b=1", "c.d=2"])).toBe("truel compare war --set a.b=1 --set-a c.d=2 --set-b c.d=3 --runs 40");
    const number = { path: "c.d", kind: "number", value: 7, written: "7" } as NumberDial;
    expect(with_base({ dials: [number] } as WhatIfWar, ["c.d=2"]).dials).toEqual([{ ...number, value: 2, written: "2" }]);
  });
  it("of united enemies is a command of its own, which no other change goes with", () => {
    const united = { ...turned([], "x"), against: "x", united: "isis:truce" };
    expect(command_of("war", united, 40, ["a.b=1"])).toBe("truel compare war --account x --if-united isis --set a.b=1 --runs 40");
    expect(command_of("war", { ...united, united: "isis:truce:2017-03-05" }, 40)).toBe("truel compare war --account x --if-united isis --united-from 2017-03-05 --runs 40");
    expect([united_of(united), united_of({ united: "isis:truce:2017-03-05" })]).toEqual([{ actor: "isis", way: "truce" }, { actor: "isis", way: "truce", from: "2017-03-05" }]);
    expect(command_of("war", { ...united, settings: new Map([["a.b", "2"]]) }, 40)).toBeUndefined();
    expect(before_last(united)).toEqual({ ...united, united: "" });
  });
});

describe("the day of a dated change", () => {
  const dial: DateDial = { path: "interventions.x.date", table: "interventions", of: "x", name: "date", unit: "", kind: "date", meaning: "", written: "2016-02-27", value: "2016-02-27",
    low: "2016-01-01", high: "2016-12-31", least: "1900-01-01", greatest: "2200-12-31", basis: [{ kind: "claim", id: "C1", text: "" }, { kind: "assumed", id: "", text: "" }] };
  it("is counted in days, over leap days as well", () => {
    expect(days_after("2016-02-28", 2)).toBe("2016-03-01");
    expect(days_between("2016-01-01", "2016-12-31")).toBe(365);
  });
  it("is a day of the calendar within its bounds", () => {
    expect(["2016-03-01", "1899-12-31", "2201-01-01", "2016-13-01", "soon", ""].map((text) => is_allowed(dial, text))).toEqual([true, false, false, false, false, false]);
  });
  it("goes into an account as text, under a name that is an id", () => {
    expect(account_file({ title: "War", accounts: [] }, turned([["interventions.x.date", "2016-03-01"]]), "What if")).toContain('value = "2016-03-01"');
    expect(kAccountFile).toMatch(/^[a-z][a-z0-9_]*\.toml$/);
  });
  it("hangs on the same claim as other dials", () => {
    const other = { ...dial, path: "interventions.y.date" };
    expect(dials_on([dial, other]).get("C1")).toEqual([dial, other]);
    expect([...dials_on([dial]).keys()]).toEqual(["C1"]);
  });
});

describe("a guess", () => {
  const guess = (value: number, before = 0.4) => verdict_on(story, answer(outcome({})), { outcome: `actors.${first.id}.value_share`, kind: "value", value, before });
  it("is told how far off it was, and whether the direction was right", () => {
    expect(guess(0.35)).toContain("you guessed 35%, the model says 30% (as it is 40%): your guess was 5.0 percentage points too high; you had the direction right.");
    expect(guess(0.5)).toContain("your guess was 20.0 percentage points too high; it goes the other way.");
    expect(guess(0.2)).toContain("10.0 percentage points too low");
  });
  it("of who changes nothing is what the war as it is has by all pairs", () => expect(guess(0.42, 0.42)).toMatch(/you guessed 40%.*10\.0 percentage points too high\.$/));
  it("is not called wrong where the pairs cannot tell", () => expect(guess(0.31)).toContain("cannot distinguish from your guess"));
});

describe("what changes", () => {
  it("is listed by size, without those that have nothing on either side", () => {
    const other = outcome({ outcome: "x", actor: second.id, a: 0, b: 0.6, difference: 0.6, low: 0.5, high: 0.7 });
    expect(rows_of(answer(outcome({}), other, outcome({ outcome: "y", a: 0, b: 0 }), outcome({ kind: "losses" })), "value").map((o) => o.outcome)).toEqual(["x", `actors.${first.id}.value_share`]);
  });
  it("is said of those alone whose interval leaves out 0", () => {
    expect(sentence(story, answer(outcome({})), "value")).toBe(`Land: ${story.side(first.id).name} −10.0 percentage points of the land (95% interval −12.0 to −8.0).`);
    const second = story.actors[1].id, wide = { ...outcome({ actor: second, low: -0.17, high: 0.2 }), difference: 0.01 };
    expect(sentence(story, { ...answer(outcome({})), outcomes: [outcome({}), wide] }, "value")).toContain(` Unclear even in direction: ${story.side(second).name}, between −17.0 and +20.0 percentage points of the land.`);
    expect(sentence(story, { ...answer(outcome({})), outcomes: [outcome({}), wide], runs: 4 }, "value")).not.toContain("Unclear");
    const other = outcome({ outcome: `actors.${second}.value_share`, actor: second, difference: 0.02, low: 0.01, high: 0.03 });
    const both = { ...answer(outcome({})), outcomes: [outcome({}), other] };
    expect(sentence(story, both, "value").indexOf(story.side(second).name)).toBeGreaterThan(sentence(story, both, "value").indexOf(story.side(first.id).name));
    expect(sentence(story, both, "value", second)).toMatch(new RegExp(`^Land: ${story.side(second).name} `));
    expect(sentence(story, answer(outcome({ low: -0.2, high: 0.1 })), "value")).toBe("Land: in 200 pairs of runs no difference can be distinguished from chance.");
    expect(sentence(story, { ...answer(outcome({ low: -0.2, high: 0.1 })), runs: 4 }, "value")).toBe("Land: too early to tell after 4 of 200 pairs of runs.");
    expect(sentence(story, { ...answer(outcome({ low: -0.2, high: 0.1 })), runs: 40, until_sure: { sure: true, words: "" } }, "value")).toBe("Land: in 40 pairs of runs no difference can be distinguished from chance.");
  });
});

describe("a number that is written", () => {
  it("may have marks between thousands, or be in percent", () => {
    expect(["17,000", "17 000", "50%", "−0.5", "1.5", "1,5", "abc"].map(number_text)).toEqual(["17000", "17000", "0.5", "-0.5", "1.5", "1,5", "abc"]);
  });
  it("is told what it may be", () => {
    expect(allowed_words({ kind: "number", least: 0, greatest: 1 } as NumberDial)).toBe("A number from 0 to 1");
    expect(allowed_words({ kind: "number", least: 0, greatest: null } as NumberDial)).toBe("A number from 0 on");
  });
});

describe("who stands at a place", () => {
  it("is whom the last number until the first day has there, and nobody who is not", () => {
    const force = (of: string, name: string, value: number): NumberDial => ({ path: `forces.${of}.${name}`, table: "forces", of, name, kind: "number", value } as NumberDial);
    const war = { start: "2016-01-01", dials: [force("army.homs", "2015-01-01", 900), force("army.homs", "2016-01-01", 400), force("rebels.homs", "2016-01-01", 0), force("army.homs", "2017-01-01", 50),
      force("rebels.hama", "2016-01-01", 70)] } as WhatIfWar;
    expect(men_at(war, { side: (id: string) => ({ name: id }) } as unknown as Story, "homs").map((x) => x.words)).toEqual(["Army: 400 fighters"]);
  });
});
