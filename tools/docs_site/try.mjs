// Opens the site of the documentation as a reader does, in a browser without a network.
//
// usage: node tools/docs_site/try.mjs FOLDER
//
// Fails on a page that throws, that asks for a file that is not there or for anything from elsewhere, that shows the source of a
// picture instead of it, that leads to a file that is not there, or that is wider than a phone but in a box that scrolls; and on a search that finds nothing. All pages are opened but
// those of the API, of which there are a few of each kind. Needs web/node_modules. CHROMIUM names another browser.
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const { chromium } = createRequire(new URL("../../web/package.json", import.meta.url))("playwright-core");
const folder = resolve(process.argv[2]);
const kOfEachKind = 2;
const kWide = { width: 1280, height: 720 }, kPhone = { width: 390, height: 844 };

const pages = [];
const seen = new Map();
const files = (under) => readdirSync(join(folder, under), { withFileTypes: true })
  .flatMap((entry) => (entry.isDirectory() ? files(join(under, entry.name)) : [join(under, entry.name)]));
for (const name of files("").filter((n) => n.endsWith(".html")).sort()) {
  const kind = name.startsWith("api/") ? name.match(/^api\/(search\/|class|struct|union|namespace|dir_|functions|globals)|_8hpp[a-z-]*/)?.[0] ?? name : name;
  seen.set(kind, (seen.get(kind) ?? 0) + 1);
  if (seen.get(kind) <= kOfEachKind || name === "api/index.html") pages.push(name);
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: kWide });
const faults = new Set();
let open = "";
const fault = (what) => faults.add(`${open}: ${what}`);
page.on("pageerror", (error) => fault(error.message));
page.on("console", (message) => message.type() === "error" && fault(message.text()));
page.on("requestfailed", (request) => fault(`${request.url()} is not there`));
page.on("request", (request) => /^(file|data|blob):/.test(request.url()) || fault(`loads ${request.url()} from elsewhere`));

for (const name of pages) {
  open = name;
  await page.goto(pathToFileURL(join(folder, name)).href, { waitUntil: "load" });
  const links = await page.locator("a[href]").evaluateAll((all) => all.map((a) => a.href).filter((to) => to.startsWith("file:")));
  for (const to of new Set(links.map((link) => link.replace(/[?#].*/, "")))) existsSync(fileURLToPath(to)) || fault(`leads to ${to}, which is not there`);
  if (/flowchart LR/.test(await page.locator("body").innerText())) fault("shows the source of a picture");
  if (!name.startsWith("api/")) {  // Doxygen's own pages are for those who program
    await page.setViewportSize(kPhone);
    const beyond = await page.evaluate(() => {
      const room = document.documentElement.clientWidth;  // what is wider scrolls the whole text, in a box of the theme's around it
      const scrolls = (x) => x.localName !== "article" && (/auto|scroll/.test(getComputedStyle(x).overflowX) || scrolls(x.parentElement));
      const wide = [...document.querySelectorAll("article *")].find((x) => x.getBoundingClientRect().right > room + 1 && !scrolls(x.parentElement));
      return wide && `<${wide.localName}> ${wide.textContent.trim().slice(0, 40)}`;
    });
    if (beyond) fault(`is wider than a phone of ${kPhone.width} px: ${beyond}`);
    await page.setViewportSize(kWide);
  }
}

/** How many pages the search names for a word. */
async function found(word) {
  open = `search.html?q=${word}`;
  await page.goto(`${pathToFileURL(join(folder, "search.html")).href}?q=${word}`);
  await page.locator("#search-results p.search-summary:not(:empty), #search-results > h2 + p:not(:empty)").first().waitFor();
  await page.waitForFunction(() => /finished|did not match/.test(document.querySelector("#search-results").innerText));
  return page.locator("#search-results ul.search > li").count();
}
const least = { salvo: 3, completion: 1, qqxzzqq: 0 };
const counts = {};
for (const [word, pages_with] of Object.entries(least)) {
  counts[word] = await found(word);
  if (pages_with === 0 ? counts[word] > 0 : counts[word] < pages_with) fault(`names ${counts[word]} pages`);
}
await browser.close();
if (faults.size > 0) {
  console.error([...faults].slice(0, 40).join("\n"));
  process.exit(1);
}
console.log(`${pages.length} pages opened; the search names ${counts.salvo} pages for salvo`);
