// Who holds what: a pie of probabilities for every place, over the land and its roads, for the date of the clock.
import { geoMercator, geoPath } from "d3-geo";
import type { GeoProjection } from "d3-geo";
import { select } from "d3-selection";
import { arc } from "d3-shape";
import { zoom, zoomIdentity } from "d3-zoom";
import type { ZoomTransform } from "d3-zoom";
import type { FeatureCollection, Geometry, MultiPoint } from "geojson";
import { feature } from "topojson-client";
import land from "virtual:land";
import type { Clock } from "../clock";
import type { Place, Side, Story } from "../data";
import { choice, h, on_width, s } from "../dom";
import { capital, day } from "../format";
import { badge } from "../paint";
import { place_panel } from "./place";

type Size = "population" | "value" | "same";

const kMaxZoom = 24;
/** Parts of the time that have passed on the maps for paper. */
const kPaperMaps = [0, 1 / 3, 2 / 3, 1];
const kTouchReach = 22;  // px: how far from a place a tap still means it

const slice = arc<{ from: number; to: number }>().innerRadius(0).startAngle((d) => 2 * Math.PI * d.from).endAngle((d) => 2 * Math.PI * d.to);

/** The wedges of a pie of radius r, in the order given; what is left of 1 by rounding goes to the last. */
export function pie_paths(holders: { p: number }[], r: number): string[] {
  const total = holders.reduce((sum, x) => sum + x.p, 0);
  let from = 0;
  return holders.map(({ p }) => {
    const to = from + p / total;
    const path = slice.outerRadius(r)({ from, to }) ?? "";
    from = to;
    return path;
  });
}

/** Radii in px: area in proportion to the measure up to the largest, but never too small to see. */
export function radii(places: Place[], size: Size, width: number): number[] {
  const largest = Math.max(8.5, Math.min(19, width / 46));
  const least = Math.max(2.8, Math.min(4.5, width / 180));
  if (size === "same") return places.map(() => (largest + least) / 2.4);
  const greatest = Math.max(...places.map((p) => p[size]), 1e-9);
  return places.map((p) => least + (largest - least) * Math.sqrt(Math.max(0, p[size]) / greatest));
}

function fit(places: Place[], width: number): { projection: GeoProjection; height: number } {
  const points: MultiPoint = { type: "MultiPoint", coordinates: places.map((p) => [p.longitude, p.latitude]) };
  const margin = Math.max(18, width * 0.045);
  const projection = geoMercator().fitWidth(width - 2 * margin, points);
  if (!Number.isFinite(projection.scale()) || projection.scale() > 2e5) projection.fitSize([width, width * 0.6], { type: "Sphere" });
  const [[x0, y0], [, y1]] = geoPath(projection).bounds(points);
  const wanted = y1 - y0 + 2 * margin;
  const height = Math.round(Math.max(width * 0.5, Math.min(wanted, width * 1.05)));
  if (wanted > height) projection.fitExtent([[margin, margin], [width - margin, height - margin]], points);
  else {
    const [tx, ty] = projection.translate();
    projection.translate([tx - x0 + margin, ty - y0 + (height - (y1 - y0)) / 2]);
  }
  return { projection, height };
}

function outlines(places: Place[]): FeatureCollection<Geometry, { name: string }> {
  const [west, south, east, north] = land.box;
  const is_inside = places.every((p) => p.longitude > west + 1 && p.longitude < east - 1 && p.latitude > south + 1 && p.latitude < north - 1);
  const atlas = is_inside ? land.detail : land.world;
  return feature(atlas, atlas.objects.countries) as FeatureCollection<Geometry, { name: string }>;
}

/** How far from a place its tint reaches, where no other place is nearer. */
const kTintKm = 32;

function km_px(projection: GeoProjection, places: Place[]): number {
  const latitude = places.reduce((sum, p) => sum + p.latitude, 0) / Math.max(1, places.length);
  return projection.scale() / (6371 * Math.cos((latitude * Math.PI) / 180));
}

/** Around every point the part of a disc of this radius that is nearer to it than to any other point, as a path. */
export function territories(points: [number, number][], radius: number): string[] {
  return points.map(([x, y]) => {
    let shape = Array.from({ length: 32 }, (_, k): [number, number] => [x + radius * Math.cos((k * Math.PI) / 16), y + radius * Math.sin((k * Math.PI) / 16)]);
    for (const [px, py] of points) {
      const dx = px - x, dy = py - y;
      if ((dx === 0 && dy === 0) || Math.hypot(dx, dy) >= 2 * radius) continue;
      // Keeps the side of the bisector on which the point itself lies.
      const beyond = ([qx, qy]: [number, number]): number => (qx - x - dx / 2) * dx + (qy - y - dy / 2) * dy;
      shape = shape.flatMap((q, k) => {
        const next = shape[(k + 1) % shape.length], a = beyond(q), b = beyond(next);
        const crossing: [number, number][] = a > 0 !== b > 0 ? [[q[0] + ((next[0] - q[0]) * a) / (a - b), q[1] + ((next[1] - q[1]) * a) / (a - b)]] : [];
        return a > 0 ? crossing : [q, ...crossing];
      });
    }
    return shape.length > 2 ? `M${shape.map((q) => q.map((v) => v.toFixed(1)).join(",")).join("L")}Z` : "";
  });
}

