// The bar that sets the date for the whole page.
import { last_upto } from "../clock";
import type { Clock } from "../clock";
import { h } from "../dom";
import { day, short_day, to_date } from "../format";
import type { DatedEvent } from "../report";

export function timebar(clock: Clock, events: DatedEvent[] = [], record_end?: string): HTMLElement {
  const date = h("output", { class: "date", for: "date" });
  const slider = h("input", {
    type: "range", id: "date", min: 0, max: clock.dates.length - 1, step: 1, "aria-label": "Date",
    input: () => clock.choose(slider.valueAsNumber),
  });
  const play = h("button", { type: "button", class: "play", click: () => (clock.is_playing ? clock.stop() : clock.play()) });
  const years = h("div", { class: "years", "aria-hidden": "true" });
  clock.dates.forEach((iso, i) => {
    if (i > 0 && iso.slice(0, 4) !== clock.dates[i - 1].slice(0, 4)) {
      years.append(h("span", { style: `left:${(100 * i) / (clock.dates.length - 1)}%` }, iso.slice(0, 4)));
    }
  });
  const [first, last] = [clock.dates[0], clock.dates[clock.dates.length - 1]].map((d) => to_date(d).getTime());
  const at = (iso: string): string => `left:${((100 * (to_date(iso).getTime() - first)) / Math.max(1, last - first)).toFixed(2)}%`;
  const marks = h("div", { class: "bar-marks", "aria-hidden": "true" },
    ...events.map((e) => h("i", { style: at(e.date), title: `${short_day(e.date)}: ${e.note}` })),
    record_end !== undefined && record_end < clock.dates[clock.dates.length - 1] ? h("b", { style: at(record_end) }) : null);
  const to_record = record_end === undefined || record_end >= clock.dates[clock.dates.length - 1] ? null
    : h("button", { type: "button", class: "to-record", click: () => clock.choose(last_upto(clock.dates, record_end)) }, "Last observed day");
  clock.follow(() => {
    slider.value = String(clock.index);
    slider.setAttribute("aria-valuetext", day(clock.date));
    date.textContent = day(clock.date);
    play.textContent = clock.is_playing ? "Pause" : "Play";
    play.classList.toggle("playing", clock.is_playing);
  });
  return h("div", { class: "timebar", role: "group", "aria-label": "Date shown" }, play, h("div", { class: "slide" }, slider, marks, years), to_record, date);
}
