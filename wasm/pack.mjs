// Packs the module as a page carries it: gzip, which browsers unpack, in letters.
//
// usage: node wasm/pack.mjs ENGINE.wasm OUT
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const [, , module, out] = process.argv;
writeFileSync(out, gzipSync(readFileSync(module), { level: 9 }).toString("base64"));
