// @ts-check
/** Hosts whose clock runs while code runs: Node, Deno, Bun and browsers. */

import { batch, prepared } from "../contenders/batch.js";
import { interleave } from "../interleave.js";
import { makeSample } from "../sample.js";

/**
 * @typedef {{ sizes: number[], rounds: number, batchMs: number }} Plan
 *
 * @typedef {Record<keyof ReturnType<typeof import("../contenders/questions.js").questions>, Plan>} Plans
 *
 * @param {import("../contenders/contender.js").Contender[]} contenders
 * @param {Plan} plan
 * @param {() => number} [cpuMs] The CPU time of the process so far, which times what is not awaited, where the host
 * tells it: then other programs do not count. What is awaited is timed by the clock, since waiting is its cost.
 * @returns {Promise<Record<number, import("../interleave.js").Series>>} by size
 */
export async function measureInProcess(contenders, { sizes, rounds, batchMs }, cpuMs = () => performance.now()) {
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
        // Where nothing is awaited, no event of the host would ever run, as in a server it does.
        await new Promise((done) => setTimeout(done));
        const now = isAsync ? () => performance.now() : cpuMs;
        const started = now();
        const isRight = batch(good, isAsync, count);
        // Awaited only where necessary: see `batch`.
        const allRight = typeof isRight === "boolean" ? isRight : await isRight;
        const ms = now() - started;
        if (!allRight) {
          throw new Error(`${name} gave a wrong answer at ${size} bytes`);
        }
        return ms;
      },
    });
  }
  return bySize;
}
