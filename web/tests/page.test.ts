import { describe, expect, it } from "vitest";
import type { Question } from "../src/report";
import { csv_of } from "../src/figure";
import { read_address, write_address } from "../src/state";
import { matching, meant } from "../src/views/search";
import { asked_place, axis_of, middle, words_of } from "../src/views/story";

describe("a question", () => {
  it("about who holds a place on a day leads to the record of that day", () => {
    expect(asked_place("places.palmyra.control.isis.2016-12-31", "2018-12-31")).toEqual({ place: "palmyra", date: "2016-12-31" });
    expect(asked_place("places.palmyra.control.isis", "2018-12-31")).toEqual({ place: "palmyra", date: "2018-12-31" });
    expect(asked_place("actors.isis.value_share", "2018-12-31")).toBeUndefined();
  });
});

describe("the address", () => {
  it("names a section and choices, and comes back as it was", () => {
    const hash = "#map&date=2016-12-30&place=deir%20%26%20zor";
    const address = read_address(hash);
    expect(address.section).toBe("map");
    expect([...address.choices]).toEqual([["date", "2016-12-30"], ["place", "deir & zor"]]);
    expect(write_address(address)).toBe(hash);
  });
  it("may have no section, no choice, or be cut off", () => {
    expect(read_address("").section).toBe("");
    expect(read_address("#date=2016-12-30").section).toBe("");
    expect(read_address("#map&place=a%2").choices.get("place")).toBe("a%2");
    expect(write_address({ section: "", choices: new Map([["a", "b"]]) })).toBe("#a=b");
  });
});

describe("CSV", () => {
  it("quotes what needs it and leaves missing cells empty", () => {
    expect(csv_of({ heads: ["a", "b"], rows: [["x, \"y\"", null], ["two\nlines", 1.5]] })).toBe('a,b\r\n"x, ""y""",\r\n"two\nlines",1.5\r\n');
  });
});

describe("search", () => {
  const all = ["Mill by the Palms", "Palmyra", "The road to Palmyra"].map((name) => ({ name, words: name.toLowerCase() }));
  it("needs all words and puts first what begins with them", () => {
    expect(matching(all, "palm").map((x) => x.name)).toEqual(["Palmyra", "Mill by the Palms", "The road to Palmyra"]);
    expect(matching(all, "palmyra ROAD").map((x) => x.name)).toEqual(["The road to Palmyra"]);
    expect(matching(all, "  ")).toEqual([]);
  });
  it("names the other name that was meant, and none where its own is enough", () => {
    const also = ["ISIL", "Daesh", "Islamic State of Iraq and the Levant"], words = ["Islamic State isis", ...also].join("\n").toLowerCase();
    expect(["daesh", "levant", "DAE", "islamic daesh"].map((text) => meant(also, words, text))).toEqual(["Daesh", also[2], "Daesh", "Daesh"]);
    expect(["isis", "islamic state", ""].map((text) => meant(also, words, text))).toEqual([undefined, undefined, undefined]);
  });
});

describe("answers", () => {
  const value = (mean: number, q50: number, low: number | null, high: number | null) => ({ mean, se: 0, q05: low, q50, q95: high, low, high, share_of_runs: 1, runs: 100 });
  const question = (scale: Question["scale"], ...values: ReturnType<typeof value>[]): Question =>
    ({ words: "?", form: "number", scale, answers: values.map((v) => ({ account: "base", text: "", values: [v] })) });
  it("share one axis from nothing to the greatest, shares from 0 to 1", () => {
    expect(axis_of(question("people", value(5, 4, 2, 9), value(20, 18, 10, 40)))).toEqual({ low: 0, high: 40 });
    expect(axis_of(question("share", value(0.2, 0.2, 0.1, 0.3)))).toEqual({ low: 0, high: 0.3 });
    expect(axis_of({ ...question("share", value(0.2, 0.2, 0.1, 0.31)), threshold: 0.5 })).toEqual({ low: 0, high: 0.5 });
    expect(axis_of(question("probability", value(0.2, 0.2, 0.1, 0.3)))).toEqual({ low: 0, high: 1 });
    expect(axis_of(question("days", value(10, 10, 5, 15)))).toEqual({ low: 5, high: 15 });
    expect(axis_of(question("number", value(2, 2, 2, 2)))).toEqual({ low: 1.5, high: 2.5 });
  });
  it("give means of shares, the median run of all else, in words of their scale", () => {
    const people = question("people", value(1300, 1234, 1, 2)), share = question("share", value(0.34, 0.3, 0, 1));
    expect(words_of(people, middle(people, value(1300, 1234, 1, 2)), "2016-01-01")).toBe("1,230");
    expect(words_of(share, middle(share, value(0.34, 0.3, 0, 1)), "2016-01-01")).toBe("34%");
    expect(words_of(question("days"), 31, "2016-01-01")).toBe("Feb 2016");
    expect(words_of(question("number"), null, "2016-01-01")).toBe("–");
  });
});
