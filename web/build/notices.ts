// The licences of the packages whose code is in the page, in it and as a file beside it: they ask to go with the program that has it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const kPackage = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** Name, version and licence of the package in a folder. */
function notice(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, string>;
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  if (file === undefined) throw new Error(`${folder} has no file with its licence`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
}

const kPlace = '"@NOTICES@"';

/** Writes notices.txt, and the same into the page. */
export function notices(): Plugin[] {
  let text = "";
  return [{
    name: "notices",
    apply: "build",
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((part) => (part.type === "chunk" ? Object.keys(part.modules) : []));
      const atlas = fileURLToPath(new URL("../node_modules/world-atlas", import.meta.url));  // its land is in the page, too
      const folders = [...new Set([...modules.flatMap((id) => kPackage.exec(id)?.[1] ?? []), atlas])].sort();
      text = folders.map(notice).join(`\n${"-".repeat(80)}\n\n`);
      this.emitFile({ type: "asset", fileName: "notices.txt", source: text });
    },
  }, {
    name: "notices-in-page",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== "asset" || !file.fileName.endsWith(".html")) continue;
          const page = String(file.source);
          if (!page.includes(kPlace)) throw new Error("the page has no place for its notices");
          file.source = page.replace(kPlace, () => JSON.stringify(text).replaceAll("<", "\\u003c"));
        }
      },
    },
  }];
}
