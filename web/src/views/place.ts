// What is known of one place: who may hold it on the date shown, and how that changed. Without a place: where it is most open.
import * as Plot from "@observablehq/plot";
import type { Clock } from "../clock";
import { openness } from "../data";
import type { Story } from "../data";
import { h, on_width } from "../dom";
import { capital, day, exact, percent, to_date } from "../format";
import { badge, stack } from "../paint";
import { mark_date, time_axis } from "./plots";

/** At most this many open places are listed, each at least this open (in bits). */
const kListed = 7, kOpen = 0.1;

interface Panel { element: HTMLElement; show: (place: number) => void }

export function place_panel(story: Story, clock: Clock, on_choose: (place: number) => void): Panel {
  const { places, dates } = story.data;
  const text = h("div", { "aria-live": "polite" });
  const chart = h("div", { class: "place-chart" });
  const times = dates.map(to_date);
  let shown = -1;
  let width = 0;
  let move_mark = (): void => {};

  function open_places(): Node[] {
    const open = places.map((place, i) => ({ place, i, holders: story.holders(place, clock.index) }))
      .map((x) => ({ ...x, bits: openness(x.holders) })).filter((x) => x.bits > kOpen);
    const weight = (x: (typeof open)[number]): number => x.bits * Math.sqrt(1 + x.place.population / 1e4);
    const rows = open.sort((a, b) => weight(b) - weight(a)).slice(0, kListed).map(({ place, i, holders }) =>
      h("li", {}, h("button", { type: "button", click: () => on_choose(i) }, place.name), stack(holders)));
    if (rows.length === 0) return [h("h3", {}, "Nothing is open"), h("p", {}, "In every run the same side holds each place on this day.")];
    return [h("h3", {}, "Where it is most open"), h("ul", { class: "open-places" }, ...rows),
      h("p", { class: "note" }, "Choose a place on the map for its history.")];
  }

  function draw_text(): void {
    if (shown < 0) return text.replaceChildren(h("p", { class: "kicker" }, day(clock.date)), ...open_places());
    const place = places[shown];
    const holders = story.holders(place, clock.index).sort((a, b) => b.p - a.p);
    const people = place.population > 0 ? `${exact(place.population)} people; ` : "";
    text.replaceChildren(
      h("p", { class: "kicker" }, [capital(place.kind.replaceAll("_", " ")), place.country].filter(Boolean).join(", ")),
      h("h3", {}, place.name),
      h("p", { class: "note" }, `${people}value ${exact(place.value)}. Held on ${day(clock.date)} by:`),
      stack(holders),
      h("ul", { class: "holders" }, ...holders.map(({ side, p }) =>
        h("li", {}, badge(side), h("span", {}, capital(side.name)), h("b", {}, percent(p))))));
  }

  function draw_chart(): void {
    if (shown < 0 || width === 0) return chart.replaceChildren();
    const place = places[shown];
    const ids = [...story.actors.map((a) => a.id), "none"].filter((id) => id in place.control);
    const rows = ids.flatMap((id) => place.control[id].map((p, i) => ({ id, p, date: times[i] })));
    const plot = Plot.plot({
      width, height: 130, marginLeft: 34, marginRight: 8, marginTop: 8, marginBottom: 22,
      x: time_axis(width),
      y: { label: null, domain: [0, 1], tickFormat: percent, ticks: 2 },
      color: { type: "identity" },
      marks: [Plot.areaY(rows, {
        x: "date", y: "p", z: "id", fill: (d: { id: string }) => story.side(d.id).paint.fill, order: ids,
        stroke: "var(--paper)", strokeWidth: 0.6,
      })],
    });
    move_mark = mark_date(plot, clock, `Who holds ${place.name} over time`);
    chart.replaceChildren(plot);
  }

  on_width(chart, (w) => { width = w; draw_chart(); });
  clock.follow(() => { draw_text(); move_mark(); });
  return {
    element: h("aside", { class: "place-panel", "aria-label": "Place" }, text, chart),
    show(place) {
      if (place === shown) return;
      shown = place;
      draw_text();
      draw_chart();
    },
  };
}
