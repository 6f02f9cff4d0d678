import { describe, expect, it } from "vitest";
import { Story, kNobody, openness, short_codes } from "../src/data";
import { in_order, parse_report } from "../src/report";
import type { Report } from "../src/report";
import { makeSample } from "../sample/make.mjs";

const sample = (): Report => makeSample() as Report;

describe("parse_report", () => {
  it("reads what the engine writes", () => {
    expect(parse_report(JSON.stringify(sample())).actors).toHaveLength(7);
  });
  it("says that the template is empty", () => {
    expect(() => parse_report('"@TRUEL_DATA@"')).toThrow(/empty template/);
  });
  it("says that a file is cut off", () => {
    expect(() => parse_report('{"format":1,"dates":[')).toThrow(/damaged or cut off/);
  });
  it("refuses another format by its number", () => {
    expect(() => parse_report(JSON.stringify({ ...sample(), format: 2 }))).toThrow("format 1; the data say 2");
  });
  it("names a list that is missing", () => {
    expect(() => parse_report(JSON.stringify({ ...sample(), dyads: undefined }))).toThrow('no list "dyads"');
  });
  it("has contradictions between claims that are there", () => {
    const { claims, conflicts } = sample();
    const ids = new Set(claims.map((c) => c.id));
    expect(conflicts.flatMap((c) => [...c.one, ...c.other, ...c.in_doubt]).filter((id) => !ids.has(id))).toEqual([]);
    expect(() => parse_report(JSON.stringify({ ...sample(), conflicts: undefined }))).toThrow('no list "conflicts"');
  });
  it("refuses a report without dates", () => {
    expect(() => parse_report(JSON.stringify({ ...sample(), dates: [] }))).toThrow("no dates");
  });
});

describe("short_codes", () => {
  it("takes initials and leaves articles out", () => {
    expect(short_codes(["Islamic State", "Nusra", "Army of the North", "Ahrar al-Sham"])).toEqual(["IS", "NU", "AN", "AS"]);
  });
  it("never gives one code twice, however alike the names", () => {
    const names = [...Array.from({ length: 40 }, () => "Free Army"), "", "!", "Île"];
    const codes = short_codes(names);
    expect(new Set(codes).size).toBe(names.length);
    expect(codes.every((c) => c.length === 2)).toBe(true);
  });
});

describe("Story", () => {
  const story = new Story(sample());
  it("puts the strongest ground force first and air arms last", () => {
    expect(story.actors[0].id).toBe("river_republic");
    expect(story.actors.at(-1)?.kind).toBe("air");
  });
  it("knows nobody, and lets an unknown id stand for itself", () => {
    expect(story.side("none")).toBe(kNobody);
    expect(story.side("some_state").name).toBe("some state");
  });
  it("lists holders in the order of the page, nobody last, without those below half a percent", () => {
    const place = { ...story.data.places[0], control: { none: [0.3], steppe_riders: [0.004], black_column: [0.2], river_republic: [0.496] } };
    expect(story.holders(place, 0).map((h) => h.side.id)).toEqual(["river_republic", "black_column", "none"]);
  });
  it("names a command by its own name, its one actor or its id", () => {
    const data = sample();
    data.actors[0].command = data.actors[3].command = "joint_room";
    expect(new Story(data).command_name("joint_room")).toBe("Joint room");
    expect(new Story(data).who("joint_room")).toBe("Joint room");
    expect(new Story({ ...data, commands: [{ id: "joint_room", name: "Room of the Two (and friends)", short_name: "Room of the Two" }] }).command_name("joint_room")).toBe("Room of the Two");
    expect(story.command_name("black_column")).toBe("Black Column");
  });
  it("shows the short names that the engine sends", () => {
    const data = sample();
    Object.assign(data.actors[0], { name: "Nusra Front (from July 2016 another name)", short_name: "Nusra Front" });
    expect(new Story(data).side(data.actors[0].id).name).toBe("Nusra Front");
  });
});

describe("openness", () => {
  it("is nothing for a certain holder, one bit for two equal ones", () => {
    expect(openness([{ p: 1 }])).toBe(0);
    expect(openness([{ p: 0.5 }, { p: 0.5 }])).toBeCloseTo(1);
  });
});

describe("accounts with letters", () => {
  it("are listed by them, after the basic model and before the others", () => {
    const list = in_order([{ id: "x", letter: "" }, { id: "b", letter: "B" }, { id: "base", letter: "" }, { id: "y", letter: "" }, { id: "a", letter: "A" }]);
    expect(list.map((x) => x.id)).toEqual(["base", "a", "b", "x", "y"]);
  });
  it("answer and are scored in that order", () => {
    const data = makeSample() as Report, [, one, two] = data.accounts!;
    one.letter = "B";
    two.letter = "A";
    const read = parse_report(JSON.stringify(data)), ids = read.accounts!.map((a) => a.id);
    expect(ids).toEqual(["base", two.id, one.id]);
    for (const { answers = [] } of read.questions.filter((q) => (q.answers ?? []).length > 1)) expect(answers.map((a) => a.account)).toEqual(ids.filter((id) => answers.some((a) => a.account === id)));
    expect(read.record!.scores.length).toBe(data.record!.scores.length);
  });
});
