// @ts-check
/**
 * What the hosts are asked: one verify; the same with three secrets; a match, which
 * also tells the payload's id; and how the time grows with the secrets.
 */

import { ourVerifier } from "./ours.js";
import { MANY, ofSecrets } from "./rotation.js";

/** @typedef {(question: import("./by-hand.js").Question, suffix?: string) => import("./contender.js").Contender[]} ByHand */

/**
 * The contenders for each question.
 *
 * @param {import("./contender.js").Contender[]} verify for one verify
 * @param {ByHand} [byHand] On a host without a hash that is synchronous, only the package takes part in the others.
 * @returns {Record<"verify" | "three" | "match" | "rotation", import("./contender.js").Contender[]>}
 */
export const questions = (verify, byHand = () => []) => {
  const both = (/** @type {import("./by-hand.js").Question} */ question, suffix = "") => [
    ourVerifier(question, suffix),
    ...byHand(question, suffix),
  ];
  return {
    verify: [...verify, ...byHand({ secrets: 1 })],
    three: both({ secrets: 3 }),
    match: both({ secrets: 1, identifies: true }),
    rotation: MANY.flatMap((secrets) => both({ secrets }, ofSecrets(secrets))),
  };
};
