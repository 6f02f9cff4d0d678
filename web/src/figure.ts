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

/** What a figure rests on. */
function origin_of(data: Cited): string {
  const account = data.account ? `, account ${data.account}` : "";
  return `${data.runs} runs of the package ${data.package}${account}, ${day(data.start)} to ${day(data.end)}, seed ${data.seed}, truel ${data.truel}.`;
}

/** How to cite a figure. */
export function citation_of(data: Cited, title: string, link: string): string {
  return `${title}. ${data.title}: ${origin_of(data)} ${link}`;
}

const kSvg = "http://www.w3.org/2000/svg";
const kPainted = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "opacity", "paint-order",
  "font-family", "font-size", "font-weight", "text-anchor", "letter-spacing", "visibility", "display", "overflow"] as const;
const kMargin = 12, kBetween = 10;
const kSides = ["Top", "Right", "Bottom", "Left"] as const;

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

const is_clear = (colour: string): boolean => colour === "transparent" || /^rgba\(.*, 0\)$/.test(colour);

/** The pieces of a text as they stand in lines: a word may go on in the next line after its hyphen. */
function lines_of(text: Text): { x: number; y: number; text: string }[] {
  const range = document.createRange();
  const lines: { x: number; y: number; text: string }[] = [];
  let ended = 0;
  const add = (from: number, to: number): void => {
    range.setStart(text, from);
    range.setEnd(text, to);
    const { left, bottom, height: tall } = range.getBoundingClientRect();
    const y = bottom - tall * 0.24, line = lines.at(-1), piece = text.data.slice(from, to);
    if (line && Math.abs(line.y - y) < 2) line.text += (from > ended ? " " : "") + piece;
    else lines.push({ x: left, y, text: piece });
    ended = to;
  };
  for (const { index, 0: word } of text.data.matchAll(/\S+/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    if (range.getClientRects().length < 2) add(index, index + word.length);
    else for (let k = index; k < index + word.length; k += 1) add(k, k + 1);
  }
  return lines;
}

/** Stripes as CSS has them (repeating-linear-gradient in pixels) as a pattern; null for other images. */
function stripes_of(image: string, id: string): SVGPatternElement | null {
  const angle = /^repeating-linear-gradient\((-?[\d.]+)deg/.exec(image);
  const stops = [...image.matchAll(/(rgba?\([^)]*\)) (-?[\d.]+)px/g)].map(([, colour, at]) => ({ colour, at: Number(at) }));
  if (!angle || stops.length < 2) return null;
  const size = stops[stops.length - 1].at;
  const pattern = s("pattern", { id, patternUnits: "userSpaceOnUse", width: size, height: size, patternTransform: `rotate(${Number(angle[1]) - 90})` });
  stops.slice(1).forEach(({ colour, at }, k) => {
    const before = stops[k];
    if (colour === before.colour && !is_clear(colour)) pattern.append(s("rect", { x: before.at, y: 0, width: at - before.at, height: size, fill: colour }));
  });
  return pattern;
}

/** Draws what a figure shows on the screen: boxes with colour, stripes and borders, texts, and the pictures in it. Above it
 * stands what it is, below it where it comes from: a picture is sent on without the page. */
export function picture_of(figure: Element | Element[], title = "", about = "", origin = ""): SVGSVGElement {
  const parts = [figure].flat().map((element) => ({ element, box: element.getBoundingClientRect() })).sort((a, b) => a.box.top - b.box.top);
  const inner = Math.ceil(Math.max(...parts.map(({ box }) => box.width)));
  const page = getComputedStyle(document.body);
  const text_of = (x: number, y: number, text: string, style: Pick<CSSStyleDeclaration, "color" | "fontFamily" | "fontSize" | "fontWeight">): SVGTextElement =>
    s("text", { x: x.toFixed(1), y: y.toFixed(1), fill: style.color, "font-family": style.fontFamily, "font-size": style.fontSize, "font-weight": style.fontWeight }, text);
  const width = inner + 2 * kMargin;
  const heads = [...wrapped(title, inner / 9.6).map((line) => ({ line, fontSize: "15px", fontWeight: "700" })),
    ...wrapped(about, inner / 7).map((line) => ({ line, fontSize: "12px", fontWeight: "400" }))];
  const feet = wrapped(origin, inner / 6.6);
  const top = kMargin + (heads.length > 0 ? heads.length * 19 + 8 : 0);
  const bottom = top + parts.reduce((sum, { box }) => sum + Math.ceil(box.height) + kBetween, -kBetween);
  const height = bottom + kMargin + (feet.length > 0 ? feet.length * 16 + 8 : 0);
  const out = s("svg", { xmlns: kSvg, width, height, viewBox: `0 0 ${width} ${height}` });
  const defs = s("defs", {}, ...Array.from(document.querySelector("svg.defs")?.children ?? [], (x) => with_styles(x as SVGElement)));
  out.append(s("rect", { width, height, fill: page.backgroundColor }), defs);
  const plain = { color: page.color, fontFamily: page.fontFamily };
  heads.forEach(({ line, fontSize, fontWeight }, k) => out.append(text_of(kMargin, kMargin + 14 + 19 * k, line, { ...plain, fontSize, fontWeight })));
  feet.forEach((line, k) => out.append(text_of(kMargin, bottom + 20 + 16 * k, line, { ...plain, fontSize: "11px", fontWeight: "400" })));
  let frame = parts[0].box, body = s("g");  // of the part that is drawn
  const paint_box = (box: DOMRect, style: CSSStyleDeclaration): void => {
    const x = box.left - frame.left, y = box.top - frame.top;
    const round = style.borderRadius === "50%" ? box.width / 2 : Number.parseFloat(style.borderRadius) || 0;
    const area = { x: x.toFixed(1), y: y.toFixed(1), width: box.width.toFixed(1), height: box.height.toFixed(1), rx: round, opacity: style.opacity };
    if (!is_clear(style.backgroundColor)) body.append(s("rect", { ...area, fill: style.backgroundColor }));
    const image = style.backgroundImage;
    const stripes = stripes_of(image, `stripes-${defs.childElementCount}`);
    const line = /^linear-gradient\((rgba?\([^)]*\)), \1\)$/.exec(image), thick = Number.parseFloat(style.backgroundSize.split(" ")[1]);
    if (stripes) {
      defs.append(stripes);
      body.append(s("rect", { ...area, fill: `url(#${stripes.id})` }));
    } else if (line && thick > 0) {  // a line through the middle of a track
      body.append(s("rect", { ...area, rx: 0, y: (y + (box.height - thick) / 2).toFixed(1), height: thick, fill: line[1] }));
    }
    const borders = kSides.map((side) => ({ wide: style[`border${side}Style`] === "none" ? 0 : Number.parseFloat(style[`border${side}Width`]), colour: style[`border${side}Color`], dashed: style[`border${side}Style`] === "dashed" }));
    const drawn = ({ wide, colour }: { wide: number; colour: string }): boolean => wide > 0 && !is_clear(colour);
    const pen = ({ wide, colour, dashed }: { wide: number; colour: string; dashed: boolean }): Record<string, string | number | null> =>
      ({ stroke: colour, "stroke-width": wide, "stroke-dasharray": dashed ? `${2 * wide + 1} ${wide + 1.5}` : null, opacity: style.opacity });
    if (borders.every((b) => drawn(b) && b.wide === borders[0].wide && b.colour === borders[0].colour)) {
      const half = borders[0].wide / 2;
      body.append(s("rect", { x: (x + half).toFixed(1), y: (y + half).toFixed(1), width: Math.max(0, box.width - 2 * half).toFixed(1),
        height: Math.max(0, box.height - 2 * half).toFixed(1), rx: Math.max(0, round - half), fill: "none", ...pen(borders[0]) }));
      return;
    }
    const right = x + box.width, lower = y + box.height;
    const [above, beside, below, before] = borders.map((b) => b.wide / 2);
    const ends = [[x, y + above, right, y + above], [right - beside, y, right - beside, lower], [x, lower - below, right, lower - below], [x + before, y, x + before, lower]];
    borders.forEach((border, k) => {
      const [x1, y1, x2, y2] = ends[k].map((v) => v.toFixed(1));
      if (drawn(border)) body.append(s("line", { x1, y1, x2, y2, ...pen(border) }));
    });
  };
  const visit = (element: Element): void => {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (style.display === "none" || style.visibility === "hidden" || element.classList.contains("unseen") || element.classList.contains("tools")) return;
    if (element instanceof SVGSVGElement) {
      paint_box(box, style);
      const copy = with_styles(element);
      for (const [name, value] of Object.entries({ x: box.left - frame.left, y: box.top - frame.top, width: box.width, height: box.height })) copy.setAttribute(name, value.toFixed(1));
      body.append(copy);
      return;
    }
    if (box.width > 0 && box.height > 0) paint_box(box, style);
    const is_closed = element instanceof HTMLDetailsElement && !element.open;
    for (const child of element.childNodes) {
      if (is_closed && !(child instanceof Element && child.localName === "summary")) continue;
      if (child instanceof Element) visit(child);
      else if (child instanceof Text && child.data.trim()) lines_of(child).forEach((line) => body.append(text_of(line.x - frame.left, line.y - frame.top, line.text, style)));
    }
  };
  parts.reduce((y, { element, box }) => {
    frame = box;
    out.append(body = s("g", { transform: `translate(${kMargin},${y})` }));
    visit(element);
    return y + Math.ceil(box.height) + kBetween;
  }, top);
  return out;
}

