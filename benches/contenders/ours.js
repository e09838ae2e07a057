// @ts-check
/** The package. */

import { Verifier, verify } from "mia-webhooks";
import { secretsOf } from "../sample.js";
import { OURS } from "./contender.js";

/** As the README shows it: three arguments, and no verifier made before. @type {import("./contender.js").Contender} */
export const ours = {
  name: OURS,
  prepare: ({ payload, secret, token, forged }) => ({
    good: () => verify(payload, token, secret),
    bad: () => verify(payload, forged, secret),
  }),
};

/**
 * A verifier with several secrets, of which the last matches.
 *
 * @param {import("./by-hand.js").Question} question
 * @param {string} [suffix] of the name
 * @returns {import("./contender.js").Contender}
 */
export const ourVerifier = ({ secrets, identifies = false }, suffix = "") => ({
  name: OURS + suffix,
  prepare({ payload, id, token, forged }) {
    const verifier = new Verifier(secretsOf(secrets));
    const secretId = String(secrets - 1);
    const check = identifies
      ? (/** @type {string} */ text) => {
          const match = verifier.match(payload, text);
          return match?.secretId === secretId && match.id === id;
        }
      : (/** @type {string} */ text) => verifier.verify(payload, text);
    return { good: () => check(token), bad: () => check(forged) };
  },
});
