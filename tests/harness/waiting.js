// @ts-check
/** Waiting until something is so, and chance that is the same in each run. */

export const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Waits until something is so. Only what hangs reaches the limit.
 *
 * @param {() => boolean | Promise<boolean>} isSo
 * @param {string} what
 */
export async function until(isSo, what) {
  const limit = Date.now() + 120_000;
  while (!(await isSo())) {
    if (Date.now() > limit) {
      throw new Error(`within two minutes it did not come to this: ${what}`);
    }
    await pause(5);
  }
}

/** Random numbers from 0 to 1, the same in each run (mulberry32). @param {number} seed */
export function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
