// @ts-check
/**
 * jose, whose closest offer is a flattened JWS with HS256 (HMAC-SHA-256) over
 * the unchanged payload (RFC 7797, `b64: false`): its cheapest form. The key is
 * imported before.
 */

import { FlattenedSign, flattenedVerify } from "jose";
import { forge } from "../sample.js";
import { resolves } from "./contender.js";

/** @type {import("./contender.js").Contender} */
export const jose = {
  name: "jose (HS256)",
  isAsync: true,
  async prepare({ payload, secretBytes }) {
    const hmac = { name: "HMAC", hash: "SHA-256" };
    const raw = /** @type {Uint8Array<ArrayBuffer>} */ (secretBytes);
    const key = await crypto.subtle.importKey("raw", raw, hmac, false, ["sign", "verify"]);
    const header = { alg: "HS256", b64: false, crit: ["b64"] };
    const jws = await new FlattenedSign(payload).setProtectedHeader(header).sign(key);
    const { signature } = jws;
    const forged = { ...jws, payload, signature: forge(signature.slice(0, 6)) + signature.slice(6) };
    return {
      good: resolves(() => flattenedVerify({ ...jws, payload }, key)),
      bad: resolves(() => flattenedVerify(forged, key)),
    };
  },
};
