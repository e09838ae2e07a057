// @ts-check
/** What is started cold, by its name in the report. */

import { isDigest } from "../compare-hex.js";

/**
 * @typedef {(payload: Uint8Array, token: string, secret: string) => boolean | Promise<boolean>} Check
 *
 * @typedef {object} Cold
 * @property {string} from The package that is imported.
 * @property {string} name The export that is used.
 * @property {(imported: any) => Check} checkOf What a user writes around it. It is loaded before the clock starts.
 * @property {string} [byHand] The file of a package that is written here, from this folder.
 */

export const BY_HAND = "a package that only calls node:crypto";

/** @type {Record<string, Cold>} */
export const COLD = {
  "mia-webhooks": { from: "mia-webhooks", name: "verify", checkOf: (verify) => verify },
  "@noble/hashes": {
    from: "@noble/hashes/sha2.js",
    name: "sha256",
    checkOf: (sha256) => (payload, token, secret) =>
      isDigest(token, sha256.create().update(payload).update(new TextEncoder().encode(secret)).digest()),
  },
  [BY_HAND]: {
    from: "node-crypto-by-hand",
    name: "check",
    checkOf: (check) => check,
    byHand: "by-hand/node-crypto.js",
  },
  "a package that only calls WebCrypto": {
    from: "webcrypto-by-hand",
    name: "check",
    checkOf: (check) => check,
    byHand: "by-hand/webcrypto.js",
  },
  "hash-wasm": {
    from: "hash-wasm",
    name: "createSHA256",
    checkOf: (createSHA256) => async (payload, token, secret) => {
      const hash = await createSHA256();
      return isDigest(token, hash.update(payload).update(new TextEncoder().encode(secret)).digest("binary"));
    },
  },
};
