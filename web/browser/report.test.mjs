// The page in a real browser, opened as a file.
//
// TRUEL_REPORT: a report to look at (default: the built template filled with the invented sample).
// CHROMIUM: the browser (default /usr/bin/chromium).
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { fill, makeSample } from "../sample/make.mjs";

const folder = mkdtempSync(join(tmpdir(), "truel-report-"));
const template = () => readFileSync(new URL("../dist/report.html", import.meta.url), "utf8");
const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const kWide = { viewport: { width: 1440, height: 900 } };
let browser;
let report;

function written(name, text) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** Opens a file and fails on anything that the page should not do. */
async function with_page(options, file, body) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const troubles = [];
  page.on("console", (m) => ["error", "warning"].includes(m.type()) && troubles.push(m.text()));
  page.on("pageerror", (e) => troubles.push(e.message));
  page.on("dialog", (d) => { troubles.push("a dialog"); void d.dismiss(); });
  page.on("request", (r) => !/^(file|data|blob):/.test(r.url()) && troubles.push(`asked for ${r.url()}`));
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector("#page > *");
  await page.waitForTimeout(300);
  try {
    await body(page);
    assert.deepEqual(troubles, []);
  } finally {
    await context.close();
  }
}

const data_of = (page) => page.evaluate(() => JSON.parse(document.getElementById("truel-data").textContent));
const short = (name) => name.replace(/\s*\([^)]*\)\s*$/, "") || name;
const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
const text_of = (page, selector) => page.locator(selector).first().innerText();
const pies = (page) => page.evaluate(() => Array.from(document.querySelectorAll(".map-box .pie"), (g) => Array.from(g.querySelectorAll("g > path"), (w) => w.getAttribute("d")).join("|")));

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  report = process.env.TRUEL_REPORT ? resolve(process.env.TRUEL_REPORT) : written("sample.html", fill(template(), makeSample()));
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

