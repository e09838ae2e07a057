// @ts-check
/**
 * GitHub's library. Its own scheme: HMAC-SHA-256 of the payload, by
 * node:crypto in Node and by WebCrypto (which imports the key each time) elsewhere.
 * It takes a string, so it gets the payload as a string.
 */

import { sign, verify } from "@octokit/webhooks-methods";
import { forge } from "../sample.js";

/** @type {import("./contender.js").Contender} */
export const octokit = {
  name: "@octokit/webhooks-methods",
  isAsync: true,
  async prepare({ text, secret }) {
    const signature = await sign(secret, text);
    const forged = forge(signature);
    return { good: () => verify(secret, text, signature), bad: () => verify(secret, text, forged) };
  },
};
