// What the tests in a browser share: the browser, windows of it, and a page in one of them that must do nothing that it should not.
//
// CHROMIUM: the browser (default /usr/bin/chromium).
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { chromium } from "playwright-core";

export const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
export const kWide = { viewport: { width: 1440, height: 900 } };
let browser;

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
});
after(() => browser?.close());

export const new_context = (options) => browser.newContext(options);

/**
 * Opens an address and fails on any trouble that the page has; one that is a file may not ask for another either, nor open a dialog.
 * wait: how long anything may take, in ms. prepare: what runs before the page. is_ready(page): waits until body may begin.
 */
export async function open_page(address, { wait = 30_000, prepare = () => {}, is_ready, ...options }, body) {
  const context = await new_context(options);
  context.setDefaultTimeout(wait);
  await context.addInitScript(prepare);
  const page = await context.newPage();
  const troubles = [];
  page.on("console", (m) => ["error", "warning"].includes(m.type()) && troubles.push(m.text()));
  page.on("pageerror", (e) => troubles.push(e.message));
  if (address.startsWith("file:")) {
    page.on("dialog", (d) => { troubles.push("a dialog"); void d.dismiss(); });
    page.on("request", (r) => !/^(file|data|blob):/.test(r.url()) && troubles.push(`asked for ${r.url()}`));
  }
  await page.goto(address);
  try {
    await is_ready(page);
    await body(page);
    assert.deepEqual(troubles, []);
  } finally {
    await context.close();
  }
}

/** Waits until the page that answers says that nothing is turned. */
export const unturned = (page) => page.waitForFunction(() => /Nothing is changed/.test(document.querySelector("#results .answer")?.textContent ?? ""));

/** Opens the menus under figures, as a press on each does. */
export const open_menus = (page) => page.evaluate(() => { for (const menu of document.querySelectorAll("details.share")) menu.open = true; });
export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
