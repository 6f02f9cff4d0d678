// Everything about one actor or one place, over the page: opened by links from all views, left by Back.
import * as Plot from "@observablehq/plot";
import { kBase } from "../catalogue";
import { last_upto } from "../clock";
import type { Clock } from "../clock";
import type { Story } from "../data";
import { h, long_list } from "../dom";
import { capital, compact, count, day, exact, interval, kInterval, kSpread, list, percent, plural, short_day, to_date } from "../format";
import { survives_note } from "../headline";
import { named, place_link } from "../links";
import { badge, stack } from "../paint";
import { path_words } from "../paths";
import { kinds_of } from "../report";
import type { Actor, Claim, Report } from "../report";
import { later } from "../section";
import type { State } from "../state";
import { basis_link } from "./events";
import { mark_date, time_axis } from "./plots";
import { survival_range } from "./survival";
import { rows_of } from "./track";

const kFew = 6;
const kIn90 = "in 90% of the runs";
const kChartWidth = 620, kChartHeight = 170;

/** Claims about an actor or what decides for it: the claims whose subject or object it is. */
export function claims_about(story: Story, id: string): Claim[] {
  const parties = [id, story.data.actors.find((a) => a.id === id)?.command];
  return story.data.claims.filter((c) => parties.includes(c.subject) || parties.includes(c.object));
}

/** Numbers of the package whose path names an actor, its command or a place. */
export function numbers_about(story: Story, id: string): Report["numbers"] {
  const parties = [id, story.data.actors.find((a) => a.id === id)?.command];
  return story.data.numbers.filter((n) => n.path.split(".").some((part) => part !== "" && parties.includes(part)));
}

/** What each command spends on the fight against an actor: the mean share over the dates, the greatest first. */
export function effort_against(story: Story, id: string): { command: string; share: number; first: number; last: number }[] {
  return story.data.priorities.filter((p) => p.target === id && p.share.length > 0).map((p) => ({
    command: p.command, share: p.share.reduce((a, b) => a + b, 0) / p.share.length, first: p.share[0], last: p.share[p.share.length - 1],
  })).filter((x) => x.share >= 0.005).sort((a, b) => b.share - a.share);
}

const table = (label: string, heads: string[], rows: (Node | string)[][]): HTMLElement =>
  h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": label }, h("table", { class: "plain-table" },
    h("thead", {}, h("tr", {}, ...heads.map((text) => h("th", { scope: "col" }, text)))),
    h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map((cell, i) => (i === 0 ? h("th", { scope: "row" }, cell) : h("td", {}, cell))))))));

/** The first claim of every source, then the second, and so on: what is read first is not one source's alone. */
export function in_turn(claims: Claim[]): Claim[] {
  const nth = new Map<Claim, number>(), seen = new Map<string, number>();
  for (const c of claims) {
    nth.set(c, seen.get(c.source) ?? 0);
    seen.set(c.source, (seen.get(c.source) ?? 0) + 1);
  }
  return [...claims].sort((a, b) => (nth.get(a) ?? 0) - (nth.get(b) ?? 0));
}

/** actor: whose claims these are, for links into the evidence; "" if nobody's. */
function claim_list(story: Story, claims: Claim[], actor: string): HTMLElement {
  const source = (id: string): string => story.data.sources.find((x) => x.id === id)?.title || id;
  const sources = [...new Set(claims.map((c) => c.source))];
  const of_source = (id: string): HTMLElement => h("li", {},
    h("a", { href: `#evidence&source=${encodeURIComponent(id)}&actor=${encodeURIComponent(actor)}&claim=` }, source(id)), ` ${claims.filter((c) => c.source === id).length}`);
  return h("div", {},
    h("p", { class: "note" }, `By source, and how many; each leads to all that it says${actor ? " of it" : ""}.`), h("ul", { class: "about-sources" }, ...sources.map(of_source)),
    long_list("ul", "about-claims", in_turn(claims).map((c) => h("li", {},
      h("a", { class: "basis-claim", href: `#evidence&claim=${encodeURIComponent(c.id)}&source=&actor=` }, c.id), ` ${c.statement} `,
      h("small", {}, `${[c.speaker, c.stance].filter(Boolean).join(", ")}; ${source(c.source)}, paragraph ${c.paragraph}`))), kFew));
}

