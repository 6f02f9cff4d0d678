// Scores and a comparison of the invented war of make.mjs, in the formats of src/pages.
import { makeSample } from "./make.mjs";

const round = (x) => Number(x.toFixed(4));

function head() {
  const sample = makeSample();
  return {
    format: 1, package: "sample", version: "0.1.0", title: sample.title, seed: 7, runs: 200, solver: "leap", command: "truel sample",
    war: {
      actors: sample.actors.map(({ id, name, short_name, kind, command, colour }, i) => ({ id, name, short_name, kind, command, colour, record_code: id, spells: 10 - i })),
      commands: [], places: sample.places.map(({ control: _, ...place }) => place), links: sample.links,
      accounts: [{ id: "patience", title: "The patient side is left over", letter: "" }],
    },
  };
}

export function makeScores() {
  const data = head();
  const ids = data.war.actors.filter((a) => a.kind === "ground").map((a) => a.id);
  const models = [["persistence", null, 0], ["contact", null, 0.04], ["truel", "base", -0.05], ["blend", "base", -0.06]];
  const pooled = [3, 12].flatMap((months) => ["all", "changed", "unchanged"].flatMap((subset) => ["brier", "log"].flatMap((score) => models.map(([model, account, better]) => {
    const value = (months / 40) * (subset === "changed" ? 4 : 1) + better * (months / 12);
    return {
      origin: "2016-01-01", until: "2016-12-31", from: "2016-01-01", horizon_months: months, target: "control", unit: "place", subset, merged: false, score, model, account,
      value: round(value), interval: [round(value - 0.05), round(value + 0.05)], difference: round((better * months) / 12),
      difference_interval: [round((better * months) / 12 - 0.03), round((better * months) / 12 + 0.03)], against: "persistence", n: 500,
      verdict: Math.abs(better * months) / 12 <= 0.03 ? "no clear difference" : better < 0 ? "better" : "worse",
    };
  }))));
  pooled.push({ ...pooled[0], target: "deaths", unit: "dyad", score: "crps", model: "truel", account: "base", value: 41.5, interval: [30, 52], difference: -9, difference_interval: [-14, -3], verdict: "better", against: "zero", merged: true });
  const reliability = [3, 12].map((horizon_months) => ({
    horizon_months, unit: "place", merged: false, model: "truel", account: "base", n: 100, changed: 12, score: 0.09, miscalibration: 0.01, discrimination: 0.02, uncertainty: 0.1, raw_miscalibration: null,
    steps: [{ from: 0.01, until: 0.1, share: 0.02, n: 70, band: [0, 0.08] }, { from: 0.12, until: 0.6, share: 0.4, n: 30, band: [0.2, 0.5] }],
  }));
  const places = [["2016-01-01", "2016-03-31", 3], ["2016-01-01", "2016-12-31", 12], ["2016-04-01", "2017-03-31", 12]].map(([origin, until, horizon_months], w) => ({
    origin, until, horizon_months, account: "base",
    places: Object.fromEntries(data.war.places.map((p, i) => {
      const before = ids[i % ids.length], other = ids[(i + 1) % ids.length], moved = (i + w) % 5 === 0;
      return [p.id, { before, observed: i % 13 === 7 ? "contested" : moved ? other : before, compared: i % 13 !== 7, truel: { [before]: round(0.9 - (i % 7) / 10), [other]: round(0.1 + (i % 7) / 10) } }];
    })),
  }));
  const pattern = (fact, words, record, record_interval, runs_median, runs_interval, rank, merged = true) => ({ origin: "2016-01-01", until: "2016-12-31", look_days: 3, merged,
    account: "base", fact, words, record, record_interval, runs_median, runs_interval, runs: 200, rank, is_early: fact === "first-month" });
  const patterns = [pattern("changes", "changes of hands a year", 30, [20, 41], 18, [9, 29], 0.98), pattern("changes", "changes of hands a year", 31, [20, 41], 18, [9, 29], 0.98, false),
    pattern("burstiness", "burstiness", 0.3, [-0.25, 0.75], 0.1, [0, 0.2], 1), pattern("first-month", "share in the first 30 days", 0.1, null, 0.4, [0.2, 0.6], 0)];
  const power = ["base", "north"].flatMap((truth) => ["base", "north"].map((other) => ({ horizon_months: 12, windows: 4, n: 500, truth, other, records: 200, ahead: truth === other ? 0.5 : 0.7,
    told: truth === other ? 0.02 : truth === "base" ? 0.12 : 0.84, told_se: 0.02, wrong: 0.01, wrong_se: 0.01, difference: -0.004, observed: 0.001, observed_interval: [-0.01, 0.01] })));
  const fights = ["2016-03-31", "2016-12-31"].flatMap((until, w) => [[ids[0], ids[1], 0.28, 0.12], [ids[0], ids[2], 0.7, 0.85], [ids[1], ids[0], 0.44, 0.26], [ids[1], ids[2], 0.01, 0.02], [ids[2], ids[0], null, 0.5]].map(
    ([side, enemy, record, middle]) => ({ origin: "2016-01-01", until, account: "base", side, enemy, record: record === null ? null : round(record - w / 50), record_interval: record === null ? null : [round(record - 0.05), round(record + 0.05)],
      runs_median: middle, runs_interval: [0, 0.9] })));
  return { ...data, patterns, power, fights, settings: [], told: false, failed_runs: 0, remarks: [], citations: ["An invented record."], windows: [], pooled, reliability, places, kind: "scores" };
}

export function makeComparison() {
  const data = head();
  const ground = data.war.actors.filter((a) => a.kind === "ground");
  const outcomes = [["value", "value_share", 0.2, 0.05], ["survival", "survival_probability", 0.6, -0.2], ["losses", "losses", 9000, 1200]].flatMap(([kind, name, level, step]) => ground.map((a, i) => {
    const first = level / (i + 1), difference = i === 2 ? 0 : (step * (i % 2 ? -1 : 1)) / (i + 1), doubt = Math.abs(step) / 3;
    return {
      outcome: `actors.${a.id}.${name}`, actor: a.id, kind, a: round(first), b: round(first + difference), a_interval: [round(first * 0.9), round(first * 1.1)],
      b_interval: [round((first + difference) * 0.9), round((first + difference) * 1.1)], difference: round(difference), se: round(doubt / 2),
      low: round(difference - doubt), high: round(difference + doubt), pairs: 200, changed_pairs: i === 2 ? 0 : 90,
    };
  }));
  const places = data.war.places.map((_, i) => {
    const one = ground[i % ground.length].id, other = ground[(i + 1) % ground.length].id, moved = i % 4 === 0 ? 0.5 : i % 4 === 1 ? 0.02 : 0;
    return { [one]: [0.9, round(0.9 - moved), round(-moved - 0.05), round(-moved + 0.05)], [other]: [0.1, round(0.1 + moved), round(moved - 0.05), round(moved + 0.05)] };
  });
  return {
    ...data, start: "2016-01-01", end: "2018-12-31", fork: "2016-06-01", answer: "Greatest change in survival: River Republic.",
    sides: [{ name: "base", title: "base", accounts: [], settings: [], failed_runs: 0 }, { name: "patience", title: "patience", accounts: ["patience"], settings: ["actors.black_column.income=0"], failed_runs: 0 }],
    outcomes, places, fact: "", deadly: [], kind: "comparison",
  };
}
