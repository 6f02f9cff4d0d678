// Browsers that Playwright does not drive as Debian has them: Firefox by its own protocol, Marionette, which geckodriver speaks too, and
// WebKit by the driver of webkit2gtk. Each begins with a profile of its own, and its connections go to a port where nobody is.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const kElement = "element-6066-11e4-a52e-4f735466cecf", kStartMs = 60_000, kPauseMs = 200;
const kNobody = "127.0.0.1:9";

const pause = () => new Promise((done) => { setTimeout(done, kPauseMs); });

const free_port = () => new Promise((done) => {
  const server = createServer().listen(0, "127.0.0.1", () => { const { port } = server.address(); server.close(() => done(port)); });
});

/** What `make` gives, once it does not fail. */
async function once_it_is_there(make) {
  for (const end = Date.now() + kStartMs; ;) {
    try {
      return await make();
    } catch (error) {
      if (Date.now() > end) throw error;
      await pause();
    }
  }
}

async function ended(child) {
  child.kill();
  if (child.exitCode === null && child.signalCode === null) await new Promise((done) => { child.on("exit", done); });
}

/** Messages over a socket: a length, a colon and JSON. */
class Marionette {
  #socket;
  #waiting = new Map();
  #last = 0;

  constructor(socket) {
    this.#socket = socket;
    let rest = Buffer.alloc(0);
    socket.on("data", (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      for (let colon = rest.indexOf(58); colon > 0; colon = rest.indexOf(58)) {
        const end = colon + 1 + Number(rest.subarray(0, colon));
        if (rest.length < end) break;
        const message = JSON.parse(rest.subarray(colon + 1, end));
        rest = rest.subarray(end);
        if (!Array.isArray(message)) continue;  // its greeting
        const [, id, error, result] = message, { done, fail } = this.#waiting.get(id);
        this.#waiting.delete(id);
        if (error) fail(new Error(`${error.error}: ${error.message}`));
        else done(result);
      }
    });
    const gone = () => { for (const { fail } of this.#waiting.values()) fail(new Error("Firefox has ended")); };
    socket.on("close", gone);
    socket.on("error", gone);
  }

  ask(command, parameters = {}) {
    const id = ++this.#last, text = JSON.stringify([0, id, command, parameters]);
    return new Promise((done, fail) => {
      this.#waiting.set(id, { done, fail });
      this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  }
}

const kPreferences = (port) => Object.entries({
  "marionette.port": port, "network.proxy.type": 1, "network.proxy.http": "127.0.0.1", "network.proxy.http_port": 9, "network.proxy.ssl": "127.0.0.1", "network.proxy.ssl_port": 9,
  "datareporting.policy.dataSubmissionEnabled": false, "browser.shell.checkDefaultBrowser": false, "browser.aboutwelcome.enabled": false,
}).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join("");

/** What the console has of pages: errors and warnings of scripts and of the policy, and what scripts say there. */
const kConsole = `const own = (x) => /^(file|blob|data):/.test(x);
  const errors = Services.console.getMessageArray().filter((m) => m instanceof Ci.nsIScriptError && own(m.sourceName)).map((m) => m.errorMessage);
  const said = Cc["@mozilla.org/consoleAPI-storage;1"].getService(Ci.nsIConsoleAPIStorage).getEvents().filter((e) => own(e.filename) && /error|warn/.test(e.level)).map((e) => String(e.arguments[0]));
  return [...errors, ...said];`;

export async function firefox() {
  const profile = mkdtempSync(join(tmpdir(), "truel-firefox-")), port = await free_port();
  writeFileSync(join(profile, "user.js"), kPreferences(port));
  const child = spawn(process.env.FIREFOX ?? "firefox-esr", ["--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile", profile], { stdio: "ignore", env: { ...process.env, HOME: profile } });
  const failed = new Promise((_, fail) => { child.on("error", fail); });
  const own = new Marionette(await Promise.race([failed, once_it_is_there(() => new Promise((done, fail) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => done(socket));
    socket.once("error", fail);
  }))]));
  await own.ask("WebDriver:NewSession", { capabilities: {} });
  return {
    open: (url) => own.ask("WebDriver:Navigate", { url }),
    run: async (script) => (await own.ask("WebDriver:ExecuteScript", { script, args: [] })).value,
    click: (element) => own.ask("WebDriver:ElementClick", { id: element[kElement] }),
    async troubles() {
      await own.ask("Marionette:SetContext", { value: "chrome" });
      const { value } = await own.ask("WebDriver:ExecuteScript", { script: kConsole, args: [] });
      await own.ask("Marionette:SetContext", { value: "content" });
      return value;
    },
    async close() {
      await ended(child);
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** A screen that nobody sees: WebKit of GTK draws on one. */
async function screen() {
  const child = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const number = await new Promise((done, fail) => {
    child.on("error", fail);
    child.stdio[3].once("data", (text) => done(String(text).trim()));
  });
  return { child, display: `:${number}` };
}

export async function webkit() {
  const { child: display, display: DISPLAY } = await screen(), home = mkdtempSync(join(tmpdir(), "truel-webkit-")), port = await free_port();
  const said = join(home, "said.txt");
  const driver = spawn("sh", ["-c", `exec "$0" --port="$1" > "$2" 2>&1`, process.env.WEBKIT_DRIVER ?? "WebKitWebDriver", String(port), said],
    { stdio: "ignore", env: { ...process.env, DISPLAY, HOME: home, XDG_RUNTIME_DIR: home, GDK_BACKEND: "x11", NO_AT_BRIDGE: "1", GTK_A11Y: "none", LIBGL_ALWAYS_SOFTWARE: "1" } });
  const ask = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, ...(body ? { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } } : {}) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${value?.error}: ${value?.message}`);
    return value;
  };
  await once_it_is_there(() => ask("GET", "/status"));
  const { sessionId } = await ask("POST", "/session", { capabilities: { alwaysMatch: {
    proxy: { proxyType: "manual", httpProxy: kNobody, sslProxy: kNobody },
    "webkitgtk:browserOptions": { args: ["--automation", "--enable-write-console-messages-to-stdout=true"] },
  } } });
  const session = `/session/${sessionId}`;
  return {
    open: (url) => ask("POST", `${session}/url`, { url }),
    run: (script) => ask("POST", `${session}/execute/sync`, { script, args: [] }),
    // The driver does not wait until a page that scrolls smoothly has come to the element.
    click: async (element) => {
      await ask("POST", `${session}/execute/sync`, { script: "arguments[0].scrollIntoView({ block: 'nearest', behavior: 'instant' })", args: [element] });
      return ask("POST", `${session}/element/${element[kElement]}/click`, {});
    },
    troubles: async () => readFileSync(said, "utf8").split("\n").filter((line) => /^CONSOLE .*\b(ERROR|WARN)/.test(line)),
    async close() {
      await ask("DELETE", session).catch(() => undefined);
      await ended(driver);
      await ended(display);
      rmSync(home, { recursive: true, force: true });
    },
  };
}
