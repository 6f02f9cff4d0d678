import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { plotStyle, withPolicy } from "../build/csp";

const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

test("the policy names every script and style of the page by its hash, and the data not at all", () => {
  const page = `<meta name="policy" content="" /><style>a{}</style>` +
    `<script type="application/json">"data"</script><script type="module" crossorigin>go("$&");</script>`;
  expect(withPolicy(page, ["b{}"])).toContain(
    `default-src 'none'; script-src 'wasm-unsafe-eval' ${hash('go("$&");')}; worker-src blob:; style-src ${hash("a{}")} ${hash("b{}")}; img-src data:"`);
});

test("the style that Plot adds to its charts is found", () => {
  expect(plotStyle()).toMatch(/^:where\(\.plot-\w+\) \{/);
  expect(plotStyle()).not.toContain("${");
});
