// What every figure offers: its numbers as a table and as CSV, its picture as SVG and PNG, and how to cite it.
import type { Report } from "./data";
import { h, s } from "./dom";
import { day } from "./format";

export type Cell = string | number | null;
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
export type Cited = Pick<Report, "title" | "package" | "account" | "runs" | "seed" | "truel" | "start" | "end">;

/** How to cite a figure. */
export function citation_of(data: Cited, title: string, link: string): string {
  const account = data.account ? `, account ${data.account}` : "";
  return `${title}. ${data.title}: ${data.runs} runs of the package ${data.package}${account}, ${day(data.start)} to ${day(data.end)}, `
    + `seed ${data.seed}, truel ${data.truel}. ${link}`;
}

const kSvg = "http://www.w3.org/2000/svg";
const kPainted = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "opacity", "paint-order",
  "font-family", "font-size", "font-weight", "text-anchor", "letter-spacing", "visibility", "display"] as const;

/** A copy of a picture that looks the same without the styles of the page. */
function with_styles(svg: SVGElement): SVGElement {
  const copy = svg.cloneNode(true) as SVGElement;
  const from = [svg, ...svg.querySelectorAll<SVGElement>("*")], to = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const name of kPainted) {
      const value = style.getPropertyValue(name);
      if (value && !(name === "opacity" && value === "1")) to[i].setAttribute(name, value.replace(/url\("?[^"#)]*(#[^")]+)"?\)/g, "url($1)"));
    }
    to[i].removeAttribute("style");
    to[i].removeAttribute("class");
  });
  return copy;
}

/** Draws what a figure shows on the screen: boxes with a colour, texts, and the pictures in it. */
export function picture_of(figure: Element): SVGSVGElement {
  const frame = figure.getBoundingClientRect();
  const width = Math.ceil(frame.width), height = Math.ceil(frame.height);
  const out = s("svg", { xmlns: kSvg, width, height, viewBox: `0 0 ${width} ${height}` });
  const paper = getComputedStyle(document.body).backgroundColor;
  const defs = document.querySelector("svg.defs");
  out.append(s("rect", { width, height, fill: paper }));
  if (defs) out.append(s("defs", {}, ...Array.from(defs.children, (x) => with_styles(x as SVGElement))));
  const visit = (element: Element): void => {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (style.display === "none" || style.visibility === "hidden" || element.classList.contains("unseen") || element.classList.contains("tools")) return;
    const x = box.left - frame.left, y = box.top - frame.top;
    if (element instanceof SVGSVGElement) {
      const copy = with_styles(element);
      for (const [name, value] of Object.entries({ x, y, width: box.width, height: box.height })) copy.setAttribute(name, value.toFixed(1));
      out.append(copy);
      return;
    }
    const fill = style.backgroundColor;
    if (box.width > 0 && fill !== "rgba(0, 0, 0, 0)" && fill !== "transparent") {
      out.append(s("rect", { x: x.toFixed(1), y: y.toFixed(1), width: box.width.toFixed(1), height: box.height.toFixed(1),
        rx: style.borderRadius === "50%" ? box.width / 2 : Number.parseFloat(style.borderRadius) || 0, fill, opacity: style.opacity }));
    }
    for (const child of element.childNodes) {
      if (child instanceof Element) visit(child);
      else if (child instanceof Text && child.data.trim()) write(child, style);
    }
  };
  const write = (text: Text, style: CSSStyleDeclaration): void => {
    const range = document.createRange();
    const words = text.data.matchAll(/\S+/g);
    const lines: { x: number; y: number; text: string }[] = [];
    for (const word of words) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const { left, bottom, height: tall } = range.getBoundingClientRect();
      const y = bottom - frame.top - tall * 0.24;
      const line = lines.at(-1);
      if (line && Math.abs(line.y - y) < 2) line.text += ` ${word[0]}`;
      else lines.push({ x: left - frame.left, y, text: word[0] });
    }
    for (const line of lines) {
      out.append(s("text", { x: line.x.toFixed(1), y: line.y.toFixed(1), fill: style.color, "font-family": style.fontFamily,
        "font-size": style.fontSize, "font-weight": style.fontWeight }, line.text));
    }
  };
  visit(figure);
  return out;
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

interface Figure { name: string; title: string; data: Cited; picture: () => Element; table: () => Table; link: () => string }

/** The row of tools under a figure. */
export function tools(figure: Figure): HTMLElement {
  const { data, name, title } = figure;
  const file = `${data.package}-${name}`;
  const said = h("p", { class: "note said-tool", "aria-live": "polite" });
  const rows = h("div", {});
  const button = (text: string, label: string, press: () => void): HTMLElement =>
    h("button", { type: "button", "aria-label": `${label}: ${title}`, click: press }, text);
  const show = button("Table", "Show the numbers as a table", () => {
    const is_open = rows.childElementCount > 0;
    rows.replaceChildren(...(is_open ? [] : [table_of(figure.table(), title)]));
    show.setAttribute("aria-expanded", String(!is_open));
  });
  show.setAttribute("aria-expanded", "false");
  return h("div", { class: "tools" },
    h("div", { class: "tool-row" },
      show,
      button("CSV", "Download the numbers as CSV", () => save_text(`${file}.csv`, "text/csv", csv_of(figure.table()))),
      button("SVG", "Download the picture as SVG", () =>
        save_text(`${file}.svg`, "image/svg+xml", new XMLSerializer().serializeToString(picture_of(figure.picture())))),
      button("PNG", "Download the picture as PNG", () => void save_png(`${file}.png`, picture_of(figure.picture()), said)),
      button("Copy", "Copy the picture and its numbers", () => void copy_figure(picture_of(figure.picture()), figure.table(), said)),
      button("Cite", "Copy how to cite", () => void copy(citation_of(data, title, figure.link()), said)),
      button("Link", "Copy the link to what is shown", () => void copy(figure.link(), said))),
    said, rows);
}
