// @ts-check
/** Node, in its own process, so that earlier code does not affect its compiler. */

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const CHILD = fileURLToPath(new URL("./node-child.js", import.meta.url));

/** @param {{ plan: import("./in-process.js").Plan, rotation: import("./in-process.js").Plan }} plans */
export async function measureNode(plans) {
  const { stdout } = await run(process.execPath, [CHILD, JSON.stringify(plans)], { timeout: 300_000 });
  return { version: `Node ${process.versions.node}`, ...JSON.parse(stdout) };
}
