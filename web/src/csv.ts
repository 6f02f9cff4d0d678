// Tables as text: comma-separated values.

/** heads, then rows of as many cells. */
export interface Table { heads: string[]; rows: string[][] }

/** Reads CSV as RFC 4180 has it, with LF or CRLF. Short rows are filled with empty cells; what a row has too much is kept in
 * its last cell, where the check will find it. */
export function read_csv(text: string): Table {
  const all: string[][] = [];
  let row: string[] = [], cell = "", is_quoted = false, was_quoted = false;
  const end_cell = (): void => { row.push(cell); cell = ""; was_quoted = false; };
  const end_row = (): void => {
    end_cell();
    if (row.length > 1 || row[0] !== "") all.push(row);  // empty lines are passed over
    row = [];
  };
  const given = text.replace(/^\ufeff/, "");
  for (let i = 0; i < given.length; ++i) {
    const c = given[i];
    if (is_quoted) {
      if (c !== '"') cell += c;
      else if (given[i + 1] === '"') { cell += '"'; ++i; }
      else is_quoted = false;
    } else if (c === '"' && cell === "" && !was_quoted) is_quoted = was_quoted = true;
    else if (c === ",") end_cell();
    else if (c === "\n") end_row();
    else if (!(c === "\r" && given[i + 1] === "\n")) cell += c;
  }
  if (cell !== "" || row.length > 0) end_row();
  const [heads = [], ...rows] = all;
  const width = Math.max(1, heads.length);
  return { heads, rows: rows.map((cells) => (cells.length <= width
    ? [...cells, ...Array<string>(width - cells.length).fill("")] : [...cells.slice(0, width - 1), cells.slice(width - 1).join(",")])) };
}
