// The page in a real browser, opened as a file.
//
// TRUEL_REPORT: a report to look at (default: the built template filled with the invented sample).
// CHROMIUM: the browser (default /usr/bin/chromium).
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { is_accessible, open_folds, open_sections } from "./accessible.mjs";
import { kPhone, kWide, open_menus, open_page, overflow } from "./pages.mjs";
import { fill, makeSample } from "../sample/make.mjs";
import { makeComparison, makeScores } from "../sample/pages.mjs";

const folder = mkdtempSync(join(tmpdir(), "truel-report-"));
const template = () => readFileSync(new URL("../dist/report.html", import.meta.url), "utf8");
/** What looks at pages of its own is the same whatever report is given, and is done where none is. */
const test_of_own_pages = process.env.TRUEL_REPORT ? () => {} : test;

function written(name, text) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

let n_filled = 0;
/** A page with this data. */
const filled = (data) => written(`filled-${++n_filled}.html`, fill(template(), data));
const report = process.env.TRUEL_REPORT ? resolve(process.env.TRUEL_REPORT) : filled(makeSample());

async function is_drawn(page) {
  await page.waitForSelector("#page[data-ready], #page > [role=alert]");
  await page.waitForTimeout(300);
}
const with_page = (options, file, body) => open_page(pathToFileURL(file).href, { ...options, is_ready: is_drawn }, body);
const test_page = (name, options, file, body) => test(name, () => with_page(options, file, body));
/** A test of the page of what `make` gives. */
const test_data = (name, options, make, body) => test_of_own_pages(name, () => {
  const data = make();
  return with_page(options, filled(data), (page) => body(page, data));
});

const data_of = (page) => page.evaluate(() => JSON.parse(document.getElementById("truel-data").textContent));
const text_of = (page, selector) => page.locator(selector).first().innerText();
const to_last_day = (page) => page.getByRole("slider", { name: "Date", exact: true }).press("End");
const pies = (page) => page.evaluate(() => Array.from(document.querySelectorAll(".map-box .pie"), (g) => Array.from(g.querySelectorAll("g > path"), (w) => w.getAttribute("d")).join("|")));

after(() => rmSync(folder, { recursive: true, force: true }));

for (const [name, options] of [["a phone", kPhone], ["a wide window", kWide], ["a phone in the dark", { ...kPhone, colorScheme: "dark" }]]) {
  test(`fits ${name} and is accessible there`, async () => {
    await with_page(options, report, async (page) => {
      await open_folds(page);
      assert.ok((await overflow(page)) <= 0, "the page is wider than the window");
      for (const id of ["answers", "map", "survival", "falls", "strength", "territory", "fights", "priorities", "evidence", "limits", "provenance"]) {
        const box = await page.locator(`#${id}`).boundingBox();
        assert.ok(box && box.height > 60, `section ${id} is missing or empty`);
      }
      await open_menus(page);
      for (const table of await page.getByRole("button", { name: "Show the numbers as a table" }).elementHandles()) await table.click();
      await is_accessible(page);
    });
  });
}

/** Shows a mark, and waits until it stays where it is: what is drawn once it is near moves what lies below. */
const come_to_rest = (locator) => locator.evaluate(async (mark) => {
  mark.scrollIntoView({ block: "center", behavior: "instant" });
  for (let last = NaN, frames = 0; frames < 12;) {
    await new Promise((done) => requestAnimationFrame(done));
    const { top } = mark.getBoundingClientRect();
    frames = top === last ? frames + 1 : 0;
    last = top;
  }
});

test_data("is short on a phone: headings to open, long lists begin with a few rows, and the table of scores fits", kPhone, large_sample, async (page) => {
  assert.ok(await page.evaluate(() => document.documentElement.scrollHeight) < 8 * 844, "longer than eight screens");
  const table_of = (id) => page.locator(`#${id} table, #${id} .chart`).first();
  assert.equal(await table_of("survival").isVisible(), false);
  await page.locator("#survival").getByText("Each side on 31 December 2018").tap();
  assert.equal(await table_of("survival").isVisible(), true, "a heading does not open its section");
  await page.locator("nav").getByText("Strength", { exact: true }).tap();
  await table_of("strength").locator("svg").first().waitFor();
  await open_folds(page);
  for (const part of ["#more-answers .questions > article", "#quarrels .quarrels > li:not(.q-heads)", "#survival tbody tr", "#track table.scores:not(.death-scores) tbody tr"]) {
    const rows = page.locator(part), few = await rows.count(), section = page.locator(part.split(" ")[0]);
    await section.evaluate((x) => Array.from(x.querySelectorAll(".more")).forEach((more) => more.click()));
    assert.ok(few >= 2 && few < await rows.count(), `${part}: ${few} of ${await rows.count()}`);
  }
  const [table, room] = await page.locator("#track table.scores").first().evaluate((x) => [x.scrollWidth, x.parentElement.clientWidth]);
  assert.ok(table <= room, `the table of scores is ${table} px wide in ${room}`);
});

test_data("of a war without a side that its questions are about asks once who survives, names its accounts by their titles, and says that far too many die", kWide, () => {
  const data = makeSample();
  const asked = data.questions.find((q) => q.form === "spread") ?? data.questions[0];
  return { ...data, united: undefined, questions: [{ ...asked, form: "spread", answers: [], conclusion: "" }], account: "one, two", account_titles: ["A: first come", "Two"], deadly: "Too deadly to be meant? 33 % of all fighters are killed in a year." };
}, async (page) => {
  assert.equal((await page.locator("h2, h3").allInnerTexts()).filter((words) => words === "Who survives?").length, 1);
  assert.match(await text_of(page, "header .brand"), /under the explanation \(account\) “A: first come” and “Two”$/);
  assert.match(await text_of(page, "header .warning:last-child"), /^Too deadly to be meant\? 33% of all/);
  assert.equal(await page.locator("#more-answers").count(), 0, "how far accounts lie apart is asked of a run of one");
});

test_data("has no section of collapses where hardly anybody collapses, and its line among the sides", kPhone, () => { const data = makeSample(); data.falls.forEach((f) => { f.probability = 0.3; });
  for (const a of data.actors.filter((x) => x.kind === "ground").slice(0, 3)) a.record_code = "together";
  return data;
}, async (page) => {
  assert.equal(await page.locator("section#falls").count(), 0);
  assert.match(await text_of(page, ".front .fact"), /^In fact: the observed data merge the \d sides into \d \(named below\)\. (All \d|\d of \d) held places/);
  assert.match(await page.locator(".front-bars").innerText(), /\sin fact \d+%\swith\s2\sothers/);
  await page.locator(".front summary").tap();
  assert.match(await page.locator(".front details").innerText(), /Counted as one side in the observed data: .+ \+ .+ \+ .+ \(land together \d+%, in fact \d+%\)\./);
  await open_sections(page, "survival");
  assert.match(await text_of(page, "#survival #falls"), /^Who collapses first\s+No side collapses in more than half of the runs\. Likeliest to collapse: [^]+In fact: /);
  assert.ok(await page.locator("#falls .track[role=img]").first().isVisible());
  for (const column of ["Fighters, last day", "Fighters killed"]) {
    const cell = page.locator(`#survival td[data-label="${column}"]`).first();
    assert.ok(await cell.isVisible() && (await cell.evaluate((x) => getComputedStyle(x, "::before").content)).includes(column), column);
  }
  assert.ok((await overflow(page)) <= 0);
});

test("is a few screens long in every window: below the answers a heading and a sentence each, opened by press, keyboard, link and print", async () => {
  for (const [options, most] of [[{ viewport: { width: 1280, height: 900 } }, 5000], [{ viewport: { width: 1920, height: 1080 } }, 5000], [kPhone, 6500]]) {
    await with_page(options, report, async (page) => {
      const long = await page.evaluate(() => document.documentElement.scrollHeight);
      assert.ok(long <= most, `${long} px long`);
      const folds = page.locator("section > details.fold"), ids = await folds.evaluateAll((all) => all.map((x) => x.parentElement.id));
      const open = () => page.evaluate(() => Array.from(document.querySelectorAll("section > details.fold[open]"), (x) => x.parentElement.id));
      assert.deepEqual([await open(), ids.includes("answers") || ids.includes("map") || ids.includes("quarrels")], [[], false]);
      for (const id of ["strength", "territory", "fights", "priorities", "survival", "evidence", "limits", "provenance"]) assert.ok(ids.includes(id), id);
      const { falls } = await data_of(page);
      assert.equal(ids.includes("falls"), falls.some((f) => f.probability >= 0.5), "a section of collapses");
      for (const text of await folds.locator(".gist").allInnerTexts()) assert.match(text, /^\p{Lu}?.{10,}[.]$/u);
      assert.equal(await folds.locator("> summary .gist").count(), ids.length);
      const below = page.locator("#strength > details > :not(summary)").last(), head = page.locator("#strength > details > summary");
      assert.equal(await below.isVisible(), false);
      await head.focus();
      await page.keyboard.press("Enter");
      assert.equal(await below.isVisible(), true);
      assert.ok(await page.locator("#strength .chart svg").first().isVisible());
      await page.keyboard.press("Space");
      assert.deepEqual(await open(), []);
      await page.locator("nav").getByText("Limits", { exact: true }).press("Enter");
      assert.deepEqual(await open(), ["limits"]);
      const all_at_print = await page.evaluate(() => {
        window.dispatchEvent(new Event("beforeprint"));
        const all = document.querySelectorAll("details.fold:not([open])").length;
        window.dispatchEvent(new Event("afterprint"));
        return all;
      });
      assert.equal(all_at_print, 0, "folded on paper");
      assert.deepEqual(await open(), ["limits"], "printing changed what is open");
      await page.goto("about:blank");
      await page.goto(`${pathToFileURL(report).href}#evidence`);
      await page.waitForSelector("#page[data-ready]");
      assert.deepEqual(await open(), ["evidence"]);
    });
  }
});

