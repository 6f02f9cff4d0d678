// What every figure offers: its numbers as a table and as CSV, its picture as SVG and PNG, and how to cite it.
import { h } from "./dom";
import { day } from "./format";
import { picture_of } from "./picture";
import type { Report } from "./report";

type Cell = string | number | null;
/** A table: the heads of its columns, then its rows. */
export interface Table { heads: string[]; rows: Cell[][] }

/** CSV as RFC 4180 has it. */
export function csv_of({ heads, rows }: Table): string {
  const cell = (x: Cell): string => {
    const text = x === null ? "" : String(x);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [heads, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** What a citation names of an ensemble. */
type CitedRun = Pick<Report, "title" | "package" | "account" | "runs" | "seed" | "truel" | "start" | "end">;

/** What a figure rests on. */
function origin_of(data: CitedRun): string {
  const account = data.account ? `, account ${data.account}` : "";
  return `${data.runs} runs of the package ${data.package}${account}, ${day(data.start)} to ${day(data.end)}, seed ${data.seed}, truel ${data.truel}.`;
}

/** How to cite a figure: the work, and where it can be had or how it is made. A file on the reader's machine is neither. */
function citation_of(data: CitedRun, title: string, where: string): string {
  return `${title}. ${data.title}: ${origin_of(data)}${where === "" || where.startsWith("file:") ? "" : ` ${where}`}`;
}

/** After this many ms a file that was offered is let go; a browser that asks where to put it has begun to read it long before. */
const kKeepMs = 60_000;

export function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(url), kKeepMs);
}

/** Offers the reader a file of this text. */
export const save_text = (name: string, type: string, text: string): void => save(name, new Blob([text], { type }));

/** Twice the size on the screen, for print and slides. */
const kScale = 2;

/** A picture painted as a PNG; null where the browser cannot. A blob, not a data link: browsers cut links at some MB. */
async function png_of(svg: SVGSVGElement): Promise<Blob | null> {
  const canvas = h("canvas", { width: kScale * Number(svg.getAttribute("width")), height: kScale * Number(svg.getAttribute("height")) });
  try {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
    await image.decode();
    const pen = canvas.getContext("2d");
    pen?.scale(kScale, kScale);
    pen?.drawImage(image, 0, 0);
    return pen && await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  } catch {
    return null;
  }
}

/** Offers a picture as a PNG; says so where the browser cannot paint it. */
async function save_png(name: string, svg: SVGSVGElement, said: HTMLElement): Promise<void> {
  const content = await png_of(svg);
  if (content) return save(name, content);
  said.textContent = `The browser could not paint this picture of ${["width", "height"].map((x) => kScale * Number(svg.getAttribute(x))).join(" by ")} points; the SVG holds the same.`;
}

/** Puts a picture and its numbers, parted by tabs, on the clipboard: a sheet takes the one and a text the other. */
async function copy_figure(svg: SVGSVGElement, { heads, rows }: Table, said: HTMLElement): Promise<void> {
  const text = [heads, ...rows].map((row) => row.map((x) => String(x ?? "").replaceAll(/[\t\r\n]+/g, " ")).join("\t")).join("\n");
  said.textContent = "Copying …";
  try {
    const content = await png_of(svg), plain = new Blob([text], { type: "text/plain" });
    await navigator.clipboard.write([new ClipboardItem(content ? { "text/plain": plain, "image/png": content } : { "text/plain": plain })]);
    said.textContent = `Copied: ${content ? "the picture and " : ""}the table of ${rows.length} rows.`;
  } catch {
    said.textContent = "The browser does not let this page write to the clipboard: the table, the CSV and the PNG hold the same.";
  }
}

/** Shows a text to be copied by hand, at once, and puts it on the clipboard where the browser lets a file do that: it may
 * first ask the reader, or never answer. */
async function copy(text: string, said: HTMLElement): Promise<void> {
  const shown = h("span", {}, text);
  said.replaceChildren("To copy: ", shown);
  try {
    await navigator.clipboard.writeText(text);
    if (shown.isConnected) said.replaceChildren("Copied: ", shown);
  } catch { /* it stays there to be copied by hand */ }
}

/** Most rows that a table on the page shows; the CSV has all. */
const kMostRows = 400;

export function table_of({ heads, rows }: Table, caption: string): HTMLElement {
  const cut = rows.length > kMostRows ? ` The first ${kMostRows} of ${rows.length} rows; the CSV has all.` : "";
  return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    h("table", { class: "plain-table" },
      h("caption", {}, caption + cut),
      h("thead", {}, h("tr", {}, ...heads.map((text) => h("th", { scope: "col" }, text)))),
      h("tbody", {}, ...rows.slice(0, kMostRows).map((row) => h("tr", {}, ...row.map((x, i) =>
        (i === 0 ? h("th", { scope: "row" }, x === null ? "" : String(x)) : h("td", {}, x === null ? "" : String(x)))))))));
}

interface Figure {
  name: string; title: string; data: CitedRun;
  about?: () => string;  // what of the title's the picture shows: a day, an account, a side
  picture: () => Element | Element[]; table: () => Table;
  made_by?: () => string;  // the command that gives the same, to cite in the place of a link
}

/** The menu under a figure: its table, its files, how to cite it. */
export function tools(figure: Figure): HTMLElement {
  const { data, name, title } = figure;
  const file = `${data.package}-${name}`;
  const said = h("p", { class: "note said-tool", "aria-live": "polite" });
  const drawn = (): SVGSVGElement => picture_of(figure.picture(), `${data.title}: ${title}`, figure.about?.(), origin_of(data));
  const rows = h("div", {});
  /** What the picture shows, unless the command that is cited says so. */
  const cited = (): string => [title, figure.made_by ? "" : figure.about?.() ?? ""].map((part) => part.trim().replace(/\.$/, "")).filter(Boolean).join(". ");
  const button = (text: string, label: string, press: () => void): HTMLElement =>
    h("button", { type: "button", "aria-label": `${label}: ${title}`, click: press }, text);
  const show = button("Table", "Show the numbers as a table", () => {
    const is_open = rows.childElementCount > 0;
    rows.replaceChildren(...(is_open ? [] : [table_of(figure.table(), title)]));
    show.setAttribute("aria-expanded", String(!is_open));
  });
  show.setAttribute("aria-expanded", "false");
  const menu = h("details", { class: "share" }, h("summary", { "aria-label": `Table, files, cite: ${title}` }, "Table, files, cite"),
    h("div", { class: "tool-row" },
      show,
      button("CSV", "Download the numbers as CSV", () => save_text(`${file}.csv`, "text/csv", csv_of(figure.table()))),
      button("SVG", "Download the picture as SVG", () =>
        save_text(`${file}.svg`, "image/svg+xml", new XMLSerializer().serializeToString(drawn()))),
      button("PNG", "Download the picture as PNG", () => void save_png(`${file}.png`, drawn(), said)),
      button("Copy", "Copy the picture and its numbers", () => void copy_figure(drawn(), figure.table(), said)),
      button("Cite", "Copy how to cite", () => void copy(citation_of(data, cited(), figure.made_by?.() ?? window.location.href), said)),
      button("Link", "Copy the link to what is shown", () => void copy(window.location.href, said))));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  return h("div", { class: "tools" }, menu, said, rows);
}
