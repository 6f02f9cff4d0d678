// The files of a package while they are written: tables as cells, and where a mistake's line and column lie in them.
import { read_csv } from "../csv";
import type { Table } from "../csv";
import { csv_of } from "../figure";

/** The text of a table: one line a row, as long as no cell holds a line end. */
export const text_of = (table: Table): string => csv_of(table).replaceAll("\r\n", "\n");

/** The cell where a mistake at this line and column (in characters, both from 1) of `text_of(table)` is: row -1 is that of the
 * heads. Nothing where the line is not in the table. */
export function cell_at(table: Table, line: number, column: number): { row: number; column: number } | undefined {
  let at = 1;
  for (const [row, cells] of [table.heads, ...table.rows].entries()) {
    const text = csv_of({ heads: cells, rows: [] }).replace(/\r\n$/, "");
    const lines = text.split("\n").length;
    if (line < at + lines) {
      let start = 1, found = 0;
      cells.forEach((cell, i) => {
        if (line > at || start <= column) found = i;
        start += [...csv_of({ heads: [cell], rows: [] }).replace(/\r\n$/, "")].length + 1;
      });
      return { row: row - 1, column: found };
    }
    at += lines;
  }
  return undefined;
}

/** An id that no cell of the column has, made from a wish. */
export function free_id(table: Table, column: string, wish: string): string {
  const at = table.heads.indexOf(column), taken = new Set(table.rows.map((row) => row[at]));
  const stem = wish.replace(/_\d+$/, "") || "new";
  for (let n = 2; ; ++n) if (!taken.has(`${stem}_${n}`)) return `${stem}_${n}`;
}

const is_table = (name: string): boolean => name.endsWith(".csv");

/** A package that is being written. Tables are kept as cells and every other file as its text; `undo` goes back by one edit. */
export class Draft {
  readonly tables = new Map<string, Table>();
  readonly texts = new Map<string, string>();
  private readonly past: { files: Record<string, string>; key: string }[] = [];
  private last_key = "";

  constructor(files: Record<string, string>) { this.read(files); }

  private read(files: Record<string, string>): void {
    this.tables.clear();
    this.texts.clear();
    for (const [name, text] of Object.entries(files)) {
      if (is_table(name)) this.tables.set(name, read_csv(text));
      else this.texts.set(name, text);
    }
  }

  get files(): Record<string, string> {
    return Object.fromEntries([...[...this.texts], ...[...this.tables].map(([name, table]): [string, string] => [name, text_of(table)])].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  get names(): string[] { return Object.keys(this.files); }
  get can_undo(): boolean { return this.past.length > 0; }

  /** To be called before an edit. Edits with one key after another are undone together; "" with nothing. */
  begin(key = ""): void {
    if (key !== "" && key === this.last_key) return;
    this.last_key = key;
    this.past.push({ files: this.files, key });
    if (this.past.length > 200) this.past.shift();
  }
  undo(): void {
    const before = this.past.pop();
    this.last_key = "";
    if (before) this.read(before.files);
  }

  cell(file: string, row: number, head: string): string {
    const table = this.tables.get(file);
    return table?.rows[row]?.[table.heads.indexOf(head)] ?? "";
  }
  set(file: string, row: number, head: string, value: string): void {
    const table = this.tables.get(file), at = table?.heads.indexOf(head) ?? -1;
    if (table?.rows[row] && at >= 0) table.rows[row][at] = value;
  }
  /** Values of a column, without empty ones, each once. */
  column(file: string, head: string): string[] {
    const table = this.tables.get(file), at = table?.heads.indexOf(head) ?? -1;
    return table && at >= 0 ? [...new Set(table.rows.map((row) => row[at]).filter(Boolean))] : [];
  }
  /** Adds a row with these cells, others empty, and gives its number. A table that the package lacks begins with their columns. */
  add(file: string, cells: Record<string, string>): number {
    const table = this.tables.get(file) ?? { heads: Object.keys(cells), rows: [] };
    this.tables.set(file, table);
    return table.rows.push(table.heads.map((head) => cells[head] ?? "")) - 1;
  }
  remove(file: string, is_gone: (cell: (head: string) => string) => boolean): void {
    const table = this.tables.get(file);
    if (table) table.rows = table.rows.filter((row) => !is_gone((head) => row[table.heads.indexOf(head)] ?? ""));
  }

  /** A new place, held by nobody from the war's first spell on. Gives its row. */
  add_place(name: string, latitude: string, longitude: string): number {
    const places = this.tables.get("places.csv");
    const id = places === undefined || places.rows.length === 0 ? "place_1" : free_id(places, "place_id", "place");
    const [start, end] = ["start", "end"].map((key) => new RegExp(`^${key} *= *([-\\d]+)`, "m").exec(this.texts.get("scenario.toml") ?? "")?.[1] ?? "");
    if (!this.tables.has("forces.csv")) this.tables.set("forces.csv", { heads: ["actor", "place_id", "date", "fighters", "basis"], rows: [] });  // a war with places has one
    const like = (head: string, otherwise: string): string => this.cell("places.csv", 0, head) || otherwise;
    const row = this.add("places.csv", { place_id: id, name: `${name} ${id.replace(/^.*_/, "")}`, latitude, longitude, kind: "town", terrain: like("terrain", ""), entry: "no",
      population: "10000", value: "1", fortification: "0", basis: "assumed: written on the page" });
    this.add("control.csv", { place_id: id, from_date: this.cell("control.csv", 0, "from_date") || start, to_date: this.cell("control.csv", 0, "to_date") || end, controller: "none", confidence: this.cell("control.csv", 0, "confidence") });
    return row;
  }
  /** Takes a place out of every table that names it. */
  remove_place(id: string): void {
    for (const file of ["places.csv", "control.csv", "forces.csv", "support.csv"]) this.remove(file, (cell) => cell("place_id") === id || (file === "forces.csv" && cell("place") === id));
    this.remove("links.csv", (cell) => cell("a") === id || cell("b") === id);
  }
  /** Rows of roads between two places. */
  roads(one: string, other: string): number[] {
    const links = this.tables.get("links.csv"), a = links?.heads.indexOf("a") ?? -1, b = links?.heads.indexOf("b") ?? -1;
    return (links?.rows ?? []).flatMap((row, i) => ((row[a] === one && row[b] === other) || (row[a] === other && row[b] === one) ? [i] : []));
  }
  /** A road as long as the way over the ground, or none where there was one. */
  toggle_road(one: string, other: string, km: number): void {
    if (this.roads(one, other).length > 0) {
      this.remove("links.csv", (cell) => (cell("a") === one && cell("b") === other) || (cell("a") === other && cell("b") === one));
    } else {
      this.add("links.csv", { a: one, b: other, road_km: String(Math.max(1, Math.round(km))), terrain: this.cell("links.csv", 0, "terrain"), basis: "assumed: written on the page" });
    }
  }
  /** Who holds a place on the first day: the first spell that names it. */
  holder(id: string): { row: number; controller: string } {
    const control = this.tables.get("control.csv"), at = control?.heads.indexOf("place_id") ?? -1;
    const row = control?.rows.findIndex((cells) => cells[at] === id) ?? -1;
    return { row, controller: this.cell("control.csv", row, "controller") };
  }
}
