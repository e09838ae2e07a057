// @ts-check
import { createSHA256 } from "hash-wasm";
import { isDigest } from "../compare-hex.js";

/** @param {Uint8Array} payload @param {string} token @param {string} secret */
export async function check(payload, token, secret) {
  const hash = await createSHA256();
  return isDigest(token, hash.update(payload).update(new TextEncoder().encode(secret)).digest("binary"));
}