for (const [name, options] of [["a phone", kPhone], ["a wide window", kWide], ["a phone in the dark", { ...kPhone, colorScheme: "dark" }]]) {
  test(`fits ${name} and is accessible there`, async () => {
    await with_page(options, report, async (page) => {
      assert.ok((await overflow(page)) <= 0, "the page is wider than the window");
      for (const id of ["survival", "falls", "map", "strength", "territory", "fights", "priorities", "evidence", "limits", "provenance"]) {
        const box = await page.locator(`#${id}`).boundingBox();
        assert.ok(box && box.height > 60, `section ${id} is missing or empty`);
      }
      await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
      const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa"] }));
      assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`), []);
    });
  });
}

test("answers first, and lists every rated actor with its probability", async () => {
  await with_page(kWide, report, async (page) => {
    const data = await data_of(page);
    const rated = data.actors.filter((a) => a.survival_probability !== null);
    assert.equal(await text_of(page, "h1"), data.title);
    const answer = await text_of(page, ".answer");
    const surest = rated.sort((a, b) => b.survival_probability - a.survival_probability)[0];
    if (surest) assert.ok(rated.some((a) => answer.includes(short(a.name))), answer);
    const rows = await page.locator(".survival-table tbody tr").allInnerTexts();
    assert.equal(rows.length, rated.length);
    for (const a of rated) {
      const row = rows.find((r) => r.includes(short(a.name)));
      const p = a.survival_probability;
      assert.ok(row && row.includes(p > 0.995 && p < 1 ? ">99%" : p > 0 && p < 0.005 ? "<1%" : `${Math.round(100 * p)}%`), `${a.name}: ${row}`);
    }
  });
});

test("draws every place with a slice for every holder", async () => {
  await with_page(kWide, report, async (page) => {
    const data = await data_of(page);
    const drawn = await pies(page);
    assert.equal(drawn.length, data.places.length);
    const last = data.dates.length - 1;
    const expected = data.places.map((p) => Object.values(p.control).filter((series) => series[last] >= 0.005).length);
    assert.deepEqual(drawn.map((d) => d.split("|").length).sort(), expected.sort());
    assert.ok((await page.locator(".map-box .land").getAttribute("d")).length > 500, "no land");
  });
});

test("moves the date by keyboard, on the map and beside it", async () => {
  await with_page(kWide, report, async (page) => {
    const data = await data_of(page);
    const slider = page.getByRole("slider", { name: "Date" });
    const at_end = await pies(page);
    await slider.focus();
    await page.keyboard.press("Home");
    const first = new Date(`${data.dates[0]}T00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    assert.equal(await text_of(page, ".timebar .date"), first);
    assert.equal(await slider.getAttribute("aria-valuetext"), first);
    assert.notDeepEqual(await pies(page), at_end);
    assert.ok((await text_of(page, ".place-panel")).includes(first));
    await page.keyboard.press("ArrowRight");
    assert.equal(await slider.inputValue(), "1");
  });
});

test("plays from the first day and stops when told", async () => {
  await with_page(kWide, report, async (page) => {
    const slider = page.getByRole("slider", { name: "Date" });
    await page.getByRole("button", { name: "Play" }).click();
    await page.waitForFunction(() => document.getElementById("date").valueAsNumber > 2);
    await page.getByRole("button", { name: "Pause" }).click();
    const stopped = await slider.inputValue();
    await page.waitForTimeout(400);
    assert.equal(await slider.inputValue(), stopped);
  });
});

test("goes from place to place by arrow keys and shows who may hold it", async () => {
  await with_page(kWide, report, async (page) => {
    const data = await data_of(page);
    await page.locator("svg.map[tabindex]").focus();
    await page.keyboard.press("ArrowRight");
    const name = await text_of(page, ".place-panel h3");
    const place = data.places.find((p) => p.name === name);
    assert.ok(place, name);
    await page.keyboard.press("ArrowLeft");
    assert.notEqual(await text_of(page, ".place-panel h3"), name);
    await page.getByLabel("Find a place").selectOption({ label: name });
    const holders = await page.locator(".place-panel .holders li").count();
    assert.equal(holders, Object.values(place.control).filter((series) => series.at(-1) >= 0.005).length);
    assert.ok(await page.locator(".place-chart svg").isVisible());
    await page.locator("svg.map[tabindex]").focus();
    await page.keyboard.press("Escape");
    assert.notEqual(await text_of(page, ".place-panel h3"), name);
  });
});

test("zooms by button and shows a place under a finger", async () => {
  await with_page(kPhone, report, async (page) => {
    const land_at = () => page.locator(".map-box .ground").getAttribute("transform");
    const before_zoom = await land_at();
    await page.getByRole("button", { name: "Zoom in" }).tap();
    assert.notEqual(await land_at(), before_zoom);
    await page.getByRole("button", { name: "Fit the whole map" }).tap();
    assert.equal(await land_at(), before_zoom);
    const data = await data_of(page);
    await page.locator(".map-box .pie").nth(Math.floor(data.places.length / 2)).tap();
    assert.ok(data.places.some((p) => p.name) && data.places.map((p) => p.name).includes(await text_of(page, ".place-panel h3")));
    assert.ok((await overflow(page)) <= 0);
  });
});

/** Moves fingers over the middle of the map, one list of [x, y] offsets for each step; returns how far the page scrolled. */
async function move_fingers(page, steps) {
  const map = page.locator("svg.map[tabindex]");
  await map.evaluate((svg) => svg.scrollIntoView({ block: "center", behavior: "instant" }));
  const { x, y, width, height } = await map.boundingBox();
  const scrolled = () => page.evaluate(() => window.scrollY);
  const start = await scrolled();
  const touch = await page.context().newCDPSession(page);
  const send = (type, offsets) => touch.send("Input.dispatchTouchEvent", {
    type, touchPoints: offsets.map(([dx, dy], id) => ({ x: x + width / 2 + dx, y: y + height / 2 + dy, id })),
  });
  for (let finger = 1; finger <= steps[0].length; ++finger) await send("touchStart", steps[0].slice(0, finger));
  for (const offsets of steps.slice(1)) await send("touchMove", offsets);
  await send("touchEnd", []);
  await page.waitForTimeout(300);
  return (await scrolled()) - start;
}

test("scrolls under one finger and zooms under two", async () => {
  const land_at = (page) => page.locator(".map-box .ground").getAttribute("transform");
  await with_page(kPhone, report, async (page) => {
    const at_rest = await land_at(page);
    assert.ok((await move_fingers(page, Array.from({ length: 8 }, (_, k) => [[0, -15 * k]]))) > 40, "the page did not scroll");
    assert.equal(await land_at(page), at_rest);
  });
  await with_page(kPhone, report, async (page) => {
    assert.equal(await move_fingers(page, Array.from({ length: 8 }, (_, k) => [[-20 - 8 * k, 0], [20 + 8 * k, 0]])), 0);
    assert.match(await land_at(page), /scale\([2-9]/);
    assert.equal(await page.evaluate(() => visualViewport.scale), 1);
  });
});

test("leaves an actor out of the chart and draws it again", async () => {
  await with_page(kWide, report, async (page) => {
    const lines = () => page.locator("#strength .chart .series-line").count();
    const chip = page.locator("#strength .legend > button[aria-pressed=true]").first();
    const many = await lines();
    const name = await chip.locator(".name").innerText();
    await chip.click();
    assert.equal(await lines(), many - 1);
    await page.locator("#strength .legend > button", { hasText: name }).click();
    assert.equal(await lines(), many);
    for (const form of ["Log scale", "One each"]) {
      await page.locator("#strength").getByText(form).click();
      assert.ok(await page.locator("#strength .chart svg").first().isVisible());
    }
  });
});

test("tells of a pair what its square shows", async () => {
  await with_page(kPhone, report, async (page) => {
    const data = await data_of(page);
    const names = new Map(data.actors.map((a) => [a.id, short(a.name)]));
    await page.locator("#fights .cell").first().tap();
    const detail = await text_of(page, "#fights .detail");
    assert.ok(data.dyads.some((d) => detail.includes(names.get(d.attacker)) && detail.includes(names.get(d.target))), detail);
    assert.equal(await page.locator("#fights .cell").count(), data.dyads.length);
    await page.locator("#fights").getByText("Effort", { exact: true }).tap();
    assert.match(await text_of(page, "#fights .ranking h3"), /effort/);
  });
});

test("gives the reasons of the command that is chosen", async () => {
  await with_page(kWide, report, async (page) => {
    const data = await data_of(page);
    const commands = [...new Set(data.priorities.map((p) => p.command))];
    if (commands.length < 2) return;
    await page.getByLabel("Command").selectOption(commands.at(-1));
    assert.equal(await page.locator("#priorities .target").count(), data.priorities.filter((p) => p.command === commands.at(-1)).length);
  });
});

test("finds claims by word and by source", async () => {
  await with_page(kWide, report, async (page) => {
    const data = await data_of(page);
    if (data.claims.length === 0) return;
    const shown = async () => Number((await text_of(page, "#evidence .claims h3")).split(" ")[0]);
    assert.equal(await shown(), data.claims.length);
    await page.getByLabel("Search the evidence").fill("no such words anywhere");
    assert.equal(await shown(), 0);
    await page.getByLabel("Search the evidence").fill("");
    const { source } = data.claims[0];
    await page.getByLabel("Any source").selectOption(source);
    assert.equal(await shown(), data.claims.filter((c) => c.source === source).length);
  });
});

test("shows both sides of a contradiction, and leads to the claims", async () => {
  await with_page(kWide, report, async (page) => {
    const data = await data_of(page);
    if (data.conflicts.length === 0) return;
    assert.equal(Number((await text_of(page, "#evidence .conflicts h3")).split(" ")[0]), data.conflicts.length);
    const [first] = data.conflicts;
    const card = page.locator("#evidence .conflict").first();
    const text = await card.innerText();
    const statement_of = (id) => data.claims.find((c) => c.id === id).statement;
    for (const id of [...first.one, ...first.other, ...first.in_doubt]) assert.ok(text.includes(statement_of(id)), id);
    const sides = await card.locator(".side").allInnerTexts();
    assert.ok(sides[0].includes(statement_of(first.one[0])) && sides[1].includes(statement_of(first.other[0])));
    await card.getByRole("button", { name: `Claim ${first.other[0]}`, exact: true }).click();
    assert.ok((await text_of(page, "#evidence .claims .statement")).length > 0);
    assert.ok((await page.locator("#evidence .claims .kicker b").allInnerTexts()).includes(first.other[0]));
    for (const shown of await page.locator("#evidence .conflict").allInnerTexts()) assert.ok(shown.includes(first.other[0]));
    const { source } = data.claims[0];
    await page.getByLabel("Search the evidence").fill("");
    await page.getByLabel("Any source").selectOption(source);
    const of_source = new Set(data.claims.filter((c) => c.source === source).map((c) => c.id));
    assert.equal(Number((await text_of(page, "#evidence .conflicts h3")).split(" ")[0]),
      data.conflicts.filter((c) => [...c.one, ...c.other].some((id) => of_source.has(id))).length);
  });
});

test("prints in black on white, with maps that stand still and without controls", async () => {
  await with_page({ ...kWide, colorScheme: "dark" }, report, async (page) => {
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    for (const selector of ["nav", ".timebar", ".map-box", ".controls"]) assert.equal(await page.locator(selector).first().isVisible(), false, selector);
    assert.equal(await page.locator(".paper-maps svg").count(), 4);
    assert.ok(await page.locator(".paper-maps svg").first().isVisible());
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
    const pdf = await page.pdf({ format: "A4" });
    assert.ok(pdf.length > 20_000);
  });
});

test("shows hostile text as text", async () => {
  const data = makeSample();
  const hostile = `</script><img src="https://example.invalid/x" onerror="alert(1)"><b>&amp;`;
  data.title = data.description = data.account = data.not_modelled[0] = hostile;
  for (const list of [data.actors, data.places]) for (const x of list) x.name = hostile;
  data.places[0].country = data.places[0].kind = data.questions[0] = data.numbers[0].path = data.numbers[0].basis[0].text = hostile;
  data.actors[0].colour = `red" onload="alert(2)`;
  Object.assign(data.claims[0], { statement: hostile, speaker: hostile, stance: hostile, unit: hostile, low: hostile });
  data.sources[0].title = hostile;
  await with_page(kWide, written("hostile.html", fill(template(), data)), async (page) => {
    assert.equal(await text_of(page, "h1"), hostile);
    assert.equal(await page.locator("img").count(), 0);
    await page.locator("svg.map[tabindex]").focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await text_of(page, ".place-panel h3"), hostile);
    assert.ok((await overflow(page)) <= 0);
  });
});

test("says what is wrong with a file without data or with broken data", async () => {
  await with_page(kWide, written("empty.html", template()), async (page) => assert.match(await text_of(page, "[role=alert]"), /holds no data/));
  const cut = template().replace('"@TRUEL_DATA@"', '{"format":1,');
  await with_page(kWide, written("cut.html", cut), async (page) => assert.match(await text_of(page, "[role=alert]"), /damaged or cut off/));
});

test("draws a bare scenario: one actor, one place far away, nothing else", async () => {
  const data = makeSample();
  Object.assign(data, { actors: [data.actors[0]], places: [{ ...data.places[0], latitude: -13, longitude: 131, control: { none: data.dates.map(() => 1) } }], links: [], dyads: [], priorities: [],
    falls: [], claims: [], sources: [], numbers: [], basis_counts: {}, questions: [], not_modelled: [] });
  await with_page(kPhone, written("bare.html", fill(template(), data)), async (page) => {
    assert.equal((await pies(page)).length, 1);
    assert.ok((await page.locator(".map-box .land").getAttribute("d")).length > 20, "no land from the world's outlines");
    assert.ok((await overflow(page)) <= 0);
  });
});

test("shows the accounts side by side, each with its claims, and another outcome by keyboard", async () => {
  const data = makeSample();
  const file = written("accounts.html", fill(template(), data));
  for (const options of [kWide, kPhone]) {
    await with_page(options, file, async (page) => {
      const cards = page.locator("#accounts .account");
      assert.deepEqual(await cards.locator("h3").allInnerTexts(), data.accounts.map((a) => a.title));
      const values = () => cards.nth(1).locator(".account-bars .value").allInnerTexts();
      const survival = await values();
      await page.locator("#accounts input[value=survival]").focus();
      await page.keyboard.press("ArrowRight");
      assert.ok(await page.locator("#accounts input[value=land]").isChecked());
      assert.notDeepEqual(await values(), survival);
      const claims = cards.nth(1).locator("details").first();
      await claims.locator("summary").focus();
      await page.keyboard.press("Enter");
      const known = data.claims.find((c) => c.id === data.accounts[1].claims[0]);
      assert.ok((await claims.innerText()).includes(known.statement));
      const [one, other] = await cards.evaluateAll((all) => all.map((card) => card.offsetTop));
      assert.equal(one === other, options === kWide, "side by side on a wide window, one below the other on a phone");
      assert.ok((await page.locator("#settlement").innerText()).includes("55.0 (weighted median)"));
      assert.ok((await overflow(page)) <= 0, "the page is wider than the window");
    });
  }
});

test("leaves out accounts and settlement where there are none", async () => {
  const { accounts, settlement, ...data } = makeSample();
  assert.ok(accounts && settlement);
  await with_page(kWide, written("bare.html", fill(template(), data)), async (page) => {
    assert.equal(await page.locator("#accounts, #settlement").count(), 0);
  });
});
