/** From where on the host's own hash is the faster one, as it was measured: see docs/performance.md. */

export { AGAIN_BYTES, EACH_BYTES, FROM_BYTES } from "./crossover.js";

/**
 * To load `node:crypto` takes 1 to 5 ms, as long as the module takes to hash so much.
 * A cold start waits for it only with a payload of that size.
 */
export const LOAD_AT_BYTES = 1_048_576;

/** Up to here, one call takes half the time of a hash that is made, fed and read. */
export const ONE_CALL_BYTES = 4_096;

/** Node's hash refuses 2 GiB at once. */
export const PIECE_BYTES = 1_073_741_824;
