// @ts-check
/** Node, Deno and Bun, each in its own process, so that earlier code does not affect its compiler. */

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { RUNTIMES } from "../../tests/harness/runtimes.js";

const run = promisify(execFile);
const CHILD = fileURLToPath(new URL("./node-child.js", import.meta.url));

/** The hosts by the names of their parts: what the report calls each, and its program. */
export const LIKE_NODE = {
  node: hostOf(`Node ${process.versions.node.split(".")[0]}`),
  node24: hostOf("Node 24", "Node 24 (npm)"),
  deno: hostOf("Deno"),
  bun: hostOf("Bun"),
};

/** @param {string} name @param {string} runtime */
function hostOf(name, runtime = name) {
  return { name, .../** @type {{ command: string, args: readonly string[] }} */ (RUNTIMES[runtime]) };
}

/** @param {{ command: string }} host */
export const isInstalled = ({ command }) => existsSync(command);

/**
 * @param {ReturnType<typeof hostOf>} host
 * @param {import("./in-process.js").Plans} plans
 * @param {boolean} hasOtherSchemes Whether the libraries with other schemes take part.
 */
export async function measureLikeNode({ name, command, args }, plans, hasOtherSchemes) {
  const plan = JSON.stringify({ plans, hasOtherSchemes });
  const { stdout } = await run(command, [...args, CHILD, plan], { timeout: 300_000 });
  const { stdout: version } = await run(command, ["--version"]);
  const [number] = /\d+\.\d+\.\d+/.exec(version) ?? [version.trim()];
  return { name, version: `${name.split(" ")[0]} ${number}`, ...JSON.parse(stdout) };
}
