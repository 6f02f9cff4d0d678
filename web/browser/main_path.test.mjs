// The main path of a report that answers, in Firefox and in WebKit: opened as a file with every connection refused, a statement of an
// account is switched off and the changed answer read.
//
// TRUEL: the program. TRUEL_REPORT: a report of the reference scenario that it wrote. FIREFOX, WEBKIT_DRIVER: the browser and the driver
// (default: those of Debian's firefox-esr and webkit2gtk-driver). TRUEL_BROWSERS: which of firefox and webkit (default both).
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { firefox, webkit } from "./drivers.mjs";
import { answer_in } from "./served.mjs";

const truel = resolve(process.env.TRUEL), report = resolve(process.env.TRUEL_REPORT);
const war = fileURLToPath(new URL("../../scenarios/syria-2016", import.meta.url));
const skip = /id="truel-engine">\{/.test(readFileSync(report, "utf8")) ? false : "this truel was built without the engine for pages";
const wanted = (process.env.TRUEL_BROWSERS ?? "firefox webkit").split(" ");
const kWaitMs = 180_000, kPauseMs = 200, kPairs = 4;

/** What a script of the page gives, once it gives anything. */
async function until(browser, script) {
  for (const end = Date.now() + kWaitMs; Date.now() < end;) {
    const found = await browser.run(script);
    if (found !== null && found !== undefined && found !== false) return found;
    await new Promise((done) => { setTimeout(done, kPauseMs); });
  }
  throw new Error(`nothing came of: ${script}\nthe page says: ${await browser.run("return document.body.innerText.slice(0, 400)")}`);
}

const press = async (browser, script) => browser.click(await until(browser, script));

for (const [name, start] of Object.entries({ firefox, webkit })) {
  test(`the main path of a report that answers, in ${name}`, { skip: skip || (wanted.includes(name) ? false : "not asked for") }, async () => {
    const browser = await start();
    try {
      await browser.open(pathToFileURL(report).href);
      await until(browser, "return document.querySelector('#page[data-ready]') !== null");
      await press(browser, "return Array.from(document.querySelectorAll('a')).find((a) => a.textContent === 'Change a parameter yourself') ?? null");
      await press(browser, "return Array.from(document.querySelectorAll('.by-account')).find((x) => /Account behind the changed war/.test(x.textContent))?.querySelector('option[value=isis_survives]') ?? null");
      await press(browser, "return Array.from(document.querySelectorAll('.statements label')).find((x) => /It never beat an army face to face/.test(x.textContent))?.querySelector('input') ?? null");
      const answer = await until(browser, `return (${answer_in})(${kPairs})`);
      const settings = (await browser.run("return new URLSearchParams(location.hash.slice(1)).get('set').split(';')")).flatMap((one) => ["--set-b", one]);
      const { outcomes } = JSON.parse(execFileSync(truel, ["compare", war, "--account", "isis_survives", "--account", "isis_survives", ...settings, "--runs", String(answer.runs), "--json", "--quiet"], { maxBuffer: 2 ** 28 }));
      for (const [actor, shown] of Object.entries(answer.rows)) {
        const { a, b } = outcomes.find((o) => o.outcome === `actors.${actor}.value_share`);
        assert.deepEqual(shown, [a, b], actor);
      }
      assert.ok(Object.values(answer.rows).some(([a, b]) => a !== b));
      assert.deepEqual(await browser.run("return performance.getEntriesByType('resource').map((x) => x.name).filter((x) => !/^(file|data|blob):/.test(x))"), []);
      assert.deepEqual(await browser.troubles(), []);
    } finally {
      await browser.close();
    }
  });
}
