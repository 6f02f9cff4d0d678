// The accounts side by side: the same war with the numbers of each, as small multiples that share their rows and axis.
import { kBase } from "../catalogue";
import type { Clock } from "../clock";
import type { Story } from "../data";
import { behind_on_phone, choice, h, is_phone, rows_in } from "../dom";
import { tools } from "../figure";
import { count, day, exact, interval, kInterval, kSpread, percent, plural } from "../format";
import { named } from "../links";
import { badge } from "../paint";
import { kinds_of } from "../report";
import type { AccountResult, AccountSide, Claim } from "../report";
import type { State } from "../state";
import { central_switches, statements_link } from "../what_if/mode";
import { interval_track, tell_values, track_ends } from "./bars";
import type { Mark } from "./bars";
import { still_map } from "./map";
import { survival_range } from "./survival";

type Outcome = "survival" | "land" | "losses";
const kOutcomes: [Outcome, string][] = [["survival", "Survives"], ["land", "Land held"], ["losses", "Fighters killed"]];
const notes = (end: string): Record<Outcome, string> => ({
  survival: `Share of the runs in which a side survives, with its 95% interval. ${kInterval}`,
  land: `Share of the land on ${day(end)}, each place counted by its value: average, and where 90% of the runs lie. ${kSpread}`,
  losses: `Fighters killed: median run, and where 90% of the runs lie. ${kSpread}`,
});

/** A value with its interval, as numbers from 0 to `greatest` and as words; null where the side is not rated. */
export interface Reading { value: number; low: number; high: number; words: string; range: string }

export function reading(side: AccountSide, outcome: Outcome, runs: number): Reading | null {
  if (outcome === "survival") {
    const p = side.survival_probability;
    if (p === null) return null;
    return { value: p, low: side.survival_low ?? p, high: side.survival_high ?? p, words: percent(p), range: survival_range(side, runs) };
  }
  const q = outcome === "land" ? side.value_share : side.losses;
  return outcome === "land"
    ? { value: q.mean, low: q.q05, high: q.q95, words: percent(q.mean), range: interval(q, percent) }
    : { value: q.q50, low: q.q05, high: q.q95, words: count(q.q50), range: interval(q) };
}

/** The end of the axis that all accounts share. */
export function axis_end(accounts: AccountResult[], outcome: Outcome): number {
  if (outcome === "survival") return 1;
  const ends = accounts.flatMap((a) => a.actors.map((x) => reading(x, outcome, a.runs)?.high ?? 0));
  return Math.max(...ends, Number.MIN_VALUE);
}

const axis_word = (end: number, outcome: Outcome): string => (outcome === "losses" ? count(end) : percent(end));

const side_in = (account: AccountResult, id: string): AccountSide | undefined => account.actors.find((x) => x.id === id);

/** Ground actors, those that survive most in the first account on top: the same rows for every account. */
function rows_of(story: Story, accounts: AccountResult[]): string[] {
  const chance = (id: string): number => side_in(accounts[0], id)?.survival_probability ?? -1;
  return story.ground.map((a) => a.id)
    .filter((id) => accounts.some((a) => typeof side_in(a, id)?.survival_probability === "number"))
    .sort((a, b) => chance(b) - chance(a));
}

function bars(story: Story, account: AccountResult, accounts: AccountResult[], rows: string[], outcome: Outcome): HTMLElement {
  const end = axis_end(accounts, outcome), marks: Mark[] = [];
  const list = h("ul", { class: "account-bars against-base", "aria-label": kOutcomes.find(([o]) => o === outcome)?.[1] }, ...rows.map((id) => {
    const side = story.side(id), own = side_in(account, id), base = side_in(accounts[0], id);
    const here = own && reading(own, outcome, account.runs);
    const there = base && account !== accounts[0] ? reading(base, outcome, accounts[0].runs) : null;
    const at = (x: number | undefined): number | null => (x === undefined ? null : x / end);
    const element = interval_track({ value: at(here?.value), low: at(here?.low), high: at(here?.high), colour: side.paint.colour, marked: there ? [there.value / end] : [] });
    if (here) marks.push({ element, lines: [side.name, `${here.words}, ${here.range}`, ...(there ? [`the basic model: ${there.words}`] : [])] });
    return h("li", {},
      h("span", { class: "who" }, badge(side), h("span", {}, named(story, side))), element,
      h("span", { class: "value" }, here ? here.words : "–"));
  }));
  list.append(track_ends("0", axis_word(end, outcome)));
  tell_values(marks);
  return list;
}

