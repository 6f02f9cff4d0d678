// What the observed data rest on: control.csv of the package, which a report that has the engine in it carries.
import { read_csv } from "./csv";
import type { Report } from "./report";
import { engine_text, has_engine } from "./what_if/mode";

/** Who held a place from one day to another, both included, and what says so. */
interface Spell { place: string; from: string; to: string; source: string }

export function spells_of(csv: string): Spell[] {
  const { heads, rows } = read_csv(csv), at = (name: string): number => heads.indexOf(name);
  return rows.map((row) => ({ place: row[at("place_id")] ?? "", from: row[at("from_date")] ?? "", to: row[at("to_date")] ?? "", source: row[at("source")] ?? "" }));
}

let known: Spell[] | undefined;  // the text has megabytes, and is read when somebody asks
const spells = (): Spell[] => (known ??= has_engine() ? spells_of((JSON.parse(engine_text()) as { files: Record<string, string> }).files["control.csv"] ?? "") : []);

/** What says who held a place on a day; undefined where the package does not name it or is not in the page. */
export const source_of = (place: string, date: string, of = spells()): string | undefined => of.find((s) => s.place === place && s.from <= date && date <= s.to)?.source || undefined;

/** The sources of what the report has of the record, with how many places each speaks of, most first. */
export function sources_of({ record }: Pick<Report, "record">, all = spells()): { source: string; places: number }[] {
  const places = new Map<string, Set<string>>();
  for (const { place, from, to, source } of all) {
    if (source !== "" && record && from <= record.last && to >= record.first) places.set(source, (places.get(source) ?? new Set()).add(place));
  }
  return [...places].map(([source, of]) => ({ source, places: of.size })).sort((a, b) => b.places - a.places);
}

/** Where the observed data are, for people; with sources only where there are any. */
export const coding_words = (name: string, sources: number): string =>
  `Who held which place from when to when is coded in control.csv of the package ${name}${sources > 0 ? ", with the sources" : ""}.`;
