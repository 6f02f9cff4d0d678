// An invented war in the format of the page's data (src/data.ts), for development and for the browser test.
//
// usage: node sample/make.mjs [--world WORLD.json] [--data] > FILE
//
// Writes the built page (dist/report.html) filled with the data, or with --data the data alone. WORLD.json replaces
// the invented places and actors: {"places": [...], "links": [[i, j], ...], "actors": [{"id", "name", ...}]}, where a
// place may name its first holder as "holder".
import { readFileSync } from "node:fs";

/** Small seeded generator (mulberry32), so that the sample is the same every time. */
function generator(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const addDay = (iso) => new Date(Date.parse(`${iso}T00:00Z`) + 864e5).toISOString().slice(0, 10);
const round = (x, digits = 3) => Number(x.toFixed(digits));
const quantiles = (mean, spread, runs) => ({
  mean: round(mean), se: round((mean * spread) / 1.645 / Math.sqrt(runs)),
  q05: round(mean * (1 - spread)), q50: round(mean * (1 - spread * 0.05)), q95: round(mean * (1 + spread)),
});

/** A name without what it explains in brackets, as the engine sends it beside the name. */
const shortOf = (name) => name.replace(/ \(.*\)$/, "");

/** Wilson's interval of a share of n runs. */
function intervalOf(p, n) {
  const z2 = 1.96 ** 2;
  const middle = (p + z2 / (2 * n)) / (1 + z2 / n), half = (1.96 / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  return { survival_low: round(Math.max(0, middle - half)), survival_high: round(Math.min(1, middle + half)) };
}

function inventedWorld(random) {
  const actors = [
    ["river_republic", "River Republic", "ground", 90000, "#3b6fb6"],
    ["highland_guard", "Highland Guard", "ground", 24000, "#d98c1f"],
    ["black_column", "Black Column", "ground", 31000, "#3a3a3a"],
    ["southern_league", "Southern League", "ground", 18000, "#2f8f5b"],
    ["harbour_militia", "Harbour Militia", "ground", 9000, "#8a5fb0"],
    ["steppe_riders", "Steppe Riders", "ground", 5200, "#c2453f"],
    ["republic_air_arm", "Republic Air Arm", "air", null, "#79a9d9"],
  ].map(([id, name, kind, fighters, colour]) => ({ id, name, kind, fighters, colour }));
  const syllables = ["ar", "bel", "dur", "esh", "fal", "gor", "hem", "il", "kas", "lor", "mar", "nem", "or", "tal", "ush"];
  const places = [];
  for (let row = 0; row < 7; ++row) {
    for (let column = 0; column < 9; ++column) {
      const pick = () => syllables[Math.floor(random() * syllables.length)];
      const word = pick() + pick() + (random() < 0.3 ? pick() : "");
      const name = word[0].toUpperCase() + word.slice(1);
      const near = Math.min(4, Math.floor(column / 2));
      places.push({
        id: `p${places.length}`, name, country: column < 7 ? "Eastmark" : "Farland", kind: random() < 0.2 ? "city" : "town",
        latitude: round(33 + row * 0.55 + random() * 0.35, 4), longitude: round(36.3 + column * 0.85 + random() * 0.6, 4),
        population: Math.round(10 ** (3.4 + 2.6 * random())), value: round(1 + 9 * random(), 1),
        holder: row > 5 && column > 2 ? "highland_guard" : row < 1 ? "southern_league"
          : ["river_republic", "river_republic", "harbour_militia", "black_column", "black_column"][near],
      });
    }
  }
  const links = [];
  for (let i = 0; i < places.length; ++i) {
    if (i % 9 < 8) links.push([i, i + 1]);
    if (i + 9 < places.length && random() < 0.8) links.push([i, i + 9]);
  }
  return { places, links, actors };
}

export function makeSample(world) {
  const random = generator(7);
  const runs = 400;
  const { places, links, actors } = world ?? inventedWorld(random);
  const dates = [];
  for (let day = Date.UTC(2016, 0, 1); day <= Date.UTC(2018, 11, 31); day += 7 * 864e5) {
    dates.push(new Date(day).toISOString().slice(0, 10));
  }
  const last = dates.length - 1;
  const fate = actors.map((_, i) => [0.999, 0.93, 0.08, 0.62, 0.34, 0.02][i % 6]);
  const ground = actors.map((a, i) => (a.kind === "ground" ? i : -1)).filter((i) => i >= 0);
  const isWeak = (i) => fate[i] < 0.3;

  // Control: every place drifts from its first holder towards a neighbour's holder, sooner if its holder is weak.
  const holderOf = places.map((p) => actors.findIndex((a) => a.id === p.holder));
  const neighbours = places.map((_, i) => links.filter((l) => l.includes(i)).map((l) => (l[0] === i ? l[1] : l[0])));
  const controlOf = places.map((_, i) => {
    const first = holderOf[i];
    const rivals = [...new Set(neighbours[i].map((n) => holderOf[n]).filter((h) => h >= 0 && h !== first))];
    if (first < 0 && rivals.length === 0) return { none: dates.map(() => 1) };
    const hold = first >= 0 ? actors[first].id : "none";
    const fall = (first >= 0 && isWeak(first) ? 0.95 : 0.45) * (rivals.length ? 0.3 + 0.7 * random() : isWeak(first) ? 0.8 : 0);
    const middle = (0.15 + 0.7 * random()) * last;
    const width = last * (0.02 + 0.08 * random());
    const gone = dates.map((_, t) => (t === 0 ? 0 : fall / (1 + Math.exp(-(t - middle) / width))));
    const takers = rivals.length ? rivals : [0];
    const control = { [hold]: gone.map((g) => round(1 - g)) };
    const weights = takers.map((r) => (isWeak(r) ? 0.2 : 1) * (0.3 + random()));
    const total = weights.reduce((a, b) => a + b, 0.15);
    takers.forEach((r, k) => (control[actors[r].id] = gone.map((g) => round((g * weights[k]) / total))));
    control.none = gone.map((_, t) => round(Math.max(0, 1 - Object.entries(control).reduce((s, [k, v]) => (k === "none" ? s : s + v[t]), 0))));
    return control;
  });

  const totalValue = places.reduce((s, p) => s + p.value, 0);
  const series = (mean, spread) => ({
    mean: mean.map((m) => round(m)), q50: mean.map((m) => round(m * 0.98)),
    q05: mean.map((m, t) => round(m * (1 - spread * Math.sqrt(t / last)))),
    q95: mean.map((m, t) => round(m * (1 + spread * Math.sqrt(t / last)))),
  });
  const dateAt = (t) => dates[Math.max(0, Math.min(last, Math.round(t)))];
  const actorRows = actors.map((a, i) => {
    const collapse = 1 - fate[i];
    const isAir = a.kind === "air";
    const mean = dates.map((_, t) => (isAir ? 0 : a.fighters * (isWeak(i) ? Math.exp((-4.5 * t) / last) : 1 - (0.35 * t) / last + 0.06 * Math.sin(t / 9 + i))));
    const held = dates.map((_, t) => places.reduce((s, p, k) => s + p.value * (controlOf[k][a.id]?.[t] ?? 0), 0) / totalValue);
    const middle = last * (0.35 + 0.08 * (i % 5));
    return {
      id: a.id, name: a.name, short_name: shortOf(a.name), kind: a.kind, command: a.command ?? a.id, colour: a.colour,
      first_day_fighters: isAir ? null : a.fighters, survival_probability: isAir ? null : fate[i],
      survival_se: isAir ? null : round(Math.sqrt((fate[i] * collapse) / runs), 4),
      ...(isAir ? { survival_low: null, survival_high: null } : intervalOf(fate[i], runs)), collapse_share: isAir ? 0 : round(collapse),
      collapse_date: isAir || collapse < 0.005 ? null : { q05: dateAt(middle * 0.6), q50: dateAt(middle), q95: dateAt(middle * 1.6) },
      final_fighters: quantiles(mean[last], 0.6, runs), value_share: quantiles(held[last], 0.5, runs),
      population_share: quantiles(held[last] * 0.9, 0.5, runs), losses: quantiles(isAir ? 0 : a.fighters * 0.45, 0.4, runs),
      fighters: series(mean, 0.7), territory: series(held, 0.5), surviving: dates.map((_, t) => (isAir ? null : round(1 - collapse * Math.min(1, t / last), 4))),
    };
  });

  const dyads = [];
  for (let i = 0; i < actors.length; ++i) {
    for (const j of ground) {
      if (i === j || (actors[i].kind === "air" && !isWeak(j) && j > 2) || random() < 0.35) continue;
      const losses = (actors[i].fighters ?? 40000) ** 0.5 * actors[j].fighters ** 0.5 * 0.25 * random() ** 2;
      dyads.push({
        attacker: actors[i].id, target: actors[j].id, losses: quantiles(losses, 0.5, runs), effort_share: quantiles(random() ** 2 * 0.6, 0.4, runs),
        losses_by_date: dates.map((_, t) => round(losses * (t / last) ** 0.8, 1)),
      });
    }
  }
  const features = ["vital", "backing", "horizon", "roots", "growth", "weakness", "others", "bargain"];
  const priorities = actorRows.flatMap((a, i) => {
    const targets = ground.filter((j) => j !== i).slice(0, 6);
    const peak = targets.map(() => random() * last);
    const raw = targets.map((j, k) => dates.map((_, t) => Math.exp(-(((t - peak[k]) / last) ** 2) * 3) * (isWeak(j) ? 1.6 : 1)));
    const sum = dates.map((_, t) => raw.reduce((s, r) => s + r[t], 0));
    return targets.map((j, k) => {
      const parts = Object.fromEntries(features.map((f) => [f, round((f === "others" || f === "bargain" ? -0.4 : 1) * random() ** 2)]));
      const score = Object.values(parts).reduce((x, y) => x + y, 0);
      return { command: a.command, target: actors[j].id, share: raw[k].map((r, t) => round(r / sum[t])), score: round(score), features: parts };
    });
  });

  const speakers = ["Field correspondent", "Former officer", "Regional analyst", "Aid worker"];
  const claims = Array.from({ length: 24 }, (_, k) => {
    const a = actors[k % actors.length];
    const b = actors[(k * 3 + 1) % actors.length];
    const low = Math.round((a.fighters ?? 60) * 0.7);
    return {
      id: `${"AB"[k % 2]}${k + 1}`, source: ["field_notes", "survey"][k % 2], paragraph: 3 + 2 * k, speaker: speakers[k % 4],
      kind: ["quantity", "intention", "event", "causal"][k % 4], subject: a.id, object: b.id, stance: ["asserts", "reports", "doubts", "denies"][(k >> 1) % 4],
      statement: k % 4 === 0 ? `${a.name} fielded somewhere between these two numbers in the first winter.`
        : `${a.name} would rather wear down ${b.name} than hold the towns between them.`,
      low: k % 4 === 0 ? String(low) : "", high: k % 4 === 0 ? String(low * 2) : "", unit: k % 4 === 0 ? "fighters" : "",
    };
  });
  const numbers = ground.flatMap((i) => [
    { path: `forces.${actors[i].id}.all.2016-01-01`, value: `loguniform(${Math.round(actors[i].fighters * 0.6)}, ${Math.round(actors[i].fighters * 1.8)})`, unit: "fighters",
      basis: [{ kind: "claim", id: claims[(i * 4) % 24].id, text: claims[(i * 4) % 24].statement }, { kind: "source", id: "survey", text: "table 3" }] },
    { path: `actors.${actors[i].id}.kill_rate`, value: "0.0008..0.003", unit: "per fighter per day", basis: [{ kind: "assumed", id: null, text: "assumed: the order of magnitude of comparable wars" }] },
    { path: `commands.${actors[i].id}.weight_vital`, value: "0.5..1.5", unit: "score", basis: [{ kind: "claim", id: claims[(i * 4 + 1) % 24].id, text: "" }] },
  ]);
  const conflicts = [
    { statement: `${actors[0].name} means to hold the river towns.`, between_sources: true, numbers: 3, one_says: "for", one: [claims[0].id, claims[2].id],
      other_says: "against", other: [claims[1].id], in_doubt: [claims[3].id] },
    { statement: `fighters of ${actors[1].id}`, between_sources: false, numbers: 0, one_says: "1500 to 2000 fighters", one: [claims[4].id],
      other_says: "3000 fighters", other: [claims[8].id], in_doubt: [] },
  ];
  const falls = actorRows.filter((a) => a.collapse_date).sort((x, y) => (x.collapse_date.q50 < y.collapse_date.q50 ? -1 : 1))
    .map((a) => ({ actor: a.id, probability: a.collapse_share, median_date: a.collapse_date.q50, runs: Math.round(a.collapse_share * runs) }));
  const count = (kind) => numbers.flatMap((n) => n.basis).filter((b) => b.kind === kind).length;
  const tell = (id, title, story, ids, settings, shift) => ({
    id, title, letter: "", story, claims: ids, settings, runs, failed_runs: 0,
    actors: actorRows.map((a) => {
      const p = a.survival_probability === null ? null : round(Math.min(1, Math.max(0, a.survival_probability + shift * (random() - 0.5))));
      return {
        id: a.id, survival_probability: p, survival_se: p === null ? null : round(Math.sqrt((p * (1 - p)) / runs)),
        ...(p === null ? { survival_low: null, survival_high: null } : intervalOf(p, runs)),
        value_share: a.value_share, losses: quantiles(a.losses.mean * (1 + shift * (random() - 0.5)), 0.5, runs),
      };
    }),
  });
  // Accounts: the same control, moved towards the first holder or away from it, at a few dates.
  const account_dates = dates.map((_, t) => t).filter((t) => t % 26 === 0 || t === last);
  const under = (account, shift) => ({
    ...account,
    control: controlOf.map((control) => {
      const [hold] = Object.keys(control);
      return Object.fromEntries(Object.entries(control).map(([id, series]) => [id, account_dates.map((t) => {
        const p = series[t], rest = 1 - control[hold][t];
        const moved = Math.max(0, Math.min(1, control[hold][t] - shift * rest));
        return Math.round(100 * (id === hold ? moved : rest > 0 ? (p / rest) * (1 - moved) : 0));
      })]));
    }),
    territory: Object.fromEntries(actorRows.map((a) => [a.id, Object.fromEntries(["mean", "q05", "q95"].map((part) => [part, account_dates.map((t) => a.territory[part][t])]))])),
    surviving: Object.fromEntries(actorRows.map((a) => [a.id, account_dates.map((t) => a.surviving[t])])),
  });
  // A record of the first year: most places as they were, some taken by whom the model thinks likeliest, some by others.
  const record_end = "2016-12-31";
  const record = {
    first: dates[0], last: record_end, is_whole: false, told: 2,
    places: places.map((p, i) => {
      const ids = Object.keys(controlOf[i]), first = ids[0];
      const next = ids.length > 1 && i % 5 === 0 ? ids[1] : i % 17 === 3 ? "contested" : undefined;
      return next === undefined ? [[dates[0], record_end, first]] : [[dates[0], dates[20 + (i % 15)], first], [addDay(dates[20 + (i % 15)]), record_end, next]];
    }),
    scores: [["2016-03-25", 3, 0.02], ["2016-12-30", 12, 0.1]].flatMap(([date, months, better]) => [
      ["persistence", null, 0.3, 0], ["truel", "base", 0.3 - better, -better], ["truel", "patience", 0.32, 0.02],
    ].flatMap(([model, account, value, difference]) => [
      { date, months, score: "brier", subset: "all", model, account, value: round(value), low: round(value - 0.08), high: round(value + 0.08),
        difference: round(difference), difference_low: round(difference - 0.05), difference_high: round(difference + 0.05), places: places.length, verdict: Math.abs(difference) <= 0.05 ? "no clear difference" : difference < 0 ? "better" : "worse" },
      { date, months, score: "probability", subset: "changed", model, account, value: model === "persistence" ? 0 : 0.31, low: 0.2, high: 0.4, difference: 0.31, difference_low: 0.2, difference_high: 0.4, places: 12, verdict: null },
      { date, months, score: "probability", subset: "unchanged", model, account, value: model === "persistence" ? 1 : 0.84, low: 0.8, high: 0.9, difference: -0.16, difference_low: -0.2, difference_high: -0.1, places: places.length - 12, verdict: null },
    ])),
    deaths: ["crps", "ignorance"].flatMap((score, bits) => [
      ["conflictology", null, 32.75, undefined], ["zero", null, 75.2, 42.45], ["truel", "base", 67.56, 34.81], ["truel", "patience", 52.36, 19.61], ["truel", "not_run", 110.7, 77.9],
    ].map(([model, account, value, difference]) => ({
      from: "2017-01-01", to: "2017-12-31", score, model, account, value: bits ? value / 40 : value, pairs: 18, months: 12, runs: 1000,
      ...(difference === undefined ? {} : { against: "conflictology", difference: bits ? -0.2 : difference, difference_low: bits ? -0.9 : difference / 8, difference_high: bits ? 0.4 : 2 * difference, verdict: bits ? "no clear difference" : "worse" }),
    }))),
  };
  const events = [
    { date: "2016-02-27", note: "A truce in the valley", basis: [{ kind: "claim", id: "A1", text: "" }, { kind: "source", id: "survey", text: "table 2" }] },
    { date: "2016-09-12", note: "Aircraft come from abroad", basis: [{ kind: "assumed", id: null, text: "assumed: general knowledge" }] },
  ];
  const accounts = [
    tell("base", "The basic model", "", [], 0, 0),
    tell("river_first", "The river is what everybody wants", "Whoever holds the river towns can wait.\n\nThe others cannot.", ["A1", "B2"], 4, 0.4),
    tell("patience", "The patient side is left over", "Sides that fight little keep their men.", ["A3"], 9, 0.9),
  ];
  const estimate = (mean, se = 0) => ({ mean, se });
  const settlement = {
    river_tolls: {
      rounds: [{ median: estimate(62.5, 1.2), mean: estimate(58.2, 0.9) }, { median: estimate(55), mean: estimate(54.1, 0.7) }],
      actors: Object.fromEntries(ground.slice(0, 4).map((i, k) => [actors[i].id,
        { position: estimate(20 * k + 5), capability: estimate(10 * k + 3.5, 0.4), risk: estimate(null, null), probability: estimate(null, null) }])),
    },
  };
  accounts.forEach((a, k) => Object.assign(a, under(a, [0, 0.3, -0.5][k])));
  const level = (mean, n, first) => {
    const { survival_low: low, survival_high: high } = intervalOf(mean, n);
    return { mean, low, high, change: first === null ? null : { mean: round(mean - first), low: round(mean - first - 0.1), high: round(mean - first + 0.1) } };
  };
  const united = {
    runs: 40,
    from: null,
    depends_on: "", without: "",
    ways: [{ id: "divided", words: "as they are" }, { id: "truce", words: "they leave each other alone" },
      { id: "coordinated", words: "they share roads and towns" }, { id: "one_command", words: "the strongest leads them all" }],
    actors: ground.map((i, k) => ({
      id: actors[i].id, enemies: ground.filter((j) => j !== i).map((j) => actors[j].id),
      of: [1, 1 - 0.17 * k, 1 - 0.18 * k, 1 - 0.19 * k].map((part, u) => ({
        survival: level(round(0.95 * part), 40, u === 0 ? null : 0.95), value: level(round(0.3 * part / (k + 1)), 400, u === 0 ? null : round(0.3 / (k + 1))),
        half_gone: part < 0.5 ? { date: "2017-11-03", low: "2017-06-02", high: null } : { date: null, low: null, high: null },
      })),
    })),
  };
  const answered = (account, mean, spread, label) => ({
    account, text: label, values: [{ ...quantiles(mean, spread, runs), low: round(mean * (1 - spread)), high: round(mean * (1 + spread)), share_of_runs: 1, runs }],
  });
  const questions = [
    { words: "Whom does everyone fight first?" },
    {
      words: "How many fighters has the Black Column left?", form: "number", scale: "people", metrics: ["actors.black_column.final_fighters"],
      labels: ["Black Column"], conclusion: "",
      answers: [answered("base", 3200, 0.3, "3,200 (2,240–4,160)"), answered("river_first", 2100, 0.4, "2,100 (1,260–2,940)"), answered("patience", 4800, 0.2, "4,800 (3,840–5,760)")],
    },
    {
      words: "Who holds the capital at the end?", form: "list", scale: "probability",
      metrics: ["places.a.control.river_republic", "places.a.control.black_column"], labels: ["River Republic", "Black Column"], conclusion: "",
      answers: [{
        account: "base", text: "River Republic 80% (76–84%), Black Column 20% (16–24%)",
        values: [{ ...quantiles(0.8, 0.1, runs), low: 0.76, high: 0.84, share_of_runs: 1, runs }, { ...quantiles(0.2, 0.1, runs), low: 0.16, high: 0.24, share_of_runs: 1, runs }],
      }],
    },
  ];
  return {
    format: 1, truel: "0.1.0", title: "A sample war", package: "sample", questions, collapse_fraction: "0.05",
    description: "An invented war of several sides, made to try the page. Nothing in it is a result.",
    seed: 7, runs, failed_runs: 2, runs_wanted: null, solver: "leap", account: null, account_titles: [], deadly: "", start: "2016-01-01", end: "2018-12-31", dates, actors: actorRows,
    places: places.map(({ holder, ...p }, i) => ({ ...p, short_name: shortOf(p.name), control: controlOf[i] })), links, dyads, priorities, civilian_harm: quantiles(41000, 0.4, runs), falls,
    claims, conflicts, sources: [{ id: "field_notes", title: "Notes from the field", author: "N. N.", issued: "2016" }, { id: "survey", title: "A survey of forces", author: "M. M.", issued: "2015" }],
    numbers, basis_counts: { claim: count("claim"), source: count("source"), assumed: count("assumed") }, with_basis: numbers.filter((n) => n.basis.length > 0).length,
    accounts, account_dates, record, events, settlement, united,
    not_modelled: ["Weapons, units and individuals.", "Talks, settlements and changes of sides.", "Winter, harvests and water."],
  };
}

/** What the engine does: put the data into the template, with no `<` that could end the script element. */
export function fill(template, data) {
  const parts = template.split('"@TRUEL_DATA@"');
  if (parts.length !== 2) throw new Error(`the template holds the placeholder ${parts.length - 1} times, not once`);
  return parts.join(JSON.stringify(data).replaceAll("<", "\\u003c"));
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const at = process.argv.indexOf("--world");
  const data = makeSample(at > 0 ? JSON.parse(readFileSync(process.argv[at + 1], "utf8")) : undefined);
  const isDataOnly = process.argv.includes("--data");
  process.stdout.write(isDataOnly ? JSON.stringify(data) : fill(readFileSync(new URL("../dist/report.html", import.meta.url), "utf8"), data));
}
