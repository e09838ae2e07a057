// @ts-check
/**
 * The bundlers, each with only an entry and an output: the state before a user
 * configures anything.
 *
 * @typedef {(folder: string, entry: string) => Promise<string>} Bundler the
 * path of the script that it wrote
 */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { nodeResolve } from "@rollup/plugin-node-resolve";
import * as esbuild from "esbuild";
import { rollup } from "rollup";
import * as vite from "vite";
import webpack from "webpack";

/** @type {(platform: "browser" | "neutral") => Bundler} */
const withEsbuild = (platform) => async (folder, entry) => {
  const outfile = join(folder, `out/esbuild-${platform}-${entry}`);
  const { warnings } = await esbuild.build({
    absWorkingDir: folder,
    entryPoints: [entry],
    outfile,
    platform,
    bundle: true,
    format: "esm",
    logLevel: "silent",
  });
  refuseWarnings(warnings.map(({ text }) => text));
  return outfile;
};

/** @type {Bundler} */
const withRollup = async (folder, entry) => {
  const file = join(folder, `out/rollup-${entry}`);
  /** @type {string[]} */
  const warnings = [];
  const bundle = await rollup({
    input: join(folder, entry),
    plugins: [nodeResolve()],
    onwarn: ({ message }) => void warnings.push(message),
  });
  await bundle.write({ file });
  await bundle.close();
  refuseWarnings(warnings);
  return file;
};

/** @type {(target: "web" | "node", conditionNames?: string[]) => Bundler} */
export const withWebpack = (target, conditionNames) => (folder, entry) =>
  new Promise((resolve, reject) => {
    // The folder's package.json makes .js an ES module; webpack writes a script.
    const filename = `webpack-${target}-${entry.replace(/\.js$/, ".cjs")}`;
    const compiler = webpack({
      context: folder,
      entry: `./${entry}`,
      output: { path: join(folder, "out"), filename },
      mode: "production",
      // This is advice about sizes, and sizes.test.js checks those.
      performance: { hints: false },
      target,
      ...(conditionNames && { resolve: { conditionNames } }),
    });
    compiler.run((error, stats) => {
      const problems = stats?.compilation;
      const found = [...(problems?.errors ?? []), ...(problems?.warnings ?? [])].map(({ message }) => message);
      compiler.close(() =>
        (error ?? found[0]) ? reject(error ?? new Error(found.join("\n"))) : resolve(join(folder, "out", filename)),
      );
    });
  });

/** @type {Bundler} */
const withVite = async (folder, entry) => {
  const page = `vite-${entry.replace(/\.js$/, ".html")}`;
  await writeFile(join(folder, page), `<!doctype html><script type="module" src="/${entry}"></script>\n`);
  const outDir = join(folder, `out/vite-${entry}`);
  const built = await vite.build({
    root: folder,
    configFile: false,
    logLevel: "error",
    build: { outDir, rollupOptions: { input: join(folder, page) } },
  });
  const chunks = /** @type {{ output: { type: string, fileName: string }[] }} */ (built).output;
  const scripts = chunks.filter(({ type }) => type === "chunk");
  if (scripts.length !== 1) {
    throw new Error(`vite wrote ${scripts.length} scripts`);
  }
  return join(outDir, /** @type {{ fileName: string }} */ (scripts[0]).fileName);
};

/** @param {readonly string[]} warnings */
const refuseWarnings = (warnings) => {
  if (warnings.length > 0) {
    throw new Error(warnings.join("\n"));
  }
};

/** @type {Readonly<Record<string, Bundler>>} */
export const BUNDLERS = {
  "esbuild (browser)": withEsbuild("browser"),
  "esbuild (neutral)": withEsbuild("neutral"),
  rollup: withRollup,
  "webpack (web)": withWebpack("web"),
  "webpack (node)": withWebpack("node"),
  vite: withVite,
};