function numbers(story: Story, account: AccountResult, rows: string[]): HTMLElement {
  const [body, more] = rows_in(h("tbody", {}), rows.map((id) => {
    const own = side_in(account, id);
    return h("tr", {}, h("th", { scope: "row" }, story.side(id).name), ...kOutcomes.map(([outcome]) => {
      const r = own && reading(own, outcome, account.runs);
      return h("td", {}, r ? r.words : "–", r ? h("small", {}, ` ${r.range}`) : null);
    }));
  }), kPhoneRows);
  return h("details", {}, h("summary", {}, "All outcomes, with intervals"),
    h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `Outcomes of ${account.title}` },
      h("table", { class: "account-table" },
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Actor"),
          ...kOutcomes.map(([, title]) => h("th", { scope: "col" }, title)))),
        body)), more ?? null);
}

/** Claims, and sides in the table of all outcomes, that a phone shows at first. */
const kPhoneClaims = 3, kPhoneRows = 5;

function claims_behind(story: Story, account: AccountResult): HTMLElement | null {
  const by_id = new Map(story.data.claims.map((c) => [c.id, c]));
  const known = account.claims.map((id) => by_id.get(id)).filter((c): c is Claim => c !== undefined);
  if (known.length === 0) return null;
  const source = (id: string): string => story.data.sources.find((x) => x.id === id)?.title || id;
  return h("details", {}, h("summary", {}, `${plural(known.length, "claim")} behind it`),
    ...rows_in(h("ul", { class: "account-claims" }), known.map((c) =>
      h("li", {}, h("a", { class: "basis-claim", href: `#evidence&claim=${encodeURIComponent(c.id)}` }, c.id), ` ${c.statement}`, h("small", {}, ` ${c.speaker}; ${source(c.source)}, paragraph ${c.paragraph}`))), kPhoneClaims));
}

/** The same map under each account, on the clock's date. */
function account_maps(story: Story, clock: Clock, state: State): HTMLElement | null {
  const { mapped } = story;
  const dates = story.data.account_dates ?? [];
  if (mapped.length < 2 || dates.length === 0) return null;
  const maps = h("div", { class: "account-maps" });
  const title = h("h3", {});
  const { what_ifs } = kinds_of(mapped);
  const choose = (id: string): void => state.go("map", { account: id === kBase ? "" : id });
  let drawn = -1;
  let is_near = false;
  const draw = (): void => {
    const time = story.account_time(clock.index);
    if (!is_near || time === drawn) return;
    drawn = time;
    title.textContent = `Who holds what on ${day(story.data.dates[dates[time]])}, by account`;
    maps.replaceChildren(...mapped.map((a) => h("div", { class: what_ifs.includes(a) ? "account-map is-what-if" : "account-map" },
      still_map(story, dates[time], 300, a.id, a.title),
      h("button", { type: "button", class: "plain", "aria-label": `Show on the large map: ${a.title}`, click: () => choose(a.id) }, "On the large map"))));
  };
  clock.follow(draw);
  window.addEventListener("beforeprint", () => { is_near = true; draw(); }, { signal: state.over });
  new IntersectionObserver((entries) => { is_near = entries.some((e) => e.isIntersecting); draw(); }, { rootMargin: "400px" }).observe(maps);
  return h("div", {}, title, ...behind_on_phone("What the rings mean", h("p", { class: "note" }, "A ring marks each place where the account changes the holder in more than a tenth of the runs, compared with the basic model, the darker the more. "
    + "A full ring: more than chance explains (the 95% interval excludes zero). A dashed ring: it may be chance. Accounts are kept for fewer dates than the package; the nearest is shown.")), maps,
    tools({
      name: "accounts-map", title: "Who holds what, by account", data: story.data, picture: () => maps,
      table: () => ({
        heads: ["date", "account", "place_id", "holder", "probability"],
        rows: mapped.flatMap((a) => story.data.places.flatMap((p, i) => story.holders_under(a.id, i, dates[Math.max(0, drawn)])
          .map(({ side, p: chance }) => [story.data.dates[dates[Math.max(0, drawn)]], a.id, p.id, side.id, chance]))),
      }),
    }));
}

