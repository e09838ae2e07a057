// @ts-check
/** Bundles in memory, as users of the package do. */

import { fileURLToPath } from "node:url";
import esbuild from "esbuild";

const BENCHES = fileURLToPath(new URL(".", import.meta.url));

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
