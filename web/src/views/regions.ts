// Who wins from every division of the force among three sides: a triangle whose corners are one side with the whole force.
import type { Story } from "../data";
import { h, s } from "../dom";
import { count, list, percent, with_article } from "../format";
import { badge } from "../paint";
import type { Regions } from "../report";

const kSide = 600, kHeight = (kSide * Math.sqrt(3)) / 2, kMargin = 40;
const kWords: Record<string, string> = {
  s: "stalemate: more than one side left on the last day", n: "nobody left", f: "the integration failed",
};

/** The place in `ends` of a division: by the first side's part, then the second's. */
export const index_of = (first: number, second: number, divisions: number): number =>
  first * (divisions + 1) - (first * (first - 1)) / 2 + second;

/** The division nearest to a point of the picture, if the point is in the triangle. */
export function division_at(x: number, y: number, divisions: number): [number, number, number] | null {
  const first = 1 - y / kHeight, third = x / kSide - first / 2, second = 1 - first - third;
  if (Math.min(first, second, third) < -0.5 / divisions) return null;
  const one = Math.max(0, Math.min(divisions, Math.round(first * divisions)));
  const two = Math.max(0, Math.min(divisions - one, Math.round(second * divisions)));
  return [one, two, divisions - one - two];
}

const across = (first: number, third: number): number => kSide * (third + first / 2);
const down = (first: number): number => kHeight * (1 - first);

/** One path for each letter: divisions beside each other in a row that end alike are one stroke. */
export function strokes({ divisions, ends }: Pick<Regions, "divisions" | "ends">): Map<string, string> {
  const paths = new Map<string, string>();
  for (let first = 0, at = 0; first <= divisions; ++first) {
    const row = divisions - first + 1;
    for (let from = 0; from < row;) {
      const letter = ends[at + from];
      let to = from;
      while (to + 1 < row && ends[at + to + 1] === letter) ++to;
      const half = kSide / divisions / 2;
      const right = across(first / divisions, (row - 1 - from) / divisions) + half;
      const left = across(first / divisions, (row - 1 - to) / divisions) - half;
      paths.set(letter, `${paths.get(letter) ?? ""}M${left.toFixed(2)},${down(first / divisions).toFixed(2)}H${right.toFixed(2)}`);
      from = to + 1;
    }
    at += row;
  }
  return paths;
}

export function regions_view(story: Story, regions: Regions): HTMLElement {
  const { divisions, total_fighters: total, ends } = regions;
  const sides = regions.sides.map((id) => story.side(id));
  const colour = (letter: string): string =>
    letter === "n" ? "var(--paper)" : letter === "s" ? "var(--nobody)" : letter === "f" ? "var(--ink)" : sides[Number(letter) - 1].paint.colour;
  const words = (letter: string): string => kWords[letter] ?? `victory of ${with_article(sides[Number(letter) - 1].name)}`;
  const shares = sides.map((side) => `victory of ${with_article(side.name)} from ${percent(regions.shares[side.id])}`);
  const svg = s("svg", {
    viewBox: `${-kMargin} ${-kMargin} ${kSide + 2 * kMargin} ${kHeight + 2 * kMargin}`, role: "img", class: "regions-picture",
    "aria-label": `Divisions of the force among three sides: ${list(shares)}.`,
  });
  for (const [letter, d] of strokes(regions)) {
    svg.append(s("path", { d, stroke: colour(letter), "stroke-width": ((1.04 * kHeight) / divisions).toFixed(3), fill: "none" }));
  }
  const grid = [0.25, 0.5, 0.75].map((f) =>
    `M${across(f, 0)},${down(f)}L${across(f, 1 - f)},${down(f)}M${across(0, f)},${down(0)}L${across(1 - f, f)},${down(1 - f)}`
    + `M${across(0, f)},${down(0)}L${across(f, 0)},${down(f)}`);
  svg.append(s("path", { d: grid.join(""), class: "regions-grid" }));
  const corner = (x: number, y: number, anchor: string, name: string): SVGElement =>
    s("text", { x, y, "text-anchor": anchor, class: "regions-corner" }, `all to ${name}`);
  svg.append(corner(kSide / 2, -14, "middle", sides[0].name), corner(-kMargin + 4, kHeight + 28, "start", sides[1].name),
    corner(kSide + kMargin - 4, kHeight + 28, "end", sides[2].name));
  const dot = s("circle", { r: 5, class: "regions-dot", visibility: "hidden" });
  svg.append(dot);
  const hint = "Point at the triangle to read a division.";
  const reading = h("p", { class: "regions-reading" }, hint);
  svg.addEventListener("pointermove", (event) => {
    const area = svg.getBoundingClientRect(), scale = (kSide + 2 * kMargin) / area.width;
    const parts = division_at((event.clientX - area.left) * scale - kMargin, (event.clientY - area.top) * scale - kMargin, divisions);
    dot.setAttribute("visibility", parts ? "visible" : "hidden");
    if (parts) {
      dot.setAttribute("cx", String(across(parts[0] / divisions, parts[2] / divisions)));
      dot.setAttribute("cy", String(down(parts[0] / divisions)));
    }
    const amounts = parts && sides.map((side, i) => `${side.name} ${count((total * parts[i]) / divisions)}`);
    reading.textContent = parts && amounts ? `${list(amounts)}: ${words(ends[index_of(parts[0], parts[1], divisions)])}.` : hint;
  });
  const legend = h("ul", { class: "regions-legend" },
    ...sides.map((side) => h("li", {}, badge(side), ` Victory of ${with_article(side.name)}: ${percent(regions.shares[side.id])}`)),
    ...(["s", "n", "f"] as const).filter((letter) => ends.includes(letter)).map((letter) =>
      h("li", {}, h("span", { class: "regions-swatch", style: `background:${colour(letter)}` }), ` ${words(letter)}: `,
        percent(regions.shares[{ s: "stalemate", n: "nobody", f: "failed" }[letter]]))));
  return h("div", { class: "regions" }, svg, h("div", {}, legend, reading));
}