function number_list(story: Story, numbers: Report["numbers"]): HTMLElement {
  return h("div", { class: "numbers" }, long_list("ul", "about-numbers", numbers.map((n) => h("li", {},
    h("span", { class: "what" }, path_words(n.path, story)),
    h("span", { class: "value" }, h("b", {}, n.value), " ", h("small", {}, n.unit)),
    h("span", { class: "basis" }, ...n.basis.map((b) => basis_link(story, b))))), kFew));
}

interface Part { title: string; view: Node | null }
const parts_of = (parts: Part[]): Node[] => parts.flatMap(({ title, view }) => (view ? [h("section", {}, h("h3", {}, title), view)] : []));

function strength(story: Story, actor: Actor, clock: Clock, on_date: (move: () => void) => void): Node | null {
  if (actor.kind === "air" || !actor.fighters.mean.some((x) => x > 0)) return null;
  const times = story.data.dates.map(to_date), { mean, q05, q95 } = actor.fighters, { colour } = story.side(actor.id).paint;
  const rows = times.map((date, i) => ({ date, mean: mean[i], low: q05[i], high: q95[i] }));
  const plot = Plot.plot({
    width: kChartWidth, height: kChartHeight, marginLeft: 44, marginRight: 8, marginTop: 10, marginBottom: 22, x: time_axis(kChartWidth),
    y: { label: null, grid: true, ticks: 4, tickFormat: compact, zero: true },
    marks: [Plot.areaY(rows, { x: "date", y1: "low", y2: "high", fill: colour, fillOpacity: 0.18 }), Plot.lineY(rows, { x: "date", y: "mean", stroke: colour, strokeWidth: 2 })],
  });
  const move = mark_date(plot, clock, `Fighters of ${story.side(actor.id).name} over time`, story, (i) => [`${count(mean[i])} fighters (${count(q05[i])} to ${count(q95[i])})`]);
  on_date(move);
  return h("div", {}, h("div", { class: "chart" }, plot), h("p", { class: "note" }, "Line: average of all runs. Band: 90% of the runs."));
}

function fights(story: Story, id: string): Node | null {
  const row = (other: string, d: Report["dyads"][number]): (Node | string)[] =>
    [h("span", {}, badge(story.side(other)), named(story, story.side(other))), count(d.losses.mean), interval(d.losses), percent(d.effort_share.mean)];
  const by = story.data.dyads.filter((d) => d.attacker === id && d.losses.mean >= 1).sort((a, b) => b.losses.mean - a.losses.mean).slice(0, kFew);
  const on = story.data.dyads.filter((d) => d.target === id && d.losses.mean >= 1).sort((a, b) => b.losses.mean - a.losses.mean).slice(0, kFew);
  if (by.length + on.length === 0) return null;
  return h("div", { class: "about-two" },
    h("div", {}, by.length > 0 ? table("Whom it kills", ["Fighters of", "Average", "90% of runs", "Of its effort"], by.map((d) => row(d.target, d))) : h("p", { class: "note" }, "It kills nobody.")),
    h("div", {}, on.length > 0 ? table("Who kills its fighters", ["Killed by", "Average", "90% of runs", "Of their effort"], on.map((d) => row(d.attacker, d))) : h("p", { class: "note" }, "Nobody kills its fighters.")));
}

