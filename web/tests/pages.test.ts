import { describe, expect, it } from "vitest";
import { Story } from "../src/data";
import { kind_of } from "../src/report";
import type { Report } from "../src/report";
import { change, is_certain } from "../src/outcomes";
import { rows_of_kind } from "../src/pages/comparison";
import type { ComparisonPage } from "../src/pages/comparison";
import { brier, cited, horizons_of, place_records, rows_of_horizon, side_of, verdict_on, without_what_ifs } from "../src/pages/scores";
import type { ScoresPage } from "../src/pages/scores";
import { enemies_of, windows_of } from "../src/pages/enemies";
import { share_of, told_well } from "../src/pages/power";
import { among_runs, patterns_of, scale_of } from "../src/pages/patterns";
import { parse_war_page, story_of } from "../src/war";
import { place_difference } from "../src/views/difference";
import { claims_about, effort_against, in_turn, numbers_about } from "../src/views/about";
import { makeSample } from "../sample/make.mjs";
import { makeComparison, makeScores } from "../sample/pages.mjs";

const scores = makeScores() as ScoresPage;
const comparison = makeComparison() as ComparisonPage;

describe("the data of a page", () => {
  it("say what they are, whatever their texts say", () => {
    expect(kind_of(JSON.stringify(scores))).toBe("scores");
    expect(kind_of(`${JSON.stringify(comparison)}\n`)).toBe("comparison");
    expect(kind_of(JSON.stringify(makeSample()))).toBe("report");
    expect(kind_of(JSON.stringify({ title: '"kind":"scores"}', runs: 1 }))).toBe("report");
  });
  it("are refused when cut off or of another format", () => {
    expect(() => parse_war_page('{"format":1,')).toThrow(/damaged or cut off/);
    expect(() => parse_war_page('{"format":2}')).toThrow(/format 1/);
    expect(() => parse_war_page('{"format":1}')).toThrow(/no map/);
  });
});

describe("actors of a page without runs", () => {
  it("come in the order of what they hold by the package, as in a report", () => {
    const war = structuredClone(scores.war);
    war.actors.filter((a) => a.kind === "ground").forEach((a, i) => { a.spells = i; });
    const order = story_of({ ...scores, war }, "2016-01-01", "2016-12-31").ground.map((a) => a.id);
    expect(order).toEqual(war.actors.filter((a) => a.kind === "ground").map((a) => a.id).reverse());
  });
  it("look as in a report of the war, whoever is strong in its runs", () => {
    const report = makeSample() as unknown as Report;
    report.actors = report.actors.map((a, i) => ({ ...a, colour: "", first_day_fighters: a.kind === "air" ? null : 1000 + i }));
    const actors = report.actors.map((a, i) => ({ ...a, spells: -i })), pages = [new Story(report), story_of({ ...scores, war: { ...scores.war, actors } }, "2016-01-01", "2016-12-31")];
    expect(pages[0].actors.map((a) => a.id)).not.toEqual(pages[1].actors.map((a) => a.id));
    for (const { id } of report.actors) expect(pages[0].side(id).paint, id).toEqual(pages[1].side(id).paint);
    expect(pages[0].side(report.actors[0].id).paint.base).toBe("#4269d0");
  });
});

