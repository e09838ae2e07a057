/** A hash in one call of the host: a payload and what ends it, side by side in memory that is kept. */

import { MAX_SECRET_BYTES } from "../../generated/tables.js";
import { ONE_CALL_BYTES } from "./limits.js";
import type { NodeCrypto } from "./node-crypto.js";

let kept: Uint8Array | undefined;

/** The SHA-256 of a payload of at most `ONE_CALL_BYTES` with each of these ends. No secret stays. */
export function inOneCall(hash: Required<NodeCrypto>["hash"], payload: Uint8Array, ends: readonly Uint8Array[]) {
  const joined = kept ?? new Uint8Array(ONE_CALL_BYTES + MAX_SECRET_BYTES);
  // Out of its place meanwhile: what traces the host's calls may verify as well.
  kept = undefined;
  const { length } = payload;
  const digits: string[] = [];
  let end = length;
  joined.set(payload);
  try {
    for (let i = 0; i < ends.length; i++) {
      const secret = ends[i] as Uint8Array;
      const bytes = joined.subarray(0, length + secret.length);
      if (secret.length > 0) {
        joined.set(secret, length);
        end = Math.max(end, bytes.length);
      }
      digits[i] = hash("sha256", bytes, "hex");
    }
    return digits;
  } finally {
    joined.fill(0, length, end);
    kept = joined;
  }
}