test_page("answers first, and lists every rated actor with its probability", kWide, report, async (page) => {
  await open_sections(page, "survival");
  const data = await data_of(page);
  const rated = data.actors.filter((a) => a.survival_probability !== null);
  assert.equal(await text_of(page, "h1"), data.title);
  const asked = await page.locator("#answers h2, .front h3").allInnerTexts();
  assert.ok(asked.some((words) => words === "Who survives?"), asked.join());
  assert.match(await text_of(page, ".first-screen .answer"), /^(In the model|By \d)/);
  const rows = await page.locator(".survival-table tbody tr").allInnerTexts();
  assert.equal(rows.length, rated.length);
  for (const a of rated) {
    const row = rows.find((r) => r.includes(a.short_name));
    const p = a.survival_probability;
    assert.ok(row && row.includes(p > 0.995 && p < 1 ? ">99%" : p > 0 && p < 0.005 ? "<1%" : `${Math.round(100 * p)}%`), `${a.name}: ${row}`);
  }
});

test_page("draws every place with a slice for every holder", kWide, report, async (page) => {
  const data = await data_of(page);
  await to_last_day(page);
  const drawn = await pies(page);
  assert.equal(drawn.length, data.places.length);
  const last = data.dates.length - 1;
  const expected = data.places.map((p) => Object.values(p.control).filter((series) => series[last] >= 0.005).length);
  assert.deepEqual(drawn.map((d) => d.split("|").length).sort(), expected.sort());
  assert.ok((await page.locator(".map-box .land").getAttribute("d")).length > 500, "no land");
});

test_of_own_pages("draws the package's own ground, with names that stay text", async () => {
  const data = makeSample(), name = "<img src=x>";
  const shape = (kind, type, coordinates) => ({ type: "Feature", properties: { kind, name }, geometry: { type, coordinates } });
  data.ground = { type: "FeatureCollection", attribution: "<b>A. Author</b>", features: [
    shape("land", "Polygon", [[[30, 30], [50, 30], [50, 40], [30, 40], [30, 30]]]), shape("water", "Polygon", [[[38, 34], [39, 34], [39, 35], [38, 34]]]),
    shape("water", "LineString", [[36, 33], [40, 37]]), shape("border", "MultiLineString", [[[36, 36], [40, 33]]])] };
  await with_page(kWide, filled(data), async (page) => {
    for (const part of ["land", "lakes", "rivers", "borders"]) assert.ok((await page.locator(`.map-box .ground .${part}`).getAttribute("d")).length > 10, part);
    assert.ok((await page.locator(".map-box .country-name").allTextContents()).includes(name.toUpperCase()));
    assert.match(await text_of(page, "#map .note"), /Ground: <b>A\. Author<\/b>\./);
    assert.equal(await page.locator("#page img").count(), 0);
    await is_accessible(page, "#map");
  });
});

