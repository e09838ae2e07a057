// @ts-check
/**
 * What the package weighs, against the snapshot in sizes.json. A number that
 * grows is a decision: `UPDATE_SIZES=1 node --test tests/package/sizes.test.js`
 * writes the snapshot again, and the change is seen in review.
 */

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import * as esbuild from "esbuild";

import { installed } from "./installed.js";

const { folder, package: dir } = await installed();

/** What is never exceeded, snapshot or not, in bytes. */
const LIMITS = {
  "verify.wasm": { raw: 8192 },
  "replay.wasm": { raw: 1024 },
  "tools.wasm": { gzip: 61_440 },
  "mia-webhooks": { gzip: 10_240 },
};

/** Everything behind a door, as a bundler delivers it. */
async function bundled(/** @type {string} */ door) {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: folder,
    entryPoints: [door],
    outdir: "out",
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    platform: "browser",
    logLevel: "silent",
  });
  return /** @type {esbuild.OutputFile} */ (outputFiles[0]).contents;
}

/** The page's own script, without the modules that it carries. */
const script = (/** @type {string} */ html) =>
  (/<script type="module">([^]*)<\/script>/.exec(html)?.[1] ?? "").replace(/"H4sI[\w+/=]*"/g, '""');

const sizeOf = (/** @type {Uint8Array} */ content) => ({
  raw: content.length,
  gzip: gzipSync(content, { level: 9 }).length,
});

/** @type {Record<string, { raw: number, gzip: number }>} */
const sizes = {
  "verify.wasm": sizeOf(readFileSync(join(dir, "wasm/verify.wasm"))),
  "diagnosis.wasm": sizeOf(readFileSync(join(dir, "wasm/diagnosis.wasm"))),
  "replay.wasm": sizeOf(readFileSync(join(dir, "wasm/replay.wasm"))),
  "tools.wasm": sizeOf(readFileSync(join(dir, "wasm/tools.wasm"))),
  "mia-webhooks": sizeOf(await bundled("mia-webhooks")),
  "mia-webhooks/diagnose": sizeOf(await bundled("mia-webhooks/diagnose")),
  "mia-webhooks/element": sizeOf(await bundled("mia-webhooks/element")),
  "tester.html": sizeOf(readFileSync(join(dir, "tester.html"))),
  "script of tester.html": sizeOf(Buffer.from(script(readFileSync(join(dir, "tester.html"), "utf8")))),
  "mia-webhooks/receiver": sizeOf(await bundled("mia-webhooks/receiver")),
  "mia-webhooks/replay": sizeOf(await bundled("mia-webhooks/replay")),
  "mia-webhooks/subscription": sizeOf(await bundled("mia-webhooks/subscription")),
};

const snapshot = new URL("sizes.json", import.meta.url);
if (process.env["UPDATE_SIZES"]) {
  writeFileSync(snapshot, `${JSON.stringify(sizes, null, 2)}\n`);
}
/** @type {typeof sizes} */
const before = JSON.parse(readFileSync(snapshot, "utf8"));

for (const [name, size] of Object.entries(sizes)) {
  test(`${name} has not grown: ${size.raw} bytes, ${size.gzip} after gzip`, (t) => {
    for (const kind of /** @type {const} */ (["raw", "gzip"])) {
      const was = before[name]?.[kind] ?? 0;
      assert.ok(
        size[kind] <= was,
        `${name} (${kind}) was ${was} bytes and is ${size[kind]}. If it is worth it, run the test with UPDATE_SIZES=1`,
      );
      if (size[kind] < was) {
        t.diagnostic(`${name} (${kind}) was ${was} bytes and is ${size[kind]}: keep it with UPDATE_SIZES=1`);
      }
    }
  });
}

for (const [name, limits] of Object.entries(LIMITS)) {
  for (const [kind, limit] of Object.entries(limits)) {
    test(`${name} stays within ${limit} bytes ${kind}`, () => {
      const size = sizes[name]?.[/** @type {"raw" | "gzip"} */ (kind)];
      assert.ok(size !== undefined && size <= limit, `${name} (${kind}) has ${size} bytes`);
    });
  }
}
