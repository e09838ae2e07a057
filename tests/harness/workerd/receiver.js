// @ts-check
/** Runs one Worker on a real workerd, as the tests of the receiver need it. */

import { bundleWorker } from "./bundle.js";
import { startWorkerd } from "./process.js";

/** The settings that the ready Worker needs when its guard is off. */
export const UNGUARDED = { REPLAY: "off" };

/**
 * @param {string} entry - The Worker's file, from the top of the checkout.
 * @param {Record<string, string>} env - Its text bindings.
 * @param {string} [originAddress] - Bound as the service `ORIGIN`.
 */
export async function startWorker(entry, env, originAddress) {
  const worker = {
    ...(await bundleWorker(entry)),
    text: env,
    ...(originAddress && { services: { ORIGIN: originAddress } }),
  };
  const { urls, lines, stop } = await startWorkerd({ worker });
  const address = /** @type {string} */ (urls["worker"]);
  return { address, port: Number(new URL(address).port), lines, stop, nextResult: () => nextResult(lines) };
}

/**
 * The receiver's log line for the next request; waits for it.
 *
 * @param {string[]} lines
 */
export async function nextResult(lines) {
  const seen = lines.length;
  for (let waited = 0; waited < 5000; waited += 10) {
    const line = lines.slice(seen).find((text) => text.includes('"mia-webhooks"'));
    if (line) {
      return JSON.parse(line);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("no log line within five seconds");
}
