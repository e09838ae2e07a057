// @ts-check
/** Node's own hash (OpenSSL, BoringSSL in workerd): native, synchronous, and compared by `timingSafeEqual`. */

import { Buffer } from "node:buffer";
import { createHash, timingSafeEqual } from "node:crypto";

/** @type {import("./contender.js").Contender} */
export const nodeCrypto = {
  name: "node:crypto",
  prepare({ payload, secret, token, forged }) {
    const check = (/** @type {string} */ text) => {
      const digest = createHash("sha256").update(payload).update(secret).digest();
      const received = Buffer.from(text, "hex");
      return received.length === digest.length && timingSafeEqual(received, digest);
    };
    return { good: () => check(token), bad: () => check(forged) };
  },
};
