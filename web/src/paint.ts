// Colours that stay apart: whatever colours a scenario gives its actors, two of them differ in hue as people with
// red-green colour blindness see it, or else in texture (fills) and dash (lines).
import { color, lab, lch, rgb } from "d3-color";
import { s } from "./dom";
import { percent } from "./format";

export interface Paint {
  colour: string;   // the plain colour
  fill: string;     // the colour with its texture
  ink: string;      // black or white, whichever reads better on it
  dash: string;     // of lines
  texture: number;  // 0: plain
  base: string;     // the colour as given
}

const kDashes = ["none", "6 3", "2 3", "9 3 2 3", "1 4"];
const kTexturePaths = ["", "M-1,1l2,-2M0,6l6,-6M5,7l2,-2", "M3,0.6a1.2,1.2,0,1,0,0.01,0z", "M0,3H6", "M0,0l6,6M6,0l-6,6"];
/** Where a scenario gives none, by the order of its actors. */
export const kFallback = ["#4269d0", "#efb118", "#ff725c", "#6cc5b0", "#3ca951", "#ff8ab7", "#a463f2", "#97bbf5", "#9c6b4e", "#9498a0"];
/** Distance in CIELAB below which two fills beside each other are easily confused. */
const kApart = 16;

export const kNobodyPaint: Paint = {
  colour: "var(--nobody)", fill: "url(#paint-nobody)", ink: "var(--ink)", dash: "none", texture: 0, base: "#cccccc",
};

/** Deuteranopia and protanopia in linear RGB (Machado, Oliveira and Fernandes 2009, severity 1). */
const kBlindness = [
  [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
];
const kFullSight = [1, 0, 0, 0, 1, 0, 0, 0, 1];

function seen(colour: string, sight: number[]): { l: number; a: number; b: number } {
  const { r, g, b } = rgb(colour);
  const linear = [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  const mixed = [0, 3, 6].map((row) => sight[row] * linear[0] + sight[row + 1] * linear[1] + sight[row + 2] * linear[2]);
  const shown = mixed.map((c) => Math.max(0, Math.min(1, c))).map((c) => (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055));
  return lab(rgb(255 * shown[0], 255 * shown[1], 255 * shown[2]));
}

type Appearance = ReturnType<typeof seen>[];

/** A colour as people with full sight and with either blindness see it. */
const seen_by_all = (colour: string): Appearance => [kFullSight, ...kBlindness].map((sight) => seen(colour, sight));

/** The same of what a light and a dark page show for a colour as given. */
const shown_to_all = (base: string): Appearance => [false, true].flatMap((is_dark) => seen_by_all(legible(base, is_dark)));

/** How far apart two colours look to the eye that tells them apart worst. */
const apart = (one: Appearance, other: Appearance): number =>
  Math.min(...one.map((p, eye) => Math.hypot(p.l - other[eye].l, p.a - other[eye].a, p.b - other[eye].b)));

/** As `apart`, of colours by their text. */
export const distance = (one: string, other: string): number => apart(seen_by_all(one), seen_by_all(other));

/** One paint for each colour as given; what is no colour gets one of ours. */
export function paints_of(given: string[]): Paint[] {
  const paints: Paint[] = [], looks: Appearance[] = [];
  given.forEach((text, i) => {
    const base = color(text)?.formatHex() ?? kFallback[i % kFallback.length];
    const look = shown_to_all(base);
    const used = paints.filter((_, other) => apart(looks[other], look) < kApart).map((p) => p.texture);
    const texture = Math.max(0, kTexturePaths.findIndex((_, t) => !used.includes(t)));
    const colour = `var(--actor-${i})`;
    looks.push(look);
    paints.push({ colour, fill: texture ? `url(#paint-${i})` : colour, ink: `var(--actor-ink-${i})`, dash: kDashes[texture], texture, base });
  });
  return paints;
}

/** The colour moved in lightness so far that it stands out from a light or a dark page. */
export function legible(base: string, is_dark: boolean): string {
  const c = lch(base);
  c.l = is_dark ? Math.max(48, Math.min(84, c.l)) : Math.max(24, Math.min(70, c.l));
  return c.formatHex();
}

let shown: AbortController | undefined;

/** Sets the colours on the document, in the place of those before, and again when the reader's system turns dark or light. */
export function apply_paints(paints: Paint[]): void {
  shown?.abort();
  shown = new AbortController();
  const pattern = (id: string, size: number, ...marks: SVGElement[]): SVGElement =>
    s("pattern", { id, width: size, height: size, patternUnits: "userSpaceOnUse" }, ...marks);
  const patterns = paints.map((p, i) => {
    const is_dots = p.texture === 2;
    return pattern(`paint-${i}`, 6, s("rect", { width: 6, height: 6, fill: p.colour }), s("path", {
      d: kTexturePaths[p.texture], fill: is_dots ? p.ink : "none", stroke: is_dots ? "none" : p.ink, "stroke-width": 1.3, "stroke-opacity": 0.75,
    }));
  });
  const hatching = s("path", { d: "M-1,1l2,-2M0,4l4,-4M3,5l2,-2", stroke: "var(--nobody)", "stroke-width": 1.2 });
  const nobody = pattern("paint-nobody", 4, s("rect", { width: 4, height: 4, fill: "var(--paper)" }), hatching);
  document.querySelector("body > svg.defs")?.remove();
  document.body.append(s("svg", { width: 0, height: 0, "aria-hidden": "true", class: "defs" }, nobody, ...patterns));
  const dark = window.matchMedia("screen and (prefers-color-scheme: dark)");
  const apply = (): void => paints.forEach((p, i) => {
    const colour = legible(p.base, dark.matches);
    document.documentElement.style.setProperty(`--actor-${i}`, colour);
    document.documentElement.style.setProperty(`--actor-ink-${i}`, lch(colour).l > 62 ? "#000" : "#fff");
  });
  dark.addEventListener("change", apply, { signal: shown.signal });
  apply();
}

interface Sign { code: string; name: string; paint: Paint }

/** The sign of a side: its two letters on its colour, and its texture beside them. */
export function badge({ code, paint }: Sign): SVGSVGElement {
  return s("svg", { class: "badge", viewBox: "0 0 32 16", "aria-hidden": "true" },
    s("rect", { width: 32, height: 16, fill: paint.fill }),
    paint === kNobodyPaint ? null : s("rect", { width: 23, height: 16, fill: paint.colour }),
    s("text", { x: paint.texture ? 11.5 : 16, y: 11.8, "text-anchor": "middle", fill: paint.ink }, code));
}

/** A bar cut into the shares of several sides, with their signs where there is room. */
export function stack(parts: { side: Sign; p: number }[]): SVGSVGElement {
  const label = parts.map((x) => `${x.side.name} ${percent(x.p)}`).join(", ");
  const bar = s("svg", { class: "stack", role: "img", "aria-label": label });
  let from = 0;
  for (const { side: { code, paint }, p } of parts) {
    bar.append(s("rect", { x: `${100 * from}%`, width: `${100 * p}%`, height: "100%", fill: paint.fill }));
    if (p > 0.14) {
      const halo = paint.texture ? paint.colour : "none";
      bar.append(s("text", { x: `${100 * (from + p / 2)}%`, y: "50%", dy: "0.36em", fill: paint.ink, stroke: halo }, code));
    }
    from += p;
  }
  return bar;
}