describe("scores", () => {
  it("are those of the pooled windows, or of the one there is", () => {
    const wanted = { score: "brier", subset: "all", merged: false, unit: "place" } as const;
    expect(horizons_of(scores)).toEqual([3, 12]);
    expect(rows_of_horizon(scores, 12, wanted).map((r) => r.model)).toEqual(["persistence", "contact", "truel", "blend"]);
    const single = { ...scores, pooled: [], windows: scores.pooled.filter((r) => r.model === "truel") };
    expect(rows_of_horizon(single, 12, wanted)).toHaveLength(1);
  });
  it("say what the engine says of a difference, and nothing where there is none", () => {
    const row = scores.pooled.find((r) => r.model === "truel")!;
    expect(verdict_on({ ...row, verdict: "the same" })).toBe("the same");
    expect(verdict_on({ ...row, difference_interval: null })).toBeNull();
    expect(verdict_on({ ...row, model: "persistence" })).toBeNull();
  });
  it("have no heading over citations that there are not", () => {
    expect(cited({ citations: [] })).toEqual([]);
  });
  it("of a place are fair Brier scores, 0 to 2 but for the correction of a finite ensemble", () => {
    const place = { before: "a", observed: "b", compared: true, truel: { a: 0.75, b: 0.25 } };
    expect(brier(place, 5)).toBeCloseTo(2 * 0.75 ** 2 - (2 * 0.75 * 0.25) / 4, 12);
    expect(brier({ ...place, truel: { a: 1 } }, 5)).toBe(2);
    expect(brier({ ...place, truel: { b: 1 } }, 5)).toBe(0);
  });
  it("of a place over its windows leave out what was not compared", () => {
    const left_out = scores.war.places[7].id, records = place_records(scores, 12, "base");
    expect(records.some((r) => r.id === left_out)).toBe(false);
    const of_first = records.find((r) => r.id === scores.war.places[4].id)!;
    const values = scores.places.filter((w) => w.horizon_months === 12).map((w) => brier(w.places[of_first.id], 200));
    expect(of_first).toMatchObject({ n: 2, low: Math.min(...values), high: Math.max(...values), changed: 1 });
    expect(place_records(scores, 12, "patience")).toEqual([]);
  });
  it("leave out what-ifs, as a report does, but where nothing else was scored", () => {
    const as_account = <T extends object>(rows: T[], account: string): T[] => rows.filter((r) => !("model" in r) || r.model === "truel").map((r) => ({ ...r, account }));
    const of = (...ids: string[]): ScoresPage => {
      const rows = <T extends object>(all: T[]): T[] => ids.flatMap((id) => as_account(all, id));
      return { ...scores, pooled: rows(scores.pooled), reliability: rows(scores.reliability), places: rows(scores.places), fights: rows(scores.fights!), patterns: rows(scores.patterns!),
        power: ids.map((id) => ({ ...scores.power![0], truth: "base", other: id })),
        war: { ...scores.war, accounts: [{ id: "north", title: "A: north", letter: "A" }, { id: "patience", title: "Patience", letter: "" }, { id: "unscored", title: "Unscored", letter: "" }] } };
    };
    const { data, what_ifs } = without_what_ifs(of("base", "north", "patience"));
    expect([data, what_ifs]).toEqual([of("base", "north"), 1]);
    expect(without_what_ifs(of("patience"))).toEqual({ data: of("patience"), what_ifs: 0 });
    const unlettered = { ...scores, pooled: [...scores.pooled, ...as_account(scores.pooled, "patience")] };  // no account of it is known to be a what-if
    expect(without_what_ifs(unlettered)).toEqual({ data: unlettered, what_ifs: 0 });
  });
  it("show a code that several actors share by the one that held most", () => {
    const shared = structuredClone(scores);
    shared.war.actors[2].record_code = shared.war.actors[1].record_code = "both_of_them";
    const side = side_of(shared, story_of(shared, "2016-01-01", "2016-12-31"), "both_of_them");
    expect(side).toMatchObject({ id: shared.war.actors[1].id, name: "both of them" });
    expect(side_of(shared, story_of(shared, "2016-01-01", "2016-12-31"), "contested")).toBeNull();
  });
});

describe("facts of fronts", () => {
  const rows = scores.patterns!;
  it("are those with doubtful sides as one where there are such rows", () => {
    expect(patterns_of(rows, "base").map((r) => r.merged)).toEqual([true, true, true]);
    expect(patterns_of(rows.filter((r) => !r.merged), "base").map((r) => r.merged)).toEqual([false]);
  });
  it("lie on a line that holds nothing, record, runs and both intervals", () => {
    const at = scale_of(rows.find((r) => r.fact === "burstiness" && r.merged)!);
    expect([at(-0.25), at(0.75), at(0)]).toEqual([0, 1, 0.25]);
  });
  it("say of the record where it stands among the runs, or that there is nothing to say", () => {
    const row = rows.find((r) => r.merged)!;
    expect(among_runs({ ...row, rank: 0.97, runs: 200 })).toBe("97% of 200 runs below the observed value");
    expect(among_runs({ ...row, rank: null, runs: 0 })).toBe("no run says");
    expect(among_runs({ ...row, rank: null, record: null, runs: 200 })).toBe("the observed data do not say");
  });
});