export function accounts_view(story: Story, accounts: AccountResult[], clock: Clock, state: State): HTMLElement {
  const rows = rows_of(story, accounts);
  const pictures = accounts.map(() => h("div", {}));
  const note = h("p", { class: "note", "aria-live": "polite" });
  const draw = (outcome: Outcome): void => {
    const end = axis_end(accounts, outcome);
    note.textContent = `${notes(story.data.end)[outcome]} Dot: the number above. Band: its range. The axis of all goes from 0 to ${axis_word(end, outcome)}; the dotted stroke marks the basic model.`;
    accounts.forEach((a, i) => pictures[i].replaceChildren(bars(story, a, accounts, rows, outcome)));
  };
  const { what_ifs } = kinds_of(accounts);
  const card = (a: AccountResult, i: number): HTMLElement =>
    h("article", { class: "account", id: `account-${a.id}` },
      h("h3", {}, a.title),
      what_ifs.includes(a) ? h("p", { class: "note" }, "A what-if: no author's account, and no prediction.") : null,
      pictures[i],
      a.story.trim() ? h("details", { open: !is_phone() }, h("summary", {}, "What it says"),
        ...a.story.trim().split(/\n\s*\n/).filter(Boolean).map((paragraph) => h("p", { class: "note" }, paragraph))) : null,
      h("p", { class: "note" }, `${plural(a.runs, "run")}`, a.settings > 0 ? `, ${plural(a.settings, "parameter")} changed` : "",
        a.failed_runs > 0 ? `, ${exact(a.failed_runs)} failed` : "", "."),
      central_switches(story.data.package, a.id),
      statements_link(a),
      claims_behind(story, a),
      numbers(story, a, rows));
  const outcome_of = (): Outcome => kOutcomes.find(([o]) => o === state.get("outcome"))?.[0] ?? "land";
  const ways = choice<Outcome>("Outcome of the accounts", kOutcomes, outcome_of(), (value) => state.set("outcome", value === "land" ? "" : value));
  let drawn: Outcome | undefined;
  state.follow(() => {
    if (outcome_of() === drawn) return;
    draw((drawn = outcome_of()));
    for (const input of ways.querySelectorAll("input")) input.checked = input.value === drawn;
  });
  const cards = h("div", { class: "accounts", tabindex: 0, role: "group", "aria-label": "By account" }, ...accounts.map(card));
  return h("div", {},
    account_maps(story, clock, state),
    h("div", { class: "controls" }, ways),
    ...behind_on_phone("How to read it", note),
    cards,
    tools({
      name: "accounts", title: "Outcomes by account", data: story.data, about: () => note.textContent ?? "", picture: () => cards,
      table: () => ({
        heads: ["account", "actor", "survival", "survival_low", "survival_high", "land_mean", "land_q05", "land_q95", "lost_q50", "lost_q05", "lost_q95"],
        rows: accounts.flatMap((a) => a.actors.map((x) => [a.id, x.id, x.survival_probability, x.survival_low, x.survival_high,
          x.value_share.mean, x.value_share.q05, x.value_share.q95, x.losses.q50, x.losses.q05, x.losses.q95])),
      }),
    }));
}
