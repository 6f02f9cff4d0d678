// The content security policy of the page: what runs and what styles it, by hash.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

function hash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** The style element that Observable Plot puts into every chart, for the class it gives them. */
export function plotStyle(): string {
  const entry = createRequire(import.meta.url).resolve("@observablehq/plot");
  const source = (file: string) => readFileSync(new URL(file, `file://${entry}`), "utf8");
  const style = /append\("style"\)\.text\(\s*`([^`]*)`/.exec(source("plot.js"))?.[1];
  const name = /name === undefined\) return "(plot-[^"]+)"/.exec(source("style.js"));
  if (style === undefined || name === null) throw new Error("Observable Plot writes its style in another way: mend build/csp.ts");
  return style.replaceAll("${className}", name[1]);
}

const kPlace = /<meta name="policy"[^>]*>/;

/** `page` with the policy in its place: nothing from elsewhere, by their hashes its own scripts and styles and the
 * styles that its code adds, and the engine that it carries, which is compiled here and runs in threads made of its own code. */
export function withPolicy(page: string, added: string[]): string {
  const texts = (element: string) =>
    [...page.matchAll(new RegExp(`<${element}\\b([^>]*)>([\\s\\S]*?)</${element}>`, "g"))]
      .filter(([, attributes]) => !attributes.includes("application/json"))
      .map(([, , text]) => text);
  const hashes = (list: string[]) => list.map(hash).join(" ");
  const policy = `default-src 'none'; script-src 'wasm-unsafe-eval' ${hashes(texts("script"))}; worker-src blob:; ` +
    `style-src ${hashes([...texts("style"), ...added])}; img-src data:`;
  if (!kPlace.test(page)) throw new Error("the page has no place for its policy");
  return page.replace(kPlace, () => `<meta http-equiv="Content-Security-Policy" content="${policy}" />`);
}

/** Comes after what puts code and styles into the page. */
export function csp(): Plugin {
  return {
    name: "csp",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === "asset" && file.fileName.endsWith(".html")) {
            file.source = withPolicy(String(file.source), [plotStyle()]);
          }
        }
      },
    },
  };
}
