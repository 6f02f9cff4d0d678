// The map of a war that is being written: places that can be moved, roads between them.
import type { GeoProjection } from "d3-geo";
import { h, on_width, s } from "../dom";
import { Labels, box_of_scale, fit, scale_bar } from "../geometry";
import type { Point, ScaleBar } from "../geometry";
import { flat_path, ground_of, parse_ground, unknown_path } from "../ground";
import type { Ground } from "../ground";
import type { Place } from "../report";
import type { OwnGround } from "../report";
import { scale_marks } from "../views/map";
import type { Draft } from "./tables";

const kRadius = 9, kStepPx = 4, kFont = 12;

interface DraftPlace { row: number; id: string; name: string; latitude: number; longitude: number; holder: string }

/** The places that have a position. */
export function places_of(draft: Draft): DraftPlace[] {
  const table = draft.tables.get("places.csv");
  return (table?.rows ?? []).map((_, row) => {
    const cell = (head: string): string => draft.cell("places.csv", row, head);
    const id = cell("place_id");
    const degrees = (text: string): number => (text.trim() === "" ? NaN : Number(text));
    return { row, id, name: cell("name") || id, latitude: degrees(cell("latitude")), longitude: degrees(cell("longitude")), holder: draft.holder(id).controller };
  }).filter((p) => Math.abs(p.latitude) < 85 && Math.abs(p.longitude) <= 180);
}

/** Kilometres over the ground (great circle). */
export function kilometres(one: Pick<DraftPlace, "latitude" | "longitude">, other: Pick<DraftPlace, "latitude" | "longitude">): number {
  const rad = Math.PI / 180, u = Math.sin(((other.latitude - one.latitude) * rad) / 2), v = Math.sin(((other.longitude - one.longitude) * rad) / 2);
  return 12742 * Math.asin(Math.sqrt(u * u + Math.cos(one.latitude * rad) * Math.cos(other.latitude * rad) * v * v));
}

interface Listener { choose: (id: string) => void; move: (place: DraftPlace, latitude: string, longitude: string, is_end: boolean) => void; add: (latitude: string, longitude: string) => void }

/** Degrees with as many decimals as a map of this scale can tell. */
const written = (degrees: number): string => degrees.toFixed(3).replace(/\.?0+$/, "");

