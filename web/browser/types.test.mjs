// What the program writes into its pages and answers is of the types that they read it by: nothing is missing, of another type or not
// declared, and no field of the types is one that nobody writes.
//
// TRUEL: the program.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { served } from "./served.mjs";

const truel = resolve(process.env.TRUEL), web = fileURLToPath(new URL("..", import.meta.url)), scenarios = join(web, "..", "scenarios");
const folder = mkdtempSync(join(tmpdir(), "truel-types-"));
const inside = mkdtempSync(join(web, "node_modules", ".types-"));  // where the compiler finds the types of packages
/** The data of the page that a command writes. */
function page_of(...words) {
  rmSync(join(folder, "out"), { recursive: true, force: true });
  execFileSync(truel, [...words, "--quiet", "--out", "out"], { cwd: folder, stdio: "ignore" });
  return data_of(readFileSync(join(folder, "out", "report.html"), "utf8"));
}
let server, link, written = "";

before(async () => {
  execFileSync(truel, ["new", "war"], { cwd: folder, stdio: "ignore" });
  ({ server, link } = await served("war", { cwd: folder }));
  link = new URL(link);
});
after(() => {
  server?.kill();
  [folder, inside].forEach((one) => rmSync(one, { recursive: true, force: true }));
});

const data_of = (page) => /<script[^>]*id="truel-data"[^>]*>([\s\S]*?)<\/script>/.exec(page)[1];
const from_server = async (path, body) => (await fetch(new URL(path + link.search, link), body && { method: "POST", headers: { Authorization: `Bearer ${link.searchParams.get("token")}` }, body: JSON.stringify(body) })).text();

/** Of files of results a page reads less than there is. */
const kPart = `type Part<T> = T extends readonly unknown[] ? { [K in keyof T]: Part<T[K]> } : T extends object ? { [K in keyof T]: Part<T[K]> } & Record<string, unknown> : T;`;

/** Fails with what the compiler says of data that is taken for a type of a module of src. */
function is_of_type(data, type, module) {
  written += data;
  const file = join(inside, "data.ts");
  writeFileSync(file, `import type * as of from "../../src/${module}";\n${kPart}\nexport const data: ${type} = ${data};\n`);
  const options = ["--noEmit", "--ignoreConfig", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler", "--types", "vite/client", join(web, "src", "land.d.ts")];
  const done = spawnSync(process.execPath, [join(web, "node_modules", "typescript", "bin", "tsc"), ...options, file], { encoding: "utf8" });
  assert.equal((done.stdout + done.stderr).slice(0, 2000), "");
}

const kAll = ["--each-account", "--if-united", "all", "--united-runs", "3", "--runs", "6"];
const kBosnia = join(scenarios, "bosnia-1992");
for (const [name, war, ...more] of [
  ["with talks", "war", "--map-regions=4", ...kAll], ["of a real war, with its record", join(scenarios, "syria-2016"), "--until", "2016-12-31", ...kAll],
  ["with best responses", join(scenarios, "published", "best-response-truel"), ...kAll], ["of one run", "war", "--runs", "1"],
  ["of a war with a map of its own", join(scenarios, "china-1926"), "--until", "1927-01-31", "--runs", "2"],
  ["of a war that begins midway", kBosnia, "--from", "1993-06-01", "--until", "1993-08-31", "--analysis", "--set", "scenario.laws.hidden_defence.on=1", "--runs", "4"],
]) {
  test(`a report ${name}`, () => is_of_type(page_of("run", war, ...more), "of.Report", "report"));
}

for (const [name, type, ...words] of [["comparison", "Comparison", "compare", "war", "--who-gains", "government", "--runs", "4"],
  ["scores", "Scores", "score", kBosnia, "--observed", kBosnia, "--from", "1993-09-01", "--until", "1993-12-31", "--runs", "3", "--patterns"]]) {
  test(`the page of ${name}`, () => is_of_type(page_of(...words), `Part<of.${type}Page>`, `pages/${name}`));
}

test("the pages of a server, and its answers", async () => {
  is_of_type(data_of(await from_server("/")), "of.WhatIfWar & import(\"../../src/what_if/server\").ServerInfo & { kind: string }", "what_if/data");
  is_of_type(data_of(await from_server("/edit")), "of.EditorData & { kind: string }", "editor/page");
  const answers = await from_server("/api/wars/0/what-if", { settings: ["actors.government.kill_rate=0"], until_sure: ["survival"], pairs: 8 });
  is_of_type(`[${answers.trim().split("\n")}]`, "Part<of.Answer>[]", "what_if/data");
});

test("what a type says may be there is written somewhere", () => {
  const of_deaths = ["hidden_lethality", "dyad"];  // learned from observed ones, which no package here brings
  for (const module of ["report", "war", "outcomes"]) {
    const fields = Array.from(readFileSync(join(web, "src", `${module}.ts`), "utf8").matchAll(/\b(\w+)\?:/g), ([, field]) => field);
    assert.deepEqual(fields.filter((field) => !written.includes(`"${field}":`) && !of_deaths.includes(field)), []);
  }
});