test_page("moves the date by keyboard, on the map and beside it", kWide, report, async (page) => {
  const data = await data_of(page);
  const slider = page.getByRole("slider", { name: "Date", exact: true });
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

test_page("plays from the first day and stops when told", kWide, report, async (page) => {
  const slider = page.getByRole("slider", { name: "Date", exact: true });
  await page.getByRole("button", { name: "Play" }).click();
  await page.waitForFunction(() => document.getElementById("date").valueAsNumber > 2);
  await page.getByRole("button", { name: "Pause" }).click();
  const stopped = await slider.inputValue();
  await page.waitForTimeout(400);
  assert.equal(await slider.inputValue(), stopped);
});

test_page("goes from place to place by arrow keys and shows who may hold it", kWide, report, async (page) => {
  const data = await data_of(page);
  await to_last_day(page);
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

test_page("zooms by button and shows a place under a finger", kPhone, report, async (page) => {
  const land_at = () => page.locator(".map-box .ground").getAttribute("transform");
  const before_zoom = await land_at();
  await page.getByRole("button", { name: "Zoom in" }).tap();
  assert.notEqual(await land_at(), before_zoom);
  await page.getByRole("button", { name: "Fit the whole map" }).tap();
  assert.equal(await land_at(), before_zoom);
  const data = await data_of(page);
  const map = page.locator("svg.map[tabindex]");  // another pie may lie over its middle: the map finds the nearest
  await map.evaluate((svg) => svg.scrollIntoView({ block: "center", behavior: "instant" }));
  const { x, y, width, height } = await page.locator(".map-box .pie .rim").nth(Math.floor(data.places.length / 2)).boundingBox();
  await page.touchscreen.tap(x + width / 2, y + height / 2);
  assert.ok(data.places.some((p) => p.name) && data.places.map((p) => p.name).includes(await text_of(page, ".place-panel h3")));
  assert.ok((await overflow(page)) <= 0);
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

test_page("leaves an actor out of the chart and draws it again", kWide, report, async (page) => {
  await open_sections(page, "strength");
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

test_page("draws one band at a time, that of the actor that is asked for, or all", kWide, report, async (page) => {
  await open_sections(page, "strength");
  const bands = () => page.locator("#strength .chart .series-band").count();
  const which = page.locator("#strength").getByLabel("Band (90% of runs) of");
  const first = await which.inputValue(), shown = await page.locator("#strength .legend > button[aria-pressed=true]").count();
  assert.equal(await bands(), 1);
  const other = await which.locator("option").evaluateAll((all) => all.map((o) => o.value));
  await page.locator("#strength .legend").getByText("None").click();
  assert.equal(await bands(), 0);
  await which.selectOption(other[1]);
  assert.equal(await bands(), 1);
  assert.equal(await page.locator("#strength .legend > button[aria-pressed=true]").count(), 1, "who asks for a band sees its line");
  assert.ok(page.url().includes(`strength-band=${other[1]}`));
  await page.locator("#strength .legend").getByText("All", { exact: true }).click();
  await which.selectOption("all");
  assert.ok(await bands() >= Math.min(2, shown));
  for (let step = 0; step < 4; ++step) await page.goBack();
  assert.equal(await which.inputValue(), first);
});

test_page("bars tell their values under the pointer and by keyboard, one stop of the Tab key for each picture", kWide, report, async (page) => {
  await open_folds(page);
  const data = await data_of(page);
  const tells = (words) => page.waitForFunction((expected) => {
    const bubble = document.querySelector(".bubble");
    return bubble && !bubble.hidden && Array.from(bubble.children, (line) => line.textContent).join(", ") === expected;
  }, words, { timeout: 10_000 });
  const rated = data.actors.filter((a) => a.survival_probability !== null), falls = data.falls.filter((f) => f.probability > 0 && f.median_date !== null);
  const nevers = data.questions.filter((q) => q.scale === "days").flatMap((q) => q.answers ?? []).filter((a) => a.values[0].runs === 0).length;
  const pictures = [["#survival .bar", rated.length], ...(falls.length > 0 ? [["#falls .track[role=img]", falls.length]] : []), ["#fights .cell > [role=img]", data.dyads.length], ["#more-answers .story-bars .track", 0], [".front-bars .track", 0],
    ...(data.united ? [["#quarrels .q-cell", data.united.actors.length * data.united.ways.length]] : [])];
  for (const [bars, expected] of pictures) {
    const all = page.locator(bars), n = await all.count();
    if (expected > 0) assert.equal(n, expected, bars);
    const labels = await all.evaluateAll((marks) => marks.map((m) => m.getAttribute("aria-label")));
    const told = labels.filter((label) => !/, never$/.test(label));  // of an account in whose runs it does not come
    assert.ok(told.every((label) => /\d/.test(label)), labels.join("; "));
    assert.ok(labels.length - told.length <= nevers, `${labels.length - told.length} of ${nevers}`);
    await all.first().focus();
    await tells(labels[0]);
    await page.keyboard.press("End");
    const last = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
    await tells(last);
    assert.ok(n === 1 || last !== labels[0] || labels.filter((x) => x === last).length > 1, bars);
    await page.keyboard.press("Home");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), labels[0]);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".bubble").isVisible(), false);
    await page.evaluate(() => document.activeElement.blur());
    await come_to_rest(all.last());
    await all.last().hover();
    await tells(labels.at(-1));
  }
  const stops = await page.locator("#survival .bar").evaluateAll((marks) => marks.filter((m) => m.tabIndex === 0).length);
  assert.equal(stops, 1);
});

test_page("tells of a pair what its square shows", kPhone, report, async (page) => {
  const data = await data_of(page);
  const names = new Map(data.actors.map((a) => [a.id, a.short_name]));
  await open_folds(page);
  await page.locator("#fights .cell").first().tap();
  const told = await text_of(page, ".bubble");
  assert.ok(data.dyads.some((d) => told.startsWith(`${names.get(d.attacker)} → ${names.get(d.target)}`)), told);
  assert.equal(await page.locator("#fights .cell").count(), data.dyads.length);
  await page.locator("#fights").getByText("Effort", { exact: true }).tap();
  assert.match(await text_of(page, "#fights .ranking h3"), /effort/);
});

test_page("gives the reasons of the command that is chosen", kWide, report, async (page) => {
  await open_sections(page, "priorities");
  const data = await data_of(page);
  const commands = [...new Set(data.priorities.map((p) => p.command))];
  if (commands.length < 2) return;
  await page.getByRole("combobox", { name: "Command" }).selectOption(commands.at(-1));
  assert.equal(await page.locator("#priorities .target").count(), data.priorities.filter((p) => p.command === commands.at(-1)).length);
});

test_page("finds claims by word and by source", kWide, report, async (page) => {
  await open_sections(page, "evidence");
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

test_page("shows both sides of a contradiction, and leads to the claims", kWide, report, async (page) => {
  await open_sections(page, "evidence");
  const data = await data_of(page);
  if (data.conflicts.length === 0) return;
  assert.equal(Number((await text_of(page, "#evidence .conflicts h3")).split(" ")[0]), data.conflicts.length);
  const card = page.locator("#evidence .conflict").first();  // the one that weighs most
  const text = await card.innerText();
  const statement_of = (id) => data.claims.find((c) => c.id === id).statement;
  const first = data.conflicts.find((c) => [...c.one, ...c.other, ...c.in_doubt].every((id) => text.includes(statement_of(id))));
  assert.ok(first, text);
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

const pages_of = (pdf) => pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
/** Values in the pictures of answers that stand on more than one line. */
const wrapped_values = (page) => page.evaluate(() => Array.from(document.querySelectorAll(".story-bars .value")).filter((x) => {
  const range = document.createRange();
  range.selectNodeContents(x);
  return new Set(Array.from(range.getClientRects(), (r) => Math.round(r.top))).size > 1;
}).map((x) => x.textContent));

test_page("prints in black on white, with maps that stand still and without controls", { ...kWide, colorScheme: "dark" }, report, async (page) => {
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const selector of ["nav", ".timebar", ".map-box", ".controls"]) assert.equal(await page.locator(selector).first().isVisible(), false, selector);
  assert.equal(await page.locator(".paper-maps svg").count(), 2);
  assert.ok(await page.locator(".paper-maps svg").first().isVisible());
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
  for (const format of ["A4", "Letter"]) {
    const pdf = await page.pdf({ format });
    assert.ok(pdf.length > 20_000);
    assert.ok(pages_of(pdf) <= 4, `the brief has ${pages_of(pdf)} pages of ${format}`);
  }
  await open_folds(page);  // they are closed again after the printing
  assert.deepEqual(await wrapped_values(page), []);
  const { accounts } = await data_of(page);
  const mapped = (accounts ?? []).filter((a) => a.control).length;
  if (mapped > 1) assert.equal(await page.locator(".account-map svg").count(), mapped, "maps that nobody scrolled to are not printed");
  assert.ok(await page.locator(".paper-maps .place-name").count() > 10, "no names on the printed maps");
});

/** The sample with as many accounts, questions and limits as the largest scenario that comes with truel. */
function large_sample() {
  const data = makeSample();
  const names = ["Whoever waits", "The river towns come first", "A long name that says why the patient side is left over in the end", "Two powers act together", "A front of all",
    "The North gives way", "Fitted to the record of who held what", "The government cannot and will not defeat the riders of the steppe"];
  const more = names.map((title, k) => ({ ...structuredClone(data.accounts[1 + (k % 2)]), id: `account_number_${k}`, title }));
  data.accounts.push(...more);
  const by_all = (words, scale, text) => ({ words, form: "number", scale, metrics: ["actors.black_column.final_fighters"], labels: ["Black Column"], conclusion: "",
    answers: data.accounts.map((a, k) => ({ account: a.id, text, values: [{ ...data.questions[1].answers[0].values[0], mean: 100 + 30 * k, q50: 100 + 30 * k, low: 60 + 30 * k, high: 150 + 90 * k }] })) });
  data.questions.push(by_all("When does the River Republic first attack the Black Column?", "days", "5 February 2016 (8 January 2016–13 July 2016)"),
    by_all("When does the River Republic attack it for the last time?", "days", "22 April 2016 (8 January 2016–7 December 2018)"),
    by_all("When does the River Republic turn from the enemy that had most of its effort at first to another?", "days", "4 March 2016"),
    by_all("How far do the accounts disagree about the fighters whom it has left?", "people", "In fighters: from 5,560 on average (A) to 16,300 (B), 10,700 apart (9,720–11,700)"),
    { ...data.questions[2], words: "Whom does the River Republic attack, the Black Column or its other enemies?" }, { ...data.questions[2], words: "How much of the map does each side hold?" });
  data.record.scores = data.record.scores.flatMap((x) => (x.account === "patience" ? [x, ...more.map((a) => ({ ...x, account: a.id }))] : [x]));
  data.record.scores.push(...["2016-04-29", "2016-06-24", "2016-09-30"].flatMap((date) => data.record.scores.filter((x) => x.date === "2016-12-30").map((x) => ({ ...x, date }))));
  delete data.settlement;
  data.not_modelled = Array.from({ length: 9 }, (_, k) => `What is left out under ${k + 1}: how it comes about, whom it concerns, and why the numbers of the scenario cannot say anything of it.`);
  return data;
}

test_data("prints a war with ten accounts on four pages, without a word of an answer in two lines", kWide, large_sample, async (page) => {
  await page.emulateMedia({ media: "print" });
  for (const format of ["A4", "Letter"]) assert.ok(pages_of(await page.pdf({ format })) <= 4, format);
  await open_folds(page);
  assert.deepEqual(await wrapped_values(page), []);
});

test_of_own_pages("says never where what is asked for comes in no run of an account", async () => {
  const data = large_sample();
  const asked = data.questions.find((q) => q.scale === "days");
  Object.assign(asked.answers[1], { text: "never in any run", values: [{ mean: null, se: null, q05: null, q50: null, q95: null, low: null, high: null, share_of_runs: 0, runs: 0 }] });
  await with_page(kWide, filled(data), async (page) => {
    await open_sections(page, "more-answers");
    const values = await page.locator("article.question").filter({ hasText: asked.words }).locator(".story-bars .value").allInnerTexts();
    assert.deepEqual(values.map((text) => text === "never"), asked.answers.map((_, k) => k === 1));
  });
});

test_page("tells everything about an actor and a place, from links in all views, and leads back", kWide, report, async (page) => {
  await open_sections(page, "survival");
  const data = await data_of(page);
  const link = page.locator("#survival tbody th a.to-about").first();
  const name = await link.innerText();
  const actor = data.actors.find((a) => a.short_name === name);
  await link.click();
  const dialog = page.locator("dialog.about-page");
  assert.ok(await dialog.isVisible());
  assert.match(await text_of(page, "#about-title"), new RegExp(name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
  const text = await dialog.innerText();
  for (const part of ["Strength over time", "Fights", "Compared with what happened", "number"]) {
    if (part !== "Compared with what happened" || data.record) assert.ok(text.includes(part), part);
  }
  if (data.accounts) assert.equal(await dialog.locator("section").filter({ hasText: "By each account" }).locator("tbody tr").count(), data.accounts.length);
  const about = data.claims.filter((c) => [actor.id, actor.command].some((id) => c.subject === id || c.object === id));
  if (about.length > 0) assert.ok(text.includes(`${about.length} claim`), `not ${about.length} claims`);
  await is_accessible(page, "dialog");
  const place = dialog.locator("a[href^='#about=place']").first();
  if (await place.count()) {
    const to = await place.innerText();
    await place.click();
    assert.equal(await text_of(page, "#about-title"), to);
    await dialog.getByRole("button", { name: "Back" }).click();
    await page.waitForFunction((was) => document.getElementById("about-title").textContent.includes(was), name);
  }
  await dialog.getByRole("button", { name: "Back" }).click();
  await page.waitForFunction(() => !document.querySelector("dialog").open);
  assert.ok(!page.url().includes("about="));
  await link.click();
  if (about.length > 0) {
    const claim = dialog.locator(".about-claims .basis-claim").first();
    const id = await claim.innerText();
    await claim.click();
    assert.equal(await dialog.isVisible(), false, "the evidence lies under the panel");
    assert.ok((await page.locator("#evidence .claims .kicker b").allInnerTexts()).includes(id));
    await page.goBack();
    assert.ok(await dialog.isVisible(), "back does not lead to where the claim was named");
  }
  await page.keyboard.press("Escape");
  assert.equal(await dialog.isVisible(), false);
});

test_page("lays a chosen place beside the thumb, until it is closed", kPhone, report, async (page) => {
  const [{ name }] = (await data_of(page)).places;
  await page.locator(".map-box").first().scrollIntoViewIfNeeded();
  await page.getByLabel("Find a place").selectOption({ label: name });
  const panel = page.locator("#map .place-panel");
  const { y, height } = await panel.boundingBox();
  assert.ok(y > 300 && y + height <= 844, `the panel lies from ${y} to ${y + height}`);
  assert.ok((await overflow(page)) <= 0);
  await page.locator("#limits").scrollIntoViewIfNeeded();
  await panel.waitFor({ state: "hidden" });  // it is of the map
  await page.locator(".map-box").first().scrollIntoViewIfNeeded();
  await panel.getByRole("button", { name: "Close the place" }).tap();
  assert.match(await panel.innerText(), /runs disagree most/);
  assert.equal(await panel.evaluate((x) => getComputedStyle(x).position), "relative");
});

test_page("lays a chosen place beside the map in a wide window, below the headline, where it stays while the page is scrolled", { viewport: { width: 1280, height: 800 } }, report, async (page) => {
  const box = (selector) => page.locator(selector).first().boundingBox(), menu = page.getByLabel("Find a place");
  await menu.selectOption({ label: (await data_of(page)).places[0].name });
  const panel = await box(".place-panel"), map = await box(".map-box"), answers = await box("#answers");
  assert.ok(panel.x + panel.width <= map.x && panel.y >= answers.y + answers.height && panel.y + 200 < 800, JSON.stringify({ panel, answers }));
  assert.ok((await box(".front")).y >= panel.y + panel.height, "it covers what stands there");
  await page.evaluate(() => window.scrollBy({ top: 300, behavior: "instant" }));
  assert.equal(Math.round(panel.y - (await box(".place-panel")).y), await page.evaluate(() => window.scrollY));
  await page.getByRole("button", { name: "Close the place" }).click();
  assert.ok((await box(".place-panel")).x >= map.x, "the list of open places is below the map");
  await page.locator(".open-places button").first().press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), await text_of(page, ".place-panel h3"));
});

test_of_own_pages("puts what is chosen into the address: a link shows it again, and back goes back", async () => {
  const data = makeSample();
  const file = filled(data);
  const [place, other] = data.places;
  await with_page(kWide, file, async (page) => {
    const hash = () => page.evaluate(() => location.hash);
    await page.getByLabel("Find a place").selectOption({ label: place.name });
    assert.ok((await hash()).includes(`place=${place.id}`), await hash());
    await page.getByLabel("Find a place").selectOption({ label: other.name });
    await page.goBack();
    assert.equal(await text_of(page, ".place-panel h3"), place.name);
    await page.getByRole("slider", { name: "Date", exact: true }).focus();
    await page.keyboard.press("Home");
    await page.waitForFunction((date) => location.hash.includes(`date=${date}`), data.dates[0]);
    const link = await page.evaluate(() => location.href);
    const copy = await page.context().newPage();
    await copy.goto(link);
    await copy.waitForSelector("#page > *");
    assert.equal(await text_of(copy, ".place-panel h3"), place.name);
    assert.equal(await copy.getByRole("slider", { name: "Date", exact: true }).inputValue(), "0");
  });
});

test_data("of two dates that are asked for in one moment the later one stays", kWide, makeSample, async (page, data) => {
  const slider = page.getByRole("slider", { name: "Date", exact: true });
  const link = (date) => page.evaluate((to) => {
    const a = document.createElement("a");
    a.href = `#map&date=${to}`;
    document.body.append(a);
    a.click();
    a.remove();
  }, date);
  const shows = async (index) => {
    await page.waitForTimeout(600);  // more than the address needs to follow
    assert.equal(Number(await slider.inputValue()), index);
    assert.ok(page.url().includes(`date=${data.dates[index]}`), page.url());
  };
  await link(data.dates[1]);
  await link(data.dates[3]);
  await shows(3);
  await slider.fill("5");
  await link(data.dates[3]);
  await shows(3);
  await page.goBack();
  await shows(5);
  await page.getByRole("button", { name: "Play" }).click();
  await link(data.dates[1]);
  await shows(1);
});

test_of_own_pages("holds the model against the record: verdict first, rings on the map, a place in two clicks", async () => {
  const data = makeSample();
  await with_page(kWide, filled(data), async (page) => {
    await open_sections(page, "track", "territory", "accounts", "fights", "survival", "falls", "priorities");
    const [first, box, question] = await Promise.all(["#answers", ".trust", ".front"].map((part) => page.locator(part).boundingBox()));
    assert.ok(first.y + first.height <= box.y && box.y + box.height <= question.y, "how good the model is does not come second");
    // The first screen stands on one date: answers, what happened in fact, and the map.
    const day = async () => (await text_of(page, ".timebar .date"));
    for (const part of ["#answers .answer", ".front .answer", ".map-date"]) assert.ok((await text_of(page, part)).includes(await day()), part);
    for (const part of ["#answers .fact", ".front .fact"]) assert.match(await text_of(page, part), /^In fact: (\d+%|all \d|\d+ of \d)/);
    for (const id of ["accounts", "fights", "survival", "falls"]) assert.match(await text_of(page, `#${id} > .fold > .fact`), /^In fact: .+ Source$/, id);
    assert.match(await text_of(page, "#priorities .fact"), /^In fact: effort is not in the observed data[^]* Source$/);
    assert.match(await page.locator("#survival .first-facts").innerText(), /Civilians harmed[^]*In fact: not in the package's data/);
    const strokes = () => page.locator("#answers .track u, .front-bars .track u").count();
    assert.ok(await strokes() > 1, "what happened is not drawn over the answers");
    assert.ok(await page.locator("#territory .chart g.series-observed path").count() > 0, "nor over the chart of land");
    assert.ok((await page.locator(".map-box").boundingBox()).y < 500, "the first screen has no map");
    const rings = () => page.locator(".map-box .truth").evaluateAll((all) => all.filter((c) => Number(c.getAttribute("r")) > 0).length);
    await to_last_day(page);
    assert.equal(await rings(), 0, "rings after the end of the record");
    assert.equal(await strokes(), 0);
    assert.match(await text_of(page, "#answers .fact"), /not known here, as the observed data end on 31 December 2016/);
    await page.getByRole("button", { name: "Last observed day" }).click();
    assert.equal(await rings(), data.places.length);
    const deaths = page.locator("#track .death-scores"), says = page.locator("#track .deaths-title + .says");
    assert.match(await says.innerText(), /For a pair of sides and a month of 2017 the model is off by 68 deaths on average, the forecast “As in the last twelve months” by 33 \(the model: worse\)\. Where every pair counts alike, what came surprised it by 1\.7 bits, against 1\.9 \(no clear difference\)\./);
    assert.match(await page.locator(".first-screen > .trust p").innerText(), /^How good is the model\? Better than assuming no change over 12 months, but it used 2 events dated after its first day, so this is not a forecast\. Scores$/);
    assert.match(await page.locator("#track .lead").innerText(), /^Not a forecast: this run uses 2 events dated after its start.* After 3 months it is .* a no-change forecast\. From the first day/);
    assert.match(await page.locator("#track .gist").innerText(), /^After 12 months: .* \(0 is perfect\)\. Its forecasts of deaths \(2017\) are worse than /);
    assert.deepEqual(await deaths.locator("tbody th").allInnerTexts(),
      ["As in the last twelve months", "Nobody dies", "truel, the basic model", `truel, ${data.accounts.find((a) => a.id === "patience").title}`], "accounts that were not run are left out");
    assert.match(await deaths.locator("tbody tr").nth(2).innerText(), /67\.6\s+\+34\.8 \(\+4\.4 to \+69\.6\), worse/);
    await page.locator("#track .track-list button").first().click();
    const name = await text_of(page, ".place-panel h3");
    assert.ok(data.places.some((p) => p.name === name));
    assert.match(await text_of(page, ".by-record"), /In fact:[^]*The model gave that \d+%: a (hit|miss)/);
    assert.match(await text_of(page, ".by-record"), /Source: control\.csv of the package\.$/);
    await page.locator("nav").getByText("Answers", { exact: true }).click();
    await page.locator("#track > details > summary").click();
    await page.locator("#answers .fact").getByRole("link", { name: "Source" }).click();
    assert.ok(await page.locator("#observed").isVisible(), "what happened does not lead to what says so");
    await page.getByRole("checkbox", { name: "What happened" }).uncheck();
    assert.equal(await rings(), 0);
  });
  const { record, ...bare } = data;
  assert.ok(record);
  await with_page(kWide, filled(bare), async (page) => {
    assert.equal(await page.locator("#track").count(), 0);
    assert.match(await text_of(page, ".trust"), /Not known/);
  });
});

test_data("shows the map under an account, and where accounts differ", kWide, makeSample, async (page, data) => {
  await open_sections(page, "accounts");
  const as_it_stands = await pies(page);
  await page.getByLabel("Account on the map").selectOption("patience");
  assert.notDeepEqual(await pies(page), as_it_stands);
  // The chart of a place follows the account as its bar does, and both name it.
  const differs = data.places.findIndex((p, i) => Object.entries(data.accounts.find((a) => a.id === "patience").control[i]).some(([id, x]) => Math.abs(x[0] / 100 - (p.control[id]?.[0] ?? 0)) > 0.1 || Math.abs(x.at(-1) / 100 - (p.control[id]?.at(-1) ?? 0)) > 0.1));
  await page.getByLabel("Find a place").selectOption(String(differs));
  const areas = () => page.locator(".place-chart svg path[fill]").evaluateAll((all) => all.map((x) => x.getAttribute("d")).join());
  const { title } = data.accounts.find((a) => a.id === "patience");
  for (const part of [".place-chart .chart-title", ".place-panel .note"]) assert.ok((await text_of(page, part)).includes(title), part);
  assert.ok((await page.locator(".place-chart svg").getAttribute("aria-label")).includes(title));
  const by_account = await areas();
  await page.getByLabel("Account on the map").selectOption("base");
  assert.notEqual(await areas(), by_account);
  assert.ok(!(await text_of(page, ".place-chart .chart-title")).includes(title));
  await page.goBack();
  assert.equal(await areas(), by_account);
  await page.goBack();
  const marked = await page.locator(".map-box .apart").evaluateAll((all) => all.filter((c) => Number(c.getAttribute("r")) > 0).length);
  assert.ok(marked > 0 && marked < data.places.length, String(marked));
  await page.locator("#accounts").scrollIntoViewIfNeeded();
  await page.locator(".account-maps svg").first().waitFor();
  assert.equal(await page.locator(".account-maps svg").count(), data.accounts.length);
  await page.goBack();
  assert.deepEqual(await pies(page), as_it_stands);
});

test_of_own_pages("the first screen follows the account of the map, names it, and says what is the basic model's", async () => {
  const data = makeSample(), patience = data.accounts.find((a) => a.id === "patience"), [side] = data.actors, last = data.dates.length - 1;
  data.questions.unshift({ words: "What becomes of it?", form: "number", metrics: [`actors.${side.id}.value`], answers: [] });
  const { length } = data.account_dates;
  patience.territory[side.id] = { mean: Array(length).fill(0.03), q05: Array(length).fill(0.02), q95: Array(length).fill(0.09) };
  patience.territory[side.id].mean[length - 1] = 0.04;
  patience.territory[side.id].q95[length - 1] = 0.07;
  patience.surviving[side.id] = data.account_dates.map((t) => (t === 0 || t === last ? 1 : 0.41));
  patience.actors.find((a) => a.id === side.id).value_share = { mean: 0.04, se: 0.001, q05: 0.01, q50: 0.04, q95: 0.07 };
  const other = data.accounts.find((a) => a.control && a.id !== "base" && a.id !== patience.id);
  Object.assign(patience, { letter: "P" });
  Object.assign(other, { letter: "R" });
  await with_page(kWide, filled(data), async (page) => {
    await open_folds(page);
    assert.match(await page.locator("#answers").innerText(), /Depends on: which author's account the model follows: 3% by “The patient side is left over”, \d+% by “The river is what everybody wants”\./);
    const answer = () => text_of(page, "#answers .answer"), bar = () => page.locator(".front-bars li").filter({ hasText: side.short_name }).innerText();
    const as_it_stands = await answer();
    assert.ok(as_it_stands.startsWith("In the model it holds") && (await page.locator(".front > div").first().innerText()).indexOf("account") < 0);
    await page.getByLabel("Account on the map").selectOption("patience");
    assert.ok((await answer()).startsWith(`By the account “${patience.title}” it holds 3% of the land`), await answer());
    assert.match(await answer(), / In 90% of the runs it holds 2% to 9%\. The basic model: \d+%, \d+%( to \d+%)? in 90% of the runs\.$/);
    const survives = () => text_of(page, ".front .answer");
    assert.ok((await survives()).startsWith(`By the account “${patience.title}”: Until `), await survives());
    assert.match(await bar(), /\b3%/);
    // Between the dates that are stored for accounts the nearest one is shown, and named.
    const kept = "(the closest date stored for accounts)", shown = data.account_dates[1] + 1, name = (t) => new Date(data.dates[t]).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    assert.ok(!data.account_dates.includes(shown));
    const go_to = (t) => page.evaluate((t) => { const date = document.getElementById("date"); date.value = String(t); date.dispatchEvent(new Event("input")); }, t);
    await go_to(shown);
    const of_day = `${name(data.account_dates[1])} ${kept}`;
    assert.ok((await answer()).includes(`of the land on ${of_day}, on average`), await answer());
    assert.ok((await survives()).includes(`: Until ${of_day}, `) && (await survives()).includes(`${side.short_name} (41%)`), await survives());
    assert.ok((await text_of(page, ".map-date")).startsWith(`${name(shown)}`) && (await text_of(page, ".map-date")).includes(`, on ${of_day}.`), await text_of(page, ".map-date"));
    await go_to(data.account_dates[1]);
    assert.ok(!(await answer()).includes(kept) && !(await text_of(page, ".map-date")).includes(kept));
    // Sections that do not follow the account say so.
    const labelled = async () => { const said = []; for (const note of await page.locator("section > details > .basic").all()) if (await note.isVisible()) said.push(await note.evaluate((x) => x.closest("section").id)); return said; };
    for (const id of ["track", "strength", "territory", "fights", "priorities", "survival", "falls"]) assert.ok((await labelled()).includes(id), id);
    assert.equal(await text_of(page, "#survival .basic"), `Basic model: the account “${patience.title}” is not applied here. Its results`);
    await page.locator("#survival .basic a").click();
    assert.equal(await page.evaluate(() => window.location.hash.split("&")[0]), "#account-patience");
    await to_last_day(page);
    assert.match(await answer(), /it holds 4% of the land .* In 90% of the runs it holds 2% to 7%\./);
    assert.ok(!(await survives()).includes(kept));
    assert.match(await bar(), /\b4%/);
    await page.getByLabel("Account on the map").selectOption("base");
    assert.ok((await answer()).startsWith(`In the model it holds ${Math.round(100 * side.territory.mean[last])}%`), await answer());
    assert.deepEqual(await labelled(), []);
  });
});

test_of_own_pages("long names do not make a page wider than a phone", async () => {
  const name = "Forces of the western harbour and the militias that it sends abroad", data = makeSample(), compared = makeComparison();
  for (const actor of [...data.actors, ...compared.war.actors]) actor.name = actor.short_name = `${name} ${actor.id}`;
  for (const of of [data, compared]) {
    await with_page(kPhone, filled(of), async (page) => {
      await open_folds(page);
      assert.ok((await overflow(page)) <= 0, of.kind ?? "report");
    });
  }
});

test_data("the name of an account in an answer leads to what it says, which is then at the top", kWide, makeSample, async (page, data) => {
  await open_sections(page, "more-answers");
  const { account } = data.questions.flatMap((q) => (q.answers ?? []).length > 1 ? q.answers : []).at(-1);
  await page.locator(".question details", { hasText: "With intervals" }).first().locator("summary").click();
  await page.locator(`.question details[open] a[href="#account-${account}"]`).click();
  await page.waitForTimeout(1500);
  const top = await page.locator(`#account-${account}`).evaluate((e) => e.getBoundingClientRect().top);
  assert.ok(top >= 0 && top < 120, `at ${top}`);
});

test_data("finds a place, a claim and a source by one field, and goes back", kWide, makeSample, async (page, data) => {
  const find = page.getByRole("combobox", { name: /Search places/ });
  await find.fill(data.places[5].name);
  await page.keyboard.press("Enter");
  assert.equal(await text_of(page, ".place-panel h3"), data.places[5].name);
  const [claim] = data.claims;
  await find.fill(claim.statement);
  await page.keyboard.press("Enter");
  assert.deepEqual(await page.locator("#evidence .claims .kicker b").allInnerTexts(), [claim.id]);
  await page.locator("#evidence .claims .claim .note a").click();
  const of_source = data.claims.filter((c) => c.source === claim.source).length;
  assert.equal(Number((await text_of(page, "#evidence .claims h3")).split(" ")[0]), of_source);
  await page.goBack();
  assert.deepEqual(await page.locator("#evidence .claims .kicker b").allInnerTexts(), [claim.id]);
});

test_of_own_pages("finds an actor by another name that sources give it, and says which", async () => {
  const data = makeSample(), [actor] = data.actors;
  data.also_called = { [actor.id]: ["The Zouaves"] };
  await with_page(kWide, filled(data), async (page) => {
    await page.getByRole("combobox", { name: /events/ }).fill("zouav");
    assert.deepEqual(await page.locator("#found li").allInnerTexts(), [`actor ${actor.short_name}, also called The Zouaves`]);
    await page.keyboard.press("Enter");
    await page.waitForFunction((id) => window.location.hash.includes(`about=actor.${id}`), actor.id);
    await page.waitForTimeout(200);
    assert.equal(await page.locator("dialog[open]").count(), 1, "what opened has closed again");
  });
});

test_of_own_pages("finds a dated event by its words and by what it rests on, and marks it in the list", async () => {
  const data = makeSample();
  const [event] = data.events, hidden = { ...event, date: data.dates.at(-2), note: "The last of many" };
  data.events = [event, ...Array.from({ length: 20 }, () => ({ ...event, note: "One of many" })), hidden];
  await with_page(kWide, filled(data), async (page) => {
    const find = page.getByRole("combobox", { name: /events/ });
    for (const [words, note] of [[event.note, event.note], ["The last of many", "The last of many"]]) {
      await find.fill(words);
      await page.keyboard.press("Enter");
      const row = page.locator("#events .now", { hasText: note });
      await row.waitFor();
      assert.ok(await row.isVisible());
      await page.waitForTimeout(400);  // until the date stands in the address
    }
    assert.ok(page.url().includes(`date=${hidden.date}`), page.url());
  });
});

test_page("an address with a place or an actor opens what is known of it, however long the land takes", kWide, report, async (page) => {
  const data = await data_of(page);
  for (const [wanted, name] of [[`actor.${data.actors[0].id}`, data.actors[0].name], [`place.${data.places[5].id}`, data.places[5].name]]) {
    await page.goto("about:blank");
    await page.goto(`${pathToFileURL(report).href}#about=${wanted}`);
    await page.waitForSelector("#page[data-ready]");
    assert.ok(await page.locator("dialog.about-page").isVisible(), wanted);
    assert.ok((await text_of(page, "#about-title")).toLowerCase().includes(name.toLowerCase()), name);
  }
});

test_data("reads values and dated events out of a chart, by pointer and by keyboard", kWide, makeSample, async (page, data) => {
  await open_sections(page, "strength");
  const chart = page.locator("#strength .chart svg").first();
  await chart.scrollIntoViewIfNeeded();
  assert.equal(await chart.locator(".event-marks path").count(), data.events.length);
  const mark = await chart.locator(".event-marks path").first().boundingBox();
  await page.mouse.move(mark.x + mark.width / 2, mark.y - 40);
  const said = await text_of(page, ".bubble");
  assert.ok(said.includes(data.events[0].note) && said.includes("River Republic"), said);
  await chart.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  assert.equal(await chart.getAttribute("aria-valuenow"), "1");
  assert.ok((await chart.getAttribute("aria-valuetext")).includes("River Republic"));
});

test_data("gives every figure as a table, CSV, SVG and PNG, and how to cite it", { ...kWide, acceptDownloads: true }, makeSample, async (page, data) => {
  await open_sections(page, "strength");
  const tools = page.locator("#strength .tools");
  assert.equal(await tools.getByRole("button").count(), 0, "more than one menu under a figure");
  await tools.locator("summary").focus();
  await page.keyboard.press("Enter");
  const saved = async (name) => {
    const [download] = await Promise.all([page.waitForEvent("download"), tools.getByRole("button", { name: new RegExp(`^${name}`) }).click()]);
    return readFileSync(await download.path());
  };
  const csv = (await saved("Download the numbers")).toString();
  assert.ok(csv.startsWith("date,actor,mean,q05,q95\r\n2016-01-01,"), csv.slice(0, 80));
  const svg = (await saved("Download the picture as SVG")).toString();
  assert.ok(svg.startsWith("<svg") && !svg.includes("var(--"), "the picture depends on the page's styles");
  assert.ok(svg.includes(`${data.title}: Strength`) && svg.includes(`seed ${data.seed}, truel`), "the picture says what it is and where it comes from");
  assert.deepEqual([...(await saved("Download the picture as PNG")).subarray(1, 4)].map((c) => String.fromCharCode(c)).join(""), "PNG");
  await tools.getByRole("button", { name: /how to cite/ }).click();
  const cited = await text_of(page, "#strength .said-tool");
  assert.ok(cited.includes(data.title) && cited.includes(`seed ${data.seed}`) && !cited.includes("file:"), cited);
  await tools.getByRole("button", { name: /as a table/ }).click();
  assert.ok((await tools.locator("table tbody tr").count()) > 10);
  await page.keyboard.press("Escape");
  assert.equal(await tools.getByRole("button").count(), 0);
});

test_data("a picture has the stripes, lines and open parts of its figure, and nothing that is folded away", { ...kWide, acceptDownloads: true }, makeSample, async (page) => {
  await open_folds(page);
  await open_menus(page);
  const svg_of = async (title) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: `Download the picture as SVG: ${title}`, exact: true }).click()]);
    return readFileSync(await download.path(), "utf8");
  };
  assert.match(await svg_of("What the parameters rest on"), /<pattern[^>]*id="stripes-\d+"/);
  const folded = await page.locator("#accounts article details:not([open]) table").first().evaluate((x) => x.querySelector("td small")?.textContent ?? x.querySelector("td").textContent);
  const accounts = await svg_of("Outcomes by account");
  assert.ok(accounts.includes("with intervals") && !accounts.includes(`>${folded}<`), folded);
  assert.match(accounts, /<rect[^>]*height="1"/);  // the line of a track
  const map = await svg_of("Who holds what");
  assert.ok((await data_of(page)).actors.some((a) => map.includes(`>${a.name}<`)), "the map has its key");
});

test_page("a date is a step of its own: back undoes it and nothing that was chosen before", kWide, report, async (page) => {
  await page.getByLabel("Size of the pies").selectOption("same");
  for (const key of ["ArrowLeft", "ArrowLeft"]) {
    await page.getByRole("slider", { name: "Date", exact: true }).press(key);
    await page.waitForTimeout(400);
  }
  assert.match(await page.evaluate(() => location.hash), /pies=same.*date=/);
  await page.goBack();
  assert.match(await page.evaluate(() => location.hash), /pies=same$/);
});

test_of_own_pages("a copied link shows again whatever was filtered, picked, sized and zoomed; back and forth are steps", async () => {
  const data = makeSample(), file = filled(data);
  const seen = (page) => page.evaluate(() => ({
    words: document.querySelector('#evidence input[type=search]').value, stance: document.querySelector('#evidence select[aria-label="Any stance"]').value,
    claims: document.querySelector("#evidence .claims h3").textContent,
    fights: document.querySelector("#fights .choice input:checked").value, ranking: document.querySelector("#fights .ranking h3").textContent,
    pies: document.querySelector("#map [aria-label='Size of the pies']").value, pie: document.querySelector(".map-box .pie .rim").getAttribute("r"), ground: document.querySelector(".map-box .ground").getAttribute("transform"),
    command: document.querySelector("#command").value, lead: document.querySelector("#priorities .lead").textContent,
    shown: Array.from(document.querySelectorAll("#strength .legend > button"), (x) => x.getAttribute("aria-pressed")).join(),
  }));
  let link, was;
  await with_page(kWide, file, async (page) => {
    await open_folds(page);
    const before = await seen(page);
    await page.locator("#evidence input[type=search]").fill("wear down");
    await page.locator("#evidence").getByLabel("Any stance").selectOption("doubts");
    const losses = page.locator("#fights .choice label").last();
    await come_to_rest(losses);
    await losses.click();
    await page.getByLabel("Size of the pies").selectOption("same");
    await page.locator("#command").selectOption({ index: 2 });
    await page.locator("#strength .legend > button[aria-pressed=true]").first().click();
    await page.getByRole("button", { name: "Zoom in" }).click();
    await page.getByRole("button", { name: "Zoom in" }).click();
    await page.waitForTimeout(700);
    was = await seen(page);
    for (const key of Object.keys(before)) assert.notEqual(was[key], before[key], key);
    link = await page.evaluate(() => location.href);
  });
  await with_page(kWide, file, async (page) => {
    await page.goto("about:blank");
    await page.goto(link);
    await page.waitForSelector("#page[data-ready]");
    await open_folds(page);
    await page.waitForTimeout(300);
    const now = await seen(page), numbers_of = (text) => text.match(/[\d.]+/g).map(Number);
    numbers_of(now.ground).forEach((x, k) => assert.ok(Math.abs(x - numbers_of(was.ground)[k]) < 2, `${now.ground} ${was.ground}`));
    assert.deepEqual({ ...now, ground: "" }, { ...was, ground: "" });
    await page.getByRole("button", { name: "Fit the whole map" }).click();
    await page.waitForFunction(() => !location.hash.includes("zoom="));
    await page.locator("#fights .choice label").first().click();
    await page.goBack();
    assert.equal((await seen(page)).fights, "effort");
  });
});

test_page("every figure has its table, its files, a citation and a copy; priorities are read by keyboard", { ...kWide, permissions: ["clipboard-read", "clipboard-write"] }, report, async (page) => {
  await open_folds(page);
  const data = await data_of(page);
  await open_menus(page);
  const falls = data.falls.some((f) => f.probability > 0);  // in a run of a package perhaps nobody does
  for (const [section, title] of [["priorities", "Whom to fight first, and why"], ["survival", (await text_of(page, "#survival h2")).trim()], ...(falls ? [["falls", "Who collapses first"]] : []), ["evidence", "What the parameters rest on"]]) {
    const tools = page.locator(`#${section} .tools`, { has: page.getByRole("button", { name: `Show the numbers as a table: ${title}` }) });
    for (const name of ["Show the numbers as a table", "Download the numbers as CSV", "Download the picture as SVG", "Download the picture as PNG", "Copy the picture and its numbers", "Copy how to cite", "Copy the link"]) {
      assert.equal(await tools.getByRole("button", { name }).count(), 1, `${section}: ${name}`);
    }
    await tools.getByRole("button", { name: "Show the numbers" }).click();
    const rows = await tools.locator("tbody tr").count();
    assert.ok(section === "falls" ? rows === data.falls.length : rows > 1, `${section}: ${rows} rows`);
    const [download] = await Promise.all([page.waitForEvent("download"), tools.getByRole("button", { name: "as SVG" }).click()]);
    assert.ok(readFileSync(await download.path(), "utf8").includes("<text"), section);
  }
  const section = falls ? "falls" : "survival", tools = page.locator(`#${section} .tools`).first();
  await tools.getByRole("button", { name: "Copy the picture" }).click();
  await page.waitForFunction((id) => /Copied/.test(document.querySelector(`#${id} .said-tool`).textContent), section);
  const copied = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return { types: item.types, text: await (await item.getType("text/plain")).text() };
  });
  assert.ok(copied.types.includes("image/png"), copied.types.join());
  const [head, ...named] = copied.text.split("\n").map((row) => row.split("\t")[0]);
  assert.equal(head, "actor");
  if (falls) assert.deepEqual(named, data.falls.map((f) => f.actor));
  else assert.deepEqual(named.sort(), data.actors.filter((a) => a.survival_probability !== null).map((a) => a.id).sort());
  const spark = page.locator("#priorities .spark").first();
  await spark.focus();
  await page.keyboard.press("Home");
  assert.match(await page.evaluate(() => document.activeElement.getAttribute("aria-valuetext")), /^1 January 2016: .*%$/);
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-valuenow")), "1");
});

test_of_own_pages("begins where the record ends, with a picture on the first screen of every window", async () => {
  const data = makeSample(), end = data.dates.filter((d) => d <= data.record.last).length - 1;
  const file = filled(data);
  for (const viewport of [{ width: 390, height: 844 }, { width: 820, height: 1180 }, { width: 1280, height: 900 }, { width: 1440, height: 900 }]) {
    await with_page({ viewport }, file, async (page) => {
      const map = await page.locator(".map-box").first().boundingBox(), bar = await page.locator(".timebar").boundingBox();
      const trust = await page.locator(".trust").boundingBox();
      const answer = await page.locator("#answers .answer").boundingBox(), picture = viewport.width < 960 ? await page.locator("#answers .one-bar").boundingBox() : map;
      assert.ok(picture.y + Math.min(picture.height, 220) < bar.y, `the picture begins at ${picture.y} of ${viewport.height}`);
      const tops = await Promise.all([".trust", ".front", "#quarrels", ".map-box"].map(async (part) => (await page.locator(part).first().boundingBox()).y));
      if (viewport.width < 960) assert.deepEqual([answer.y, ...tops].sort((x, y) => x - y), [answer.y, ...tops], "the first answer, then how good the model is, the other answers, the map");
      else assert.deepEqual([answer.y, ...tops.slice(0, 3)].sort((x, y) => x - y), [answer.y, ...tops.slice(0, 3)], "the same beside the map");
      assert.ok(trust.y + trust.height <= bar.y, "how good the model is lies below the first screen");
      if (viewport.width >= 960) assert.ok((await page.locator(".below-map").boundingBox()).y + (await page.locator(".below-map").boundingBox()).height <= bar.y, "the bar of time hides a part of the map or what its signs mean");
      assert.equal(Number(await page.getByRole("slider", { name: "Date", exact: true }).inputValue()), end);
      assert.ok((await page.locator(".map-box .truth").evaluateAll((all) => all.filter((c) => Number(c.getAttribute("r")) > 0).length)) > 5, "no rings");
      assert.ok(!page.url().includes("date="));
      await page.getByRole("slider", { name: "Date", exact: true }).press("End");
      await page.waitForFunction((date) => location.hash.includes(`date=${date}`), data.dates.at(-1));
    });
  }
});

test_data("tells dated events with their source on time axes, by pointer and by keyboard, with links that stay", kWide, makeSample, async (page, data) => {
  await open_sections(page, "strength");
  const chart = page.locator("#strength .chart svg").first(), told = page.locator("#strength .event-told");
  await chart.scrollIntoViewIfNeeded();
  const mark = await chart.locator(".event-marks path").first().boundingBox();
  await page.mouse.move(mark.x + mark.width / 2, mark.y + 2);
  assert.match(await page.locator(".bubble").innerText(), /A truce in the valley \(Notes from the field, paragraph 3; A survey of forces, table 2\)/);
  assert.match(await told.innerText(), /27 Feb 2016: A truce in the valley/);
  await chart.focus();
  await page.keyboard.press("Home");
  const steps = data.dates.filter((d) => d <= "2016-09-12").length - 1;
  for (let i = 0; i < steps; ++i) await page.keyboard.press("ArrowRight");
  assert.match(await told.innerText(), /12 Sept? 2016: Aircraft come from abroad/);
  assert.match(await page.locator(".bubble").innerText(), /Aircraft come from abroad \(assumed: general knowledge\)/);
  await page.mouse.move(mark.x + mark.width / 2, mark.y + 2);
  await told.locator("a").first().click();
  assert.ok(page.url().includes("#evidence&") && page.url().includes("claim=A1"), page.url());
});

test_of_own_pages("calls accounts and sides as the engine does, and says of a difference between accounts how sure it is", async () => {
  const data = makeSample();
  data.questions[1].conclusion = "Between 2,100 (The river is what everybody wants) and 4,800 (The basic model)";
  await with_page(kWide, filled(data), async (page) => {
    await open_sections(page, "more-answers");
    const card = page.locator(".question", { hasText: "How many fighters" });
    assert.ok((await card.innerText()).includes("Between 2,100 (The river is what everybody wants) and 4,800 (The basic model)"), await card.innerText());
    assert.deepEqual(await card.locator(".story-bars .who").allInnerTexts(), data.accounts.map((a) => a.title));
    await page.getByLabel("Account on the map").selectOption("patience");
    assert.ok((await page.locator(".map-date").innerText()).includes("By the account: The patient side is left over."));
    const rings = await page.locator(".map-box .apart").evaluateAll((all) => all.filter((c) => Number(c.getAttribute("r")) > 0).map((c) => c.getAttribute("stroke-dasharray")));
    assert.ok(rings.length > 0 && rings.every((dash) => dash === "none" || dash === "3 2.5"), rings.join());
  });
  const comparison = makeComparison();
  comparison.war.accounts = [{ id: "better_army", title: "A better army", letter: "" }];
  comparison.sides = [{ name: "a", title: "base", accounts: [], settings: [], failed_runs: 0 }, { name: "b", title: "better_army", accounts: ["better_army"], settings: [], failed_runs: 0 }];
  comparison.answer = "Greatest change in survival: River Republic, 40 % under the basic model and 60 % under “A better army”, a difference of +20 points (+10 to +30).";
  await with_page(kWide, filled(comparison), async (page) =>
    assert.equal(await text_of(page, "header .answer"), "Greatest change in survival: River Republic, 40% under the basic model and 60% under “A better army”, a difference of +20 points (+10 to +30)."));
});

for (const [name, options] of [["a phone", kPhone], ["a wide window", kWide], ["a phone in the dark", { ...kPhone, colorScheme: "dark" }]]) {
  test_of_own_pages(`shows scores and a comparison on ${name}`, async () => {
    for (const data of [makeScores(), makeComparison()]) {
      await with_page(options, filled(data), async (page) => {
        assert.ok((await overflow(page)) <= 0, `the page of ${data.kind} is wider than the window`);
        await is_accessible(page);
      });
    }
  });
}

test_data("names the sides of the map of scores beside it", kWide, makeScores, async (page) => {
  const key = page.locator(".map-main .key li");
  assert.ok((await key.count()) > 1);
  assert.equal(await key.locator(".badge").count(), await key.count());
});

test_data("compares scores with baselines, and tells of a place what was said and what came", kWide, makeScores, async (page) => {
  assert.match(await text_of(page, ".trust"), /12 months ahead: better than a no-change forecast/);
  assert.match(await text_of(page, ".trust"), /3 months ahead: indistinguishable from/);
  assert.equal(await page.locator("#horizons article").count(), 2);
  const rows = await page.locator("#horizons article").last().locator("li").allInnerTexts();
  assert.match(rows[0], /blended/, "the best is not first");
  await page.locator("#horizons").getByText("That changed hands").click();
  assert.match(page.url(), /of=changed/);
  assert.equal(await page.locator("#reliability svg.calibration").count(), 2);
  const worst = page.locator("#places .track-list").first().locator("button").first();
  const name = await worst.innerText();
  await worst.click();
  assert.equal(await text_of(page, "#places .place-panel h3"), name);
  assert.equal(await page.locator("#places .place-panel tbody tr").count(), 3);
  await page.goBack();
  assert.match(await text_of(page, "#places .place-panel"), /Choose a place/);
  await page.getByLabel("Forecast on the map").selectOption("2016-01-01/2016-03-31");
  assert.match(await text_of(page, "#places figcaption"), /31 March 2016/);
});

test_data("compares both sides on one axis, and says where the difference is clear", kWide, makeComparison, async (page, data) => {
  assert.match(await text_of(page, "header"), /Until 1 June 2016 both sides are the same/);
  const ground = data.war.actors.filter((a) => a.kind === "ground").length;
  assert.equal(await page.locator("#outcomes .pairs li").count(), ground - 1, "what no pair changes is left out");
  assert.ok(await page.locator("#outcomes .pairs li.certain").count() > 0);
  await page.locator("#outcomes").getByText("Killed").click();
  assert.match(await text_of(page, "#outcomes .pairs li .value"), /\+1,200/);
  const sure = data.places.filter((_, i) => i % 4 === 0).length, unsure = data.places.filter((_, i) => i % 4 === 1).length;
  assert.equal(await page.locator("#map .map-main .moved:not(.doubtful)").count(), sure);
  assert.equal(await page.locator("#map .map-main .doubtful").count(), unsure);
  assert.equal(await page.locator("#map .map-main .rim").count(), 0, "no empty disc where nothing is to be shown");
  assert.equal(await page.locator("#map .map-main .spot").count(), data.places.length);
  assert.ok(await page.locator("#map .map-main .key li").count() > 0);
  assert.match(await text_of(page, "#map .track-lists h3"), new RegExp(`^${sure} places with a clear difference, ${unsure} more`));
  await page.locator("#map .map-main .pie").last().click({ force: true });
  const shown = await text_of(page, "#map .place-panel");
  assert.match(shown, /Held on 31 December 2018/);
  assert.match(page.url(), /place=/);
});

test_of_own_pages("shows hostile text as text on the pages of scores and comparisons", async () => {
  const hostile = `</script><img src="https://example.invalid/x" onerror="alert(1)"><b>&amp;`;
  for (const data of [makeScores(), makeComparison()]) {
    data.title = data.command = hostile;
    data.war.accounts[0].title = hostile;
    for (const x of [data.war.places[0], data.war.actors[0]]) x.name = x.short_name = hostile;
    if (data.citations) data.citations[0] = data.pooled[0].model = hostile;
    else data.answer = data.sides[1].settings[0] = hostile;
    await with_page(kWide, filled(data), async (page) => {
      assert.equal(await text_of(page, "h1"), hostile);
      assert.equal(await page.locator("img").count(), 0);
    });
  }
});

test_page("shows what is to be copied while the clipboard does not answer", kWide, report, async (page) => {
  await open_sections(page, "strength");
  await open_menus(page);
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: { writeText: () => new Promise(() => {}) } }));
  const tools = page.locator("#strength .tools");
  await tools.getByRole("button", { name: /how to cite/ }).click();
  assert.match(await text_of(page, "#strength .said-tool"), /^To copy: .*seed \d/);
});

