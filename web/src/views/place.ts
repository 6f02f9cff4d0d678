// What is known of one place: who may hold it today, and how that changed. Without a place: where it is most open.
import * as Plot from "@observablehq/plot";
import type { Clock } from "../clock";
import { openness } from "../data";
import type { Story } from "../data";
import { h, on_width } from "../dom";
import { capital, day, exact, percent, to_date } from "../format";
import { badge, stack } from "../paint";
import { mark_date } from "./series";

/** At most this many open places are listed. */
const kListed = 7;

export function place_panel(story: Story, clock: Clock, on_choose: (place: number) => void): { element: HTMLElement; show: (place: number) => void } {
  const { places, dates } = story.data;
  const text = h("div", { "aria-live": "polite" });
  const chart = h("div", { class: "place-chart" });
  const element = h("aside", { class: "place-panel", "aria-label": "Place" }, text, chart);
  const times = dates.map(to_date);
  let shown = -1;
  let mark = (): void => {};

  function draw_text(): void {
    if (shown < 0) {
      const open = places.map((place, i) => ({ place, i, holders: story.holders(place, clock.index) }))
        .map((x) => ({ ...x, weight: openness(x.holders) * Math.sqrt(1 + x.place.population / 1e4) }))
        .filter((x) => openness(x.holders) > 0.1).sort((a, b) => b.weight - a.weight).slice(0, kListed);
      text.replaceChildren(
        h("p", { class: "kicker" }, day(clock.date)),
        h("h3", {}, open.length > 0 ? "Where it is most open" : "Nothing is open"),
        open.length > 0 ? h("ul", { class: "open-places" }, ...open.map(({ place, i, holders }) => h("li", {},
          h("button", { type: "button", click: () => on_choose(i) }, place.name), stack(holders))))
          : h("p", {}, "In every run the same side holds each place on this day."),
        h("p", { class: "note" }, "Choose a place on the map for its history."));
      return;
    }
    const place = places[shown];
    const holders = story.holders(place, clock.index).sort((a, b) => b.p - a.p);
    text.replaceChildren(
      h("p", { class: "kicker" }, [capital(place.kind.replaceAll("_", " ")), place.country].filter(Boolean).join(", ")),
      h("h3", {}, place.name),
      h("p", { class: "note" }, place.population > 0 ? `${exact(place.population)} people; ` : "", `value ${exact(place.value)}. Held on ${day(clock.date)} by:`),
      stack(holders),
      h("ul", { class: "holders" }, ...holders.map(({ side, p }) => h("li", {}, badge(side), h("span", {}, capital(side.name)), h("b", {}, percent(p))))));
  }

  function draw_chart(width: number): void {
    if (shown < 0) return chart.replaceChildren();
    const place = places[shown];
    const ids = [...story.actors.map((a) => a.id), "none"].filter((id) => id in place.control);
    const rows = ids.flatMap((id) => place.control[id].map((p, i) => ({ id, p, date: times[i] })));
    const plot = Plot.plot({
      width, height: 130, marginLeft: 34, marginRight: 8, marginTop: 8, marginBottom: 22,
      x: { type: "utc", label: null, ticks: Math.max(2, Math.round(width / 110)) }, y: { label: null, domain: [0, 1], tickFormat: percent, ticks: 2 },
      color: { type: "identity" as never },
      marks: [Plot.areaY(rows, { x: "date", y: "p", z: "id", fill: (d: { id: string }) => story.side(d.id).paint.fill, order: ids, stroke: "var(--paper)", strokeWidth: 0.6 })],
    });
    mark = mark_date(plot, clock, `Who holds ${place.name} over time`);
    chart.replaceChildren(plot);
  }

  let width = 0;
  on_width(chart, (w) => draw_chart((width = w)));
  clock.follow(() => { draw_text(); mark(); });
  return {
    element,
    show(place) {
      if (place === shown) return;
      shown = place;
      draw_text();
      if (width > 0) draw_chart(width);
    },
  };
}