/** The land and the roads as one group, in coordinates of the projection. */
function ground(story: Story, projection: GeoProjection, width: number, height: number): SVGGElement {
  const { places, links } = story.data;
  const clipped = geoMercator().scale(projection.scale()).translate(projection.translate()).clipExtent([[-width, -height], [2 * width, 2 * height]]);
  const path = geoPath(clipped).digits(1);
  const xy = places.map((p) => projection([p.longitude, p.latitude]) ?? [0, 0]);
  const roads = links.map(([a, b]) => `M${xy[a].map((v) => v.toFixed(1))}L${xy[b].map((v) => v.toFixed(1))}`).join("");
  return s("g", { class: "ground" },
    s("path", { class: "land", d: path(outlines(places)) }),
    s("path", { class: "roads", d: roads }));
}

/** Names of the countries that fill a good part of the view, at the middle of their visible part. */
function country_names(places: Place[], projection: GeoProjection, width: number, height: number): { name: string; x: number; y: number }[] {
  const view = geoMercator().scale(projection.scale()).translate(projection.translate()).clipExtent([[0, 0], [width, height]]);
  const path = geoPath(view);
  return outlines(places).features.filter((f) => path.area(f) > 0.02 * width * height).map((f) => {
    const [x, y] = path.centroid(f);
    return { name: f.properties.name, x, y };
  });
}

/** The sides that hold a place on some day in some run. */
const holders_ever = (story: Story): Side[] =>
  [...story.actors.map((a) => a.id), "none"].filter((id) => story.data.places.some((p) => p.control[id]?.some((x) => x >= 0.005))).map((id) => story.side(id));

/** A small map of one day that does not move: for paper. */
export function still_map(story: Story, date: number, width = 330): HTMLElement {
  const { places, dates } = story.data;
  const { projection, height } = fit(places, width);
  const r = radii(places, "population", width);
  const order = places.map((_, i) => i).sort((a, b) => r[b] - r[a]);
  const pies = order.map((i) => {
    const [x, y] = projection([places[i].longitude, places[i].latitude]) ?? [0, 0];
    const holders = story.holders(places[i], date);
    return s("g", { class: "pie", transform: `translate(${x.toFixed(1)},${y.toFixed(1)})` }, s("circle", { class: "rim", r: r[i] + 0.6 }),
      ...pie_paths(holders, r[i]).map((d, k) => s("path", { d, fill: holders[k].side.paint.fill })));
  });
  return h("figure", {}, s("svg", { class: "map", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `Control on ${day(dates[date])}` },
    ground(story, projection, width, height), ...pies), h("figcaption", {}, day(dates[date])));
}

