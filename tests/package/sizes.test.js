// @ts-check
/**
 * Compares the sizes of the package with the snapshot in sizes.json. To accept
 * larger sizes, write the snapshot again, so that a review shows the change:
 * `UPDATE_SIZES=1 node --test tests/package/sizes.test.js`.
 */

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import * as esbuild from "esbuild";

import { readEntryPoints } from "../../pkg/entry-points.js";
import { root } from "../harness/checkout.js";
import { installed } from "../harness/installed.js";

const { folder, package: dir } = await installed();

/** Limits in bytes, which no snapshot may exceed. */
const LIMITS = {
  "verify.wasm": { raw: 8192 },
  "replay.wasm": { raw: 1024 },
  "subscription.wasm": { gzip: 61_440 },
  "mia-webhooks": { gzip: 10_240 },
};

/** An entry point with everything that it imports, as a bundler writes it. */
async function bundled(/** @type {string} */ specifier) {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: folder,
    entryPoints: [specifier],
    outdir: "out",
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    platform: "browser",
    external: ["node:*"],
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

const { entryPoints, modules } = readEntryPoints();

/** @type {Record<string, { raw: number, gzip: number }>} */
const sizes = {};
for (const name of modules) {
  sizes[`${name}.wasm`] = sizeOf(readFileSync(join(dir, `wasm/${name}.wasm`)));
}
for (const { specifier } of entryPoints) {
  // The benchmark measures the Worker, because it must be bundled for workerd.
  if (specifier !== "mia-webhooks/cloudflare") {
    sizes[specifier] = sizeOf(await bundled(specifier));
  }
}
const page = readFileSync(join(root, "target/page/tester.html"), "utf8");
sizes["the tester's page"] = sizeOf(Buffer.from(page));
sizes["the script of the tester's page"] = sizeOf(Buffer.from(script(page)));

const snapshot = new URL("sizes.json", import.meta.url);
if (process.env["UPDATE_SIZES"]) {
  writeFileSync(snapshot, `${JSON.stringify(sizes, null, 2)}\n`);
}
/** @type {typeof sizes} */
const before = JSON.parse(readFileSync(snapshot, "utf8"));

for (const [name, size] of Object.entries(sizes)) {
  test(`${name} has not grown: ${size.raw} bytes, ${size.gzip} after gzip`, (t) => {
    for (const kind of /** @type {const} */ (["raw", "gzip"])) {
      const was = before[name]?.[kind];
      if (was === undefined) {
        t.diagnostic(`${name} (${kind}) is new, with ${size[kind]} bytes: keep it with UPDATE_SIZES=1`);
        continue;
      }
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
