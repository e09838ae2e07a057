// @ts-check
/** The programs that run JavaScript from a folder, and what a test does when one is missing. */

import { existsSync } from "node:fs";
import { join } from "node:path";

import { root } from "./checkout.js";

const program = (/** @type {string} */ path) => join(root, "node_modules", path);

/**
 * The program of each runtime, and its arguments before a script. npm installs
 * all of them except the running Node.
 *
 * @type {Readonly<Record<string, { command: string, args: readonly string[] }>>}
 */
export const RUNTIMES = {
  [`Node ${process.versions.node.split(".")[0]}`]: { command: process.execPath, args: [] },
  "Node 22 (npm)": { command: program("node22/bin/node"), args: [] },
  "Node 24 (npm)": { command: program("node24/bin/node"), args: [] },
  Deno: {
    command: program("deno/deno"),
    args: ["run", "--quiet", "--no-remote", "--node-modules-dir=manual", "--allow-read"],
  },
  Bun: { command: program("bun/bin/bun.exe"), args: ["run", "--no-install"] },
};

/**
 * Whether a test can run. Without the program it is skipped with a reason that
 * is easy to see; in CI, where nothing may be missing, it fails.
 *
 * @param {import("node:test").TestContext} test
 * @param {string} path
 */
export function isPresent(test, path) {
  if (existsSync(path)) {
    return true;
  }
  if (process.env["CI"]) {
    throw new Error(`${path} is missing, and on CI nothing may be skipped`);
  }
  console.error(`SKIPPED: ${test.name}: ${path} is missing`);
  test.skip(`${path} is missing`);
  return false;
}

/**
 * The option `skip` of tests that need what is missing, if anything is. On CI nothing
 * is skipped: there they run, and fail.
 *
 * @param {string | undefined} reason
 */
export function skipped(reason) {
  if (reason === undefined || process.env["CI"]) {
    return false;
  }
  console.error(`SKIPPED: ${reason}`);
  return reason;
}
