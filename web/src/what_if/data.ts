// What the engine says, be it the server's or the page's own: the war with its dials, and answers as they come in.
import { kBase } from "../catalogue";
import type { ComparedOutcome, ComparedShare } from "../outcomes";
import { in_order } from "../report";
import type { AccountResult, Analysis, Basis, Evidence, UnitedMatrix } from "../report";
import type { War } from "../war";

/** note: of the dated change that it belongs to; sets: the path that the change sets. */
interface AnyDial { path: string; table: string; of: string; name: string; unit: string; meaning: string; note?: string; sets?: string; written: string; words?: string; basis: Basis[] }
export interface NumberDial extends AnyDial { kind: "number" | "switch" | "choice"; value: number; low: number; high: number; least: number | null; greatest: number | null }
/** Days as YYYY-MM-DD. */
export interface DateDial extends AnyDial { kind: "date"; value: string; low: string; high: string; least: string | null; greatest: string | null }
export type Dial = NumberDial | DateDial;

/** claims: ids of those that it rests on. */
export interface AccountSetting { path: string; value: string; claims: string[] }
export interface WhatIfAccount extends Pick<AccountResult, "id" | "title" | "letter" | "story"> { settings: AccountSetting[] }

/** The war of the page, as comparisons have it too, and every number of it that can be turned. */
export interface WhatIfWar extends Omit<War, "accounts">, Evidence {
  package: string; version: string; seed: number; solver: string; title: string; start: string; end: string;
  // That all runs start from, if they do; from: the day on which they begin; options: of truel compare, for the same.
  analysis?: Analysis & { from: string; options: string };
  accounts: WhatIfAccount[];
  fact: string;  // who held the land in fact; "": not known
  dials: Dial[];
  holders: string[];  // of each place on the first day, by id; "none": nobody or several
  united: Pick<UnitedMatrix, "ways"> & { actors: string[] };  // ways in which enemies can stand together, and of whom
}

/** Reads the data of the page; dated changes of which the package says the same get their ids besides. */
export function parse_what_if(text: string): WhatIfWar {
  const war = JSON.parse(text) as WhatIfWar;
  const ids = new Map<string, Set<string>>();
  for (const d of war.dials) if (d.note) ids.set(d.note, (ids.get(d.note) ?? new Set()).add(d.of));
  return { ...war, accounts: in_order(war.accounts), dials: war.dials.map((d) => (d.note && (ids.get(d.note)?.size ?? 0) > 1 ? { ...d, note: `${d.note} (${d.of.replaceAll("_", " ")})` } : d)) };
}

/** What the pairs say so far; a is the war as it is. until_sure: whether they are enough, where that was asked, and why in words. */
export interface Answer { runs: number; wanted: number; same: boolean; until_sure?: { sure: boolean; words: string }; outcomes: ComparedOutcome[]; places: Record<string, ComparedShare>[] }

/** Whose enemies stand together, how, and from which day on; without a day from the first. */
export interface UnitedEnemies { actor: string; way: string; from?: string }

/** The accounts that are joined by +. */
export const accounts_of = (ids: string): string[] => ids.split("+").filter(Boolean);

/** What was turned: accounts ("": the basic model; several are joined by +) of the war as it is and of the changed one, numbers
 * of the latter, and whose enemies stand together in it ("isis:truce", "isis:truce:2017-03-05"; "": nobody's). */
export interface ChangedWar { against: string; account: string; settings: Map<string, string>; united: string }

export function united_of({ united }: Pick<ChangedWar, "united">): UnitedEnemies | undefined {
  const [actor, way, from] = united.split(":");
  return united ? { actor, way: way ?? "", ...(from ? { from } : {}) } : undefined;
}

export const unturned = (): ChangedWar => ({ against: "", account: "", settings: new Map(), united: "" });

/** A number and the value that it is turned to; null: as in the package. */
export type Change = [path: string, value: string | null];

/** Whether both turn the same numbers to the same values, in whatever order, and lay the same account over the changed war. */
export const is_same_change = (x: ChangedWar, y: ChangedWar): boolean =>
  x.account === y.account && x.united === y.united && x.settings.size === y.settings.size && [...x.settings].every(([path, value]) => y.settings.get(path) === value);

