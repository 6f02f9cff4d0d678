// The editor of small wars: a map and tables, checked by the server as one types, run at once, saved as a package.
import { strToU8, zipSync } from "fflate";
import { h } from "../dom";
import { save } from "../figure";
import { kFallback } from "../paint";
import { links_to_wars } from "../what_if/server";
import type { ServedWar } from "../what_if/server";
import { grid_view } from "./grid";
import { draft_map } from "./map";
import { mistakes_view } from "./mistakes";
import { panel_view } from "./panel";
import { run_draft } from "./run";
import { Draft } from "./tables";

export interface EditorData { files: Record<string, string>; heads: Record<string, string>; number?: number; others: ServedWar[] }

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
  let is_saved = true, running: AbortController | undefined;

  const colour = (holder: string): string => {
    const ids = draft.column("actors.csv", "id"), at = ids.indexOf(holder);
    const given = draft.cell("actors.csv", at, "colour");
    return at < 0 ? "var(--nobody)" : /^#[0-9a-f]{6}$/i.test(given) ? given : kFallback[at % kFallback.length];
  };
  const key = h("ul", { class: "key", "aria-label": "Key" });
  const draw_key = (): void => key.replaceChildren(...draft.column("actors.csv", "id").map((id, row) =>
    h("li", {}, h("i", { class: "dot", style: `background:${colour(id)}` }), draft.cell("actors.csv", row, "name") || id)), h("li", {}, h("i", { class: "dot", style: `background:${colour("")}` }), "Nobody"));
  const panel = panel_view(draft, () => changed());
  const map = draft_map(() => draft, colour, panel.chosen, {
    choose(id) {
      panel.choose(id);
      map.draw();
    },
    move(place, latitude, longitude, is_end) {
      draft.begin(is_end ? "" : `move ${place.id}`);
      draft.set("places.csv", place.row, "latitude", latitude);
      draft.set("places.csv", place.row, "longitude", longitude);
      changed();
    },
    add: panel.add_place,
  });
  const grid = grid_view(draft, data.heads, { changed: (from_cell) => changed(from_cell), opened: () => mistakes.mark(), renamed: panel.renamed, wrong: (file) => mistakes.wrong(file) });
  const mistakes = mistakes_view(draft, grid, () => row_of_tools());

  /** What is drawn of the draft. from_cell: of an edit that the cells of the table show already. */
  function draw(from_cell = false): void {
    if (!from_cell) grid.draw();
    panel.draw();
    grid.draw_lists();
    draw_key();
    map.draw();
    row_of_tools();
  }
  function changed(from_cell = false): void {
    is_saved = false;
    draw(from_cell);
    mistakes.check_later();
  }

  const result = h("div", { class: "draft-result" });
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
      mistakes.fail(error);
    }
    result.setAttribute("aria-busy", "false");
  };
  function row_of_tools(): void {
    const button = (text: string, disabled: boolean, press: () => void): HTMLElement => h("button", { type: "button", disabled, click: press }, text);
    const focused = document.activeElement;
    tools.replaceChildren(button("Run it", !mistakes.can_run(), () => void run()), button("Undo", !draft.can_undo, () => { draft.undo(); grid.draw_tabs(); changed(); }),
      h("label", {}, "Save as ", name), button("Save the package", false, save_draft));
    if (focused === name) name.focus();
  }
  window.addEventListener("beforeunload", (event) => { if (!is_saved) event.preventDefault(); });

  grid.draw_tabs();
  draw();
  void mistakes.check();
  return [
    h("header", {}, h("p", { class: "brand" }, h("b", {}, "truel"), " a war of your own"), h("h1", {}, title_of(data.files)),
      data.others.length > 0 ? h("p", {}, "Ask what if: ", ...links_to_wars(data.others)) : "",
      h("p", { class: "caveat" }, "Change places, roads and sides on the map or in the tables; what is wrong is said as you type. The server keeps nothing of this when it ends: "
        + "“Save the package” gives an archive with one folder, which truel run and truel serve take as they take any.")),
    h("main", { class: "editor" },
      h("section", { id: "check", "aria-label": "Check and run" }, mistakes.failure, mistakes.status, tools, mistakes.list, result),
      h("section", { id: "draft-map", "aria-label": "Map" }, h("h2", {}, "Map"), h("div", { class: "map-view" }, h("div", { class: "map-main" }, map.node, key), panel.node)),
      h("section", { id: "tables", "aria-label": "Tables" }, h("h2", {}, "Tables"), grid.tabs, grid.node, grid.lists)),
  ];
}