function by_account(story: Story, id: string): Node | null {
  const { accounts } = story.data;
  if (!accounts || accounts.length < 2) return null;
  return h("div", {}, table("By account", ["Account", "Survives", `Land on ${day(story.data.end)}`, "Fighters killed"], accounts.map((a) => {
    const own = a.actors.find((x) => x.id === id);
    const p = own?.survival_probability ?? null;
    return [h("span", {}, a.title), own && p !== null ? h("span", {}, h("b", {}, percent(p)), h("small", {}, ` ${survival_range(own, a.runs)}`)) : "–",
      own ? h("span", {}, h("b", {}, percent(own.value_share.mean)), h("small", {}, ` ${interval(own.value_share, percent)}`)) : "–",
      own ? h("span", {}, count(own.losses.q50), h("small", {}, ` ${interval(own.losses)}`)) : "–"];
  })), h("p", { class: "note" }, "Below the share of the runs in which it survives: its 95% interval. Below all else: where 90% of the runs lie. Land is on average, fighters killed are those of the median run."),
    h("dl", { class: "said" }, ...accounts.filter((a) => a.story.trim()).flatMap((a) => [h("dt", {}, a.title), h("dd", {}, a.story.trim().split(/\n\s*\n/)[0],
    a.claims.length > 0 ? h("small", {}, " Claims: ", ...a.claims.flatMap((c, i) => [i > 0 ? ", " : "", h("a", { class: "basis-claim", href: `#evidence&claim=${encodeURIComponent(c)}&source=&actor=` }, c)])) : null)])));
}

function why(story: Story, id: string): Node | null {
  const rows = effort_against(story, id);
  if (rows.length === 0) return null;
  return h("div", {}, table("Effort of others against it", ["Command", "Of its effort, on average", "First day", "Last day"],
    rows.map((r) => [story.command_name(r.command), h("b", {}, percent(r.share)), percent(r.first), percent(r.last)])),
    h("p", { class: "note" }, "Each command divides its effort among its enemies. Who gives little to the fight against this one has others in view: ", h("a", { href: "#priorities" }, "whom each fights first, and why"), "."));
}

function actor_record(story: Story, actor: Actor): Node | null {
  const { record, dates, places } = story.data;
  if (!record) return null;
  const end = last_upto(dates, record.last);
  if (end < 0) return null;
  const code = story.code(actor.id);
  const held = rows_of(story, end).filter((r) => story.code(r.truth) === code);
  if (held.length === 0) return h("p", {}, `In fact it held no place on ${day(dates[end])}.`);
  const missed = held.filter((r) => r.p < 0.5).sort((a, b) => a.p - b.p);
  const others = story.data.actors.filter((a) => story.code(a.id) === code && a.id !== actor.id && a.kind === "ground");
  return h("div", {},
    h("p", {}, `In fact it held ${plural(held.length, "place")} on ${day(dates[end])}; the model gave it ${percent(held.reduce((sum, r) => sum + r.p, 0) / held.length)} of them on average and half or more of ${exact(held.length - missed.length)}.`,
      others.length > 0 ? h("small", {}, ` The observed data cannot distinguish it from ${list(others.map((a) => story.side(a.id).name))}: these count as one.`) : null),
    missed.length > 0 ? h("p", {}, "Missed: ", ...missed.slice(0, 12).flatMap((r, i) => [i > 0 ? ", " : "", place_link(places[r.place]), ` (${percent(r.p)})`]), missed.length > 12 ? ` and ${missed.length - 12} more.` : ".") : null,
    h("p", { class: "note" }, h("a", { href: "#track" }, "The whole track record")));
}