/** What the changed war was before the last change, where only the address is known: without the number turned last, else
 * with its enemies divided, else without its account. Nothing where nothing is turned. */
export function before_last(turned: ChangedWar): ChangedWar | undefined {
  const settings = new Map([...turned.settings].slice(0, -1));
  if (turned.settings.size > 0) return { ...turned, settings };
  if (turned.united) return { ...turned, united: "", settings };
  return turned.account ? { ...turned, account: "", settings } : undefined;
}

export const kTables: [string, string][] = [
  ["commands", "Whom to fight: doctrines"], ["forces", "Strength on the first day"], ["interventions", "Dated changes"],
  ["scenario", "Laws and constants"], ["actors", "Actors"], ["ties", "Relations"], ["sponsors", "Sponsors"],
];

/** Position of a slider of `steps` for a value, and back: by ratio where the range is wide and above 0. */
export function scale(dial: Pick<NumberDial, "low" | "high">, steps = 200): { to: (value: number) => number; from: (step: number) => number } {
  const { low, high } = dial;
  if (low > 0 && high / low > 50) {
    const span = Math.log(high / low);
    return { to: (v) => Math.round((steps * Math.log(Math.max(v, low) / low)) / span), from: (s) => low * Math.exp((span * s) / steps) };
  }
  return { to: (v) => Math.round((steps * (v - low)) / (high - low || 1)), from: (s) => low + ((high - low) * s) / steps };
}

/** A number as short as three digits let it be. */
export const short = (x: number): string => String(Number(x.toPrecision(3)));

/** Whether the server would take it: within the bounds, and a number or a day. */
export function is_allowed(dial: Dial, text: string): boolean {
  if (dial.kind === "date") return is_day(text) && text >= (dial.least ?? "") && (dial.greatest === null || text <= dial.greatest);
  const value = Number(text);
  return text.trim() !== "" && Number.isFinite(value) && value >= (dial.least ?? -Infinity) && value <= (dial.greatest ?? Infinity);
}

const kDayMs = 86_400_000;
const is_day = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && Number.isFinite(Date.parse(text));

/** The day so many days after another, and how many days lie between two. */
export const days_after = (iso: string, days: number): string => new Date(Date.parse(iso) + days * kDayMs).toISOString().slice(0, 10);
export const days_between = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / kDayMs);

/** By claim and by source, the dials that rest on it. */
export function dials_on(dials: Dial[]): Map<string, Dial[]> {
  const on = new Map<string, Dial[]>();
  for (const dial of dials) for (const id of new Set(dial.basis.map((b) => b.id ?? "").filter(Boolean))) on.set(id, [...(on.get(id) ?? []), dial]);
  return on;
}

/** The value that takes away what an account sets, so that the package's own number stands. */
export const kOwn = "package";

/** Whether a path is who holds a place on the first day, which is no number. */
export const is_control = (path: string): boolean => /^places\.[a-z0-9_]+\.control$/.test(path);

/** The length in km by which the engine knows that a road is cut. */
export const kCut = "100000";

/** Path and value as the engine takes them. */
export const settings_of = (turned: Pick<ChangedWar, "settings">): string[] => [...turned.settings].map(([path, value]) => `${path}=${value}`);

const toml_text = (text: string): string => JSON.stringify(text).replaceAll("\u007f", "\\u007f");

/** As what an account file is offered: its name is the id of the account. */
export const kAccountFile = "what_if.toml";

/** The account file that says the same: to be put into the package's folder accounts. One that takes something of its account away
 * has the rest of that account in it. */
