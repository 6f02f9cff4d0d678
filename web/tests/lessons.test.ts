import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lesson_address, lessons_of, shown_of } from "../src/lessons";
import { read_address } from "../src/state";

describe("the questions for a class", () => {
  const all = lessons_of("syria-2016", () => true, () => true);
  it("are three of the reference scenario, each with a knob and two sentences", () => {
    expect(all).toHaveLength(3);
    for (const one of all) {
      expect(one.says.every((text) => /^[A-Z].*[.?]$/.test(text))).toBe(true);
      expect(one.path === undefined).toBe(one.account !== undefined);
      if (one.account) expect(existsSync(new URL(`../../scenarios/syria-2016/accounts/${one.account}.toml`, import.meta.url))).toBe(true);
    }
  });
  it("are left out where the page has not their knob, and of other packages there are none", () => {
    expect(lessons_of("syria-2016", () => false, () => true)).toHaveLength(1);
    expect(lessons_of("sample", () => true, () => true)).toEqual([]);
  });
  it("are taught from united enemies where the account was not run", () => {
    expect(all.map((one) => shown_of(one, () => false).href)).toEqual([all[0].shown.href, all[1].shown.href, "#quarrels"]);
    expect(shown_of(all[2], () => true)).toEqual(all[2].shown);
  });
  it("turn the knob by a link, which asks for a guess first", () => {
    const { choices } = read_address(lesson_address(all[0]));
    expect([choices.get("set"), choices.get("guess")]).toEqual(["forces.isis.all.2016-01-01=16900", "first"]);
    expect(choices.get("lesson")).toBe(all[0].id);
    expect(new Set(all.map((one) => one.id)).size).toBe(all.length);
    const last = read_address(lesson_address(all[2])).choices;
    expect([last.get("account"), last.get("outcome")]).toEqual(["united_front", "survival"]);
  });
});
