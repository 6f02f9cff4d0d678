// A picture of what a figure shows on the page, as one SVG that needs neither the page nor its styles.
import { s } from "./dom";

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
