// @ts-check
/** From import to first answer, each time in a fresh Node process. */

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { makeSample } from "../sample.js";

const run = promisify(execFile);
const CHILD = fileURLToPath(new URL("./node-child.js", import.meta.url));

/** File name in this folder, and what it is called in the report. */
export const COLD = {
  ours: "mia-webhooks",
  noble: "@noble/hashes",
  "node-crypto": "node:crypto",
  webcrypto: "WebCrypto digest, awaited",
  "hash-wasm": "hash-wasm",
};

/**
 * @param {number} rounds
 * @returns {Promise<import("../interleave.js").Series>} milliseconds
 */
export async function measureColdNode(rounds) {
  const { token } = await makeSample(1024);
  const names = Object.entries(COLD);
  /** @type {import("../interleave.js").Series} */
  const series = Object.fromEntries(names.map(([, name]) => [name, []]));
  // The first round only fills the disk cache.
  for (let round = -1; round < rounds; round++) {
    for (let i = 0; i < names.length; i++) {
      const [file, name] = /** @type {[string, string]} */ (names[(i + Math.max(round, 0)) % names.length]);
      const { stdout } = await run(process.execPath, [CHILD, file, token], { timeout: 20_000 });
      if (round >= 0) {
        series[name]?.push(Number(stdout));
      }
    }
  }
  return series;
}
