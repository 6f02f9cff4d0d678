// The bar that sets the date for the whole page.
import type { Clock } from "../clock";
import { h } from "../dom";
import { day } from "../format";

export function timebar(clock: Clock): HTMLElement {
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
  clock.follow(() => {
    slider.value = String(clock.index);
    slider.setAttribute("aria-valuetext", day(clock.date));
    date.textContent = day(clock.date);
    play.textContent = clock.is_playing ? "Pause" : "Play";
    play.classList.toggle("playing", clock.is_playing);
  });
  return h("div", { class: "timebar", role: "group", "aria-label": "Date shown" }, play, h("div", { class: "slide" }, slider, years), date);
}
