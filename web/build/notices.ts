// The licences of the packages whose code is in the page, as a file beside it: they ask to go with the program that has it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const kPackage = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** Name, version and licence of the package in a folder. */
function notice(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, string>;
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  if (file === undefined) throw new Error(`${folder} has no file with its licence`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
}

/** Writes notices.txt. */
export function notices(): Plugin {
  return {
    name: "notices",
    apply: "build",
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((part) => (part.type === "chunk" ? Object.keys(part.modules) : []));
      const folders = [...new Set(modules.flatMap((id) => kPackage.exec(id)?.[1] ?? []))].sort();
      this.emitFile({ type: "asset", fileName: "notices.txt", source: folders.map(notice).join(`\n${"-".repeat(80)}\n\n`) });
    },
  };
}
