// @ts-check
/** A package that only calls WebCrypto. */

import { isDigest } from "../../compare-hex.js";
import { concat, sha256 } from "../../sample.js";

/** @param {Uint8Array} payload @param {string} token @param {string} secret */
export const check = async (payload, token, secret) =>
  isDigest(token, await sha256(concat(payload, new TextEncoder().encode(secret))));