/** A text in lines of at most so many letters, where its words let it. */
function wrapped(text: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
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
  name: string; title: string; data: Cited;
  about?: () => string;  // what of the title's the picture shows: a day, an account, a side
  picture: () => Element | Element[]; table: () => Table; link: () => string;
  made_by?: () => string;  // the command that gives the same, to cite in the place of a link
}

/** The row of tools under a figure. */
export function tools(figure: Figure): HTMLElement {
  const { data, name, title } = figure;
  const file = `${data.package}-${name}`;
  const said = h("p", { class: "note said-tool", "aria-live": "polite" });
  const drawn = (): SVGSVGElement => picture_of(figure.picture(), `${data.title}: ${title}`, figure.about?.(), origin_of(data));
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
        save_text(`${file}.svg`, "image/svg+xml", new XMLSerializer().serializeToString(drawn()))),
      button("PNG", "Download the picture as PNG", () => void save_png(`${file}.png`, drawn(), said)),
      button("Copy", "Copy the picture and its numbers", () => void copy_figure(drawn(), figure.table(), said)),
      button("Cite", "Copy how to cite", () => void copy(citation_of(data, title, (figure.made_by ?? figure.link)()), said)),
      button("Link", "Copy the link to what is shown", () => void copy(figure.link(), said))),
    said, rows);
}
