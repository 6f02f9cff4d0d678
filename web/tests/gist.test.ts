import { describe, expect, it } from "vitest";
import { Story } from "../src/data";
import * as gist from "../src/gist";
import { share_assumed } from "../src/headline";
import type { Report } from "../src/report";
import { makeSample } from "../sample/make.mjs";

const data = makeSample() as Report, story = new Story(data);

describe("the sentence of a folded section", () => {
  it("has the number that the section is about", () => {
    expect(gist.track_gist(data.record!)).toMatch(/^After 12 months: Brier score \d\.\d\d, a no-change forecast \d\.\d\d \(0 is perfect\)\. Its forecasts of deaths \(2017\) are worse than the simple forecast /);
    expect(gist.track_gist({ ...data.record!, told: 0 })).toMatch(/^12 months ahead: /);
    expect(gist.strength_gist(story)).toMatch(/^The strongest side is .* on 1 January 2016.* on 31 December 2018.*\.$/);
    expect(gist.falls_gist(story)).toMatch(/^First .+, in \d+% of the runs, half of them by \w{3,4} \d{4}\.$/);
    const rare = new Story({ ...data, falls: data.falls.map((f) => ({ ...f, probability: 0.02 })) });
    expect(gist.falls_gist(rare)).toMatch(/^No side collapses in more than half of the runs\. Likeliest to collapse: .+, in 2% of the runs, half of them by \w{3,4} \d{4}\.$/);
    expect(gist.evidence_gist(data)).toMatch(/^\d+ claims? of sources, \d+ contradictions?\. Of the parameters with a stated basis, \d+% rest wholly or partly on assumptions\.$/);
    const share = (basis_counts: Record<string, number>, with_basis: number): string => share_assumed({ basis_counts, with_basis });
    expect([share({ claim: 486, source: 426, assumed: 1887 }, 2051), share({ assumed: 3 }, 3), share({ claim: 3 }, 3), share({}, 0)]).toEqual(["92%", "100%", "few or none", ""]);
    expect(gist.provenance_gist({ ...data, runs: 60, seed: 7, truel: "0.1.0" })).toBe("60 runs, seed 7, truel 0.1.0. Licences.");
  });
  it("names the side with the most", () => {
    const [a, b] = data.dyads, most = new Story({ ...data, dyads: [{ ...a, losses: { ...a.losses, mean: 5 } }, { ...b, attacker: data.actors[0].id, target: data.actors[1].id, losses: { ...b.losses, mean: 1234.4 } }] });
    expect(gist.fights_gist(most)).toMatch(/^Deadliest: 1,230 fighters of .+ killed by .+\.$/);
    const land = new Story({ ...data, actors: data.actors.map((x, i) => ({ ...x, value_share: { ...x.value_share, mean: i === 2 ? 0.5 : 0.01 } })) });
    expect(gist.territory_gist(land)).toMatch(new RegExp(`^The most land on 31 December 2018 is held by (the )?${story.side(data.actors[2].id).name}, 50% on average\\.$`));
  });
  it("gives the effort of the largest command over the whole war", () => {
    const [first] = data.priorities, other = { ...first, target: data.actors.find((a) => a.id !== first.target)!.id };
    const two = new Story({ ...data, priorities: [{ ...first, share: data.dates.map(() => 0.3) }, { ...other, share: data.dates.map((_, i) => (i % 2 === 0 ? 1 : 0.5)) }] });
    expect(gist.priorities_gist(two)).toMatch(new RegExp(`: 7[56]% of its effort goes against (the )?${story.side(other.target).name}, over the whole war\\.$`));
    expect(gist.priorities_gist(new Story({ ...data, priorities: [] }))).toBe("No command of this scenario chooses its enemies.");
  });
  it("counts sides, and says where nothing happens", () => {
    const all = (p: number): Story => new Story({ ...data, actors: data.actors.map((a) => ({ ...a, survival_probability: a.survival_probability === null ? null : p })), falls: [] });
    expect(gist.survival_gist(all(1))).toBe("All 6 sides survive in nearly every run. Of each: fighters left, fighters killed, land.");
    expect(gist.survival_gist(all(0.9))).toMatch(/^All 6 sides survive in most runs\./);
    expect(gist.survival_gist(all(0.2))).toMatch(/^0 of 6 sides survive in most runs/);
    expect(gist.falls_gist(all(1))).toBe("No side collapses in any run.");
  });
  it("tells on which side the accounts differ most, and by how much", () => {
    const [base, ...rivals] = data.accounts!, id = story.ground[0].id;
    const with_land = (mean: number, a: typeof base): typeof base => ({ ...a, actors: a.actors.map((x) => ({ ...x, value_share: { ...x.value_share, mean: x.id === id ? mean : 0.1 } })) });
    expect(gist.accounts_gist(story, [with_land(0.2, base), with_land(0.6, rivals[0])])).toMatch(/^1 account and the basic model\. They differ most on .+: 20% to 60% of the land on 31 December 2018\.$/);
    expect(gist.accounts_gist(story, [with_land(0.1, base), with_land(0.1, rivals[0])])).toBe("1 account and the basic model.");
    const lettered = [with_land(0.2, base), { ...with_land(0.6, rivals[0]), letter: "A" }, with_land(0.9, rivals[1])];
    expect(gist.accounts_gist(story, lettered)).toMatch(/^1 author's account, 1 what-if and the basic model\. Without the what-ifs they differ most on .+: 20% to 60% of the land/);
  });
});
