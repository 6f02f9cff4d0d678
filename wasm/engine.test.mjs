// The engine in WebAssembly against the program: the same bytes.
//
// TRUEL: the program. TRUEL_WASM: engine.wasm. TRUEL_WARS: folder of the packages that come with truel.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Engine } from "./engine.mjs";

const { TRUEL: truel, TRUEL_WASM: wasm, TRUEL_WARS: wars } = process.env;
const module = new WebAssembly.Module(readFileSync(wasm));
const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const printed = (...words) => execFileSync(truel, [...words, "--json", "--quiet"], { encoding: "utf8", maxBuffer: 2 ** 28 });

/** An engine that has opened a package. */
function opened(folder) {
  const files = {};
  for (const name of readdirSync(folder, { recursive: true }).map(String)) {
    if (statSync(join(folder, name)).isFile() && /^(accounts\/)?[a-z0-9_]+\.(csv|toml|json)$/.test(name)) {
      files[name] = readFileSync(join(folder, name), "utf8");
    }
  }
  const engine = new Engine(module), war = JSON.parse(engine.open({ folder, files }));
  assert.ok(war.dials.length > 0, JSON.stringify(war.errors));
  engine.war = war;
  return engine;
}

for (const [name, runs] of [["syria-2016", 6], ["bosnia-1992", 4], ["published/truel-random", 40]]) {
  test(`the summary of ${name} has the bytes that the program prints`, () => {
    const folder = join(wars, name), own = opened(folder).summary({ runs, seed: 7 });
    assert.equal(sha256(`${own}\n`), sha256(printed("run", folder, "--runs", String(runs), "--seed", "7")));
  });
}

/** What `pairs` pairs say of a question, run by two engines in turns and put together by the first. */
function answered(engines, question) {
  const [first] = engines, { runs, same, errors } = engines.map((engine) => JSON.parse(engine.ask(question)))[0];
  if (errors) return { errors };
  for (const side of same ? [0] : [0, 1]) {
    for (let run = runs[side]; run < question.pairs; ++run) assert.ok(first.append(side, engines[run % 2].measured({ side, first: run, runs: 1 })));
  }
  return JSON.parse(first.told({ pairs: question.pairs }));
}

test("pairs that two engines share, by an account and a turned number of the reference scenario, change what truel compare says of them", () => {
  const folder = join(wars, "syria-2016"), engines = [opened(folder), opened(folder)];
  const outcomes = ({ outcomes }) => outcomes.map(({ outcome, a, b, difference, low, high }) => ({ outcome, a, b, difference, low, high }));
  const settings = ["actors.isis.recruitment_per_day=0"], own = outcomes(answered(engines, { pairs: 4, accounts: ["ehsan"], settings }));
  assert.ok(own.some((o) => o.a !== o.b));
  assert.deepEqual(own, outcomes(JSON.parse(printed("compare", folder, "--account", "base", "--account", "ehsan", "--set-b", settings[0], "--runs", "4"))));
  assert.deepEqual(JSON.parse(engines[0].ask({ pairs: 4, accounts: ["ehsan"], settings })).runs, [4, 4], "the engine keeps what it has");
  assert.equal(engines[0].append(1, engines[1].measured({ side: 1, first: 2, runs: 1 })), false, "what comes not next is not taken");
});

test("pairs that are added until the answer is sure are looked at when truel compare looks, with its intervals", () => {
  const folder = join(wars, "published/truel-random"), engines = [opened(folder), opened(folder)];
  const { path, value } = opened(folder).war.dials.find((d) => d.kind === "number" && d.value > 0), asked = ["--set-b", `${path}=${2 * value}`];
  const question = { pairs: 64, settings: [asked[1]], until_sure: ["fighters"] }, { looks } = engines.map((engine) => JSON.parse(engine.ask(question)))[0];
  const compared = JSON.parse(printed("compare", folder, ...asked, "--until-sure", "fighters", "--runs", "64"));
  assert.deepEqual(looks.slice(0, 4), [16, 24, 32, 48]);
  answered(engines, question);
  const told = looks.map((pairs) => JSON.parse(engines[0].told({ pairs })));
  const sure = told.find((one) => one.until_sure.sure) ?? told.at(-1);
  assert.deepEqual([sure.runs, sure.until_sure, sure.outcomes.map((o) => [o.low, o.high])], [compared.runs, compared.until_sure, compared.outcomes.map((o) => [o.low, o.high])]);
});

test("a wrong setting is told, and the engine goes on", () => {
  const engine = opened(join(wars, "bosnia-1992")), engines = [engine, engine];
  assert.equal(answered(engines, { pairs: 2, settings: ["laws.none_such=1"] }).errors.length, 1);
  assert.equal(answered(engines, { pairs: 2 }).runs, 2);
});

test("an engine that gets no more memory says so", () => {
  assert.throws(() => new Engine(module).open({ folder: "large", files: { "scenario.toml": "x".repeat(60e6) } }), /the memory ran out: it has \d+ MB and was refused more/);
});

test("united enemies, in each way and over what is set, become of the actor what truel compare --if-united says", () => {
  const folder = join(wars, "syria-2016"), engines = [opened(folder), opened(folder)], pairs = 2, settings = ["actors.isis.kill_rate=0.001"];
  const said = JSON.parse(printed("compare", folder, "--account", "ehsan", "--if-united", "isis", "--set", settings[0], "--runs", String(pairs))).actors.isis;
  for (const way of ["truce", "coordinated", "one_command"]) {
    const { same, outcomes } = answered(engines, { pairs, against: ["ehsan"], against_settings: settings, accounts: ["ehsan"], settings, united: { actor: "isis", way } });
    assert.equal(same, false);
    for (const [kind, name] of [["value", "value_share"], ["fighters", "final_fighters"], ["survival", "survival_probability"]]) {
      const own = outcomes.find((o) => o.outcome === `actors.isis.${name}`), { mean, difference, low, high } = said[way][kind];
      assert.deepEqual([own.a, own.b, own.difference, own.low, own.high], [said.divided[kind].mean, mean, difference, low, high], `${way}: ${kind}`);
    }
  }
  const from = "2017-06-01", later = JSON.parse(printed("compare", folder, "--account", "ehsan", "--if-united", "isis", "--united-from", from, "--set", settings[0], "--runs", String(pairs))).actors.isis;
  const { outcomes } = answered(engines, { pairs, against: ["ehsan"], against_settings: settings, accounts: ["ehsan"], settings, united: { actor: "isis", way: "one_command", from } });
  const land = outcomes.find((o) => o.outcome === "actors.isis.value_share");
  assert.deepEqual([land.a, land.b], [later.divided.value.mean, later.one_command.value.mean]);
  assert.notEqual(land.b, said.one_command.value.mean);
  const [one] = engines, wrong = (united) => JSON.parse(one.ask({ pairs: 2, united })).errors?.[0].what;
  assert.match(wrong({ actor: "nobody", way: "truce" }), /no actor nobody/);
  assert.match(wrong({ actor: "isis", way: "peace" }), /no way peace/);
  assert.match(wrong({ actor: "isis", way: "truce", from: "2015-01-01" }), /not a day of this war/);
});
