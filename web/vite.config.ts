import { defineConfig } from "vitest/config";
import { viteSingleFile } from "vite-plugin-singlefile";
import { csp } from "./build/csp";
import { land } from "./build/land";
import { notices } from "./build/notices";

export default defineConfig({
  plugins: [land(), notices(), viteSingleFile({ removeViteModuleLoader: true }), csp()],
  build: { rollupOptions: { input: "report.html" }, target: "es2022" },
  test: { include: ["tests/**/*.test.ts"] },
});
