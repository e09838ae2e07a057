// @ts-check
/**
 * Builds the crate with plain wasm-bindgen, as docs/wasm.md says, and loads the
 * output of each target in its own way.
 *
 * @typedef {typeof import("mia-webhooks")} Main
 * @typedef {typeof import("mia-webhooks/subscription")} Subscriptions
 * @typedef {Pick<Main, "sign" | "verify"> & Pick<Subscriptions, "validateSubscription">} Plain
 */

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import webpack from "webpack";

import { root } from "../harness/checkout.js";

export const built = join(root, "target/plain");

/** Builds, and writes the package.json that wasm-pack writes beside each output. */
export function build() {
  execFileSync("cargo", ["xtask", "plain"], { cwd: root, stdio: "inherit" });
  for (const [target, fields] of Object.entries({ bundler: { type: "module" }, nodejs: {}, web: { type: "module" } })) {
    writeFileSync(join(built, target, "package.json"), JSON.stringify({ name: `plain-${target}`, ...fields }));
  }
}

/** @type {Readonly<Record<"bundler" | "nodejs" | "web", () => Promise<Plain>>>} */
export const OUTPUTS = {
  nodejs: async () => createRequire(import.meta.url)(join(built, "nodejs/mia_webhooks.js")),
  web: async () => {
    const glue = await import(join(built, "web/mia_webhooks.js"));
    glue.initSync({ module: readFileSync(join(built, "web/mia_webhooks_bg.wasm")) });
    return glue;
  },
  bundler: async () => import(await bundled()),
};

/** webpack loads wasm modules as ES modules, which this target needs. @returns {Promise<string>} */
function bundled() {
  const path = join(built, "webpack");
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "package.json"), '{ "type": "module" }');
  const compiler = webpack({
    context: join(built, "bundler"),
    entry: "./mia_webhooks.js",
    mode: "production",
    target: "node20",
    output: { path, filename: "bundle.js", module: true, library: { type: "module" } },
    experiments: { asyncWebAssembly: true, outputModule: true },
    performance: { hints: false },
  });
  return new Promise((resolve, reject) => {
    compiler.run((error, stats) => {
      const found = stats?.compilation.errors.map(({ message }) => message) ?? [];
      compiler.close(() =>
        (error ?? found[0]) ? reject(error ?? new Error(found.join("\n"))) : resolve(join(path, "bundle.js")),
      );
    });
  });
}