export function account_file(war: Pick<WhatIfWar, "title" | "accounts">, turned: ChangedWar, title: string, base: Base = []): string {
  const account = war.accounts.find((a) => a.id === turned.account), is_whole = account !== undefined && [...turned.settings.values()].includes(kOwn);
  const kept = is_whole ? account.settings.filter((s) => !turned.settings.has(s.path)) : [];
  const head = [`title = ${toml_text(title)}`, `story = ${toml_text(`Turned by hand on a page of truel, from: ${war.title}.`)}`, "claims = []"];
  if (base.length > 0) head.unshift(`# Without what the report was made with: ${base.map((one) => `--set ${one}`).join(" ")}`);
  const given = [...turned.settings].filter(([path]) => is_control(path));
  if (given.length > 0) head.unshift(`# Without who holds what on the first day, which no account can say: ${given.map(([path, value]) => `${path}=${value}`).join(" ")}`);
  if (turned.united) head.unshift(`# Without united enemies (${turned.united}), which no account can say.`);
  if (turned.account && !is_whole) head.unshift(`# Overrides the account ${turned.account}: --account ${turned.account} --account NAME-OF-THIS-FILE`);
  const set = (path: string, value: string, basis: string): string =>
    `[[set]]\npath = ${toml_text(path)}\nvalue = ${/^(true|false)$/.test(value) || value.trim() !== "" && Number.isFinite(Number(value)) ? value : toml_text(value)}\nbasis = ${toml_text(basis)}\n`;
  const sets = [...kept.map((s) => set(s.path, s.value, s.claims.length > 0 ? s.claims.join("; ") : `assumed: as the account ${turned.account} has it`)),
    ...[...turned.settings].filter(([path, value]) => value !== kOwn && !is_control(path)).map(([path, value]) => set(path, value, "assumed: what if"))];
  return `${head.join("\n")}\n\n${sets.join("\n")}`;
}

/** What a report was made with, of which both wars begin: "path=value". */
export type Base = readonly string[];
const path_of = (setting: string): string => setting.slice(0, setting.indexOf("="));

/** The war whose numbers are those of the base, so that a dial begins where both wars do. */
export function with_base(war: WhatIfWar, base: Base): WhatIfWar {
  const given = new Map(base.map((one) => [path_of(one), one.slice(path_of(one).length + 1)]));
  const value_of = (dial: NumberDial, text: string): number => {
    const word = (dial.words ?? "false true").split(" ").indexOf(text);
    return word >= 0 ? word : text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : dial.value;
  };
  return { ...war, dials: war.dials.map((d) => {
    const text = given.get(d.path);
    return text === undefined ? d : d.kind === "date" ? { ...d, value: text, written: text } : { ...d, value: value_of(d, text), written: text };
  }) };
}

/** What one side lays over the package: the base but for what is turned, and that. */
export const laid_over = (base: Base, turned: Pick<ChangedWar, "settings">): string[] => [...base.filter((one) => !turned.settings.has(path_of(one))), ...settings_of(turned)];

/** The command of the terminal that prints the same numbers; undefined where it has none: it compares united enemies with the same war
 * alone. first: what is turned on the first side. */
export function command_of(of_package: string, turned: ChangedWar, pairs: number, base: Base = [], first: Pick<ChangedWar, "settings" | "united"> = { settings: new Map(), united: "" }): string | undefined {
  const quoted = (text: string): string => (/^[\w.=+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
  const account = turned.account || turned.against ? ` --account ${turned.against || kBase} --account ${turned.account || kBase}` : "";
  const given = (option: string, of: readonly string[]): string => of.map((one) => ` ${option} ${quoted(one)}`).join("");
  const united = united_of(turned);
  if (united !== undefined || first.united) {
    const is_alone = united !== undefined && !first.united && first.settings.size === 0 && turned.settings.size === 0 && turned.against === turned.account;
    return is_alone ? `truel compare ${of_package}${turned.account ? ` --account ${turned.account}` : ""} --if-united ${united.actor}${united.from ? ` --united-from ${united.from}` : ""}${given("--set", base)} --runs ${pairs}` : undefined;
  }
  // What one side turns otherwise than the base is set of each side by itself.
  const is_turned = (one: string): boolean => first.settings.has(path_of(one)) || turned.settings.has(path_of(one));
  const own = (of: Pick<ChangedWar, "settings">): string[] => laid_over(base.filter(is_turned), of);
  return `truel compare ${of_package}${account}${given("--set", base.filter((one) => !is_turned(one)))}${given("--set-a", own(first))}${given("--set-b", own(turned))} --runs ${pairs}`;
}

/** Reads answers, a JSON object a line, as they come. */
export async function* answers(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown> {
  const reader = body.getReader(), decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") yield JSON.parse(line);
  }
}