test_of_own_pages("shows hostile text as text", async () => {
  const data = makeSample();
  const hostile = `</script><img src="https://example.invalid/x" onerror="alert(1)"><b>&amp;`;
  data.title = data.description = data.account = data.not_modelled[0] = hostile;
  for (const list of [data.actors, data.places]) for (const x of list) x.name = x.short_name = hostile;
  data.places[0].country = data.places[0].kind = data.questions[0].words = data.numbers[0].path = data.numbers[0].basis[0].text = hostile;
  data.actors[0].colour = `red" onload="alert(2)`;
  Object.assign(data.claims[0], { statement: hostile, speaker: hostile, stance: hostile, unit: hostile, low: hostile });
  data.sources[0].title = data.events[0].note = data.questions[1].words = data.questions[1].answers[0].text = data.accounts[0].title = hostile;
  data.record.places[0][0][2] = hostile;
  await with_page(kWide, filled(data), async (page) => {
    assert.equal(await text_of(page, "h1"), hostile);
    assert.equal(await page.locator("img").count(), 0);
    await page.locator("svg.map[tabindex]").focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await text_of(page, ".place-panel h3"), hostile);
    assert.ok((await overflow(page)) <= 0);
  });
});

test_of_own_pages("says what is wrong with a file without data or with broken data", async () => {
  await with_page(kWide, written("empty.html", template()), async (page) => assert.match(await text_of(page, "[role=alert]"), /holds no data/));
  const cut = template().replace('"@TRUEL_DATA@"', '{"format":1,');
  await with_page(kWide, written("cut.html", cut), async (page) => assert.match(await text_of(page, "[role=alert]"), /damaged or cut off/));
});

