// The editor of small wars: a map and tables, checked by the server as one types, run at once, saved as a package.
import { strToU8, zipSync } from "fflate";
import { choice, h } from "../dom";
import { save } from "../figure";
import { capital, plural } from "../format";
import { kFallback } from "../paint";
import { ask_server, links_to_wars } from "../what_if/server";
import type { Mistake } from "../what_if/asker";
import type { ServedWar } from "../what_if/server";
import { draft_map, kilometres, places_of } from "./map";
import { carry_over, is_named_elsewhere } from "./rename";
import { run_draft } from "./run";
import { Draft, cell_at, free_id } from "./tables";

export interface EditorData { files: Record<string, string>; heads: Record<string, string>; number?: number; others: ServedWar[] }

/** After the last key the war is checked when so many ms have passed. */
const kRestMs = 250;
/** Mistakes that are listed at most. */
const kListed = 60;

/** What a column names, for lists of what can be chosen. */
const kNames: Record<string, "places" | "actors"> = { place_id: "places", place: "places", a: "places", b: "places", actor: "actors", controller: "actors" };

const file_title = (name: string): string => capital(name.replace(/\.(csv|toml|json|geojson)$/, "").replace("accounts/", "account ").replaceAll("_", " "));
/** The title that scenario.toml gives. */
const title_of = (files: Record<string, string>): string => /^title\s*=\s*"((?:[^"\\]|\\.)*)"/m.exec(files["scenario.toml"] ?? "")?.[1] ?? "A war";
/** A name for a folder, of letters that every system takes. */
export const folder_name = (title: string): string => title.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "war";

/** The files as an archive with one folder. */
export function archive_of(folder: string, files: Record<string, string>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, strToU8(text)])), { level: 6 });
}

export function parse_editor(text: string): EditorData { return JSON.parse(text) as EditorData; }

