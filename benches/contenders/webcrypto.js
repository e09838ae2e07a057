// @ts-check
/** The host's own digest: it returns a promise, and takes only one piece of memory. */

import { isDigest } from "../compare-hex.js";
import { concat, sha256 } from "../sample.js";

/** @type {import("./contender.js").Contender} */
export const webCrypto = {
  name: "WebCrypto digest, awaited",
  isAsync: true,
  prepare({ payload, secretBytes, token, forged }) {
    const check = async (/** @type {string} */ text) => isDigest(text, await sha256(concat(payload, secretBytes)));
    return { good: () => check(token), bad: () => check(forged) };
  },
};
