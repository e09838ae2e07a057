// @ts-check
import { Buffer } from "node:buffer";
import { createHash, timingSafeEqual } from "node:crypto";

/** @param {Uint8Array} payload @param {string} token @param {string} secret */
export function check(payload, token, secret) {
  const digest = createHash("sha256").update(payload).update(secret).digest();
  const received = Buffer.from(token, "hex");
  return received.length === digest.length && timingSafeEqual(received, digest);
}
