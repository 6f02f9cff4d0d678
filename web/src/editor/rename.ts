// New ids: where a row of one table is named by others and by paths, so that its new name goes there too.
import { kIssueOutcome } from "../catalogue";
import type { Draft } from "./tables";

/** Where ids of a table stand. cells: columns by table ("*": of all); paths: parts of a path by its first part; set: key of
 * [sets] in scenario.toml. */
interface References { id: string; cells: Record<string, string[]>; paths: Record<string, number[]>; set?: string }

const kReferences: Record<string, References> = {
  "places.csv": {
    id: "place_id", set: "places", cells: { "*": ["place_id"], "links.csv": ["a", "b"], "aliases.csv": ["id"] },
    paths: { places: [1], links: [1, 2], forces: [2], support: [2] },
  },
  "actors.csv": {
    id: "id", set: "actors",
    cells: { "*": ["actor"], "control.csv": ["controller"], "ties.csv": ["a", "b"], "sponsors.csv": ["recipient", "sponsor"], "interventions.csv": ["other"],
      "claims.csv": ["subject", "object"], "aliases.csv": ["id"] },
    paths: { actors: [1], forces: [1], support: [1], ties: [1, 2], sponsors: [1, 2], positions: [1], places: [3], [kIssueOutcome]: [3, 4] },
  },
  "commands.csv": {
    id: "id", set: "actors", cells: { "commands.csv": ["id"], "actors.csv": ["command"], "claims.csv": ["subject", "object"], "aliases.csv": ["id"] },
    paths: { commands: [1], ties: [1, 2] },
  },
  "interventions.csv": { id: "id", cells: {}, paths: { interventions: [1] } },
  "claims.csv": { id: "id", cells: {}, paths: {} },
};

/** An id as the format has it, of claims too. */
const kId = /^[A-Za-z][A-Za-z0-9_]*$/;

/** Whether rows of other tables name what this column of the table lists. */
export const is_named_elsewhere = (file: string, head: string): boolean => kReferences[file]?.id === head;

/** The claims of a basis ("C1; assumed: why") by their new names. */
const in_basis = (basis: string, from: string, to: string): string => basis.split(";").map((part) => (part.trim() === from ? part.replace(from, to) : part)).join(";");

/** Text with every quoted string changed. */
const in_strings = (text: string, change: (inner: string) => string): string => text.replace(/"((?:[^"\\\n]|\\.)*)"/g, (_, inner: string) => `"${change(inner)}"`);

/** Gives what `file` lists as `from` the name `to` wherever else it is named: in the cells of other tables, in paths, and in the
 * sets, bases and claims of scenario.toml and the accounts. False, and nothing is done, if `to` is no id or is another row's. */
export function carry_over(draft: Draft, file: string, from: string, to: string): boolean {
  const naming = kReferences[file];
  const rows_named = (id: string): number => (draft.tables.get(file)?.rows ?? []).filter((_, row) => draft.cell(file, row, naming.id) === id).length;
  if (!kId.test(to) || rows_named(to) > 1 || rows_named(from) > 0) return false;
  const is_claim = file === "claims.csv";
  const in_paths = (text: string): string => text.replace(/\b[a-z]+(?:\.[\w*-]+)+/g, (path) => {
    const parts = path.split("."), at = naming.paths[parts[0]] ?? [];
    return parts.map((part, i) => (at.includes(i) && part === from ? to : part)).join(".");
  });
  for (const [name, table] of draft.tables) {
    const columns = [...(naming.cells["*"] ?? []), ...(naming.cells[name] ?? [])];
    table.heads.forEach((head, column) => {
      for (const row of table.rows) {
        if (columns.includes(head) && row[column] === from) row[column] = to;
        if (head === "path") row[column] = in_paths(row[column]);
        if (is_claim && /(^|_)basis$/.test(head)) row[column] = in_basis(row[column], from, to);
      }
    });
  }
  for (const [name, text] of draft.texts) {
    if (!name.endsWith(".toml")) continue;
    let section = "";
    draft.texts.set(name, text.split("\n").map((line) => {
      section = /^\s*\[+([^\]]*)\]/.exec(line)?.[1].trim() ?? section;
      if (is_claim) return /\bbasis\s*=|^\s*claims\s*=/.test(line) ? in_strings(line, (inner) => in_basis(inner, from, to)) : line;
      return section === `sets.${naming.set ?? ""}` ? in_strings(line, (inner) => (inner === from ? to : inner)) : in_strings(line, in_paths);
    }).join("\n"));
  }
  // An actor without a command of another name is its own.
  const row = (draft.tables.get(file)?.rows ?? []).findIndex((_, i) => draft.cell(file, i, naming.id) === to);
  if (file === "actors.csv" && draft.cell(file, row, "command") === "" && draft.column("commands.csv", "id").includes(from)) {
    const commands = draft.column("commands.csv", "id");
    draft.set("commands.csv", commands.indexOf(from), "id", to);
    carry_over(draft, "commands.csv", from, to);
  }
  return true;
}
