import { describe, expect, it } from "vitest";
import { Story } from "../src/data";
import { with_article } from "../src/format";
import { parse_report } from "../src/report";
import type { Report, UnitedMatrix } from "../src/report";
import { change_in_words, end_in_words, greatest_loss, is_certain_change, quarrels_sentence, rows_of_united } from "../src/views/quarrels";
import { gone_by } from "../src/views/front";
import { makeSample } from "../sample/make.mjs";

const data = makeSample() as unknown as Report;
const story = new Story(data);
const united = data.united as UnitedMatrix;
const said = (of: UnitedMatrix): string => quarrels_sentence(story, of).map((part) => part.text).join("");

describe("who depends on the quarrels of its enemies", () => {
  it("puts on top who loses most by the unity of its enemies", () => {
    const losses = rows_of_united(united).map((actor) => greatest_loss(actor, "survival"));
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    expect(losses[0]).toBeGreaterThan(0.5);
  });
  it("counts no difference that chance could make", () => {
    const level = { mean: 0.5, low: 0.4, high: 0.6 };
    expect(is_certain_change({ ...level, change: { mean: -0.1, low: -0.2, high: 0.01 } })).toBe(false);
    expect(is_certain_change({ ...level, change: { mean: -0.1, low: -0.2, high: -0.01 } })).toBe(true);
    expect(is_certain_change({ ...level, change: null })).toBe(false);
  });
  it("says which way a certain difference goes", () => {
    const level = { mean: 0.5, low: 0.4, high: 0.6 };
    expect(change_in_words({ ...level, change: { mean: 0.1, low: 0.01, high: 0.2 } })).toBe("more than if divided, beyond chance");
    expect(change_in_words({ ...level, change: { mean: -0.1, low: -0.2, high: -0.01 } })).toBe("fewer than if divided, beyond chance");
    expect(change_in_words({ ...level, change: { mean: -0.1, low: -0.2, high: 0.01 } })).toBe("within chance of divided");
  });
  it("says it of the side that loses most", () => {
    const top = rows_of_united(united)[0];
    expect(said(united)).toMatch(new RegExp(`^The quarrels of its enemies help no side more than ${with_article(story.side(top.id).name)}\\. This side survives in `));
    expect(said(united)).toMatch(/38 of 40 runs while they stay divided.* under one command\. Under one command it has collapsed in half of the runs by 3 November 2017\.$/);
  });
  it("compares no side with others that were not run", () => {
    expect(said({ ...united, actors: [rows_of_united(united)[0]] })).toMatch(/^The quarrels of its enemies help (?!no side)/);
  });
  it("tells percentages of fifty runs and more", () => {
    expect(said({ ...united, runs: 50 })).toMatch(/95% of the runs while they stay divid/);
  });
  it("speaks of land where no survival hangs on it, and of nothing where nothing does", () => {
    const still = structuredClone(united);
    still.actors.forEach((actor) => actor.of.forEach((way) => { way.survival.change = way.survival.change && { mean: 0, low: -0.1, high: 0.1 }; }));
    still.actors[1].of[3].value.change = { mean: -0.1, low: -0.15, high: -0.05 };
    expect(said(still)).toMatch(new RegExp(`^No side owes its survival.* These quarrels save the most land for ${with_article(story.side(still.actors[1].id).name)}\\. This side ends with `));
    still.actors.forEach((actor) => actor.of.forEach((way) => { way.value.change = way.survival.change; }));
    expect(said(still)).toMatch(/no side is certain to fare worse/);
    still.actors[1].of[1].survival.change = { mean: -0.2, low: -0.6, high: 0.2 };
    expect(said(still)).toBe("40 runs are too few to say whether any side fares worse if its enemies stand together.");
    still.actors[1].of[3].value.change = { mean: -0.1, low: -0.15, high: -0.05 };
    expect(said(still)).toMatch(/^40 runs are too few to say whether any side owes its survival to the quarrels of its enemies\. These quarrels save the most land for /);
  });
  it("is honest about ends that few runs have seen", () => {
    expect(end_in_words({ date: null, low: "2018-01-01", high: null })).toBe("collapsed in fewer than half of the runs");
    expect(end_in_words({ date: "2018-03-01", low: "2018-01-01", high: null })).toBe("collapsed in half of the runs by 1 Mar 2018 (1 Jan 2018 at the earliest)");
  });
  it("is refused where an actor lacks a way", () => {
    const damaged = structuredClone(data);
    damaged.united?.actors[0].of.pop();
    expect(() => parse_report(JSON.stringify(damaged))).toThrow(/united enemies/);
  });
  it("says of a day before the last whether half of the runs had seen a collapse by then", () => {
    const of = (date: string | null, mean = 0.1) => ({ survival: { mean, low: null, high: null, change: null }, value: { mean, low: null, high: null, change: null }, half_gone: { date, low: null, high: null } });
    expect(gone_by("2017-12-31", of("2018-02-05"))).toBe(" Under one command it had collapsed by 5 February 2018 in half of the runs.");
    expect(gone_by("2017-12-31", of(null, 0.8))).toBe(" Under one command it had collapsed by 31 December 2017 in fewer than half of the runs.");
    expect(gone_by("2017-12-31", of(null))).toBe("");
  });
});
