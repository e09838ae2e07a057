// @ts-check
/** hash-wasm's SHA-256, in its fastest form: one instance, made before and used again. */

import { createSHA256 } from "hash-wasm";
import { isDigest } from "../compare-hex.js";

/** @type {import("./contender.js").Contender} */
export const hashWasm = {
  name: "hash-wasm",
  async prepare({ payload, secretBytes, token, forged }) {
    const hash = await createSHA256();
    const check = (/** @type {string} */ text) =>
      isDigest(text, hash.init().update(payload).update(secretBytes).digest("binary"));
    return { good: () => check(token), bad: () => check(forged) };
  },
};