describe("who fights whom", () => {
  it("begins with the longest window and leaves out enemies that count for little, and sides of which nothing is recorded", () => {
    const windows = windows_of(scores.fights!);
    expect(windows).toEqual(["2016-01-01/2016-12-31", "2016-01-01/2016-03-31"]);
    const sides = enemies_of(scores.fights!, windows[1], "base");
    expect([...sides.values()].map((rows) => rows.map((r) => r.record))).toEqual([[0.28, 0.7], [0.44]]);
  });
});

describe("the power of a record", () => {
  const rows = scores.power!;
  it("counts pairs of different accounts that are told in four records of five", () => expect(told_well(rows)).toEqual([1, 2]));
  it("of an account beside itself is how often two halves of its runs are told apart, both ways", () => {
    expect(share_of(rows[0])).toBeCloseTo(0.03, 12);
    expect(share_of(rows[1])).toBe(0.12);
    expect(share_of({ ...rows[1], told: null })).toBeNull();
  });
});

describe("a comparison", () => {
  it("lists what some pair changes, the greatest change first, without the actor that is left out", () => {
    const rows = rows_of_kind(comparison, "value");
    expect(rows.every((r) => r.changed_pairs > 0)).toBe(true);
    expect(rows.map((r) => Math.abs(r.difference))).toEqual(rows.map((r) => Math.abs(r.difference)).sort((a, b) => b - a));
    expect(rows_of_kind({ ...comparison, without: rows[0].actor }, "value")).toHaveLength(rows.length - 1);
  });
  it("gives no direction to what rounds to nothing", () => {
    expect([change("value", 0.0004), change("value", -0.0004), change("value", -0.05), change("losses", 1234)]).toEqual(["0.0 percentage points", "0.0 percentage points", "−5.0 percentage points", "+1,230"]);
  });
  it("is sure of a place only where an interval leaves out 0", () => {
    expect([is_certain(0.1, 0.2), is_certain(-0.2, -0.1), is_certain(-0.1, 0.1), is_certain(null, null)]).toEqual([true, true, false, false]);
    expect(place_difference({ a: [0.9, 0.4, -0.6, -0.4], b: [0.1, 0.6, 0.4, 0.6] }, 3)).toEqual({ place: 3, moved: 0.5, certain: true, gains: "b", loses: "a" });
    expect(place_difference({ a: [0.9, 0.85, -0.2, 0.1], none: [0.1, 0.15, -0.1, 0.2] }, 0)).toMatchObject({ certain: false, gains: "none" });
  });
});

describe("everything about one", () => {
  const story = new Story(makeSample() as Report);
  const actor = story.data.actors[1];
  it("takes the claims of an actor and of what decides for it", () => {
    const claims = claims_about(story, actor.id);
    expect(claims.length).toBe(story.data.claims.filter((c) => c.subject === actor.id || c.object === actor.id).length);
    expect(claims.length).toBeGreaterThan(0);
    expect(claims_about(story, "nobody at all")).toEqual([]);
  });
  it("reads the sources in turn", () => {
    const claims = story.data.claims.filter((c) => ["A1", "A3", "A5", "B2", "B4"].includes(c.id)).sort((a, b) => a.id.localeCompare(b.id));
    expect(in_turn(claims).map((c) => c.id)).toEqual(["A1", "B2", "A3", "B4", "A5"]);
  });
  it("takes the numbers whose path names it, not those of a longer name", () => {
    const paths = numbers_about(story, actor.id).map((n) => n.path);
    expect(paths).toContain(`forces.${actor.id}.all.2016-01-01`);
    expect(numbers_about(story, actor.id.slice(0, 5))).toEqual([]);
  });
  it("ranks commands by the mean share of their effort against it", () => {
    const rows = effort_against(story, actor.id);
    expect(rows.map((r) => r.share)).toEqual(rows.map((r) => r.share).sort((a, b) => b - a));
    const own = story.data.priorities.find((p) => p.target === actor.id && p.command === rows[0].command)!;
    expect(rows[0].share).toBeCloseTo(own.share.reduce((a, b) => a + b, 0) / own.share.length, 12);
    expect(rows.some((r) => r.command === actor.id)).toBe(false);
  });
});
