// @ts-check
/** A package that only calls node:crypto. */

import { createHash } from "node:crypto";
import { digitsOf, sameDigits } from "../../same-digits.js";

/** @param {Uint8Array} payload @param {string} token @param {string} secret */
export const check = (payload, token, secret) =>
  sameDigits(digitsOf(token), createHash("sha256").update(payload).update(secret).digest("hex"));
