// @ts-check
/**
 * What a careful user writes with the hash of Node, Deno or Bun, each as fast as it
 * can be: the secrets are encoded once, one piece of memory is used again, every
 * secret is tried, and no comparison depends on where the digits differ.
 *
 * The digits of node:crypto are compared as text, because each of these hosts writes
 * the digits faster than it makes a `Buffer` of the token: with
 * `Buffer.from(token, "hex")` and `timingSafeEqual` a verify of 300 bytes takes 1.5 to
 * 3 times as long.
 */

import * as crypto from "node:crypto";
import { isDigest } from "../compare-hex.js";
import { digitsOf, sameDigits } from "../same-digits.js";
import { encoder, secretsOf } from "../sample.js";

// Node 20.12 brought `hash`, so it may be missing.
const { createHash, hash } = crypto;

/**
 * What a contender answers: whether one of the secrets matches (the last does),
 * and with `identifies` also the SHA-256 of the payload.
 *
 * @typedef {{ secrets: number, identifies?: boolean }} Question
 *
 * @typedef {object} Match
 * @property {number} secret Its position, or -1.
 * @property {string} [id]
 *
 * @typedef {(token: string) => Match} Matcher
 * @typedef {(payload: Uint8Array, secrets: Uint8Array[], identifies: boolean) => Matcher} Hash
 */

/** The payload is hashed once, and each secret goes on from a copy. @type {Hash} */
const continued = (payload, secrets, identifies) => (token) => {
  const hash = createHash("sha256").update(payload);
  const last = secrets.length - 1;
  let secret = -1;
  for (let i = 0; i <= last; i++) {
    const whole = i === last && !identifies ? hash : hash.copy();
    if (sameDigits(token, whole.update(/** @type {Uint8Array} */ (secrets[i])).digest("hex"))) {
      secret = i;
    }
  }
  return identifies && secret >= 0 ? { secret, id: hash.digest("hex") } : { secret };
};

/** One call for each digest, of payload and secret side by side. @type {Hash} */
const oneCall = (payload, secrets, identifies) => (token) => {
  const { length } = payload;
  let secret = -1;
  const joined = roomFor(length + LONGEST_SECRET);
  joined.set(payload);
  for (let i = 0; i < secrets.length; i++) {
    const bytes = /** @type {Uint8Array} */ (secrets[i]);
    joined.set(bytes, length);
    if (sameDigits(token, hash("sha256", joined.subarray(0, length + bytes.length), "hex"))) {
      secret = i;
    }
  }
  return identifies && secret >= 0 ? { secret, id: hash("sha256", payload, "hex") } : { secret };
};

const LONGEST_SECRET = 4096;
let room = new Uint8Array(0);
const roomFor = (/** @type {number} */ length) => (room.length < length ? (room = new Uint8Array(2 * length)) : room);

/** Bun's own class, which has no copies, and writes into memory that is kept. @type {Hash} */
const bunClass = (payload, secrets, identifies) => {
  const { SHA256 } = /** @type {any} */ (globalThis).Bun;
  const digest = new Uint8Array(32);
  return (token) => {
    let secret = -1;
    for (let i = 0; i < secrets.length; i++) {
      if (isDigest(token, new SHA256().update(payload).update(secrets[i]).digest(digest))) {
        secret = i;
      }
    }
    return identifies && secret >= 0 ? { secret, id: SHA256.hash(payload, "hex") } : { secret };
  };
};

/** @type {Record<string, Hash>} */
const HASHES = {
  "node:crypto, createHash": continued,
  ...(hash === undefined ? {} : { "node:crypto, hash": oneCall }),
  .../** @type {Record<string, Hash>} */ ("Bun" in globalThis ? { "Bun.SHA256": bunClass } : {}),
};

/** The names that a host's best is searched among. */
export const BY_HAND = ["node:crypto, createHash", "node:crypto, hash", "Bun.SHA256"];

/**
 * The contenders of this host.
 *
 * @param {Question} question
 * @param {string} [suffix] of the names
 * @returns {import("./contender.js").Contender[]}
 */
export const byHand = ({ secrets, identifies = false }, suffix = "") =>
  Object.entries(HASHES).map(([name, hashOf]) => ({
    name: name + suffix,
    prepare({ payload, id, token, forged }) {
      const match = hashOf(payload, secretsOf(secrets).map(encoder.encode, encoder), identifies);
      const last = secrets - 1;
      const check = identifies
        ? (/** @type {string} */ text) => {
            const { secret, id: found } = match(digitsOf(text));
            return secret === last && found === id;
          }
        : (/** @type {string} */ text) => match(digitsOf(text)).secret === last;
      return { good: () => check(token), bad: () => check(forged) };
    },
  }));