function actor_page(story: Story, actor: Actor, clock: Clock, on_date: (move: () => void) => void): Node[] {
  const side = story.side(actor.id), { data } = story, p = actor.survival_probability;
  const facts: [string, string, string][] = [
    ...(p === null ? [] : [["Survives", percent(p), p === 0 || p === 1 ? survival_range(actor, data.runs) : `of ${plural(data.runs, "run")}; ${survival_range(actor, data.runs)}`] as [string, string, string]]),
    ...(actor.first_day_fighters === null ? [] : [["Fighters, first day", count(actor.first_day_fighters), `on ${day(data.end)} ${count(actor.final_fighters.q50)}; ${interval(actor.final_fighters)} ${kIn90}`] as [string, string, string]]),
    [`Land on ${day(data.end)}`, percent(actor.value_share.mean), `${interval(actor.value_share, percent)} ${kIn90}`],
    ["Fighters killed", count(actor.losses.q50), `${interval(actor.losses)} ${kIn90}`],
    ...(actor.collapse_date ? [["Collapses", percent(actor.collapse_share), `of the runs; in half of these by ${short_day(actor.collapse_date.q50)}`] as [string, string, string]] : []),
  ];
  const held = data.places.map((place, i) => ({ place, p: story.holders(place, clock.index).find((x) => x.side.id === actor.id)?.p ?? 0, i })).filter((x) => x.p >= 0.5).sort((a, b) => b.place.population - a.place.population);
  const claims = claims_about(story, actor.id), numbers = numbers_about(story, actor.id);
  const others = story.members(actor.command).filter((a) => a.id !== actor.id), command = story.command_name(actor.command);
  return [
    h("p", { class: "kicker" }, actor.kind === "air" ? "Air arm" : "Ground forces", command === side.name ? "" : `, led by ${command}`, others.length > 0 ? `, with ${list(others.map((a) => story.side(a.id).name))}` : ""),
    h("h2", { id: "about-title", tabindex: -1 }, badge(side), capital(actor.name)),
    h("dl", { class: "first-facts" }, ...facts.map(([name, value, note]) => h("div", {}, h("dt", {}, name), h("dd", {}, h("b", {}, value), " ", h("small", {}, note))))),
    h("p", { class: "note" }, `${p === null ? "" : `${survives_note(data)} ${kInterval} `}${kSpread}`),
    ...parts_of([
      { title: "By each account", view: by_account(story, actor.id) },
      { title: "Who fights it, and how much", view: why(story, actor.id) },
      { title: "Compared with what happened", view: actor_record(story, actor) },
      { title: "Strength over time", view: strength(story, actor, clock, on_date) },
      { title: "Fights", view: fights(story, actor.id) },
      { title: `Held in most runs on ${day(clock.date)}`, view: actor.kind === "air" ? null : held.length === 0 ? h("p", {}, "No place.")
        : h("p", {}, ...held.slice(0, 24).flatMap((x, i) => [i > 0 ? ", " : "", place_link(x.place), ` (${percent(x.p)})`]), held.length > 24 ? ` and ${held.length - 24} more.` : ".") },
      { title: `${plural(claims.length, "claim")} about it`, view: claims.length > 0 ? claim_list(story, claims, actor.id) : null },
      { title: `${plural(numbers.length, "number")} of the package`, view: numbers.length > 0 ? number_list(story, numbers) : null },
    ]),
  ];
}

function place_record(story: Story, index: number): Node | null {
  const { record, dates } = story.data;
  if (!record) return null;
  const spells = record.places[index] ?? [];
  const end = last_upto(dates, record.last);
  const truth = end < 0 ? undefined : story.truth(index, dates[end]), p = end < 0 ? undefined : story.p_of_truth(index, end);
  const name = (id: string): Node => (id === "contested" ? document.createTextNode("contested") : h("span", {}, badge(story.side(id)), named(story, story.side(id))));
  const accounts = kinds_of(story.mapped).authors;
  return h("div", {},
    truth === undefined ? null : h("p", {}, `Who held it on ${day(dates[end])}, in fact: `, name(truth),
      p === undefined ? "." : h("span", {}, ". The model gave that ", h("b", {}, percent(p)), `: ${p >= 0.5 ? "a hit" : "a miss"}.`)),
    p !== undefined && accounts.length > 0 ? h("p", { class: "note" }, "By account: ", list(accounts.map((a) => `${story.account_name(a.id)} ${percent(story.p_of_truth(index, end, a.id))}`)), ".") : null,
    spells.length > 0 ? table("Who held it in fact", ["From", "Until", "Holder"], spells.map(([from, to, holder]) => [short_day(from), short_day(to), name(holder)])) : h("p", { class: "note" }, "The observed data do not name this place."));
}

