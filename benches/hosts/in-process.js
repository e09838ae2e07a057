// @ts-check
/** Hosts whose clock runs while code runs: Node and browsers. */

import { batch, prepared } from "../contenders/batch.js";
import { interleave } from "../interleave.js";
import { makeSample } from "../sample.js";

/**
 * @typedef {{ sizes: number[], rounds: number, batchMs: number }} Plan
 *
 * @param {import("../contenders/contender.js").Contender[]} contenders
 * @param {Plan} plan
 * @returns {Promise<Record<number, import("../interleave.js").Series>>} by size
 */
export async function measureInProcess(contenders, { sizes, rounds, batchMs }) {
  /** @type {Record<number, import("../interleave.js").Series>} */
  const bySize = {};
  for (const size of sizes) {
    const sample = await makeSample(size);
    /** @type {Record<string, { good: () => boolean | Promise<boolean>, isAsync: boolean }>} */
    const ready = {};
    for (const contender of contenders) {
      ready[contender.name] = { good: await prepared(contender, sample), isAsync: contender.isAsync === true };
    }
    bySize[size] = await interleave({
      names: Object.keys(ready),
      rounds,
      batchMs,
      async time(name, count) {
        const { good, isAsync } = /** @type {typeof ready[string]} */ (ready[name]);
        const started = performance.now();
        const isRight = batch(good, isAsync, count);
        // Awaited only where necessary: see `batch`.
        const allRight = typeof isRight === "boolean" ? isRight : await isRight;
        const ms = performance.now() - started;
        if (!allRight) {
          throw new Error(`${name} gave a wrong answer at ${size} bytes`);
        }
        return ms;
      },
    });
  }
  return bySize;
}
