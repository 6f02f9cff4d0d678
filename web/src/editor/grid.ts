// The tables of a war that is being written, one at a time as cells; what is no table as its text.
import { choice, h } from "../dom";
import { capital, plural } from "../format";
import type { Mistake } from "../what_if/asker";
import { carry_over, is_named_elsewhere } from "./rename";
import { cell_at, free_id } from "./tables";
import type { Draft } from "./tables";

/** What a column names, for lists of what can be chosen. */
const kNames: Record<string, "places" | "actors"> = { place_id: "places", place: "places", a: "places", b: "places", actor: "actors", controller: "actors" };

const file_title = (name: string): string => capital(name.replace(/\.(csv|toml|json|geojson)$/, "").replace("accounts/", "account ").replaceAll("_", " "));

/** changed: after an edit; from_cell: the cells show it already. opened: after another file was chosen. renamed: a place has another id. wrong: how many
 * mistakes a file has. */
interface Listener { changed: (from_cell?: boolean) => void; opened: () => void; renamed: (from: string, to: string) => void; wrong: (file: string) => number }

/** lists: what cells offer to be chosen. input_of: the input of the cell that a mistake is in, if its file is shown. */
export interface Grid {
  tabs: HTMLElement; node: HTMLElement; lists: HTMLElement;
  draw: () => void; draw_tabs: () => void; draw_lists: () => void; open: (file: string) => void; input_of: (m: Mistake) => HTMLElement | null;
}

/** heads: of the tables that a war may have. */
export function grid_view(draft: Draft, heads: Record<string, string>, on: Listener): Grid {
  let file = "places.csv";
  const node = h("div", { class: "draft-file" }), tabs = h("div", {}), lists = h("div", { hidden: true });

  function draw_tabs(): void {
    const first = ["places.csv", "links.csv", "actors.csv", "control.csv", "forces.csv", "scenario.toml"];
    const names = [...first.filter((name) => draft.names.includes(name)), ...draft.names.filter((name) => !first.includes(name))];
    if (!names.includes(file)) file = names[0] ?? "";
    const wrong = (name: string): string => {
      const n = on.wrong(name);
      return n > 0 ? ` (${n} wrong)` : "";
    };
    const key = names.map((name) => name + wrong(name)).concat(file).join();
    if (key === tabs.dataset.key) return;  // who goes through them by keyboard is not thrown out
    tabs.dataset.key = key;
    const absent = Object.keys(heads).filter((name) => !draft.names.includes(name));
    const more = h("select", { "aria-label": "Add a table", change: () => {
      draft.begin();
      draft.tables.set(more.value, { heads: heads[more.value].split(","), rows: [] });
      file = more.value;
      draw_tabs();
      on.changed();
    } }, h("option", { value: "" }, "Add a table …"), ...absent.map((name) => h("option", { value: name }, file_title(name))));
    tabs.replaceChildren(choice("Table", names.map((name) => [name, `${file_title(name)}${wrong(name)}`]), file, (name) => { file = name; delete tabs.dataset.key; draw(); on.opened(); }),
      ...(absent.length > 0 ? [more] : []));
  }

  function draw(): void {
    const table = draft.tables.get(file);
    if (!table) {
      const area = h("textarea", { "aria-label": file, rows: 22, spellcheck: "false", input: () => { draft.begin(`text ${file}`); draft.texts.set(file, area.value); on.changed(true); } });
      area.value = draft.texts.get(file) ?? "";
      node.replaceChildren(area);
      return;
    }
    const id = table.heads[0];
    const cell = (row: number, column: number): HTMLElement => {
      const names = kNames[table.heads[column]];
      const input = h("input", { type: "text", value: table.rows[row][column], "data-row": row, "data-column": column, "aria-label": `${table.heads[column]}, row ${row + 1}`,
        list: names && !(file === "places.csv" && column === 0) ? `all-${names}` : null, style: `min-width:${Math.max(5, Math.min(28, table.rows[row][column].length + 2))}ch`,
        input: () => { draft.begin(`${file} ${row} ${column}`); table_now().rows[row][column] = input.value; rename(input.value); on.changed(true); } });
      // While an id is typed, others keep naming the row by the last text that was one.
      let known = input.value;
      const rename = (to: string): void => {
        if (known === "" || !is_named_elsewhere(file, table.heads[column]) || !carry_over(draft, file, known, to)) return;
        if (file === "places.csv") on.renamed(known, to);
        known = to;
      };
      return h("td", {}, input);
    };
    const table_now = (): { rows: string[][] } => draft.tables.get(file) ?? { rows: [] };
    const remove = (row: number): HTMLElement => h("button", { type: "button", class: "plain", "aria-label": `Remove row ${row + 1}: ${table.rows[row][0]}`, click: () => {
      draft.begin();
      if (file === "places.csv") draft.remove_place(table.rows[row][0]);
      else table_now().rows.splice(row, 1);
      on.changed();
    } }, "×");
    const add = h("button", { type: "button", click: () => {
      draft.begin();
      const last = table.rows.at(-1);
      table_now().rows.push(table.heads.map((head, i) => (i === 0 && (head === "id" || file === "places.csv") ? (last ? free_id(table, head, last[0]) : "") : last?.[i] ?? "")));
      on.changed();
      node.querySelector<HTMLElement>(`[data-row="${table_now().rows.length - 1}"]`)?.focus();
    } }, table.rows.length > 0 ? "Add a row like the last" : "Add a row");
    node.replaceChildren(h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": file }, h("table", { class: "cells" },
      h("thead", {}, h("tr", {}, ...table.heads.map((head) => h("th", { scope: "col" }, head)), h("td", {}))),
      h("tbody", {}, ...table.rows.map((_, row) => h("tr", {}, ...table.heads.map((__, column) => cell(row, column)), h("td", {}, remove(row))))))), add,
    h("p", { class: "note" }, `${file}: ${plural(table.rows.length, "row")}, by ${id}. docs/scenario-format.md says what its columns mean.`));
  }

  function draw_lists(): void {
    const options = (id: string, names: string[]): HTMLElement => h("datalist", { id }, ...names.map((value) => h("option", { value })));
    lists.replaceChildren(options("all-places", draft.column("places.csv", "place_id")), options("all-actors", [...draft.column("actors.csv", "id"), "none"]));
  }

  return {
    tabs, node, lists, draw, draw_tabs, draw_lists,
    open(name) {
      if (name === file) return;
      file = name;
      draw_tabs();
      draw();
    },
    input_of(m) {
      const table = draft.tables.get(m.file);
      const at = table && cell_at(table, m.line, m.column);
      if (m.file !== file || !at) return null;
      return node.querySelector(`[data-row="${at.row}"][data-column="${at.column}"]`);
    },
  };
}
