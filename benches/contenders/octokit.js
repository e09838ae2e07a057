// @ts-check
/**
 * GitHub's library. Its own scheme: HMAC-SHA-256 over the payload, by
 * node:crypto in Node and by WebCrypto (importing the key each time) elsewhere.
 * It takes text, so it gets the payload as text.
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
