// @ts-check
import { sha256 } from "@noble/hashes/sha2.js";
import { isDigest } from "../compare-hex.js";

/** @param {Uint8Array} payload @param {string} token @param {string} secret */
export const check = (payload, token, secret) =>
  isDigest(token, sha256.create().update(payload).update(new TextEncoder().encode(secret)).digest());
