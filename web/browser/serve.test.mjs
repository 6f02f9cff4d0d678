// The page that answers back, with a real server behind it.
//
// TRUEL: the program. CHROMIUM: the browser (default /usr/bin/chromium).
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const folder = mkdtempSync(join(tmpdir(), "truel-serve-"));
const war = join(folder, "war");
const kPath = "actors.government.kill_rate";
let browser, server, link;

before(async () => {
  execFileSync(process.env.TRUEL, ["new", war], { stdio: "ignore" });
  server = spawn(process.env.TRUEL, ["serve", war], { stdio: ["ignore", "pipe", "inherit"] });
  link = await new Promise((done) => server.stdout.once("data", (text) => done(String(text).trim())));
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
});
after(async () => {
  await browser?.close();
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function with_page(options, body, at = link) {
  const context = await browser.newContext({ ...options, acceptDownloads: true });
  const page = await context.newPage();
  const troubles = [];
  page.on("console", (m) => ["error", "warning"].includes(m.type()) && troubles.push(m.text()));
  page.on("pageerror", (e) => troubles.push(e.message));
  await page.goto(at);
  try {
    await all_in(page);
    await body(page);
    assert.deepEqual(troubles, []);
  } finally {
    await context.close();
  }
}

/** Waits until all pairs are in. */
const all_in = (page) => page.waitForSelector('.results[aria-busy="false"]', { timeout: 60_000 });
const numbers = (page) => page.evaluate(() => Object.fromEntries(Array.from(document.querySelectorAll("#results tbody tr"), (row) =>
  [row.dataset.actor, [Number(row.querySelector("[data-a]").dataset.a), Number(row.querySelector("[data-b]").dataset.b)]])));

async function turn(page, path, key) {
  await page.getByLabel("Find a number").fill(path.split(".").slice(1).join(" "));
  const slider = page.locator(`.dial[data-path="${path}"] input[type=range]`);
  await slider.focus();
  await page.keyboard.press(key);
  await page.waitForTimeout(200);  // the question is asked when the slider rests
  await all_in(page);
  return page.locator(`.dial[data-path="${path}"] input.value`).inputValue();
}

test("a turned number changes the table as truel compare has it; back undoes, the link holds it, a file keeps it", async () => {
  await with_page({}, async (page) => {
    assert.match(await page.locator("#results .answer").innerText(), /Nothing is turned/);
    const value = await turn(page, kPath, "Home");
    const turned = await numbers(page);
    const compared = JSON.parse(execFileSync(process.env.TRUEL, ["compare", war, "--set-b", `${kPath}=${value}`, "--runs", "200", "--json", "--quiet"]));
    for (const [actor, [a, b]] of Object.entries(turned)) {
      const row = compared.outcomes.find((o) => o.outcome === `actors.${actor}.value_share`);
      assert.deepEqual([a, b], [row.a, row.b], actor);
    }
    const held = page.url();
    assert.ok(held.includes(encodeURIComponent(`${kPath}=${value}`)), held);
    await with_page({}, async (other) => assert.deepEqual(await numbers(other), turned), held);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as an account" }).click()]);
    writeFileSync(join(war, "accounts", "what_if.toml"), readFileSync(await download.path()));
    const account = JSON.parse(execFileSync(process.env.TRUEL, ["compare", war, "--account", "what_if", "--runs", "200", "--json", "--quiet"]));
    assert.deepEqual(account.outcomes.map((o) => o.b), compared.outcomes.map((o) => o.b));
    rmSync(join(war, "accounts", "what_if.toml"));
    await page.getByRole("button", { name: "Undo" }).click();
    await page.waitForFunction(() => /Nothing is turned/.test(document.querySelector("#results .answer").textContent));
    assert.equal(await page.locator(`.dial[data-path="${kPath}"] .back`).isVisible(), false);
  });
});

test("an account stands on either side, and what is no number is not sent", async () => {
  await with_page({}, async (page) => {
    await page.getByLabel("The changed war, by").selectOption("proxy");
    await page.waitForFunction(() => !/Nothing is turned/.test(document.querySelector("#results .answer").textContent));
    await all_in(page);
    const one = await numbers(page);
    assert.ok(Object.values(one).some(([a, b]) => a !== b));
    await page.getByLabel("Find a number").fill(kPath.split(".").slice(1).join(" "));
    const field = page.locator(`.dial[data-path="${kPath}"] input.value`);
    await field.fill("much");
    await field.press("Enter");
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    assert.deepEqual(await numbers(page), one);
  });
});

for (const [name, options] of [["a phone", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }], ["a wide window", { viewport: { width: 1440, height: 900 } }]]) {
  test(`fits ${name} and is accessible there`, async () => {
    await with_page(options, async (page) => {
      await turn(page, kPath, "End");
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)) <= 0, "wider than the window");
      for (const summary of await page.locator(".group > summary").all()) await summary.click();
      await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
      const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa"] }));
      assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`), []);
    });
  });
}

test("says so when the server has ended", async () => {
  const own = spawn(process.env.TRUEL, ["serve", war], { stdio: ["ignore", "pipe", "ignore"] });
  const at = await new Promise((done) => own.stdout.once("data", (text) => done(String(text).trim())));
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(at);
  await all_in(page);
  own.kill("SIGKILL");
  await page.getByLabel("Find a number").fill(kPath.split(".").slice(1).join(" "));
  await page.locator(`.dial[data-path="${kPath}"] input[type=range]`).focus();
  await page.keyboard.press("Home");
  await page.waitForFunction(() => /still running/.test(document.querySelector("#results [role=alert]").textContent));
  await context.close();
});
