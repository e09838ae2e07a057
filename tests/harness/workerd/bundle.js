// @ts-check
/** Bundles a Worker as wrangler does: the wasm stays a separate module. */

import { basename, join } from "node:path";
import { build } from "esbuild";
import { root } from "../checkout.js";

/** The conditions of wrangler, in its order. */
export const WORKER_CONDITIONS = ["workerd", "worker", "browser"];

/**
 * @param {string} entry - A file, from the top of the checkout, or a script that imports.
 * @param {import("esbuild").BuildOptions} [more]
 * @returns {Promise<{ script: string, wasm: Record<string, Uint8Array> }>}
 */
export async function bundleWorker(entry, more) {
  const isFile = /^[\w./-]+$/.test(entry);
  const { outputFiles } = await build({
    absWorkingDir: root,
    ...(isFile ? { entryPoints: [entry] } : { stdin: { contents: entry, resolveDir: join(root, "benches") } }),
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    conditions: WORKER_CONDITIONS,
    external: ["node:*", "cloudflare:*"],
    loader: { ".wasm": "copy" },
    assetNames: "[name]",
    outdir: "out",
    logLevel: "error",
    ...more,
  });
  const files = /** @type {import("esbuild").OutputFile[]} */ (outputFiles);
  const wasm = files.filter(({ path }) => path.endsWith(".wasm"));
  return {
    script: /** @type {import("esbuild").OutputFile} */ (files.find(({ path }) => path.endsWith(".js"))).text,
    wasm: Object.fromEntries(wasm.map(({ path, contents }) => [basename(path), contents])),
  };
}
