// The page that answers back, with a real server behind it.
//
// TRUEL: the program. CHROMIUM: the browser (default /usr/bin/chromium).
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { is_accessible, open_folds } from "./accessible.mjs";
import { kPhone, new_context, open_menus, open_page, overflow, unturned } from "./pages.mjs";
import { answer_in, served } from "./served.mjs";

const folder = mkdtempSync(join(tmpdir(), "truel-serve-"));
const truel = resolve(process.env.TRUEL);  // some tests run it elsewhere
const war = join(folder, "war");
const kPath = "actors.government.kill_rate";
let server, link;

before(async () => {
  execFileSync(truel, ["new", war], { stdio: "ignore" });
  ({ server, link } = await served(war));
});
after(() => {
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

const kEditor = () => link.replace("/?", "/edit?war=0&");

const with_page = (options, body, at = link, is_ready = all_in) => open_page(at, { acceptDownloads: true, wait: 180_000, is_ready, ...options }, body);
const test_page = (name, options, body) => test(name, () => with_page(options, body));

/** What the page asks for, of truel compare. */
const kUntil = ["--until-sure", "value", "--runs", "200"];
/** Waits until pairs are enough, or all are in. */
const all_in = (page) => page.waitForSelector('.results[aria-busy="false"]', { timeout: 60_000 });
const numbers = async (page) => (await page.evaluate(answer_in, 0)).rows;

async function turn(page, path, key) {
  await page.getByLabel("Find a parameter").fill(path.split(".").slice(1).join(" "));
  const slider = page.locator(`.dial[data-path="${path}"] input[type=range]`);
  await slider.focus();
  await page.keyboard.press(key);
  await page.waitForTimeout(200);  // the question is asked when the slider rests
  await all_in(page);
  return page.locator(`.dial[data-path="${path}"] input.value`).inputValue();
}

test_page("a turned number changes the table as truel compare has it; back undoes, the link holds it, a file keeps it", {}, async (page) => {
  assert.match(await page.locator("#results .answer").innerText(), /Nothing is changed/);
  const value = await turn(page, kPath, "Home");
  const turned = await numbers(page);
  const compared = JSON.parse(execFileSync(truel, ["compare", war, "--set-b", `${kPath}=${value}`, ...kUntil, "--json", "--quiet"]));
  for (const [actor, [a, b]] of Object.entries(turned)) {
    const row = compared.outcomes.find((o) => o.outcome === `actors.${actor}.value_share`);
    assert.deepEqual([a, b], [row.a, row.b], actor);
  }
  const held = page.url();
  assert.ok(held.includes(encodeURIComponent(`${kPath}=${value}`)), held);
  await with_page({}, async (other) => assert.deepEqual(await numbers(other), turned), held);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as an account" }).click()]);
  const saved_as = join(war, "accounts", download.suggestedFilename());
  writeFileSync(saved_as, readFileSync(await download.path()));
  execFileSync(truel, ["check", war]);  // as it was downloaded
  const account = JSON.parse(execFileSync(truel, ["compare", war, "--account", "what_if", ...kUntil, "--json", "--quiet"]));
  assert.deepEqual(account.outcomes.map((o) => o.b), compared.outcomes.map((o) => o.b));
  rmSync(saved_as);
  // What was followed meanwhile is not what Undo takes back.
  await page.getByRole("link", { name: "What the parameters rest on" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await unturned(page);
  assert.equal(await page.locator(`.dial[data-path="${kPath}"] .back`).isVisible(), false);
});

test_page("knobs to begin with have plain names, the value as it is and what a turn means, and turn what the dial turns", {}, async (page) => {
  const knobs = page.locator(".suggested .dial");
  const n = await knobs.count();
  assert.ok(n >= 3 && n <= 6, String(n));
  for (const text of await knobs.locator("label").allInnerTexts()) assert.match(text, /^[A-Z][^_]*\sAs it is: [\d<]/);
  const knob = page.locator(`.suggested [data-suggested]`).first(), path = await knob.getAttribute("data-suggested");
  await knob.getByRole("slider").focus();
  await page.keyboard.press("Home");
  await page.waitForTimeout(200);  // the question is asked when the slider rests
  await all_in(page);
  assert.ok(page.url().includes(encodeURIComponent(`${path}=`)), page.url());
  await page.getByLabel("Find a parameter").fill(path);
  assert.equal(await page.locator(`.hits .dial[data-path="${path}"] input.value`).inputValue(), await knob.locator("input.value").inputValue());
  assert.match(await page.locator("#results thead").innerText(), /Difference\s+percentage points of the land/);
  assert.match(await page.locator("#results .answer").innerText(), /percentage points of the land|no difference can be distinguished from chance/);
  await is_accessible(page);
});

test_page("an account stands on either side, and what is no number is not sent", {}, async (page) => {
  await page.getByLabel("Account behind the changed war").selectOption("proxy");
  await page.waitForFunction(() => !/Nothing is changed/.test(document.querySelector("#results .answer").textContent));
  await all_in(page);
  const one = await numbers(page);
  assert.ok(Object.values(one).some(([a, b]) => a !== b));
  await page.getByLabel("Find a parameter").fill(kPath.split(".").slice(1).join(" "));
  const field = page.locator(`.dial[data-path="${kPath}"] input.value`);
  await field.fill("much");
  await field.press("Enter");
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  assert.deepEqual(await numbers(page), one);
});

test("the day of a change is turned by slider and by field, and changes what truel compare says it does", async () => {
  const path = "interventions.volunteers.date";
  await with_page({}, async (page) => {
    await page.getByLabel("Find a parameter").fill("volunteers land");
    const dial = page.locator(`.dial[data-path="${path}"]`);
    assert.match(await dial.innerText(), /Day\s+volunteers land at the harbour/);
    const slider = dial.getByRole("slider");
    assert.equal(await slider.getAttribute("aria-valuetext"), "1 May 2020");
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await dial.getByLabel("Day, day").inputValue(), "2020-05-02");
    await page.keyboard.press("End");
    assert.equal(await dial.locator("output").innerText(), "31 December 2021");
    await dial.getByLabel("Day, day").fill("2021-03-01");
    await dial.getByLabel("Day, day").press("Enter");
    await page.waitForTimeout(200);
    await all_in(page);
    const compared = JSON.parse(execFileSync(truel, ["compare", war, "--set-b", `${path}=2021-03-01`, ...kUntil, "--json", "--quiet"]));
    const turned = await numbers(page);
    for (const [actor, [a, b]] of Object.entries(turned)) {
      const row = compared.outcomes.find((o) => o.outcome === `actors.${actor}.value_share`);
      assert.deepEqual([a, b], [row.a, row.b], actor);
    }
    assert.ok(Object.values(turned).some(([a, b]) => a !== b));
    assert.match(await page.locator(".turned").innerText(), /volunteers land at the harbour: day 2021-03-01, as it is: 1 May 2020/);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as an account" }).click()]);
    assert.match(readFileSync(await download.path(), "utf8"), /value = "2021-03-01"/);
  });
});

test_page("a dial tells its claims with their sources, and what else rests on the same", {}, async (page) => {
  const { dials, claims, sources } = await page.evaluate(() => JSON.parse(document.getElementById("truel-data").textContent));
  const dial = dials.find((d) => d.basis.some((b) => b.kind === "claim" && dials.filter((x) => x.basis.some((c) => c.id === b.id)).length > 1));
  const claim = dial.basis.find((b) => b.kind === "claim" && dials.filter((x) => x.basis.some((c) => c.id === b.id)).length > 1);
  const others = dials.filter((d) => d !== dial && d.basis.some((b) => b.id === claim.id));
  await page.getByLabel("Find a parameter").fill(dial.path);
  const node = page.locator(`.hits .dial[data-path="${dial.path}"]`);
  await node.locator("summary").click();
  const text = await node.locator(".basis").innerText();
  const { source, paragraph, statement, speaker } = claims.find((c) => c.id === claim.id);
  const { title } = sources.find((x) => x.id === source);
  assert.ok(text.includes(claim.text) && text.includes(`${speaker}, ${title}, paragraph ${paragraph}`), text);
  assert.ok(!/assumed:? assumed/i.test(text), text);
  await node.locator(".shared a").first().click();
  assert.ok(others.some((d) => d.path) && await page.locator(`.hits .dial[data-path="${others[0].path}"]`).count() === 1);
  await page.goBack();
  // To the entry of the claim, from there to what rests on it, and all the way back.
  await node.waitFor();
  if (!(await node.locator("details").getAttribute("open"))) await node.locator("summary").click();
  await node.locator(".basis a.basis-claim", { hasText: claim.id }).first().click();
  const entry = page.locator("#evidence .claims .claim");
  assert.deepEqual(await entry.locator(".kicker b").allInnerTexts(), [claim.id]);
  assert.equal(await entry.locator(".statement").innerText(), statement);
  assert.ok((await entry.boundingBox()).y < page.viewportSize().height, "the entry is not in sight");
  const rests = page.locator("#evidence .numbers li", { has: page.locator("code", { hasText: new RegExp(`^${dial.path.replaceAll(".", "\\.")}$`) }) });
  await rests.getByRole("link", { name: "Turn it" }).click();
  assert.ok(await node.isVisible());
  assert.equal(await page.getByLabel("Find a parameter").inputValue(), dial.path);
  await page.goBack();
  assert.deepEqual(await entry.locator(".kicker b").allInnerTexts(), [claim.id]);
  await page.goBack();
  assert.ok(await node.isVisible());
  assert.ok(!page.url().includes("claim="));
  await is_accessible(page);
});

test("replays the last change between its ends, by button and by keyboard, and stands still where motion is unwelcome", async () => {
  for (const reducedMotion of ["no-preference", "reduce"]) {
    await with_page({ reducedMotion }, async (page) => {
      assert.equal(await page.getByRole("button", { name: "Replay the last change" }).count(), 0);
      const first = `${kPath}=${await turn(page, kPath, "Home")}`, kSpeed = "actors.government.speed_km_per_day";
      const speed = `${kSpeed}=${await turn(page, kSpeed, "End")}`;
      const { outcomes } = JSON.parse(execFileSync(truel, ["compare", war, "--set-a", first, "--set-b", first, "--set-b", speed, ...kUntil, "--json", "--quiet"]));
      await page.getByRole("button", { name: "Replay the last change" }).click();
      const replay = page.getByRole("group", { name: "The last change once more" });
      await replay.waitFor();
      assert.match(await replay.locator("p").first().innerText(), /speed of its columns \(km per day\): as the package has it \(80\) → /);
      const slider = replay.getByRole("slider");
      const ways = new Set();
      for (let i = 0; i < 60 && !ways.has("after"); ++i) {
        ways.add(await slider.getAttribute("aria-valuetext"));
        await page.waitForTimeout(60);
      }
      assert.equal(ways.has("after"), true);
      assert.equal([...ways].some((w) => w.startsWith("on the way")), reducedMotion === "no-preference", [...ways].join());
      await open_menus(page);
      await replay.getByRole("button", { name: "Show the numbers as a table" }).click();
      const rows = await replay.locator("tbody tr").allInnerTexts();
      for (const row of rows) {
        const [, actor, before, after] = row.split("\t");
        const { a, b } = outcomes.find((o) => o.outcome === `actors.${actor}.value_share`);
        assert.ok(Math.abs(Number(before) - a) < 1e-9 && Math.abs(Number(after) - b) < 1e-9, row);
      }
      await slider.focus();
      await page.keyboard.press("Home");
      assert.equal(await slider.getAttribute("aria-valuetext"), "before");
    });
  }
});

test_page("a guess comes before the answer, which says how far off it was", {}, async (page) => {
  await page.getByLabel("Guess first").check();
  await turn(page, kPath, "Home");
  assert.equal(await page.locator("#results tbody").first().isVisible(), false);
  assert.equal(await page.locator("#results .answer").isVisible(), false);
  const told = await page.locator("#results").innerText();
  await page.getByLabel("Of whom").selectOption({ label: "The government" });
  await page.getByRole("slider", { name: "Your guess" }).focus();
  await page.keyboard.press("Home");
  assert.match(await page.getByRole("slider", { name: "Your guess" }).getAttribute("aria-valuetext"), /^0%; as it is \d+%$/);
  assert.equal(await page.getByLabel("Your guess, percent").inputValue(), "0");
  await page.getByLabel("Your guess, percent").fill("12.5");
  await page.getByRole("button", { name: "See what the model says" }).click();
  const [, b] = (await numbers(page)).government;
  const verdict = await page.locator(".verdict").innerText();
  assert.ok(verdict.includes("you guessed 13%, the model says"), verdict);
  assert.ok(verdict.includes(`${Math.abs(12.5 - 100 * b).toFixed(1)} percentage points too ${12.5 > 100 * b ? "high" : "low"}`), `${verdict} ${b}`);
  assert.ok(!/Difference|points/.test(told), told);
  await turn(page, kPath, "End");  // the next answer has to be guessed, too
  assert.equal(await page.locator("#results .answer").isVisible(), false);
});

test_page("the map of differences marks what is in doubt, and its list and table say the same", {}, async (page) => {
  await turn(page, kPath, "Home");
  await open_menus(page);
  await page.getByRole("button", { name: "Show the numbers as a table: Where the two sides differ" }).click();
  const rows = (await page.locator(".map-main .tools tbody tr").allInnerTexts()).map((row) => row.split("\t"));
  const moved = new Map(), sure = new Set();
  for (const [place, , a, b, , low, high] of rows) {
    moved.set(place, (moved.get(place) ?? 0) + Math.abs(b - a) / 2);
    if (low > 0 || high < 0) sure.add(place);
  }
  const shown = [...moved].filter(([, share]) => share >= 0.005).map(([place]) => place);
  assert.equal(await page.locator(".map-main .moved").count(), shown.length);
  assert.equal(await page.locator(".map-main .moved.doubtful").count(), shown.filter((place) => !sure.has(place)).length);
  assert.ok(shown.some((place) => sure.has(place)) && (await page.locator(".track-list li").count()) === shown.length);
  const button = page.locator(".track-list button").first();
  await button.focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.locator(".place-panel h3").innerText(), await button.innerText());
  assert.ok(page.url().includes("place="));
});

test_page("a phone has what changes in sight far below it", kPhone, async (page) => {
  await turn(page, kPath, "End");
  await all_in(page);
  const pinned = page.locator(".pinned-answer");
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await pinned.waitFor({ state: "visible" });
  assert.match(await pinned.innerText(), /^Land: .*\d+ of 200 pairs\.$/s);
  await page.locator("#results .answer").scrollIntoViewIfNeeded();
  await pinned.waitFor({ state: "hidden" });
});

test_page("Link copies the address of what changes, Cite the command that gives it again", { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
  await turn(page, kPath, "End");
  await all_in(page);
  await open_menus(page);
  const copied = async (name) => {
    await page.getByRole("button", { name: `${name}: What changes`, exact: true }).click();
    await page.waitForFunction(() => /^Copied/.test(document.querySelector("#results .said-tool").textContent));
    return page.evaluate(() => navigator.clipboard.readText());
  };
  assert.equal(await copied("Copy the link to what is shown"), page.url());
  assert.match(await copied("Copy how to cite"), /truel compare .*--set-b/);
});

for (const [name, options] of [["a phone", kPhone], ["a wide window", { viewport: { width: 1440, height: 900 } }]]) {
  test(`fits ${name} and is accessible there`, async () => {
    await with_page(options, async (page) => {
      await turn(page, kPath, "End");
      assert.ok((await overflow(page)) <= 0, "wider than the window");
      await open_folds(page);
      for (const summary of await page.locator(".group > summary").all()) await summary.click();
      await page.getByRole("button", { name: "Replay the last change" }).click();
      await page.locator(".replay").waitFor();
      await open_menus(page);
      for (const table of await page.getByRole("button", { name: "Show the numbers as a table" }).elementHandles()) await table.click();
      await is_accessible(page);
      await page.getByLabel("Guess first").check();
      await turn(page, kPath, "Home");
      await page.locator(".guess").waitFor();
      await is_accessible(page);
    });
  });
}

/** Waits until the check says this. */
const checked = (page, what = /Nothing is wrong/) => page.waitForFunction((source) => new RegExp(source).test(document.querySelector("#check .answer").textContent), what.source);
const in_editor = (body, options = {}) => with_page(options, body, kEditor(), checked);
const test_editor = (name, body) => test(name, () => in_editor(body));
const cell = (page, row, column) => page.locator(`.cells [data-row="${row}"][data-column="${column}"]`);

/** What the saved archive holds, unpacked. */
async function saved(page) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save the package" }).click()]);
  const out = mkdtempSync(join(folder, "saved-"));
  execFileSync("python3", ["-m", "zipfile", "-e", await download.path(), out]);
  return { out: join(out, download.suggestedFilename().replace(/\.zip$/, "")), name: download.suggestedFilename() };
}

test_editor("a mistake is told as one types, at its cell, and by a button that goes there", async (page) => {
  await cell(page, 2, 5).fill("swamp");
  await checked(page, /1 mistake/);
  assert.equal(await cell(page, 2, 5).getAttribute("aria-invalid"), "true");
  assert.match(await page.locator(`#${await cell(page, 2, 5).getAttribute("aria-describedby")}`).innerText(), /places\.csv:4 unknown terrain `swamp`/);
  assert.ok(await page.getByRole("button", { name: "Run it" }).isDisabled());
  await page.getByText("Scenario", { exact: true }).click();
  await page.locator("textarea").fill((await page.locator("textarea").inputValue()).replace("end = 2021", "end = 1921"));
  await checked(page, /2 mistakes/);
  await page.getByRole("button", { name: "places.csv:4" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.value), "swamp");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("plain");
  await checked(page, /1 mistake/);
  assert.equal(await cell(page, 2, 5).getAttribute("aria-invalid"), null);
  await page.getByRole("button", { name: "Undo" }).click();
  await checked(page, /2 mistakes/);
});

const drawn_ground = (page, map) => page.evaluate((of) => Object.fromEntries(["land", "lakes", "rivers", "borders"].map((part) => [part, document.querySelector(`${of} .${part}`)?.getAttribute("d") ?? ""])), map);

test("the ground of the package lies under the editor's map and the map of differences, as it is written; what cannot be drawn is told", async () => {
  let of_package;
  await in_editor(async (page) => {
    of_package = await drawn_ground(page, "#draft-map");
    for (const part of ["land", "rivers", "borders"]) assert.ok(of_package[part].length > 20, part);
    await page.getByText("Map", { exact: true }).last().click();
    const text = page.locator("textarea"), was = await text.inputValue();
    await text.fill(was.replace("[[10.12, 45.64]", "[[10.52, 45.64]").replace('"The valley"', '"<img src=x onerror=alert(1)>"'));
    await checked(page);
    const moved = await drawn_ground(page, "#draft-map");
    assert.notEqual(moved.rivers, of_package.rivers);
    assert.equal(moved.land, of_package.land);
    await text.fill(was.replace('"border"', '"bordr"'));
    await checked(page, /1 mistake/);
    assert.match(await page.locator("#check").innerText(), /feature 4: a line of the kind `bordr`.*did you mean `border`/s);
    await text.fill("{");
    await checked(page, /1 mistake/);
    assert.ok((await drawn_ground(page, "#draft-map")).land.length > 20, "no land of the page's own");
  });
  await with_page({}, async (page) => {
    const shown = await drawn_ground(page, ".map-view");
    for (const part of ["land", "rivers", "borders"]) assert.ok(shown[part].length > 20, part);
  });
});

test_editor("places, roads and who holds what are changed on the map, by pointer and by keyboard; it runs, and is saved as a package", async (page) => {
  const pass = page.locator('[data-id="pass"]');
  const { x, y } = await pass.locator("circle").boundingBox();
  await page.mouse.move(x + 5, y + 5);
  await page.mouse.down();
  await page.mouse.move(x + 65, y + 45, { steps: 4 });
  await page.mouse.up();
  assert.notEqual(await cell(page, 4, 3).inputValue(), "10.25");
  await page.locator('[data-id="mill"]').focus();
  for (let i = 0; i < 5; ++i) await page.keyboard.press("ArrowRight");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("data-id")), "mill");
  assert.ok(Number(await cell(page, 3, 3).inputValue()) > 10.55);
  await page.keyboard.press("Enter");
  await page.locator(".place-panel label", { hasText: "Held by" }).locator("select").selectOption("river_league");
  await page.locator(".place-panel label", { hasText: "Road to" }).locator("select").selectOption({ label: "The capital" });
  await page.getByRole("button", { name: "Add the road" }).click();
  await page.getByRole("button", { name: "Add a place" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("<img src=x onerror=alert(1)>");
  await checked(page);
  assert.equal(await page.locator("#draft-map img").count(), 0);
  await page.getByRole("button", { name: "Run it" }).click();
  await page.waitForFunction(() => document.querySelector(".draft-result").getAttribute("aria-busy") === "false");
  const shown = await page.locator(".draft-result tbody tr").allInnerTexts();
  await page.getByLabel("Name of the folder").fill("My war / ../x");
  const { out, name } = await saved(page);
  assert.equal(name, "my-war-x.zip");
  assert.match(readFileSync(join(out, "places.csv"), "utf8"), /^place_2,<img src=x onerror=alert\(1\)>,/m);
  const ran = JSON.parse(execFileSync(truel, ["compare", out, "--set-b", "actors.government.supply=0.5", "--runs", "100", "--json", "--quiet"]));
  for (const row of shown) {
    const [actor, land] = row.split("\t");
    const id = actor.replace(/^The /, "").replace(" ", "_");
    assert.equal(land, `${Math.round(100 * ran.outcomes.find((o) => o.outcome === `actors.${id}.value_share`).a)}%`, row);
  }
  const link_to = await page.getByRole("link", { name: /what if/ }).getAttribute("href");
  await with_page({}, async (other) => assert.match(await other.locator("header").innerText(), /server's memory alone/), new URL(link_to, link).href);
});

test("a war without a place gets its first one on the map", async () => {
  const vote = fileURLToPath(new URL("../../scenarios/published/condorcet-election", import.meta.url));
  const { server: own, link: at } = await served(vote);
  try {
    await with_page({}, async (page) => {
      assert.equal(await page.locator(".draft-place").count(), 0);
      await page.locator(".draft-map svg").dblclick({ position: { x: 200, y: 150 } });
      assert.doesNotMatch(await page.locator(".draft-place").getAttribute("transform"), /NaN/);
    }, at.replace("/?", "/edit?war=0&"), (page) => page.locator(".draft-map svg").waitFor());
  } finally {
    own.kill();
  }
});

test_editor("the editor's map has its sides beside it, a scale, and names that do not cover each other", async (page) => {
  assert.deepEqual((await page.locator("#draft-map .key li").allInnerTexts()).slice(-1), ["Nobody"]);
  assert.ok((await page.locator("#draft-map .key li").count()) > 3);
  assert.match(await page.locator("#draft-map .scale-bar text").textContent(), /^\d+ km$/);
  const crossed = await page.evaluate(() => {
    const boxes = Array.from(document.querySelectorAll(".draft-place text:not(.no-room)"), (x) => x.getBoundingClientRect());
    return boxes.some((a, i) => boxes.some((b, j) => i < j && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3));
  });
  assert.equal(crossed, false);
});

test_editor("a new id of a place or an actor goes to all that name it", async (page) => {
  const typed = async (row, text) => {
    await cell(page, row, 0).focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.press("Delete");
    const [answer] = await Promise.all([page.waitForResponse((r) => r.url().includes("/api/check") && r.request().postData().includes(`\\n${text},`)), page.keyboard.type(text)]);
    assert.deepEqual((await answer.json()).errors, []);
  };
  await typed(1, "ford");
  await page.locator("#tables .choice").getByText("Actors").click();
  await typed(0, "crown");
  await page.locator("#tables .choice").getByText("Links").click();
  assert.deepEqual([await cell(page, 0, 1).inputValue(), await cell(page, 1, 0).inputValue()], ["ford", "ford"]);
  const { out } = await saved(page);
  execFileSync(truel, ["check", out]);
  assert.match(readFileSync(join(out, "accounts", "proxy.toml"), "utf8"), /commands\.crown\.weight_backing/);
  assert.ok(!/government|bridge/.test(readFileSync(join(out, "forces.csv"), "utf8")));
});

test("what was written can be saved after the server was killed, and nothing of it lies on the disk before", async () => {
  const { server: own, link: at } = await served(war, { cwd: folder });
  const context = await new_context({ acceptDownloads: true });
  context.setDefaultTimeout(180_000);
  const page = await context.newPage();
  await page.goto(at.replace("/?", "/edit?war=0&"));
  await checked(page);
  const before = readdirSync(folder, { recursive: true }).sort();
  await cell(page, 0, 7).fill("123456");
  await checked(page);
  own.kill("SIGKILL");
  await cell(page, 1, 7).fill("654321");
  await page.waitForFunction(() => /still here: save it/.test(document.querySelector("#check [role=alert]").textContent));
  assert.deepEqual(readdirSync(folder, { recursive: true }).sort(), before);
  const { out } = await saved(page);
  assert.match(readFileSync(join(out, "places.csv"), "utf8"), /,123456,[^]*,654321,/);
  execFileSync(truel, ["check", out]);
  await context.close();
});

for (const [name, options] of [["a phone", kPhone], ["a tablet", { viewport: { width: 820, height: 1100 } }], ["a wide window in the dark", { viewport: { width: 1440, height: 900 }, colorScheme: "dark" }]]) {
  test(`the editor fits ${name} and is accessible there, with mistakes and every table`, async () => {
    await in_editor(async (page) => {
      await page.locator('[data-id="bridge"]').click();
      await cell(page, 0, 7).fill("many");
      await checked(page, /1 mistake/);
      for (const tab of await page.locator("#tables .choice label").all()) {
        await tab.click();
        assert.ok((await overflow(page)) <= 0, "wider than the window");
        await is_accessible(page);
      }
    }, options);
  });
}

test("says so when the server has ended", async () => {
  const { server: own, link: at } = await served(war);
  const context = await new_context();
  context.setDefaultTimeout(180_000);
  const page = await context.newPage();
  await page.goto(at);
  await all_in(page);
  own.kill("SIGKILL");
  await page.getByLabel("Find a parameter").fill(kPath.split(".").slice(1).join(" "));
  await page.locator(`.dial[data-path="${kPath}"] input[type=range]`).focus();
  await page.keyboard.press("Home");
  await page.waitForFunction(() => /still running/.test(document.querySelector("#results [role=alert]").textContent));
  await context.close();
});
