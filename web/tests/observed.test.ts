import { describe, expect, it } from "vitest";
import { coding_words, source_of, sources_of, spells_of } from "../src/observed";

const csv = 'place_id,from_date,to_date,controller,confidence,source,note\r\npalmyra,2015-05-21,2016-03-26,isis,high,"A history, in ""two"" parts","first\nsecond"\r\npalmyra,2016-03-27,2016-12-10,syrian_army,high,A diary,\r\n';
const spells = spells_of(csv);

describe("what the observed data rest on", () => {
  it("is read as a spreadsheet writes it", () => {
    expect(spells_of("")).toEqual([]);
    expect(spells[0]).toEqual({ place: "palmyra", from: "2015-05-21", to: "2016-03-26", source: 'A history, in "two" parts' });
  });
  it("is told of a place and a day, and of the whole record", () => {
    expect(source_of("palmyra", "2016-03-27", spells)).toBe("A diary");
    expect(source_of("palmyra", "2017-01-01", spells)).toBeUndefined();
    const record = (first: string, last: string) => ({ record: { first, last, is_whole: true, told: 0, places: [], scores: [] } });
    expect(sources_of(record("2016-01-01", "2017-12-31"), spells)).toEqual([{ source: 'A history, in "two" parts', places: 1 }, { source: "A diary", places: 1 }]);
    expect(sources_of(record("2016-06-01", "2017-12-31"), spells).map((x) => x.source)).toEqual(["A diary"]);
    expect(sources_of({ record: null }, spells)).toEqual([]);
  });
  it("is said to have sources only where it has", () => {
    const bare = spells_of("place_id,from_date,to_date,controller\nsanaa,2015-08-01,2018-12-31,houthi\n");
    const words = (of: typeof spells): string => coding_words("war", sources_of({ record: { first: "2015-08-01", last: "2018-12-31", is_whole: true, told: 0, places: [], scores: [] } }, of).length);
    expect(words(bare)).toBe("Who held which place from when to when is coded in control.csv of the package war.");
    expect(words(spells)).toMatch(/war, with the sources\.$/);
  });
});
