// What the program writes into its pages is of the types that they read it by: nothing is missing, of another type or not declared.
//
// TRUEL: the program.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const truel = resolve(process.env.TRUEL), web = fileURLToPath(new URL("..", import.meta.url)), scenarios = join(web, "..", "scenarios");
const folder = mkdtempSync(join(tmpdir(), "truel-types-"));
const inside = mkdtempSync(join(web, "node_modules", ".types-"));  // where the compiler finds the types of packages
const run = (...words) => execFileSync(truel, words, { cwd: folder, stdio: "ignore" });

before(() => run("new", "war"));
after(() => [folder, inside].forEach((one) => rmSync(one, { recursive: true, force: true })));

/** Fails with what the compiler says of a page's data, taken for a type of a module of src. */
function is_of_type(page, type, module, more = "") {
  const [, data] = /<script[^>]*id="truel-data"[^>]*>([\s\S]*?)<\/script>/.exec(readFileSync(join(folder, page), "utf8"));
  const file = join(inside, "data.ts");
  writeFileSync(file, `import type { ${type} } from "../../src/${module}";\nexport const data: ${type}${more} = ${data};\n`);
  const options = ["--noEmit", "--ignoreConfig", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler", "--types", "vite/client", join(web, "src", "land.d.ts")];
  const done = spawnSync(process.execPath, [join(web, "node_modules", "typescript", "bin", "tsc"), ...options, file], { encoding: "utf8" });
  assert.equal(done.stdout + done.stderr, "");
}

const kAll = ["--each-account", "--if-united", "all", "--united-runs", "3", "--runs", "6", "--quiet", "--out", "out"];
for (const [name, war, ...more] of [
  ["with talks", "war", "--map-regions=4", ...kAll], ["of a real war, with its record", join(scenarios, "syria-2016"), "--until", "2016-12-31", ...kAll],
  ["with best responses", join(scenarios, "published", "best-response-truel"), ...kAll], ["of one run", "war", "--runs", "1", "--quiet", "--out", "out"],
]) {
  test(`a report ${name}`, () => {
    run("run", war, ...more);
    is_of_type("out/report.html", "Report", "report");
    rmSync(join(folder, "out"), { recursive: true });
  });
}

test("a comparison", () => {
  run("compare", "war", "--who-gains", "government", "--runs", "4", "--quiet", "--out", "out");
  is_of_type("out/report.html", "ComparisonPage", "pages/comparison", " & Record<string, unknown>");  // it is comparison.json, of which the page reads less
});