export function draft_map(draft: () => Draft, colour: (holder: string) => string, chosen: () => string, listen: Listener): { node: HTMLElement; draw: (refit?: boolean) => void } {
  const node = h("div", { class: "map-box draft-map" });
  let width = 0, height = 0, projection: GeoProjection | undefined;
  let ground_text: string | undefined, own: OwnGround | null = null;
  const own_ground = (places: Place[]): Ground => {
    const text = draft().texts.get("map.geojson");
    if (text !== ground_text) own = parse_ground(text);
    ground_text = text;
    return ground_of(places, own);
  };
  /** The scale bar of the map as it is drawn; nothing where the map has no scale. */
  const scale_of = (at: Point[]): ScaleBar | null => {
    const [west, east] = [-50, 50].map((px) => projection?.invert?.([width / 2 + px, height / 2]));
    if (!west || !east) return null;
    const km_per_px = kilometres({ longitude: west[0], latitude: west[1] }, { longitude: east[0], latitude: east[1] }) / 100;
    return scale_bar(km_per_px, at, width, height);
  };
  const here = (p: { latitude: number; longitude: number }): Point => projection?.([p.longitude, p.latitude]) ?? [0, 0];
  const there = (x: number, y: number): [string, string] | undefined => {
    const at = projection?.invert?.([x, y]);
    return at && Math.abs(at[1]) < 85 ? [written(at[1]), written(at[0])] : undefined;
  };
  const draw = (refit = false): void => {
    if (width === 0) return;
    const places = places_of(draft());
    if (refit || !projection) ({ projection, height } = fit(places as unknown as Place[], width));
    const focused = node.contains(document.activeElement) ? document.activeElement?.getAttribute("data-id") : null;
    const by_id = new Map(places.map((p) => [p.id, p]));
    const links = draft().tables.get("links.csv")?.rows.map((_, i) => [draft().cell("links.csv", i, "a"), draft().cell("links.csv", i, "b")]) ?? [];
    const roads = links.flatMap(([a, b]) => {
      const one = by_id.get(a), other = by_id.get(b);
      return one && other ? [`M${here(one).map((v) => v.toFixed(1))}L${here(other).map((v) => v.toFixed(1))}`] : [];
    });
    const path = flat_path(projection, width, height, 0).digits(1), ground = own_ground(places as unknown as Place[]);
    const drawing = (part: "lakes" | "rivers" | "borders"): SVGPathElement => s("path", { class: part, d: ground[part].map((one) => path(one) ?? "").join("") });
    const svg = s("svg", { class: "map", width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "The map. Tab goes from place to place, arrow keys move one." },
      s("path", { class: "land", d: ground.lands.map((one) => path(one) ?? "").join("") || `M0,0H${width}V${height}H0Z` }), drawing("lakes"), drawing("rivers"),
      s("path", { class: "unknown", d: unknown_path(ground, projection, width, height, 0), fill: "var(--paper)" }), drawing("borders"), s("path", { class: "roads", d: roads.join("") }));
    const bar = scale_of(places.map(here)), labels = new Labels(width, height);
    if (bar) {
      svg.append(s("g", { class: "scale-bar" }, ...scale_marks(bar)));
      labels.reserve(box_of_scale(bar));
    }
    for (const place of places) {
      const [x, y] = here(place);
      labels.reserve({ x0: x - kRadius, y0: y - kRadius, x1: x + kRadius, y1: y + kRadius });
    }
    for (const place of places) {
      const [x, y] = here(place), length = place.name.length * kFont * 0.58, aside = kRadius + 4 + length / 2;
      const spot = labels.place(place.name, [[x, y + kRadius + 13], [x, y - kRadius - 5], [x + aside, y + 4], [x - aside, y + 4]], kFont, length);
      const [dx, dy] = spot ? [spot[0] - x, spot[1] - y] : [0, y > height - kRadius - 18 ? -kRadius - 5 : kRadius + 12];
      const group = s("g", { class: place.id === chosen() ? "draft-place chosen-place" : "draft-place", tabindex: 0, role: "button", "data-id": place.id, "aria-pressed": place.id === chosen() ? "true" : "false",
        "aria-label": `${place.name}, held by ${place.holder || "nobody"}`, transform: `translate(${x.toFixed(1)},${y.toFixed(1)})` },
      s("circle", { r: kRadius, fill: colour(place.holder) }), s("text", { class: spot ? null : "no-room", x: dx.toFixed(1), y: dy.toFixed(1), "text-anchor": "middle" }, place.name));
      const to = (px: number, py: number, is_end: boolean): void => {
        const at = there(Math.max(0, Math.min(width, px)), Math.max(0, Math.min(height, py)));
        if (at) listen.move(place, ...at, is_end);
      };
      let from: { x: number; y: number; moved: boolean } | undefined;
      group.addEventListener("pointerdown", (event) => {
        from = { x: event.clientX, y: event.clientY, moved: false };
        group.setPointerCapture(event.pointerId);
      });
      group.addEventListener("pointermove", (event) => {
        if (!from || (!from.moved && Math.hypot(event.clientX - from.x, event.clientY - from.y) < 4)) return;
        from.moved = true;
        group.setAttribute("transform", `translate(${x + event.clientX - from.x},${y + event.clientY - from.y})`);
      });
      group.addEventListener("pointerup", (event) => {
        const was = from;
        from = undefined;
        if (was?.moved) to(x + event.clientX - was.x, y + event.clientY - was.y, true);
        else listen.choose(place.id);
      });
      group.addEventListener("pointercancel", () => { from = undefined; draw(); });
      group.addEventListener("keydown", (event) => {
        const way = ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as Record<string, Point>)[event.key];
        if (way) to(x + kStepPx * way[0], y + kStepPx * way[1], false);
        else if (event.key === "Enter" || event.key === " ") listen.choose(place.id);
        else return;
        event.preventDefault();
      });
      svg.append(group);
    }
    svg.addEventListener("dblclick", (event) => {
      const area = svg.getBoundingClientRect(), at = there(event.clientX - area.left, event.clientY - area.top);
      if (at) listen.add(...at);
    });
    node.replaceChildren(svg);
    if (focused) node.querySelector<SVGElement>(`[data-id="${CSS.escape(focused)}"]`)?.focus();
  };
  on_width(node, (w) => { width = w; draw(true); });
  return { node, draw };
}
