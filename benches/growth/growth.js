// @ts-check
/** What grows: with the paths of a receiver, with the entries of a store, and with the bodies that are held. */

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { measureBodies } from "./bodies.js";
import { measureRoutes } from "./routes.js";

const run = promisify(execFile);

/**
 * @typedef {object} GrowthResults
 * @property {import("../interleave.js").Series} routes Microseconds of CPU.
 * @property {import("./memory-store.js").MemoryStoreResult} memoryStore
 * @property {import("./bodies.js").BodiesResult[]} bodies Empty where the system does not tell the memory of a process.
 */

/**
 * @param {{ rounds: number, entries: number, bodies: number, bodyRounds: number }} plan
 * @returns {Promise<GrowthResults>}
 */
export const measureGrowth = async ({ rounds, entries, bodies, bodyRounds }) => ({
  routes: await measureRoutes({ rounds }),
  memoryStore: await memoryStore({ entries, events: entries / 10 }),
  bodies: await measureBodies({ bodies, rounds: bodyRounds }),
});

/**
 * In a process of its own: only a heap that is collected tells the bytes of an entry.
 *
 * @param {{ entries: number, events: number }} plan
 */
async function memoryStore(plan) {
  const file = JSON.stringify(new URL("./memory-store.js", import.meta.url).href);
  const script = `
    import { measureMemoryStore } from ${file};
    process.stdout.write(JSON.stringify(measureMemoryStore(${JSON.stringify(plan)})));`;
  const { stdout } = await run(process.execPath, ["--expose-gc", "--input-type=module", "--eval", script], {
    timeout: 300_000,
  });
  return /** @type {import("./memory-store.js").MemoryStoreResult} */ (JSON.parse(stdout));
}
