// What is known of one place: who may hold it on the date shown, and how that changed. Without a place: where runs disagree most.
import * as Plot from "@observablehq/plot";
import { kBase } from "../catalogue";
import { last_upto } from "../clock";
import type { Clock } from "../clock";
import { openness } from "../data";
import type { Story } from "../data";
import { h, is_phone, on_width } from "../dom";
import { tools } from "../figure";
import { capital, day, exact, percent, to_date } from "../format";
import { kObserved, named } from "../links";
import { source_of } from "../observed";
import { badge, stack } from "../paint";
import type { State } from "../state";
import { mark_date, time_axis } from "./plots";

/** At most this many open places are listed, each at least this open (in bits). */
const kListed = 7, kPhoneListed = 3, kOpen = 0.1;
/** Where below 0 the bar of the record lies. */
const kBelow = -0.2;

interface Panel { element: HTMLElement; show: (place: number) => void }

export function place_panel(story: Story, clock: Clock, state: State, on_choose: (place: number) => void): Panel {
  const { places, dates } = story.data;
  const text = h("div", { "aria-live": "polite" });
  const chart = h("div", { class: "place-chart" });
  // On a phone what is known of a place lies at the foot of the window, where the thumb is, until it is closed.
  const close = h("button", { type: "button", class: "close", "aria-label": "Close the place", click: () => on_choose(-1) }, "×");
  const element = h("aside", { class: "place-panel", "aria-label": "Place" }, close, text, chart);
  let shown = -1;
  let width = 0;
  let drawn_account = "";
  let move_mark = (): void => {};

  const account = (): string => state.get("account") ?? kBase;

  /** What names the account that bar and chart follow; "" for the basic model. */
  const under = (): string => (story.is_mapped(account()) ? `, by the account “${story.account_name(account())}”,` : "");

  /** What says who held the place on the day. */
  const by_source = (place: number): Node => h("small", {}, "Source: ", h("a", { href: kObserved }, source_of(story.data.places[place].id, clock.date) ?? "control.csv of the package"), ".");

  /** What the record says of the place on the day, and what chance the model gave it. */
  function record_words(place: number): Node | null {
    const { record } = story.data;
    if (!record) return null;
    const truth = story.truth(place, clock.date), p = story.p_of_truth(place, clock.index, account());
    if (truth === undefined) return clock.date > record.last ? at_its_end(place, record.last) : h("p", { class: "note" }, "The observed data do not say who held it.");
    const since = record.places[place].find(([from, to]) => from <= clock.date && clock.date <= to)?.[0] ?? record.first;
    if (truth === "contested" || p === undefined) return h("p", { class: "by-record" }, "In fact: contested. ", by_source(place));
    return h("p", { class: "by-record" }, "In fact: ", badge(story.side(truth)), h("b", {}, named(story, { ...story.side(truth), name: capital(story.side(truth).name) })),
      since > record.first ? ` since ${day(since)}` : "", `. The model gave that ${percent(p)}: `, h("b", {}, p >= 0.5 ? "a hit" : "a miss"), ". ", by_source(place));
  }

  /** After the last day of the record: what it said then. */
  function at_its_end(place: number, last: string): Node {
    const end = last_upto(dates, last);
    const truth = end < 0 ? undefined : story.truth(place, dates[end]), p = end < 0 ? undefined : story.p_of_truth(place, end, account());
    const ends = `The observed data end on ${day(last)}`;
    if (truth === undefined || truth === "contested" || p === undefined) return h("p", { class: "note" }, `${ends}.`);
    return h("p", { class: "by-record" }, `${ends}; then it was held by `, badge(story.side(truth)), h("b", {}, named(story, story.side(truth))),
      `. The model gave that ${percent(p)}: `, h("b", {}, p >= 0.5 ? "a hit" : "a miss"), ". ",
      h("button", { type: "button", class: "plain", click: () => clock.choose(end) }, `Go to ${day(dates[end])}`));
  }

  function open_places(): Node[] {
    const open = places.map((place, i) => ({ place, i, holders: story.holders_under(account(), i, clock.index) }))
      .map((x) => ({ ...x, bits: openness(x.holders) })).filter((x) => x.bits > kOpen);
    const weight = (x: (typeof open)[number]): number => x.bits * Math.sqrt(1 + x.place.population / 1e4);
    const rows = open.sort((a, b) => weight(b) - weight(a)).slice(0, is_phone() ? kPhoneListed : kListed).map(({ place, i, holders }) =>
      h("li", {}, h("button", { type: "button", click: () => { on_choose(i); text.querySelector("h3")?.focus({ preventScroll: true }); } }, place.name), stack(holders)));
    if (rows.length === 0) return [h("h3", {}, "Every holder is certain"), h("p", {}, "In every run the same side holds each place on this day.")];
    return [h("h3", {}, "Where runs disagree most"), h("ul", { class: "open-places" }, ...rows),
      h("p", { class: "note" }, "Choose a place on the map for its history.")];
  }

  function draw_text(): void {
    element.classList.toggle("of-place", shown >= 0);
    if (shown < 0) return text.replaceChildren(h("p", { class: "kicker" }, day(clock.date)), ...open_places());
    const place = places[shown];
    const holders = [...story.holders_under(account(), shown, clock.index)].sort((a, b) => b.p - a.p);
    const people = place.population > 0 ? `${exact(place.population)} people; ` : "";
    text.replaceChildren(
      h("p", { class: "kicker" }, [capital(place.kind.replaceAll("_", " ")), place.country].filter(Boolean).join(", ")),
      h("h3", { tabindex: -1 }, place.name),
      h("p", { class: "note" }, `${people}value ${exact(place.value)}. Held on ${story.kept_day(account(), clock.index)}${under()} by:`),
      stack(holders),
      h("ul", { class: "holders" }, ...holders.map(({ side, p }) =>
        h("li", {}, badge(side), h("span", {}, named(story, { ...side, name: capital(side.name) })), h("b", {}, percent(p))))),
      ...[record_words(shown)].filter((x) => x !== null),
      h("p", { class: "note" }, h("a", { href: `#about=place.${encodeURIComponent(place.id)}` }, `Everything about ${place.name}`)));
  }

  function draw_chart(): void {
    if (shown < 0 || width === 0) return void chart.replaceChildren();
    const place = places[shown];
    drawn_account = account();
    const course = story.course_under(drawn_account, shown), ids = [...story.actors.map((a) => a.id), "none"].filter((id) => id in course.shares);
    const times = course.dates.map(to_date);
    const rows = ids.flatMap((id) => course.shares[id].map((p, i) => ({ id, p, date: times[i] })));
    const spells = (story.data.record?.places[shown] ?? []).map(([from, to, holder]) => ({ from: to_date(from), to: to_date(to), holder }));
    const plot = Plot.plot({
      width, height: spells.length > 0 ? 150 : 130, marginLeft: 34, marginRight: 8, marginTop: 8, marginBottom: 22,
      x: time_axis(width),
      y: { label: null, domain: [spells.length > 0 ? kBelow : 0, 1], tickFormat: (p: number) => (p < 0 ? "" : percent(p)), ticks: [0, 0.5, 1] },
      color: { type: "identity" },
      marks: [Plot.areaY(rows, {
        x: "date", y: "p", z: "id", fill: (d: { id: string }) => story.side(d.id).paint.fill, order: ids,
        stroke: "var(--paper)", strokeWidth: 0.6,
      }), Plot.rect(spells, {
        x1: "from", x2: "to", y1: kBelow, y2: kBelow + 0.14, fill: (d: { holder: string }) => story.side(d.holder === "contested" ? "none" : d.holder).paint.fill,
      }), Plot.ruleX(spells.slice(1), { x: "from", y1: kBelow, y2: 1, stroke: "var(--ink)", strokeWidth: 1.2, strokeDasharray: "2 2" })],
    });
    const values = (index: number): string[] => [
      ...story.holders_under(drawn_account, shown, index).sort((a, b) => b.p - a.p).slice(0, 4).map(({ side, p }) => `${side.name} ${percent(p)}`),
      ...[story.truth(shown, dates[index])].flatMap((t) => (t === undefined ? [] : [`observed: ${t === "contested" ? t : story.side(t).name}`]))];
    const title = `Who holds ${place.name}${under().replace(/,$/, "")}`;
    move_mark = mark_date(plot, clock, `${title}, over time`, story, values);
    const heading = h("p", { class: "chart-title" }, `${title}: share of the runs`);
    const note = spells.length > 0 ? h("p", { class: "note" }, "Bar below: who held it in fact; dashed: it changed hands. Triangles: dated events.") : null;
    chart.replaceChildren(heading, plot, ...(note ? [note] : []), tools({
      name: `place-${place.id}`, title, data: story.data, picture: () => plot,
      table: () => ({
        heads: ["date", ...ids, "record"], rows: course.dates.map((date, i) => [date, ...ids.map((id) => course.shares[id][i]), story.truth(shown, date) ?? null]),
      }),
    }));
  }

  on_width(chart, (w) => { width = w; draw_chart(); });
  let is_there = false;  // both call back at once; the text is drawn once
  clock.follow(() => { if (is_there) draw_text(); move_mark(); });
  is_there = true;
  state.follow(() => {
    draw_text();
    if (account() !== drawn_account) draw_chart();
  });
  return {
    element,
    show(place) {
      if (place === shown) return;
      shown = place;
      draw_text();
      draw_chart();
    },
  };
}
