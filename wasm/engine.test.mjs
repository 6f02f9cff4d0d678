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
  return engine;
}

for (const [name, runs] of [["syria-2016", 6], ["bosnia-1992", 4], ["published/truel-random", 40]]) {
  test(`the summary of ${name} has the bytes that the program prints`, () => {
    const folder = join(wars, name), own = opened(folder).summary({ runs, seed: 7 });
    assert.equal(sha256(`${own}\n`), sha256(printed("run", folder, "--runs", String(runs), "--seed", "7")));
  });
}

test("an account and a turned number of the reference scenario, in pairs, change what truel compare says of them", () => {
  const folder = join(wars, "syria-2016"), engine = opened(folder);
  const outcomes = (text) => JSON.parse(text).outcomes.map(({ outcome, a, b, difference, low, high }) => ({ outcome, a, b, difference, low, high }));
  const settings = ["actors.isis.recruitment_per_day=0"], own = outcomes(engine.compare({ runs: 4, accounts: ["ehsan"], settings }));
  assert.ok(own.some((o) => o.a !== o.b));
  assert.deepEqual(own, outcomes(printed("compare", folder, "--account", "base", "--account", "ehsan", "--set-b", settings[0], "--runs", "4")));
});

test("a wrong setting is told, and the engine goes on", () => {
  const engine = opened(join(wars, "bosnia-1992"));
  const { errors } = JSON.parse(engine.compare({ runs: 2, settings: ["laws.none_such=1"] }));
  assert.equal(errors.length, 1);
  assert.equal(JSON.parse(engine.compare({ runs: 2 })).runs, 2);
});
