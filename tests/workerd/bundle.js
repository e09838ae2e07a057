// @ts-check
/** Bundles a Worker as wrangler does: the wasm stays a module of its own. */

import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** What wrangler asks for, in its order. */
export const WORKER_CONDITIONS = ["workerd", "worker", "browser"];

const top = fileURLToPath(new URL("../../", import.meta.url));

/**
 * @param {string} entry - A file, from the top of the checkout, or a script that imports.
 * @param {import("esbuild").BuildOptions} [more]
 * @returns {Promise<{ script: string, wasm: Record<string, Uint8Array> }>}
 */
export async function bundleWorker(entry, more) {
  const isFile = /^[\w./-]+$/.test(entry);
  const { outputFiles } = await build({
    absWorkingDir: top,
    ...(isFile ? { entryPoints: [entry] } : { stdin: { contents: entry, resolveDir: `${top}benches` } }),
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
