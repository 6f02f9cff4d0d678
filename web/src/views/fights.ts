// Who fights whom: losses and effort for every pair, as a table of squares and as a ranked list.
import type { Clock } from "../clock";
import type { Dyad, Story } from "../data";
import { choice, h } from "../dom";
import { count, day, interval, percent } from "../format";
import { badge } from "../paint";

type Measure = "losses" | "so_far" | "effort";

/** Pairs that lose less than this share of the worst pair's losses are left out of the ranked list until asked for. */
const kRanked = 12;

export function fights_view(story: Story, clock: Clock): HTMLElement {
  const { dyads } = story.data;
  let measure: Measure = "losses";
  let is_long = false;
  const value = (d: Dyad): number => (measure === "effort" ? d.effort_share.mean : measure === "losses" ? d.losses.mean : (d.losses_by_date[clock.index] ?? 0));
  const words = (d: Dyad): string => (measure === "effort" ? percent(value(d)) : count(value(d)));
  const attackers = story.actors.filter((a) => dyads.some((d) => d.attacker === a.id));
  const targets = story.actors.filter((a) => dyads.some((d) => d.target === a.id));
  const pair = new Map(dyads.map((d) => [`${d.attacker} ${d.target}`, d]));
  const greatest = (): number => Math.max(1e-9, ...dyads.map((d) => (measure === "effort" ? d.effort_share.mean : d.losses.mean)));

  const detail = h("p", { class: "detail", "aria-live": "polite" }, "Point at or tap a square for the pair.");
  const matrix = h("div", { class: "scroll" });
  const ranking = h("div", { class: "ranking" });
  const cells: { square: HTMLElement; number: HTMLElement; d: Dyad }[] = [];

  function tell(d: Dyad): void {
    const [a, b] = [story.side(d.attacker), story.side(d.target)];
    detail.replaceChildren(badge(a), h("b", {}, ` ${a.name} → `), badge(b), h("b", {}, ` ${b.name}`),
      `: ${count(d.losses.mean)} lost over the whole war (nine runs of ten: ${interval(d.losses)}); it takes ${percent(d.effort_share.mean)} of the attacker's effort.`);
  }

  matrix.append(h("table", { class: "matrix", style: `--columns:${targets.length}` },
    h("caption", { class: "unseen" }, "Rows fight columns"),
    h("thead", {}, h("tr", {}, h("td", { class: "corner" }, h("span", {}, "fights →")), ...targets.map((t) => h("th", { scope: "col", title: t.name }, badge(story.side(t.id)), h("span", { class: "name" }, story.side(t.id).name))))),
    h("tbody", {}, ...attackers.map((a) => h("tr", {},
      h("th", { scope: "row", title: a.name }, badge(story.side(a.id)), h("span", { class: "name" }, story.side(a.id).name)),
      ...targets.map((t) => {
        const d = pair.get(`${a.id} ${t.id}`);
        if (!d) return h("td", { class: a.id === t.id ? "self" : "" });
        const square = h("i", { style: `background:${story.side(a.id).paint.colour}` });
        const number = h("span", {});
        cells.push({ square, number, d });
        return h("td", { class: "cell", pointerenter: () => tell(d), click: () => tell(d) }, square, number);
      }))))));

  const sum = (of: (d: Dyad) => boolean): number => dyads.filter(of).reduce((total, d) => total + d.losses.mean, 0);

  function draw(): void {
    const most = greatest();
    for (const { square, number, d } of cells) {
      square.style.setProperty("--size", Math.sqrt(value(d) / most).toFixed(3));
      number.textContent = value(d) >= 0.005 * most ? words(d) : "";
    }
    const ranked = [...dyads].filter((d) => value(d) > 0).sort((a, b) => value(b) - value(a));
    const top = is_long ? ranked : ranked.slice(0, kRanked);
    const title = measure === "effort" ? "Largest shares of effort" : measure === "losses" ? "Deadliest pairs, whole war" : `Deadliest pairs up to ${day(clock.date)}`;
    ranking.replaceChildren(h("h3", {}, title),
      h("ol", {}, ...top.map((d) => h("li", {},
        h("span", { class: "pair" }, badge(story.side(d.attacker)), story.side(d.attacker).name, h("span", { "aria-label": "against" }, " → "), badge(story.side(d.target)), story.side(d.target).name),
        h("span", { class: "length", "aria-hidden": "true" }, h("i", { style: `width:${(100 * value(d)) / most}%;background:${story.side(d.attacker).paint.colour}` })),
        h("span", { class: "amount" }, h("b", {}, words(d)), measure === "so_far" ? null : h("small", {}, ` ${measure === "effort" ? interval(d.effort_share, percent) : interval(d.losses)}`))))),
      ranked.length > kRanked ? h("button", { type: "button", class: "more", click: () => { is_long = !is_long; draw(); } }, is_long ? "Fewer" : `All ${ranked.length} pairs`) : "");
  }

  clock.follow(() => { if (measure === "so_far" || cells[0]?.number.textContent === "") draw(); });
  draw();
  const air = story.actors.filter((a) => a.kind === "air");
  const by_air = sum((d) => air.some((a) => a.id === d.attacker));
  const all = sum(() => true);
  return h("div", { class: "fights" },
    h("div", { class: "controls" }, choice<Measure>("What the squares show", [["losses", "Losses, whole war"], ["so_far", "Losses to date"], ["effort", "Effort"]], measure, (m) => { measure = m; draw(); })),
    h("p", { class: "note" }, "Rows inflict losses on columns; the area of a square is the number of fighters lost, or the share of the row's effort.",
      air.length > 0 && all > 0 ? ` Air arms inflict ${percent(by_air / all)} of all losses.` : ""),
    h("div", { class: "fights-body" }, h("div", {}, matrix, detail), ranking));
}
