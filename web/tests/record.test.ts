import { describe, expect, it } from "vitest";
import { Story } from "../src/data";
import type { Report, ScoreRow, WarRecord } from "../src/report";
import { among_runs, held_places, not_told_apart, subject_of } from "../src/views/front";
import { told_difference } from "../src/models";
import { deaths_in_short } from "../src/views/deaths";
import { difference } from "../src/views/map";
import { calibration, last_compared, rows_of, score_of, short_verdict, verdict } from "../src/views/track";
import { makeSample } from "../sample/make.mjs";

const row = (more: Partial<ScoreRow>): ScoreRow => ({
  date: "2016-12-30", months: 12, score: "brier", subset: "all", model: "truel", account: null, value: 0.4, low: 0.3, high: 0.5,
  difference: 0, difference_low: -0.1, difference_high: 0.1, places: 60, verdict: "no clear difference", ...more,
});
const record = (own: Partial<ScoreRow>): WarRecord => ({
  first: "2016-01-01", last: "2016-12-31", is_whole: false, told: 0, places: [],
  scores: [row({ model: "persistence", value: 0.3 }), row({ date: "2016-03-25", months: 3, value: 0.1 }), row(own),
    row({ score: "probability", subset: "changed", value: 0.25, places: 12 })],
});

/** The sample with one place, held by `black_column` with these chances on the first two dates, and this record of it. */
function one_place(chances: number[], spells: [string, string, string][]): Story {
  const data = makeSample() as Report;
  data.dates = data.dates.slice(0, 2);
  data.places = [{ ...data.places[0], control: { black_column: chances, river_republic: chances.map((p) => 1 - p) } }];
  data.record = { first: data.dates[0], last: data.dates[1], is_whole: true, told: 0, places: [spells], scores: [] };
  return new Story(data);
}

/** The same of a war in which the record does not tell two sides apart. */
const kAllies = ["river_republic", "highland_guard"];
function allied(...spells: [string, string, string][]): Story {
  const { data } = one_place([0, 0], spells);
  for (const a of data.actors) if (kAllies.includes(a.id)) a.record_code = "government";
  return new Story(data);
}

describe("the verdict against the record", () => {
  it("is of the last day compared and claims no more than the interval allows", () => {
    expect(last_compared(record({}))).toBe("2016-12-30");
    expect(verdict(record({}))?.head).toBe("The observed data are too few to distinguish it from assuming no change over 12 months.");
    expect(verdict(record({ difference: -0.1, difference_low: -0.2, difference_high: -0.01, verdict: "better" }))?.head).toBe("Better than assuming no change over 12 months.");
    expect(verdict(record({ difference: 0.1, difference_low: 0.01, difference_high: 0.2, verdict: "worse" }))?.head).toBe("Worse than assuming no change over 12 months.");
    expect(verdict(record({ difference_low: 0, difference_high: 0, verdict: "the same" }))?.head).toBe("The same as assuming no change over 12 months.");
    expect(verdict(record({}))?.more).toMatch(/0\.40, that of a no-change forecast 0\.30 .* Of the 12 places that changed hands it gave the true holder a chance of 25% on average/);
  });
  it("says in the same breath that the run uses dated events, which a no-change forecast does not", () => {
    const told = (own: Partial<ScoreRow>) => verdict({ ...record(own), told: 3 });
    expect(told({})?.head).toMatch(/ from assuming no change over 12 months, and it used 3 events dated after its first day, so this is not a forecast\.$/);
    expect(told({ difference: -0.1, difference_low: -0.2, difference_high: -0.01, verdict: "better" })?.head).toBe("Better than assuming no change over 12 months, but it used 3 events dated after its first day, so this is not a forecast.");
    expect(told({})?.more).toMatch(/^Not a forecast: this run uses 3 events dated after its start.* From the first day/);
    expect(verdict(record({}))?.more).toMatch(/^After 3 months it is .* From the first day/);
  });
  it("takes the basic model where accounts were run side by side", () => {
    const both = record({ account: "base", value: 0.2 });
    both.scores.push(row({ account: "rival", value: 0.9 }));
    expect(score_of(both, "2016-12-30", "brier", "all", "truel")?.value).toBe(0.2);
    expect(score_of(both, "2016-12-30", "brier", "all", "truel", "rival")?.value).toBe(0.9);
  });
  it("calls no difference of nothing better or worse", () => {
    expect(told_difference("the same", 0, 0, 0)).toMatch(/ \(.*0\.000 to .*0\.000\), the same$/);
    expect(told_difference("no clear difference", 0.1, -0.1, 0.3)).not.toMatch(/, \w+$/);
  });
  it("is silent without a comparison", () => {
    expect(verdict({ ...record({}), scores: [] })).toBeNull();
  });
});

