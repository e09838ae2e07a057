// @ts-check
/**
 * The inner ring: the sources of the package and the pure files of the page, on
 * Node alone. The sources run as they are, without a build; only the wasm modules
 * must be in pkg/wasm. Stryker runs the same tests: see stryker.config.js.
 */

import { join } from "node:path";
import { defineConfig } from "vitest/config";

const root = join(import.meta.dirname, "../..");

/** What the build does for the rows of package.json's `imports`. */
const packageImports = {
  name: "imports of the package",
  // Before Vite looks for the files of a build.
  enforce: /** @type {const} */ ("pre"),
  resolveId(/** @type {string} */ id) {
    if (id === "#durable-object") {
      return join(root, "pkg/src/hosts/cloudflare/durable-object.ts");
    }
    if (id === "#tester-page") {
      return "\0the page";
    }
    const module = /^#(.*)-module$/.exec(id)?.[1];
    return module && join(root, `pkg/wasm/${module}.wasm?loader`);
  },
  load(/** @type {string} */ id) {
    if (id === "\0the page") {
      return "export default '<!doctype html>';";
    }
    const file = /^(.*\.wasm)\?loader$/.exec(id)?.[1];
    return (
      file &&
      `import { readFileSync } from "node:fs";
      export const isEager = false;
      export const load = () => new WebAssembly.Module(readFileSync(${JSON.stringify(file)}));`
    );
  },
};

export default defineConfig({
  root,
  plugins: [packageImports],
  resolve: {
    alias: [
      { find: /^mia-webhooks$/, replacement: join(root, "pkg/src/index.ts") },
      { find: /^mia-webhooks\/(.*)$/, replacement: join(root, "pkg/src/$1.ts") },
    ],
  },
  test: {
    include: ["tests/unit/**/*.test.ts"],
    // Files in one thread share their imports: that is three times as fast. So no file
    // may leave a double behind.
    isolate: false,
    setupFiles: ["tests/unit/no-double-stays.ts"],
    pool: "threads",
    maxWorkers: "100%",
    // A test that reaches this hangs; none is decided by it.
    testTimeout: 60_000,
  },
});
