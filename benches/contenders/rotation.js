// @ts-check
/** How many secrets are compared with one, and the payloads where that has a target. */

export const MANY = [1, 3, 8];
export const ROTATION_SIZES = [300, 4096];

/** The end of a contender's name. @param {number} count */
export const ofSecrets = (count) => `, ${count} ${count === 1 ? "secret" : "secrets"}`;
