// @ts-check
/** noble's SHA-256, in JavaScript. */

import { sha256 } from "@noble/hashes/sha2.js";
import { isDigest } from "../compare-hex.js";

/** @type {import("./contender.js").Contender} */
export const noble = {
  name: "@noble/hashes",
  prepare({ payload, secretBytes, token, forged }) {
    const check = (/** @type {string} */ text) =>
      isDigest(text, sha256.create().update(payload).update(secretBytes).digest());
    return { good: () => check(token), bad: () => check(forged) };
  },
};
