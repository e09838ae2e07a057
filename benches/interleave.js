// @ts-check
/**
 * Times contenders against each other in one run.
 *
 * Each round runs a batch of every contender, and each round starts with
 * another one, so a slow second of the machine slows all of them. A time is the
 * median over the rounds; a ratio is the median of the ratios within each round.
 */

/**
 * The milliseconds that a batch of `count` calls took. With a count of 0 it is an
 * empty batch: the cost of a batch by itself.
 *
 * @typedef {(name: string, count: number) => Promise<number>} Timer
 *
 * @typedef {Record<string, number[]>} Series Microseconds for each call, one for each round.
 */

/**
 * @param {object} options
 * @param {string[]} options.names
 * @param {Timer} options.time
 * @param {number} options.rounds
 * @param {number} options.batchMs How long a batch should last.
 * @param {boolean} [options.subtractsEmpty] Whether an empty batch costs enough to be subtracted.
 * @returns {Promise<Series>}
 */
export async function interleave({ names, time, rounds, batchMs, subtractsEmpty = false }) {
  /** @type {Record<string, number>} */
  const counts = {};
  const empty = async () => (subtractsEmpty ? time(/** @type {string} */ (names[0]), 0) : 0);
  for (const name of names) {
    counts[name] = await calibrate((count) => time(name, count), batchMs, await empty());
  }
  /** @type {Series} */
  const series = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const emptyMs = median([await empty(), await empty(), await empty()]);
    for (let i = 0; i < names.length; i++) {
      const name = /** @type {string} */ (names[(round + i) % names.length]);
      const count = /** @type {number} */ (counts[name]);
      const ms = (await time(name, count)) - emptyMs;
      series[name]?.push((ms * 1000) / count);
    }
  }
  return series;
}

/**
 * How many calls fill a batch. It is measured after a warm-up: without one, noble
 * on workerd once took seven times its usual time for 64 KB.
 *
 * @param {(count: number) => Promise<number>} time
 * @param {number} batchMs
 * @param {number} emptyMs
 */
async function calibrate(time, batchMs, emptyMs) {
  const started = performance.now();
  for (let count = 1; ;) {
    const ms = Math.max((await time(count)) - emptyMs, 0.01);
    if (ms >= batchMs / 2) {
      if (performance.now() - started < WARM_UP_MS) {
        continue;
      }
      return Math.max(1, Math.round((count * batchMs) / ms));
    }
    count = Math.ceil(count * Math.min(16, Math.max(2, batchMs / ms)));
  }
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = NaN, high = NaN] = [sorted[sorted.length % 2 === 1 ? middle : middle - 1], sorted[middle]];
  return (low + high) / 2;
}

const WARM_UP_MS = 200;

/**
 * How many times as long as `b` takes `a`.
 *
 * @param {readonly number[]} a
 * @param {readonly number[]} b
 */
export const ratio = (a, b) => median(a.map((value, round) => value / /** @type {number} */ (b[round])));
