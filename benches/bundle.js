// @ts-check
/** Bundles, in memory, the way people who install the package bundle it. */

import { fileURLToPath } from "node:url";
import esbuild from "esbuild";

const BENCHES = fileURLToPath(new URL(".", import.meta.url));

/** What wrangler asks for, in its order. */
export const WORKER_CONDITIONS = ["workerd", "worker", "browser"];

/**
 * A Worker as wrangler would upload it: the wasm stays a module of its own, and
 * Node's modules stay imports.
 *
 * @param {string} entry relative to this folder, or source text
 * @param {import("esbuild").BuildOptions} [more]
 */
export const bundleWorker = (entry, more) =>
  bundle(entry, {
    conditions: WORKER_CONDITIONS,
    external: ["node:*"],
    plugins: [
      {
        name: "compiled-wasm",
        setup: ({ onResolve }) =>
          onResolve({ filter: /\.wasm$/ }, () => ({ path: "./verify.wasm", external: true })),
      },
    ],
    ...more,
  });

/**
 * @param {string} entry relative to this folder, or source text
 * @param {import("esbuild").BuildOptions} [more]
 * @returns {Promise<string>}
 */
export async function bundle(entry, more) {
  const input = entry.startsWith("./")
    ? { entryPoints: [BENCHES + entry] }
    : { stdin: { contents: entry, resolveDir: BENCHES } };
  const { outputFiles } = await esbuild.build({
    ...input,
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
    logLevel: "error",
    ...more,
  });
  return /** @type {import("esbuild").OutputFile} */ (outputFiles?.[0]).text;
}