export function map_view(story: Story, clock: Clock): HTMLElement {
  const { places, dates } = story.data;
  const box = h("div", { class: "map-box" });
  const panel = place_panel(story, clock, (i) => choose(i, true));
  let size: Size = "population";
  let chosen = -1;
  let redraw = (): void => {};
  let show_chosen = (): void => {};
  let show_date = (): void => {};
  let scale_by = (_: number): void => {};

  /** Shows place i (-1: none) beside the map. */
  function choose(i: number, is_pinned: boolean): void {
    if (is_pinned) chosen = i;
    panel.show(i >= 0 ? i : chosen);
    finder.value = String(chosen);
    show_chosen();
  }

  const countries = [...new Set(places.map((p) => p.country))].sort();
  const finder = h("select", { "aria-label": "Find a place", change: () => choose(Number(finder.value), true) },
    h("option", { value: -1 }, "Find a place …"),
    ...countries.map((country) => h("optgroup", { label: country || "Places" },
      ...places.map((p, i) => ({ p, i })).filter(({ p }) => p.country === country).sort((a, b) => a.p.name.localeCompare(b.p.name))
        .map(({ p, i }) => h("option", { value: i }, p.name)))));

  on_width(box, (width) => {
    const { projection, height } = fit(places, width);
    const xy = places.map((p) => projection([p.longitude, p.latitude]) ?? [0, 0]);
    let transform: ZoomTransform = zoomIdentity;
    let r: number[] = [];
    const surface = ground(story, projection, width, height);
    const wedges = places.map(() => s("g"));
    const pies = places.map((_, i) => s("g", { class: "pie" }, s("circle", { class: "rim" }), wedges[i]));
    const pie_layer = s("g");
    const tints = territories(xy as [number, number][], kTintKm * km_px(projection, places)).map((d) => s("path", { d }));
    const tint_layer = s("g", { class: "tints", "clip-path": "url(#land)" }, ...tints);
    const name_layer = s("g", { class: "names", "aria-hidden": "true" });
    const ring = s("circle", { class: "chosen", r: 0 });
    const svg = s("svg", {
      class: "map", width, height, viewBox: `0 0 ${width} ${height}`, tabindex: 0, role: "application",
      "aria-label": "Map of control. Arrow keys go from place to place, plus and minus zoom, escape leaves the place.",
    }, surface, pie_layer, ring, name_layer);
    const [land_path, road_path] = surface.children;
    road_path.before(s("clipPath", { id: "land" }, s("path", { d: land_path.getAttribute("d") })), tint_layer);
    const spots = country_names(places, projection, width, height);

    const grow = (): number => transform.k ** 0.45;
    const on_screen = (i: number): [number, number] => transform.apply(xy[i] as [number, number]);

    const draw_pies = (): void => places.forEach((place, i) => {
      const holders = story.holders(place, clock.index);
      const top = holders.reduce((best, x) => (x.p > best.p ? x : best), { side: story.side("none"), p: 0 });
      const marks: SVGElement[] = pie_paths(holders, r[i]).map((d, k) => s("path", { d, fill: holders[k].side.paint.fill }));
      if (r[i] * grow() >= 8.5 && top.p >= 0.7 && top.side.id !== "none") {
        marks.push(s("text", { class: "code", "font-size": Math.min(r[i] * 0.8, 11), dy: "0.35em", fill: top.side.paint.ink,
          stroke: top.side.paint.texture ? top.side.paint.colour : "none" }, top.side.code));
      }
      wedges[i].replaceChildren(...marks);
    });

    const draw_tints = (): void => places.forEach((place, i) => {
      const top = story.holders(place, clock.index).reduce((best, x) => (x.p > best.p ? x : best), { side: story.side("none"), p: 0 });
      tints[i].setAttribute("fill", top.side.paint.colour);
      tints[i].setAttribute("fill-opacity", top.side.id === "none" ? "0" : Math.max(0, 0.68 * (top.p - 0.5)).toFixed(2));
    });

    const place_names = (): void => {
      const taken: [number, number, number, number][] = [];
      const texts: SVGElement[] = [];
      const written = new Set<string>();
      /** Writes the text at the first of these points (middle of the base line) where it covers nothing. */
      const add = (spots: [number, number][], text: string, name: string, font: number, w: number): void => {
        if (written.has(text)) return;
        for (const [x, y] of spots) {
          const area: [number, number, number, number] = [x - w / 2, y - font, x + w / 2, y + 3];
          if (area[0] < 2 || area[2] > width - 2 || area[1] < 2 || area[3] > height - 2) continue;
          if (taken.some((b) => b[0] < area[2] && b[2] > area[0] && b[1] < area[3] && b[3] > area[1])) continue;
          taken.push(area);
          texts.push(s("text", { x, y, "font-size": font, class: name }, text));
          written.add(text);
          return;
        }
      };
      const visible = places.map((_, i) => i).filter((i) => { const [x, y] = on_screen(i); return x > 0 && x < width && y > 0 && y < height; });
      const font = width < 500 ? 9.5 : 11.5;
      const room = Math.round((width / 90) * (width / 90) * 0.28 * Math.sqrt(transform.k)) + 4;
      for (const i of visible) {
        const [x, y] = on_screen(i), q = r[i] * grow();
        if (q > 6) taken.push([x - q * 0.7, y - q * 0.7, x + q * 0.7, y + q * 0.7]);
      }
      for (const i of [...visible].sort((a, b) => places[b].population - places[a].population).slice(0, room)) {
        const [x, y] = on_screen(i), q = r[i] * grow() + 3;
        const text = places[i].name.replace(/ \(.*\)$/, ""), w = text.length * font * 0.58;
        add([[x, y + q + font * 0.75], [x, y - q], [x + q + w / 2, y + font * 0.35], [x - q - w / 2, y + font * 0.35]], text, "place-name", font, w);
      }
      if (transform.k < 3) for (const c of spots) {
        const size_px = width < 500 ? 9 : 12;
        add([transform.apply([c.x, c.y])], c.name.toUpperCase(), "country-name", size_px, c.name.length * size_px * 0.9);
      }
      name_layer.replaceChildren(...texts);
    };

    const move = (): void => {
      surface.setAttribute("transform", transform.toString());
      pies.forEach((pie, i) => pie.setAttribute("transform", `translate(${on_screen(i).map((v) => v.toFixed(1))}) scale(${grow().toFixed(3)})`));
      show_chosen();
    };
    show_chosen = () => {
      ring.setAttribute("r", String(chosen >= 0 ? r[chosen] * grow() + 4 : 0));
      if (chosen >= 0) ring.setAttribute("transform", `translate(${on_screen(chosen)})`);
    };
    redraw = () => {
      r = radii(places, size, width);
      pies.forEach((pie, i) => (pie.firstChild as Element).setAttribute("r", String(r[i] + 0.9)));
      pie_layer.replaceChildren(...places.map((_, i) => i).sort((a, b) => r[b] - r[a]).map((i) => pies[i]));
      draw_pies();
      draw_tints();
      move();
      place_names();
    };

    let had_k = 1;
    const behaviour = zoom<SVGSVGElement, unknown>().scaleExtent([1, kMaxZoom]).translateExtent([[0, 0], [width, height]])
      // A page must scroll under one finger or a plain wheel: the map takes two fingers, or one once it is zoomed in.
      .filter((event: WheelEvent & TouchEvent) => (event.type === "wheel" ? event.ctrlKey || event.metaKey
        : event.type.startsWith("touch") ? event.touches.length > 1 || transform.k > 1 : !event.button))
      .on("zoom", (event: { transform: ZoomTransform }) => {
        transform = event.transform;
        svg.classList.toggle("zoomed", transform.k > 1);
        move();
        if (Math.abs(Math.log(transform.k / had_k)) > 0.05) { had_k = transform.k; draw_pies(); }
        place_names();
      });
    const selection = select<SVGSVGElement, unknown>(svg).call(behaviour).on("dblclick.zoom", null);
    scale_by = (k) => {
      if (k === 0) return behaviour.transform(selection, zoomIdentity);
      behaviour.scaleBy(selection, k);
      if (chosen >= 0) behaviour.translateTo(selection, ...(xy[chosen] as [number, number]));
    };

    const nearest = (event: PointerEvent | MouseEvent): number => {
      const area = svg.getBoundingClientRect();
      const x = event.clientX - area.left, y = event.clientY - area.top;
      let best = -1, least = kTouchReach;
      places.forEach((_, i) => {
        const [px, py] = on_screen(i);
        const gap = Math.hypot(px - x, py - y) - r[i] * grow();
        if (gap < least) { least = gap; best = i; }
      });
      return best;
    };
    svg.addEventListener("pointermove", (event) => { if (event.pointerType === "mouse" && event.buttons === 0) choose(nearest(event), false); });
    svg.addEventListener("pointerleave", () => choose(-1, false));
    svg.addEventListener("click", (event) => choose(nearest(event), true));
    svg.addEventListener("keydown", (event) => {
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (way) {
        const [x, y] = chosen >= 0 ? on_screen(chosen) : [width / 2, height / 2];
        let best = -1, least = Infinity;
        places.forEach((_, i) => {
          const [px, py] = on_screen(i);
          const along = (px - x) * way[0] + (py - y) * way[1], aside = Math.abs((px - x) * way[1]) + Math.abs((py - y) * way[0]);
          const cost = along + 2 * aside;
          if (i !== chosen && along > 0.5 && aside < 2 * along && cost < least) { least = cost; best = i; }
        });
        if (best >= 0) choose(best, true);
      } else if (event.key === "+" || event.key === "=") scale_by(1.5);
      else if (event.key === "-") scale_by(1 / 1.5);
      else if (event.key === "Escape") choose(-1, true);
      else return;
      event.preventDefault();
    });
    box.replaceChildren(svg);
    redraw();
    show_date = () => { draw_pies(); draw_tints(); };
  });
  clock.follow(() => show_date());

  const button = (text: string, label: string, k: number): HTMLElement => h("button", { type: "button", "aria-label": label, click: () => scale_by(k) }, text);

  return h("div", { class: "map-view" },
    h("div", { class: "map-main" },
      h("div", { class: "controls" }, finder,
        choice<Size>("Size of the pies", [["population", "By people"], ["value", "By value"], ["same", "Same size"]], size, (value) => { size = value; redraw(); }),
        h("div", { class: "zoom" }, button("+", "Zoom in", 1.6), button("−", "Zoom out", 1 / 1.6), button("Fit", "Fit the whole map", 0))),
      box,
      h("ul", { class: "key", "aria-label": "Key" }, ...holders_ever(story).map((side) => h("li", {}, badge(side), capital(side.name)))),
      h("p", { class: "note" }, "Each pie is a place; its slices are the shares of the runs in which each side holds it that day. Hatched: nobody. The tint around it is its likeliest holder, fainter the less certain and absent below one run in two. Pinch or Ctrl-wheel to zoom. Outlines: Natural Earth; they take no view on any border.")),
    panel.element,
    h("div", { class: "paper-maps" }, ...kPaperMaps.map((part) => still_map(story, Math.round(part * (dates.length - 1))))));
}