test_of_own_pages("draws a bare scenario: one actor, one place far away, nothing else", async () => {
  const data = makeSample();
  Object.assign(data, { actors: [data.actors[0]], places: [{ ...data.places[0], latitude: -13, longitude: 131, control: { none: data.dates.map(() => 1) } }], links: [], dyads: [], priorities: [],
    falls: [], claims: [], sources: [], numbers: [], basis_counts: {}, with_basis: 0, questions: [], not_modelled: [] });
  await with_page(kPhone, filled(data), async (page) => {
    assert.equal((await pies(page)).length, 1);
    assert.ok((await page.locator(".map-box .land").getAttribute("d")).length > 20, "no land from the world's outlines");
    assert.ok((await overflow(page)) <= 0);
  });
});

test_of_own_pages("shows the accounts side by side, each with its claims, and another outcome by keyboard", async () => {
  const data = makeSample();
  const file = filled(data);
  for (const options of [kWide, kPhone]) {
    await with_page(options, file, async (page) => {
      await open_folds(page);
      const cards = page.locator("#accounts .account");
      assert.deepEqual(await cards.locator("h3").allInnerTexts(), data.accounts.map((a) => a.title));
      const values = () => cards.nth(1).locator(".account-bars .value").allInnerTexts();
      const land = await values();
      await page.locator("#accounts input[value=land]").focus();
      await page.keyboard.press("ArrowRight");
      assert.ok(await page.locator("#accounts input[value=losses]").isChecked());
      assert.notDeepEqual(await values(), land);
      const claims = cards.nth(1).locator("details", { hasText: "behind it" });
      await claims.locator("summary").focus();
      await page.keyboard.press("Enter");
      const known = data.claims.find((c) => c.id === data.accounts[1].claims[0]);
      assert.ok((await claims.innerText()).includes(known.statement));
      const [one, other] = await cards.evaluateAll((all) => all.map((card) => ({ top: card.offsetTop, left: card.offsetLeft, width: card.offsetWidth })));
      assert.ok(one.top === other.top && one.left + one.width <= other.left, "the cards are not side by side");
      if (options === kPhone) assert.ok(one.width > 300 && one.width < 390, "a card does not fill the window of a phone, with the next one showing");
      assert.ok((await page.locator("#settlement").innerText()).includes("55.0 (weighted median)"));
      assert.ok((await overflow(page)) <= 0, "the page is wider than the window");
    });
  }
});

test_of_own_pages("leaves out accounts and settlement where there are none", async () => {
  const { accounts, settlement, ...data } = makeSample();
  assert.ok(accounts && settlement);
  await with_page(kWide, filled(data), async (page) => {
    assert.equal(await page.locator("#accounts, #settlement").count(), 0);
  });
});