describe("what each side held in fact", () => {
  const [first] = ["2016-01-01"];
  it("is told where the record names nearly every holder, and of a side that it tells from others", () => {
    const story = one_place([0, 0], [[first, first, "river_republic"]]);
    expect(story.observed_share("river_republic", 0)).toBe(1);
    expect(story.observed_share("black_column", 0)).toBe(0);
    expect(story.observed_share("river_republic", 1)).toBeUndefined();
  });
  it("is told of all together whom the record does not tell apart", () => {
    const story = allied([first, first, "river_republic"]);
    expect(story.told_apart.flat()).toHaveLength(story.ground.length);
    expect(story.names(story.group("highland_guard"))).toBe(story.ground.filter((a) => kAllies.includes(a.id)).map((a) => story.side(a.id).name).join(" + "));
    expect(story.observed_share("river_republic", 0)).toBeUndefined();
    expect(story.group_share("highland_guard", 0)).toBe(1);
    expect(story.group_share("black_column", 0)).toBe(0);
    expect(held_places(story, story.ground, story.observed(0)!)).toMatch(new RegExp(`^the observed data merge the ${story.ground.length} sides into ${story.ground.length - 1} \\(named below\\)\\. 1 of ${story.ground.length - 1} held places; .+ held none of the places of the model\\.$`));
    const alone = one_place([0, 0], [[first, first, "river_republic"]]);
    expect(held_places(alone, alone.ground.slice(0, 2), new Map(alone.ground.map((a) => [a.id, 0.1])))).toBe("all 2 of them held places.");
    const land = (a: { id: string }) => ({ date: 0, mean: kAllies.includes(a.id) ? 0.2 : 0, range: { q05: 0, q95: 1 }, runs: 20 });
    expect(not_told_apart(story, land)).toBe(`Counted as one side in the observed data: ${story.names(story.group("river_republic"))} (land together 40%, in fact 100%).`);
    expect(not_told_apart(one_place([0, 0], [[first, first, "river_republic"]]), land)).toBe("");
  });
  it("lies among the runs or beyond nearly all", () => {
    expect([0.1, 0.2, 0.4].map((x) => among_runs(x, 0.15, 0.3))).toEqual(["less than in nearly all runs", "within that range", "more than in nearly all runs"]);
  });
  it("is not called less than a percentage that it looks like", () => {
    expect([0.016, 0.024, 0.139, 0.144].map((x) => among_runs(x, 0.018, 0.137))).toEqual(["at the low end of the runs", "within that range", "at the high end of the runs", "at the high end of the runs"]);
  });
});

describe("the side that people ask of first", () => {
  it("is that of the questions, else whom united enemies harm most, else nobody", () => {
    const data = makeSample() as Report;
    expect(subject_of(new Story(data))?.id).toBe("black_column");
    data.questions = [];
    expect(subject_of(new Story(data))?.id).not.toBeUndefined();
    delete data.united;
    expect(subject_of(new Story(data))).toBeUndefined();
  });
});

describe("a place against the record", () => {
  const [first, second] = ["2016-01-01", "2016-01-08"];
  it("has the probability of its true holder, and the days on which it changed hands", () => {
    const story = one_place([0, 0.3], [[first, "2016-01-04", "river_republic"], ["2016-01-05", second, "black_column"]]);
    expect(story.truth(0, first)).toBe("river_republic");
    expect(story.truth(0, "2017-01-01")).toBeUndefined();
    expect(rows_of(story, 1)).toEqual([{ place: 0, truth: "black_column", p: 0.3, changes: [{ date: "2016-01-05", from: "river_republic", to: "black_column" }] }]);
  });
  it("counts actors whom the record cannot tell apart as one", () => {
    const story = one_place([0, 0.3], [[first, second, "black_column"]]);
    for (const a of story.data.actors) if (["black_column", "river_republic"].includes(a.id)) a.record_code = "one";
    expect(story.p_of_truth(0, 1)).toBeCloseTo(1);
  });
  it("is not compared while it is contested", () => {
    const story = one_place([0, 0.3], [[first, second, "contested"]]);
    expect(story.p_of_truth(0, 1)).toBeUndefined();
    expect(calibration(story, 1)).toEqual([]);
  });
  it("enters the calibration once for every holder", () => {
    const story = one_place([0, 0.3], [[first, second, "black_column"]]);
    expect(calibration(story, 1)).toEqual([{ forecast: 0.3, share: 1, n: 1 }, { forecast: 0.7, share: 0, n: 1 }]);
  });
});

describe("two forecasts", () => {
  const story = new Story(makeSample() as Report);
  const held = (...list: [string, number][]) => list.map(([id, p]) => ({ side: story.side(id), p }));
  it("differ by the probability that would have to move", () => {
    expect(difference(held(["black_column", 1]), held(["black_column", 0.4], ["none", 0.6]))).toBeCloseTo(0.6);
    expect(difference(held(["black_column", 1]), held(["none", 1]))).toBe(1);
    expect(difference([], [])).toBe(0);
  });
  it("come from the account's nearest date", () => {
    const dates = story.data.account_dates as number[];
    expect(story.account_time(dates[2] + 1)).toBe(2);
    const place = story.data.places.findIndex((_, i) => story.data.accounts?.[2].control?.[i].black_column?.[2]);
    const share = story.data.accounts?.[2].control?.[place].black_column[2] as number;
    expect(story.holders_under("patience", place, dates[2]).find((x) => x.side.id === "black_column")?.p).toBe(share / 100);
    expect(story.holders_under("base", place, 5)).toEqual(story.holders(story.data.places[place], 5));
  });
});

describe("where the track record is told", () => {
  const short = (more: Partial<ScoreRow>): string =>
    short_verdict({ ...record({}), scores: [row({}), row({ date: "2016-04-01", months: 3, ...more })] });
  it("says how the model does in a short time, where there is a longer one", () => {
    expect(short({})).toBe("After 3 months it is indistinguishable from a no-change forecast. ");
    expect(short({ difference_low: -0.2, difference_high: -0.1, verdict: "better" })).toBe("After 3 months it is better than a no-change forecast. ");
    expect(short({ months: 6 })).toBe("");
  });
  it("says how it does for deaths, where the package says so", () => {
    const of = (makeSample() as unknown as Report).record!;
    expect(deaths_in_short(of)).toBe("Its forecasts of deaths (2017) are worse than the simple forecast “As in the last twelve months”.");
    expect(deaths_in_short({ ...of, deaths: [] })).toBe("");
  });
});
