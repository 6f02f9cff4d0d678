import { describe, expect, it } from "vitest";
import { Story } from "../src/data";
import type { Report } from "../src/report";
import { compact, count, day, exact, interval, list, percent, plural, with_article } from "../src/format";
import { further_facts, survival_sentence, survives_note } from "../src/headline";
import { path_words } from "../src/paths";
import { survival_range } from "../src/views/survival";
import { reasons } from "../src/views/priorities";
import { makeSample } from "../sample/make.mjs";

function story_with(probabilities: (number | null)[]): Story {
  const data = makeSample() as Report;
  data.actors.forEach((a, i) => (a.survival_probability = probabilities[i] ?? null));
  return new Story(data);
}
const text = (story: Story): string => survival_sentence(story).map((p) => p.text).join("");

describe("numbers", () => {
  it("keep three digits, all digits, or none where nothing is known", () => {
    expect(count(12345)).toBe("12,300");
    expect([count(0), count(0.12), count(99.5), count(999), count(1234)]).toEqual(["0", "<1", "100", "999", "1,230"]);
    expect(exact(1801775)).toBe("1,801,775");
    expect(compact(120000)).toBe("120K");
    expect([count(null), percent(undefined), count(NaN)]).toEqual(["–", "–", "–"]);
  });
  it("never call the possible certain", () => {
    expect([percent(0), percent(0.004), percent(0.341), percent(0.996), percent(1)]).toEqual(["0%", "<1%", "34%", ">99%", "100%"]);
  });
  it("come as intervals, and as one number where the ends are alike", () => {
    expect(interval({ q05: 9120, q95: 14840 })).toBe("9,120 to 14,800");
    expect(interval({ q05: 0, q95: 0 }, percent)).toBe("0%");
  });
  it("read as days and lists", () => {
    expect(day("2016-01-01")).toBe("1 January 2016");
    expect([list([]), list(["a"]), list(["a", "b"]), list(["a", "b", "c"])]).toEqual(["", "a", "a and b", "a, b and c"]);
    expect([plural(1, "run"), plural(1200, "run")]).toEqual(["1 run", "1,200 runs"]);
  });
});

describe("names in sentences", () => {
  it("have an article where the body's kind ends them", () => {
    expect(["Islamic State", "Syrian army", "Hezbollah", "Jaysh al-Islam", "The League"].map(with_article))
      .toEqual(["the Islamic State", "the Syrian army", "Hezbollah", "Jaysh al-Islam", "the League"]);
  });
});

describe("the survival sentence", () => {
  it("puts each side into its class, the surest first", () => {
    expect(text(story_with([1, 0.97, 0.03, 0.7, 0.5, 0.2, null]))).toBe("Until 31 December 2018, River Republic and Highland Guard survived in nearly every run; "
      + "Southern League (70%) survived in most; Harbour Militia (50%) could go either way; Steppe Riders (20%) survived in few; Black Column (3%) hardly ever survived.");
  });
  it("counts the rest of a long class", () => {
    expect(text(story_with([1, 1, 1, 1, 1, 0, null]))).toMatch(/^Until 31 December 2018, .+, .+, .+ and 2 other sides survived in nearly every run; .+ hardly ever survived\.$/);
  });
  it("is of any date of the page, and short where all survive", () => {
    const story = story_with([1, 1, 1, 1, 1, 1, null]);
    expect(survival_sentence(story).map((p) => p.text).join("")).toBe("Until 31 December 2018, all 6 sides survived in nearly every run.");
    story.data.actors.forEach((a) => (a.surviving = a.surviving.map((_, i) => (i === 3 && a.id === "black_column" ? 0.2 : 1))));
    expect(survival_sentence(story, 3).map((p) => p.text).join("")).toMatch(/^Until 22 January 2016, .* and 2 other sides survived in nearly every run; Black Column \(20%\) survived in few\.$/);
  });
  it("does not fail without ground forces", () => {
    expect(text(story_with([]))).toBe("No ground force is in this scenario.");
  });
});

describe("what survives means", () => {
  it("has the share of this war, also one that each run draws", () => {
    expect(survives_note({ collapse_fraction: "0.1" })).toBe("A side survives while it holds a place or has 10% of the fighters that it began with.");
    expect(survives_note({ collapse_fraction: "0.02..0.1" })).toContain("has a share (each run draws it: 0.02..0.1) of the fighters");
  });
});

describe("the first facts", () => {
  it("do not say that a side falls that falls in few runs", () => {
    const data = makeSample() as Report;
    data.falls = [{ actor: "steppe_riders", probability: 0.47, median_date: "2018-03-01", runs: 50 }];
    expect(further_facts(new Story(data))[0].name).toBe("Nearest to collapse");
  });
  it("name the first to fall among those that fall in most runs", () => {
    const data = makeSample() as Report;
    data.falls = [{ actor: "steppe_riders", probability: 0.1, median_date: "2016-03-01", runs: 50 }, { actor: "black_column", probability: 0.9, median_date: "2017-03-01", runs: 50 }];
    expect(further_facts(new Story(data))[0]).toEqual({ name: "Collapses first", value: "Black Column", note: "in 90% of the runs, half of them by Mar 2017" });
  });
});

const survival = (p: number, low: number, high: number) => ({ survival_probability: p, survival_low: low, survival_high: high });

describe("what chance may have done to a share of the runs", () => {
  it("is its interval", () => {
    expect(survival_range(survival(0.34, 0.29, 0.39), 400)).toBe("95% interval 29% to 39%");
    expect(survival_range(survival(0.999, 0.99, 0.9999), 400)).toBe("95% interval 99% to >99%");
  });
  it("is the bound of the interval where every run ended alike", () => {
    expect(survival_range(survival(1, 0.963, 1), 100)).toBe("in all 100 runs; 95% interval 96% to 100%");
    expect(survival_range(survival(0, 0, 0.037), 100)).toBe("in no run of 100; 95% interval 0% to 4%");
  });
});

describe("reasons", () => {
  it("come by size, without what does not matter", () => {
    expect(reasons({ vital: 0.2, others: -0.5, growth: 0.001, roots: 0.02 }).map((r) => r.id)).toEqual(["others", "vital"]);
    expect(reasons({})).toEqual([]);
  });
});

describe("paths in words", () => {
  const story = new Story(makeSample() as Report);
  it.each([
    ["forces.black_column.all.2016-01-01", "Black Column: whole strength on 1 January 2016"],
    [`support.black_column.${story.data.places[0].id}.2016-01-01`, `Black Column: support at ${story.data.places[0].name} on 1 January 2016`],
    ["actors.river_republic.kill_rate", "River Republic: kill rate"],
    ["ties.river_republic.black_column.alignment", "River Republic towards Black Column: alignment"],
    ["sponsors.black_column.far_state.finance", "Black Column from Far State: finance"],
    ["scenario.laws.fire.fatigue_days", "Fire, fatigue days"],
    ["unheard.of.path", "unheard.of.path"],
  ])("%s", (path, expected) => expect(path_words(path, story)).toBe(expected));
});
