// The chosen place of a war that is being written: its numbers, its holder and its roads.
import { h } from "../dom";
import { kilometres, places_of } from "./map";
import type { Draft } from "./tables";

interface Panel {
  node: HTMLElement; draw: () => void; chosen: () => string; choose: (id: string) => void; renamed: (from: string, to: string) => void;
  add_place: (latitude?: string, longitude?: string) => void;
}

/** changed: after an edit. */
export function panel_view(draft: Draft, changed: () => void): Panel {
  let chosen = "", road_from = "";
  const node = h("aside", { class: "place-panel", "aria-label": "The chosen place" });

  function join(one: string, other: string): void {
    const places = places_of(draft), from = places.find((p) => p.id === one), to = places.find((p) => p.id === other);
    if (!from || !to) return;
    draft.begin();
    draft.toggle_road(one, other, kilometres(from, to));
    changed();
  }
  function add_place(latitude?: string, longitude?: string): void {
    const places = places_of(draft);
    const middle = (of: (p: { latitude: number; longitude: number }) => number): string =>
      (places.length === 0 ? 0 : places.reduce((sum, p) => sum + of(p), 0) / places.length).toFixed(2);
    draft.begin();
    const row = draft.add_place("Place", latitude ?? middle((p) => p.latitude), longitude ?? middle((p) => p.longitude));
    chosen = draft.cell("places.csv", row, "place_id");
    const here = places_of(draft).find((p) => p.id === chosen);
    const nearest = here && [...places].sort((x, y) => kilometres(here, x) - kilometres(here, y))[0];
    if (here && nearest) draft.toggle_road(chosen, nearest.id, kilometres(here, nearest));  // a place without a road is a mistake
    changed();
    node.querySelector("input")?.focus();
  }

  function draw(): void {
    const places = places_of(draft), place = places.find((p) => p.id === chosen);
    if (node.contains(document.activeElement) && place && node.dataset.id === chosen && document.activeElement instanceof HTMLInputElement) return;  // who types in it goes on typing
    node.dataset.id = place?.id ?? "";
    const add = h("button", { type: "button", click: () => add_place() }, "Add a place");
    if (!place) {
      node.replaceChildren(h("p", { class: "note" }, "Choose a place on the map to change it, drag it to move it, press twice where a new one is to be."), add);
      return;
    }
    const field = (label: string, head: string): HTMLElement => {
      const input = h("input", { type: "text", value: draft.cell("places.csv", place.row, head), input: () => {
        draft.begin(`panel ${place.id} ${head}`);
        draft.set("places.csv", place.row, head, input.value);
        changed();
      } });
      return h("label", {}, label, input);
    };
    const { row, controller } = draft.holder(place.id);
    const holder = h("select", { disabled: row < 0, change: () => { draft.begin(); draft.set("control.csv", row, "controller", holder.value); changed(); } },
      ...[...new Set([...draft.column("actors.csv", "id"), "none", "contested", controller].filter(Boolean))].map((id) => h("option", { value: id, selected: id === controller }, id.replaceAll("_", " "))));
    const near = places.filter((p) => p.id !== place.id).sort((x, y) => kilometres(place, x) - kilometres(place, y));
    const joined = near.filter((p) => draft.roads(place.id, p.id).length > 0);
    const to = h("select", {}, ...near.filter((p) => !joined.includes(p)).map((p) => h("option", { value: p.id }, p.name)));
    node.replaceChildren(h("h3", {}, place.name), h("div", { class: "fields" }, field("Name", "name"), field("People", "population"), field("Worth", "value"), field("Latitude", "latitude"), field("Longitude", "longitude"),
      h("label", {}, "Held by", holder)),
    h("p", { class: "kicker" }, "Roads"), h("ul", { class: "roads-of" }, ...joined.map((p) => h("li", {}, p.name, ` ${draft.cell("links.csv", draft.roads(place.id, p.id)[0], "road_km")} km `,
      h("button", { type: "button", class: "plain", "aria-label": `Remove the road to ${p.name}`, click: () => join(place.id, p.id) }, "×")))),
    h("div", { class: "controls" }, h("label", {}, "Road to ", to), h("button", { type: "button", disabled: to.options.length === 0, click: () => join(place.id, to.value) }, "Add the road"),
      h("button", { type: "button", "aria-pressed": String(road_from === place.id), click: () => { road_from = road_from ? "" : place.id; draw(); } }, road_from ? "Now choose the other end" : "Road on the map")),
    h("div", { class: "controls" }, add, h("button", { type: "button", click: () => { draft.begin(); draft.remove_place(place.id); chosen = ""; changed(); } }, `Remove ${place.name}`)));
  }

  return {
    node, draw, add_place, chosen: () => chosen,
    choose(id) {
      if (road_from && road_from !== id) join(road_from, id);
      road_from = "";
      chosen = id;
      draw();
    },
    renamed(from, to) { if (chosen === from) chosen = to; },
  };
}
