import { describe, expect, it } from "vitest";
import { parse_report } from "../src/report";
import { division_at, index_of, strokes } from "../src/views/regions";

describe("divisions", () => {
  it("are counted by the first side's part, then the second's", () => {
    const n = 7;
    let index = 0;
    for (let i = 0; i <= n; ++i) {
      for (let j = 0; i + j <= n; ++j, ++index) {
        expect(index_of(i, j, n)).toBe(index);
      }
    }
    expect(index).toBe(36);
  });
  it("are read back from the picture", () => {
    const n = 10, side = 600, height = (600 * Math.sqrt(3)) / 2;
    for (let i = 0; i <= n; ++i) {
      for (let j = 0, k = n - i; k >= 0; ++j, --k) {
        expect(division_at((side * (k + i / 2)) / n, height * (1 - i / n), n)).toEqual([i, j, k]);
      }
    }
    expect(division_at(0, 0, n)).toBeNull();
    expect(division_at(side, 0, n)).toBeNull();
    expect(division_at(side / 2, height + 100, n)).toBeNull();
  });
});

describe("strokes", () => {
  it("join what ends alike in a row and cover every division", () => {
    const paths = strokes({ divisions: 2, ends: "112s13" });  // rows 112, s1, 3
    expect([...paths.keys()]).toEqual(["1", "2", "s", "3"]);
    const length = (path: string): number =>
      [...path.matchAll(/M([-\d.]+),[-\d.]+H([-\d.]+)/g)].reduce((sum, [, from, to]) => sum + Number(to) - Number(from), 0);
    expect([...paths.values()].reduce((sum, path) => sum + length(path), 0)).toBeCloseTo(6 * 300, 6);
    expect(length(paths.get("1") ?? "")).toBeCloseTo(3 * 300, 6);
    // In the first row the third side's part falls from left to right: side 1's stroke lies on the right.
    expect(paths.get("1")).toMatch(/^M150\.00,519\.62H750\.00/);
  });
});

describe("the data of a map", () => {
  const lists = ["actors", "places", "links", "dyads", "priorities", "falls", "claims", "conflicts", "sources", "numbers", "not_modelled"];
  const text = (regions: unknown): string =>
    JSON.stringify({ format: 1, dates: ["2016-01-01"], ...Object.fromEntries(lists.map((name) => [name, []])), regions });
  it("are refused when they are damaged", () => {
    const good = { divisions: 1, total_fighters: 3, sides: ["a", "b", "c"], shares: {}, ends: "32s" };
    expect(parse_report(text(good)).regions?.ends).toBe("32s");
    for (const bad of [{ ...good, ends: "32" }, { ...good, ends: "32x" }, { ...good, sides: ["a"] }]) {
      expect(() => parse_report(text(bad))).toThrow("map of regions");
    }
  });
});
