// How large a report is, and how soon it can be read and used on a slow phone: Debian's Chromium, processor slowed four times.
//
// usage: node bench/page_load.mjs REPORT.html    REPEATS (5): loads of which the median is told. CHROMIUM names another browser.
//
// Needs web/node_modules (npm ci in web). First screen: answers and map are drawn and answer to keys; whole page: all views.
// Wall times are worth something on an idle machine alone; the processor time of the page's main thread says on a busy one what
// they would be at best.
import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { loadavg } from "node:os";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const { chromium } = createRequire(new URL("../web/package.json", import.meta.url))("playwright-core");
const [report] = process.argv.slice(2);
if (!report || !existsSync(report)) {
  console.error("usage: node bench/page_load.mjs REPORT.html");
  process.exit(2);
}
const kSlower = 4;
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const script = /<script type="module"[^>]*>([^]*?)<\/script>/.exec(readFileSync(report, "utf8"))[1];
console.log(`file ${(statSync(report).size / 1e6).toFixed(2)} MB, its script ${(gzipSync(script).length / 1e3).toFixed(0)} kB compressed`);

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
/** Opens the report as on a phone and hands the page over once all of it is built. */
async function with_report(prepare, body) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
  const page = await context.newPage();
  await prepare(page, context);
  await page.goto(pathToFileURL(resolve(report)).href);
  await page.waitForSelector("#page[data-ready]", { timeout: 120_000 });
  await body(page);
  await context.close();
}
const wall = [], busy = [];
for (let i = 0; i < Number(process.env.REPEATS ?? 5); ++i) {
  await with_report(async (page, context) => (await context.newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: kSlower }),
    async (page) => wall.push(await page.evaluate(() => ({ first: performance.getEntriesByName("first-screen")[0].startTime, whole: performance.now() }))));
  await with_report((page) => browser.startTracing(page, { categories: ["devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing", "toplevel"] }), async () => {
    const events = JSON.parse(String(await browser.stopTracing())).traceEvents, mark = events.find((e) => e.name === "first-screen");
    const tasks = events.filter((e) => e.name === "RunTask" && e.pid === mark.pid && e.tid === mark.tid);
    const spent = (list) => list.reduce((sum, e) => sum + (e.tdur ?? 0), 0) / 1000;
    busy.push({ first: spent(tasks.filter((e) => e.ts < mark.ts)), whole: spent(tasks) });
  });
}
await browser.close();
const seconds = (list) => `${(median(list) / 1000).toFixed(2)} s (${list.map((x) => (x / 1000).toFixed(2)).join(", ")})`;
for (const [what, key] of [["first screen", "first"], ["whole page", "whole"]]) {
  console.log(`${what}: ${seconds(wall.map((m) => m[key]))}; processor time, times ${kSlower}: ${seconds(busy.map((m) => kSlower * m[key]))}`);
}
console.log(`load of the machine ${loadavg()[0].toFixed(1)}`);
