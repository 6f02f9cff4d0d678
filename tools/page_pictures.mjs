// The pictures of the report in the README, made from a real report in Debian's Chromium.
//
// usage: node tools/page_pictures.mjs REPORT.html FOLDER
//
// Needs web/node_modules (npm ci in web). CHROMIUM names another browser. Writes report-first.png (the first screen without its bar of time),
// report-actor.png (everything about one actor) and report-record.png (the track record), 1440 px wide.
import { existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const { chromium } = createRequire(new URL("../web/package.json", import.meta.url))("playwright-core");
const [report, folder] = process.argv.slice(2);
if (!report || !folder || !existsSync(report)) {
  console.error("usage: node tools/page_pictures.mjs REPORT.html FOLDER");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });

/** Opens the report at an address and takes the window, or its upper part so many pixels high, or from one element on. */
async function picture(name, hash, { from, height = 900 } = {}) {
  await page.goto("about:blank");
  await page.goto(`${pathToFileURL(resolve(report)).href}${hash}`);
  await page.waitForSelector("#page[data-ready]");
  if (from) await page.locator(from).evaluate((element) => element.scrollIntoView({ behavior: "instant" }));
  await page.waitForTimeout(500);  // charts are drawn once their width is known
  await page.screenshot({ path: join(folder, name), clip: { x: 0, y: 0, width: 1440, height } });
}

await page.goto(pathToFileURL(resolve(report)).href);
const data = JSON.parse(await page.locator("#truel-data").textContent());
const end = data.record ? data.dates.filter((d) => d <= data.record.last).at(-1) : data.dates.at(-1);
const argued = data.claims.reduce((counts, c) => counts.set(c.subject, (counts.get(c.subject) ?? 0) + 1), new Map());
const actor = [...data.actors].sort((a, b) => (argued.get(b.id) ?? 0) - (argued.get(a.id) ?? 0))[0];
await picture("report-first.png", `#date=${end}`, { height: 731 });
await picture("report-actor.png", `#about=actor.${actor.id}`);
await picture("report-record.png", "#track", { from: data.record ? "#track" : "#map" });
await browser.close();
