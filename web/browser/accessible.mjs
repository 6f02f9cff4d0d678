// Whether a page follows the accessibility rules of WCAG, and what has to be opened before one looks, for the tests in a browser.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const kRules = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * Marks what a rule about colours need not look at: rows that are drawn as a row above them in the same table, element by element.
 * Of a table of a thousand numbers that leaves the few rows that differ, and contrast is nearly all the time that the rules take.
 */
function mark_rows_drawn_alike() {
  const drawn = (element) => {
    const style = getComputedStyle(element);
    const text = Array.from(element.childNodes).some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
    const own = ["display", "visibility", "position", "float", "color", "backgroundColor", "backgroundImage", "opacity", "fontSize",
      "fontWeight", "textShadow", "filter", "mixBlendMode", "clip", "clipPath", "textIndent", "transform", "fill", "stroke"].map((name) => style[name]);
    return `<${element.tagName} ${text} ${own.join(";")}>${Array.from(element.children, drawn).join("")}</>`;
  };
  for (const body of document.querySelectorAll("tbody")) {
    const seen = new Set();
    for (const row of body.rows) {
      const look = drawn(row);
      if (seen.has(look)) for (const element of [row, ...row.querySelectorAll("*")]) element.dataset.drawnAbove = "";
      seen.add(look);
    }
  }
}

/** Nothing within the element that the accessibility rules call wrong, once what moves has come to rest. */
export async function is_accessible(page, within = "html") {
  await page.waitForFunction(() => document.getAnimations().every((a) => a.playState !== "running"));
  await page.evaluate(kRules);
  await page.evaluate(mark_rows_drawn_alike);
  const violations = await page.evaluate(async (selector) => {
    window.axe.configure({ rules: [{ id: "color-contrast", selector: ":not([data-drawn-above])" }] });
    const found = await window.axe.run(document.querySelector(selector), { runOnly: ["wcag2a", "wcag2aa"], resultTypes: ["violations"] });
    for (const element of document.querySelectorAll("[data-drawn-above]")) delete element.dataset.drawnAbove;
    return found.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
  }, within);
  assert.deepEqual(violations, []);
}

/** Presses the headings of sections of which only these and a sentence are shown. */
export async function open_sections(page, ...ids) {
  for (const id of ids) await page.locator(`#${id} > details:not([open]) > summary`).click();
  // Charts are drawn when the browser has told how wide they are: in the frame after the one that opens them.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Opens all of which only the headings are shown first. */
export const open_folds = (page) => page.evaluate(() => { for (const fold of document.querySelectorAll("details.fold")) fold.open = true; });
