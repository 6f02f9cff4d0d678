// Packs the module as a page carries it: with the licences of what is linked into it, as gzip, which browsers unpack, in letters.
//
// usage: node wasm/pack.mjs ENGINE.wasm OUT
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/** The section of the module that has them, which the page shows. */
const kSection = "licences";
/** What is linked into it, and the Debian package that says under which licence. */
const kParts = [["fmt", "libfmt-dev"], ["nlohmann-json", "nlohmann-json3-dev"], ["Random123", "librandom123-dev"], ["toml++", "libtomlplusplus-dev"], ["xxHash", "libxxhash-dev"],
  ["wasi-libc", "wasi-libc"], ["libc++, libc++abi and compiler-rt", /^libc\+\+-[0-9]+-dev-wasm32$/]];
const kDocuments = "/usr/share/doc";

const own = (file) => readFileSync(new URL(`../${file}`, import.meta.url), "utf8").trim();

/** Name, package and copyright file of a part. */
function notice([name, wanted]) {
  const found = readdirSync(kDocuments).find((each) => (typeof wanted === "string" ? each === wanted : wanted.test(each)));
  if (found === undefined) throw new Error(`no licence of ${name} in ${kDocuments}: install ${wanted}`);
  return `${name} (Debian's ${found})\n\n${readFileSync(`${kDocuments}/${found}/copyright`, "utf8").trim()}`;
}

/** An integer as WebAssembly writes it. */
function leb128(n) {
  const bytes = [];
  do {
    bytes.push((n & 127) | (n > 127 ? 128 : 0));
    n >>>= 7;
  } while (n > 0);
  return Buffer.from(bytes);
}

const text = [`truel\n\n${own("LICENSE")}`, `Boost and SLEEF\n\n${own("LICENSES/BSL-1.0.txt")}`, ...kParts.map(notice)].join(`\n\n${"-".repeat(80)}\n\n`);
const content = Buffer.concat([leb128(kSection.length), Buffer.from(kSection), Buffer.from(text)]);
const [, , module, out] = process.argv;
writeFileSync(out, gzipSync(Buffer.concat([readFileSync(module), Buffer.of(0), leb128(content.length), content]), { level: 9 }).toString("base64"));