export function editor_page(data: EditorData): Node[] {
  const draft = new Draft(data.files);
  let chosen = "", road_from = "", file = "places.csv", mistakes: Mistake[] = [], warnings: Mistake[] = [], is_saved = true;
  let checking: AbortController | undefined, running: AbortController | undefined, timer: number | undefined;

  const status = h("p", { class: "answer", role: "status" }), list = h("ul", { class: "mistakes" }), failure = h("p", { class: "warning", role: "alert" });
  const result = h("div", { class: "draft-result" });
  const grid = h("div", { class: "draft-file" }), tabs = h("div", {}), panel = h("aside", { class: "place-panel", "aria-label": "The chosen place" });
  const lists = h("div", { hidden: true });

  const colour = (holder: string): string => {
    const ids = draft.column("actors.csv", "id"), at = ids.indexOf(holder);
    const given = draft.cell("actors.csv", at, "colour");
    return at < 0 ? "var(--nobody)" : /^#[0-9a-f]{6}$/i.test(given) ? given : kFallback[at % kFallback.length];
  };
  const key = h("ul", { class: "key", "aria-label": "Key" });
  const draw_key = (): void => key.replaceChildren(...draft.column("actors.csv", "id").map((id, row) =>
    h("li", {}, h("i", { class: "dot", style: `background:${colour(id)}` }), draft.cell("actors.csv", row, "name") || id)), h("li", {}, h("i", { class: "dot", style: `background:${colour("")}` }), "Nobody"));
  draw_key();
  const map = draft_map(() => draft, colour, () => chosen, {
    choose(id) {
      if (road_from && road_from !== id) join(road_from, id);
      road_from = "";
      chosen = id;
      draw_panel();
      map.draw();
    },
    move(place, latitude, longitude, is_end) {
      draft.begin(is_end ? "" : `move ${place.id}`);
      draft.set("places.csv", place.row, "latitude", latitude);
      draft.set("places.csv", place.row, "longitude", longitude);
      changed();
    },
    add: (latitude, longitude) => add_place(latitude, longitude),
  });

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
    panel.querySelector("input")?.focus();
  }

  /** What is drawn of the draft, after an edit that did not come from a cell of the table. */
  function changed(from_cell = false): void {
    is_saved = false;
    if (!from_cell) draw_file();
    draw_panel();
    draw_lists();
    draw_key();
    map.draw();
    row_of_tools();
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void check(), kRestMs);
  }

  async function check(): Promise<void> {
    checking?.abort();
    const own = (checking = new AbortController());
    try {
      const response = await ask_server("/api/check", { files: draft.files }, own.signal);
      const told = await response.json() as { errors?: Mistake[]; warnings?: Mistake[] };
      if (own.signal.aborted) return;
      if (response.status === 503) {  // too many check at once
        timer = window.setTimeout(() => void check(), 1000);
        return;
      }
      failure.textContent = "";
      mistakes = told.errors ?? [];
      warnings = told.warnings ?? [];
    } catch (error) {
      if (own.signal.aborted) return;
      failure.textContent = `The server does not answer: ${error instanceof Error ? error.message : String(error)}. What you wrote is still here: save it.`;
      return;
    }
    show_mistakes();
  }

  /** The input of the cell that a mistake is in, if its file is shown. */
  function input_of(m: Mistake): HTMLElement | null {
    const table = draft.tables.get(m.file);
    const at = table && cell_at(table, m.line, m.column);
    if (m.file !== file || !at) return null;
    return grid.querySelector(`[data-row="${at.row}"][data-column="${at.column}"]`);
  }
  function show_mistakes(): void {
    status.textContent = mistakes.length === 0 ? (warnings.length === 0 ? "Nothing is wrong with this war." : `This war can run; ${plural(warnings.length, "thing")} can hardly be meant.`)
      : `${plural(mistakes.length, "mistake")} to correct before it can run.`;
    list.replaceChildren(...[...mistakes, ...warnings].slice(0, kListed).map((m, i) => h("li", { id: `mistake-${i}` },
      m.file in draft.files ? h("button", { type: "button", class: "plain", click: () => go_to(m) }, m.where) : m.where, ` ${m.what}; ${m.hint}`)));
    mark_cells();
    draw_tabs();
    row_of_tools();
  }
  function mark_cells(): void {
    for (const input of grid.querySelectorAll("[aria-invalid]")) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
      input.removeAttribute("title");
    }
    mistakes.slice(0, kListed).forEach((m, i) => {
      const input = input_of(m);
      input?.setAttribute("aria-invalid", "true");
      input?.setAttribute("aria-describedby", `mistake-${i}`);
      input?.setAttribute("title", `${m.what}; ${m.hint}`);
    });
  }
  function go_to(m: Mistake): void {
    if (m.file !== file) {
      file = m.file;
      draw_tabs();
      draw_file();
    }
    const input = input_of(m) ?? grid.querySelector<HTMLElement>("textarea, input");
    input?.focus();
    if (input instanceof HTMLTextAreaElement && m.line > 0) {
      const lines = input.value.split("\n"), from = lines.slice(0, m.line - 1).join("\n").length + (m.line > 1 ? 1 : 0);
      input.setSelectionRange(from, from + (lines[m.line - 1]?.length ?? 0));
      input.scrollTop = ((m.line - 3) / Math.max(1, lines.length)) * input.scrollHeight;
    }
  }

  function draw_tabs(): void {
    const first = ["places.csv", "links.csv", "actors.csv", "control.csv", "forces.csv", "scenario.toml"];
    const names = [...first.filter((name) => draft.names.includes(name)), ...draft.names.filter((name) => !first.includes(name))];
    if (!names.includes(file)) file = names[0] ?? "";
    const wrong = (name: string): string => {
      const n = mistakes.filter((m) => m.file === name).length;
      return n > 0 ? ` (${n} wrong)` : "";
    };
    const key = names.map((name) => name + wrong(name)).concat(file).join();
    if (key === tabs.dataset.key) return;  // who goes through them by keyboard is not thrown out
    tabs.dataset.key = key;
    const absent = Object.keys(data.heads).filter((name) => !draft.names.includes(name));
    const more = h("select", { "aria-label": "Add a table", change: () => {
      draft.begin();
      draft.tables.set(more.value, { heads: data.heads[more.value].split(","), rows: [] });
      file = more.value;
      draw_tabs();
      changed();
    } }, h("option", { value: "" }, "Add a table …"), ...absent.map((name) => h("option", { value: name }, file_title(name))));
    tabs.replaceChildren(choice("Table", names.map((name) => [name, `${file_title(name)}${wrong(name)}`]), file, (name) => { file = name; delete tabs.dataset.key; draw_file(); mark_cells(); }),
      ...(absent.length > 0 ? [more] : []));
  }

  function draw_file(): void {
    const table = draft.tables.get(file);
    if (!table) {
      const area = h("textarea", { "aria-label": file, rows: 22, spellcheck: "false", input: () => { draft.begin(`text ${file}`); draft.texts.set(file, area.value); changed(true); } });
      area.value = draft.texts.get(file) ?? "";
      grid.replaceChildren(area);
      return;
    }
    const id = table.heads[0];
    const cell = (row: number, column: number): HTMLElement => {
      const names = kNames[table.heads[column]];
      const input = h("input", { type: "text", value: table.rows[row][column], "data-row": row, "data-column": column, "aria-label": `${table.heads[column]}, row ${row + 1}`,
        list: names && !(file === "places.csv" && column === 0) ? `all-${names}` : null, style: `min-width:${Math.max(5, Math.min(28, table.rows[row][column].length + 2))}ch`,
        input: () => { draft.begin(`${file} ${row} ${column}`); table_now().rows[row][column] = input.value; rename(input.value); changed(true); } });
      // While an id is typed, others keep naming the row by the last text that was one.
      let known = input.value;
      const rename = (to: string): void => {
        if (known === "" || !is_named_elsewhere(file, table.heads[column]) || !carry_over(draft, file, known, to)) return;
        if (file === "places.csv" && chosen === known) chosen = to;
        known = to;
      };
      return h("td", {}, input);
    };
    const table_now = (): { rows: string[][] } => draft.tables.get(file) ?? { rows: [] };
    const remove = (row: number): HTMLElement => h("button", { type: "button", class: "plain", "aria-label": `Remove row ${row + 1}: ${table.rows[row][0]}`, click: () => {
      draft.begin();
      if (file === "places.csv") draft.remove_place(table.rows[row][0]);
      else table_now().rows.splice(row, 1);
      changed();
    } }, "×");
    const add = h("button", { type: "button", click: () => {
      draft.begin();
      const last = table.rows.at(-1);
      table_now().rows.push(table.heads.map((head, i) => (i === 0 && (head === "id" || file === "places.csv") ? (last ? free_id(table, head, last[0]) : "") : last?.[i] ?? "")));
      changed();
      grid.querySelector<HTMLElement>(`[data-row="${table_now().rows.length - 1}"]`)?.focus();
    } }, table.rows.length > 0 ? "Add a row like the last" : "Add a row");
    grid.replaceChildren(h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": file }, h("table", { class: "cells" },
      h("thead", {}, h("tr", {}, ...table.heads.map((head) => h("th", { scope: "col" }, head)), h("td", {}))),
      h("tbody", {}, ...table.rows.map((_, row) => h("tr", {}, ...table.heads.map((__, column) => cell(row, column)), h("td", {}, remove(row))))))), add,
    h("p", { class: "note" }, `${file}: ${plural(table.rows.length, "row")}, by ${id}. docs/scenario-format.md says what its columns mean.`));
  }

  function draw_lists(): void {
    const options = (id: string, names: string[]): HTMLElement => h("datalist", { id }, ...names.map((value) => h("option", { value })));
    lists.replaceChildren(options("all-places", draft.column("places.csv", "place_id")), options("all-actors", [...draft.column("actors.csv", "id"), "none"]));
  }

  function draw_panel(): void {
    const places = places_of(draft), place = places.find((p) => p.id === chosen);
    if (panel.contains(document.activeElement) && place && panel.dataset.id === chosen && document.activeElement instanceof HTMLInputElement) return;  // who types in it goes on typing
    panel.dataset.id = place?.id ?? "";
    const add = h("button", { type: "button", click: () => add_place() }, "Add a place");
    if (!place) {
      panel.replaceChildren(h("p", { class: "note" }, "Choose a place on the map to change it, drag it to move it, press twice where a new one is to be."), add);
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
    panel.replaceChildren(h("h3", {}, place.name), h("div", { class: "fields" }, field("Name", "name"), field("People", "population"), field("Worth", "value"), field("Latitude", "latitude"), field("Longitude", "longitude"),
      h("label", {}, "Held by", holder)),
    h("p", { class: "kicker" }, "Roads"), h("ul", { class: "roads-of" }, ...joined.map((p) => h("li", {}, p.name, ` ${draft.cell("links.csv", draft.roads(place.id, p.id)[0], "road_km")} km `,
      h("button", { type: "button", class: "plain", "aria-label": `Remove the road to ${p.name}`, click: () => join(place.id, p.id) }, "×")))),
    h("div", { class: "controls" }, h("label", {}, "Road to ", to), h("button", { type: "button", disabled: to.options.length === 0, click: () => join(place.id, to.value) }, "Add the road"),
      h("button", { type: "button", "aria-pressed": String(road_from === place.id), click: () => { road_from = road_from ? "" : place.id; draw_panel(); } }, road_from ? "Now choose the other end" : "Road on the map")),
    h("div", { class: "controls" }, add, h("button", { type: "button", click: () => { draft.begin(); draft.remove_place(place.id); chosen = ""; changed(); } }, `Remove ${place.name}`)));
  }

  const tools = h("div", { class: "controls" });
  const name = h("input", { type: "text", value: folder_name(title_of(data.files)), "aria-label": "Name of the folder", class: "folder", size: 34 });
  const save_draft = (): void => {
    const folder = folder_name(name.value);
    save(`${folder}.zip`, new Blob([archive_of(folder, draft.files) as BlobPart], { type: "application/zip" }));
    is_saved = true;
  };
  const run = async (): Promise<void> => {
    running?.abort();
    const own = (running = new AbortController());
    result.setAttribute("aria-busy", "true");
    result.replaceChildren(h("p", { class: "note", role: "status" }, "Running …"));
    try {
      const wrong = await run_draft(draft.files, result, (id) => draft.cell("actors.csv", draft.column("actors.csv", "id").indexOf(id), "name") || id, own.signal);
      if (wrong.length > 0) result.replaceChildren(h("p", { class: "warning" }, `${wrong[0].what}; ${wrong[0].hint}`));
    } catch (error) {
      if (own.signal.aborted) return;
      result.replaceChildren();
      failure.textContent = `The server does not answer: ${error instanceof Error ? error.message : String(error)}. What you wrote is still here: save it.`;
    }
    result.setAttribute("aria-busy", "false");
  };
  function row_of_tools(): void {
    const button = (text: string, disabled: boolean, press: () => void): HTMLElement => h("button", { type: "button", disabled, click: press }, text);
    const focused = document.activeElement;
    tools.replaceChildren(button("Run it", mistakes.length > 0, () => void run()), button("Undo", !draft.can_undo, () => { draft.undo(); draw_tabs(); changed(); }),
      h("label", {}, "Save as ", name), button("Save the package", false, save_draft));
    if (focused === name) name.focus();
  }
  window.addEventListener("beforeunload", (event) => { if (!is_saved) event.preventDefault(); });

  draw_tabs();
  draw_file();
  draw_lists();
  draw_panel();
  row_of_tools();
  void check();
  return [
    h("header", {}, h("p", { class: "brand" }, h("b", {}, "truel"), " a war of your own"), h("h1", {}, title_of(data.files)),
      data.others.length > 0 ? h("p", {}, "Ask what if: ", ...links_to_wars(data.others)) : "",
      h("p", { class: "caveat" }, "Change places, roads and sides on the map or in the tables; what is wrong is said as you type. The server keeps nothing of this when it ends: "
        + "“Save the package” gives an archive with one folder, which truel run and truel serve take as they take any.")),
    h("main", { class: "editor" },
      h("section", { id: "check", "aria-label": "Check and run" }, failure, status, tools, list, result),
      h("section", { id: "draft-map", "aria-label": "Map" }, h("h2", {}, "Map"), h("div", { class: "map-view" }, h("div", { class: "map-main" }, map.node, key), panel)),
      h("section", { id: "tables", "aria-label": "Tables" }, h("h2", {}, "Tables"), tabs, grid, lists)),
  ];
}
