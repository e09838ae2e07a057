// @ts-check
/** Runs a number of calls in a row, and checks the answers. */

/**
 * @param {import("./contender.js").Contender} contender
 * @param {import("../sample.js").Sample} sample
 */
export async function prepared(contender, sample) {
  const { good, bad } = await contender.prepare(sample);
  if ((await good()) !== true || (await bad()) !== false) {
    throw new Error(`${contender.name} gives a wrong answer at ${sample.payload.length} bytes`);
  }
  return good;
}

/**
 * Runs a batch. Synchronous contenders are never awaited: the promises would
 * take longer than their work.
 *
 * @param {() => boolean | Promise<boolean>} good
 * @param {boolean} isAsync
 * @param {number} count
 */
export const batch = (good, isAsync, count) => (isAsync ? awaited(good, count) : atOnce(good, count));

/** @param {() => boolean | Promise<boolean>} good @param {number} count */
function atOnce(good, count) {
  let right = 0;
  for (let i = 0; i < count; i++) {
    right += good() === true ? 1 : 0;
  }
  return right === count;
}

/** @param {() => boolean | Promise<boolean>} good @param {number} count */
async function awaited(good, count) {
  let right = 0;
  for (let i = 0; i < count; i++) {
    right += (await good()) ? 1 : 0;
  }
  return right === count;
}
