// Who fights whom: losses and effort for every pair, as a table of squares and as a ranked list.
import type { Clock } from "../clock";
import type { Story } from "../data";
import { choice, h, is_phone } from "../dom";
import { tools } from "../figure";
import { count, day, interval, percent } from "../format";
import { named } from "../links";
import { badge } from "../paint";
import type { Actor, Dyad } from "../report";
import type { State } from "../state";
import { tell_values } from "./bars";

type Measure = "losses" | "so_far" | "effort";

/** Pairs in the ranked list until all are asked for. */
const kRanked = 12, kPhoneRanked = 5;
const kNote = "Each row shows whose fighters that side killed; the area of a square is their number, or the share of the row's effort. "
  + "Point at a square, tap it or step to it by arrow keys for the pair.";

export function fights_view(story: Story, clock: Clock, state: State): HTMLElement {
  const { dyads } = story.data;
  const measures: [Measure, string][] = [["losses", "Killed, whole war"], ["so_far", "Killed to date"], ["effort", "Effort"]];
  const measure_of = (): Measure => measures.find(([m]) => m === state.get("fights"))?.[0] ?? "losses";
  let measure = measure_of();
  let is_long = false;
  const side = (id: string): ReturnType<Story["side"]> => story.side(id);
  const value = (d: Dyad): number => {
    if (measure === "effort") return d.effort_share.mean;
    return measure === "losses" ? d.losses.mean : (d.losses_by_date[clock.index] ?? 0);
  };
  const words = (d: Dyad): string => (measure === "effort" ? percent(value(d)) : count(value(d)));
  /** The largest value, over all dates: squares of two dates can be compared. */
  const most = (): number => Math.max(1e-9, ...dyads.map((d) => (measure === "effort" ? d.effort_share.mean : d.losses.mean)));

  const ranking = h("div", { class: "ranking" });
  const cells: { mark: HTMLElement; square: HTMLElement; number: HTMLElement; d: Dyad }[] = [];
  const lines_of = (d: Dyad): string[] => [`${side(d.attacker).name} → ${side(d.target).name}`,
    `${count(d.losses.mean)} killed over the whole war (90% of runs: ${interval(d.losses)})`, `${percent(d.effort_share.mean)} of the attacker's effort`];

  function cell(attacker: Actor, target: Actor): HTMLElement {
    const d = dyads.find((x) => x.attacker === attacker.id && x.target === target.id);
    if (!d) return h("td", { class: attacker === target ? "self" : "" });
    const square = h("i", { style: `background:${side(attacker.id).paint.colour}` });
    const number = h("span", {});
    const mark = h("div", {}, square, number);
    cells.push({ mark, square, number, d });
    return h("td", { class: "cell" }, mark);
  }

  const head = (a: Actor, scope: string): HTMLElement =>
    h("th", { scope, title: a.name }, badge(side(a.id)), h("span", { class: "name" }, side(a.id).name));
  const attackers = story.actors.filter((a) => dyads.some((d) => d.attacker === a.id));
  const targets = story.actors.filter((a) => dyads.some((d) => d.target === a.id));
  const corner = h("td", { class: "corner" }, h("span", {}, "fights →"));
  const matrix = h("table", { class: "matrix" },
    h("caption", { class: "unseen" }, "Rows fight columns"),
    h("thead", {}, h("tr", {}, corner, ...targets.map((t) => head(t, "col")))),
    h("tbody", {}, ...attackers.map((a) => h("tr", {}, head(a, "row"), ...targets.map((t) => cell(a, t))))));

  tell_values(cells.map(({ mark, d }) => ({ element: mark, lines: lines_of(d) })));

  function ranked_row(d: Dyad): HTMLElement {
    const a = side(d.attacker), b = side(d.target);
    const range = measure === "effort" ? interval(d.effort_share, percent) : interval(d.losses);
    return h("li", {},
      h("span", { class: "pair" }, badge(a), named(story, a), " → ", badge(b), named(story, b)),
      h("span", { class: "length", "aria-hidden": "true" },
        h("i", { style: `width:${(100 * value(d)) / most()}%;background:${a.paint.colour}` })),
      h("span", { class: "amount" }, h("b", {}, words(d)), measure === "so_far" ? null : h("small", {}, ` ${range}`)));
  }

  const at_first = is_phone() ? kPhoneRanked : kRanked;
  function draw(): void {
    const greatest = most();
    for (const { square, number, d } of cells) {
      square.style.setProperty("--size", Math.sqrt(value(d) / greatest).toFixed(3));
      number.textContent = value(d) >= 0.005 * greatest ? words(d) : "";
    }
    const ranked = dyads.filter((d) => value(d) > 0).sort((a, b) => value(b) - value(a));
    const titles = {
      effort: "Largest shares of effort", losses: "Deadliest pairs, whole war", so_far: `Deadliest pairs up to ${day(clock.date)}`,
    };
    const toggle = (): void => { is_long = !is_long; draw(); };
    const more = h("button", { type: "button", class: "more", click: toggle }, is_long ? "Fewer" : `All ${ranked.length} pairs`);
    ranking.replaceChildren(h("h3", {}, titles[measure]),
      h("ol", {}, ...(is_long ? ranked : ranked.slice(0, at_first)).map(ranked_row)),
      ranked.length > at_first ? more : "");
  }
  draw();
  clock.follow(() => { if (measure === "so_far") draw(); });

  const is_air = (id: string): boolean => story.actors.some((a) => a.id === id && a.kind === "air");
  const sum = (list: Dyad[]): number => list.reduce((total, d) => total + d.losses.mean, 0);
  const by_air = sum(dyads.filter((d) => is_air(d.attacker)));
  const ways = choice("What the squares show", measures, measure, (m) => state.set("fights", m === "losses" ? "" : m));
  state.follow(() => {
    if (measure_of() === measure) return;
    measure = measure_of();
    for (const input of ways.querySelectorAll("input")) input.checked = input.value === measure;
    draw();
  });
  const body = h("div", { class: "fights-body" }, h("div", {}, h("div", { class: "scroll" }, matrix)), ranking);
  return h("div", { class: "fights" },
    h("div", { class: "controls" }, ways),
    h("p", { class: "note" }, kNote, by_air > 0 ? ` Aircraft kill ${percent(by_air / sum(dyads))} of all.` : ""),
    body,
    tools({
      name: "fights", title: "Who fights whom", data: story.data, picture: () => body,
      table: () => ({
        heads: ["attacker", "target", "losses_mean", "losses_q05", "losses_q95", "effort_share_mean"],
        rows: dyads.map((d) => [d.attacker, d.target, d.losses.mean, d.losses.q05, d.losses.q95, d.effort_share.mean]),
      }),
    }));
}
