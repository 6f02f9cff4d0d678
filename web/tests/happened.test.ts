import { describe, expect, it } from "vitest";
import { Story } from "../src/data";
import { accounts_in_fact, collapses_in_fact, fights_in_fact, sides_in_fact, takings, targets_in_fact } from "../src/happened";
import type { Report } from "../src/report";
import { makeSample } from "../sample/make.mjs";

const kLast = "2016-12-31";

/** The sample, of which the record has these spells of its first places, and at the end of that year ends. */
function war(...places: [string, string, string][][]): Story {
  const data = makeSample() as Report;
  data.places = data.places.slice(0, places.length);
  data.record = { first: data.start, last: kLast, is_whole: false, told: 0, places, scores: [] };
  return new Story(data);
}

/** The same without an end of the observed data before that of the run. */
function whole(story: Story): Story {
  story.data.end = kLast;
  return story;
}

const name = (story: Story, id: string): string => story.side(id).name;
const kSpells: [string, string, string][][] = [
  [["2016-01-01", "2016-03-31", "black_column"], ["2016-04-01", "2016-04-30", "contested"], ["2016-05-01", kLast, "river_republic"]],
  [["2016-01-01", "2016-06-30", "black_column"], ["2016-07-01", kLast, "river_republic"]],
  [["2016-01-01", "2016-02-29", "river_republic"], ["2016-03-01", "2016-03-31", "contested"], ["2016-04-01", kLast, "river_republic"]],
];

describe("what happened in fact", () => {
  it("is nothing in a war without observed data", () => {
    const data = makeSample() as Report;
    data.record = null;
    const story = new Story(data), command = data.priorities[0].command;
    expect([accounts_in_fact(story), collapses_in_fact(story), fights_in_fact(story), sides_in_fact(story), targets_in_fact(story, command)]).toEqual(["", "", "", "", ""]);
  });
  it("counts a change of hands where the holder before and after a contested time differ", () => {
    expect(takings(war(...kSpells))).toEqual([{ date: "2016-05-01", from: "black_column", by: "river_republic" }, { date: "2016-07-01", from: "black_column", by: "river_republic" }]);
    const story = war(...kSpells);
    for (const a of story.data.actors) if (["black_column", "river_republic"].includes(a.id)) a.record_code = "one";
    expect(takings(new Story(story.data))).toEqual([]);
  });
  it("says who held places when the observed data end, since when others held none, and that the rest is open", () => {
    const story = war(...kSpells), sides = story.ground.length;
    expect(collapses_in_fact(story)).toMatch(new RegExp(`^open after 31 December 2016; on that day 1 of ${sides} sides held places; .* held none of the places of the model`));
    expect(collapses_in_fact(whole(war(...kSpells)))).toMatch(/^on 31 December 2016 1 of /);
    const two = war(...kSpells);
    two.data.actors = two.data.actors.filter((a) => ["black_column", "river_republic"].includes(a.id));
    expect(collapses_in_fact(new Story(two.data))).toMatch(/; on that day 1 of 2 sides held places; .+ held none after 30 June 2016\.$/);
    two.data.record!.places[2] = [["2016-01-01", kLast, "black_column"]];
    expect(collapses_in_fact(new Story(two.data))).toBe("open after 31 December 2016; on that day both sides still held places.");
  });
  it("names who held most land, and that fighters were not counted", () => {
    expect(sides_in_fact(war(...kSpells))).toMatch(/^open after 31 December 2016, when the observed data end\. On that day .+ held the most land, (100|>99)% \(in the model \d+%\)\. The observed data count no fighters\.$/);
    expect(sides_in_fact(war([], [], []))).toBe("open after 31 December 2016, when the observed data end. The observed data count no fighters.");
  });
  it("says from whom a command took places, as nobody saw its effort", () => {
    const story = war(...kSpells), command = (id: string): string => story.data.actors.find((a) => a.id === id)!.command;
    expect(targets_in_fact(story, command("river_republic"))).toMatch(/^effort is not in the observed data\. Up to 31 December 2016 .+ took 2 places: 2 from .+\.$/);
    expect(targets_in_fact(story, command("black_column"))).toMatch(/ took no place from others up to 31 December 2016\.$/);
    const air = story.data.actors.find((a) => a.kind === "air" && story.members(a.command).every((x) => x.kind === "air"));
    if (air) expect(targets_in_fact(story, air.command)).toBe("effort is not in the observed data, and aircraft take no place.");
  });
  it("has the dead of all pairs where the package scores a forecast of none, and else says that it has none", () => {
    const story = war(...kSpells), [from, by] = ["black_column", "river_republic"].map((id) => name(story, id));
    expect(fights_in_fact(story)).toMatch(new RegExp(`^the dead are not in the package's data\\. Places changed hands 2 times up to 31 December 2016, always from (the )?${from} to (the )?${by}\\.$`));
    story.data.record!.deaths = [{ from: "2016-01-01", to: kLast, score: "crps", model: "zero", account: null, value: 12.5, pairs: 10, months: 12, runs: 100 }];
    expect(fights_in_fact(story)).toMatch(/^the package's scores of deaths count about 1,500 fighters killed in 2016, in 10 pairs of sides; the dead of each pair are not in its data\. Places /);
    story.data.record!.places = [[], [], []];
    expect(fights_in_fact(story)).toMatch(/ No place changed hands up to 31 December 2016\.$/);
  });
  it("holds the accounts beside what happened on the last day for which both are known", () => {
    const data = makeSample() as Report, story = new Story(data), said = accounts_in_fact(story);
    const date = data.account_dates!.filter((i) => data.dates[i] <= data.record!.last).pop()!;
    expect(new Date(`${data.dates[date]}T00:00:00Z`).getUTCFullYear()).toBe(Number(/^on \d+ \w+ (\d{4}) /.exec(said)![1]));
    expect(said).toMatch(/ held \d+% of the land\. On no side do the accounts differ more for that day: \d+% by .+, \d+% by .+\. What they say of later days is open\.$/);
    data.accounts!.forEach((a, i) => { a.letter = a.id === "base" ? "" : "ABCDEF"[i - 1]; });
    expect(accounts_in_fact(story)).toMatch(/% by (account [A-F]|the basic model), \d+% by (account [A-F]|the basic model)\. /);
    data.account_dates = [];
    expect(accounts_in_fact(story)).toMatch(/^not known of the days for which the accounts' numbers are kept; the observed data end on /);
  });
});
