// @ts-check
/** Rotation: a verifier with one secret, and one with three, of which the last matches. */

import { Verifier } from "mia-webhooks";

/**
 * @param {string} name
 * @param {(secret: string) => string[]} secretsWith
 * @returns {import("./contender.js").Contender}
 */
const contender = (name, secretsWith) => ({
  name,
  prepare({ payload, secret, token, forged }) {
    const verifier = new Verifier(secretsWith(secret));
    return { good: () => verifier.verify(payload, token), bad: () => verifier.verify(payload, forged) };
  },
});

export const oneSecret = contender("Verifier, 1 secret", (secret) => [secret]);
export const threeSecrets = contender("Verifier, 3 secrets", (secret) => [
  "7c1d5e9f3a2b8c4d6e0f1a9b5c7d3e82",
  "e1f2a3b4c5d6978812345678abcdef09",
  secret,
]);
