/** The host's own SHA-256: when it is asked for, and how. */

import { AGAIN_BYTES, EACH_BYTES, FROM_BYTES, LOAD_AT_BYTES, ONE_CALL_BYTES, PIECE_BYTES } from "./limits.js";
import { type NativeHash, type NodeCrypto, nodeCrypto } from "./node-crypto.js";
import { inOneCall } from "./one-call.js";

/** The bytes that the module hashed, and that the host's hash would have taken less time for. */
let eligible = 0;
let loaded: NodeCrypto | "none" | undefined;

/** Starts a hash, where the host's is the faster one for a piece of so many bytes. */
export function newHash(length: number): NativeHash | undefined {
  try {
    return cryptoFor(length, 1)?.createHash("sha256");
  } catch {
    return undefined;
  }
}

/**
 * The SHA-256 of a payload with each of these ends, in hexadecimal digits; `undefined`
 * where the module is to make them.
 *
 * @param secretCount - How many of the ends are secrets.
 */
export function hashes(
  payload: Uint8Array,
  ends: readonly Uint8Array[],
  secretCount: number = ends.length,
): string[] | undefined {
  const { length } = payload;
  const crypto = cryptoFor(length, secretCount);
  if (crypto === undefined) {
    return undefined;
  }
  const again = ends.length - 1;
  try {
    if (crypto.hash && length <= ONE_CALL_BYTES && again * length <= AGAIN_BYTES) {
      return inOneCall(crypto.hash, payload, ends);
    }
    const begun = fed(crypto.createHash("sha256"), payload);
    return ends.map((end, i) => (i < again ? begun.copy() : begun).update(end).digest("hex"));
  } catch {
    // The stack is full, and the module says so.
    return undefined;
  }
}

/** A hash after one more piece. */
export function fed(hash: NativeHash, piece: Uint8Array): NativeHash {
  for (let at = 0; at < piece.length; at += PIECE_BYTES) {
    hash.update(piece.length > PIECE_BYTES ? piece.subarray(at, at + PIECE_BYTES) : piece);
  }
  return hash;
}

function cryptoFor(length: number, secretCount: number): NodeCrypto | undefined {
  if (length < FROM_BYTES + (secretCount - 1) * EACH_BYTES) {
    return undefined;
  }
  if (loaded === undefined && (eligible += length) >= LOAD_AT_BYTES) {
    // Where the stack was full, it is asked again after as much.
    eligible = 0;
    loaded = nodeCrypto();
  }
  return loaded === "none" ? undefined : loaded;
}
