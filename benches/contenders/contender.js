// @ts-check
/**
 * A contender can tell the right token of a payload from a forged one. `prepare`
 * is not timed, so it makes everything that may be kept between calls (a key, an
 * instance, an encoded secret).
 *
 * @typedef {object} Case
 * @property {() => boolean | Promise<boolean>} good Has to answer true.
 * @property {() => boolean | Promise<boolean>} bad Has to answer false.
 *
 * @typedef {object} Contender
 * @property {string} name
 * @property {boolean} [isAsync] Timed with an `await` for each call.
 * @property {(sample: import("../sample.js").Sample) => Case | Promise<Case>} prepare
 */

/** The package's name in every table. */
export const OURS = "mia-webhooks";

/**
 * For libraries that throw on a bad signature.
 *
 * @param {() => unknown} check
 */
export const returns = (check) => () => {
  try {
    check();
    return true;
  } catch {
    return false;
  }
};

/** As {@link returns}, for promises. @param {() => Promise<unknown>} check */
export const resolves = (check) => () =>
  check().then(
    () => true,
    () => false,
  );