function place_page(story: Story, index: number, clock: Clock): Node[] {
  const place = story.data.places[index], { links, places } = story.data;
  const near = links.flatMap(([a, b]) => (a === index ? [b] : b === index ? [a] : []));
  const words = new RegExp(`\\b${place.short_name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\b`, "i");
  const claims = story.data.claims.filter((c) => c.subject === place.id || c.object === place.id || words.test(c.statement));
  const numbers = numbers_about(story, place.id);
  const holders = (account: string): Node => {
    const all = story.holders_under(account, index, clock.index).sort((a, b) => b.p - a.p);
    return h("div", { class: "about-holders" }, stack(all), h("small", {}, all.map(({ side, p }) => `${side.name} ${percent(p)}`).join(", ")));
  };
  const accounts = story.mapped;
  return [
    h("p", { class: "kicker" }, [capital(place.kind.replaceAll("_", " ")), place.country].filter(Boolean).join(", ")),
    h("h2", { id: "about-title", tabindex: -1 }, place.name),
    h("p", { class: "note" }, `${place.population > 0 ? `${exact(place.population)} people; ` : ""}value ${exact(place.value)}; roads to `, ...near.flatMap((i, k) => [k > 0 ? ", " : "", place_link(places[i])]), ". ",
      h("a", { href: `#map&place=${encodeURIComponent(place.id)}` }, "On the map, with its history")),
    ...parts_of([
      { title: "Compared with what happened", view: place_record(story, index) },
      { title: `Who holds it on ${day(clock.date)}, by account`, view: accounts.length > 1 ? table("By account", ["Account", "Holders"], accounts.map((a) => [story.account_name(a.id), holders(a.id)])) : holders(kBase) },
      { title: plural(claims.length, "claim that names it", "claims that name it"), view: claims.length > 0 ? claim_list(story, claims, "") : null },
      { title: `${plural(numbers.length, "number")} of the package`, view: numbers.length > 0 ? number_list(story, numbers) : null },
    ]),
  ];
}

/** Shows what the address asks for, `about=actor.ID` or `about=place.ID`, and hides it otherwise. */
export function about_dialog(story: Story, clock: Clock, state: State): HTMLElement {
  const body = h("div", { class: "about-body" });
  let steps = 0;  // that were made within this page, so that going back leads to where one came from
  const leave = (): void => { if (steps > 0) window.history.back(); else state.set("about", ""); };
  const close = (): void => state.set("about", "");
  const dialog = h("dialog", { class: "about-page", "aria-labelledby": "about-title" },
    h("div", { class: "about-bar" }, h("button", { type: "button", click: leave }, "Back"), h("button", { type: "button", "aria-label": "Close", click: close }, "×")), body);
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); close(); });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) close(); });
  let shown = "";
  let is_first = true;
  let move_date = (): void => {};  // of the chart that is shown
  clock.follow(() => move_date());
  state.follow(() => {
    const wanted = state.get("about") ?? "";
    const has_begun = !is_first;
    is_first = false;
    if (wanted === shown) return;
    shown = wanted;
    const [kind, id] = [wanted.slice(0, wanted.indexOf(".")), wanted.slice(wanted.indexOf(".") + 1)];
    const actor = kind === "actor" ? story.data.actors.find((a) => a.id === id) : undefined;
    const place = kind === "place" ? story.data.places.findIndex((p) => p.id === id) : -1;
    if (!actor && place < 0) {
      steps = 0;
      return dialog.close();
    }
    if (has_begun) ++steps;
    move_date = () => {};
    body.replaceChildren(...(actor ? actor_page(story, actor, clock, (move) => { move_date = move; }) : place_page(story, place, clock)));
    // What leads elsewhere on the page leaves this one.
    for (const link of body.querySelectorAll("a[href^='#']")) {
      if (!link.getAttribute("href")?.includes("about=")) link.setAttribute("href", `${link.getAttribute("href")}&about=`);
    }
    // A document that is still put together cannot show it yet.
    const show = (): void => { if (!dialog.open && dialog.isConnected) dialog.showModal(); dialog.scrollTop = 0; };
    if (dialog.isConnected) show();
    else later(show);
  });
  return dialog;
}
