// @ts-check
/**
 * svix and standardwebhooks. Their own scheme: HMAC-SHA-256 in JavaScript over
 * id, time and payload, and they return the parsed payload. They take a string, so
 * they get the payload as a string; decoding it is not timed.
 */

import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { forge } from "../sample.js";
import { returns } from "./contender.js";

/**
 * @param {string} name
 * @param {typeof StandardWebhook | typeof SvixWebhook} Webhook
 * @param {string} prefix of the header names
 * @returns {import("./contender.js").Contender}
 */
const contender = (name, Webhook, prefix) => ({
  name,
  prepare({ text, secretBytes }) {
    const webhook = new Webhook(btoa(String.fromCharCode(...secretBytes)));
    const now = new Date();
    const signature = webhook.sign("msg_1", now, text);
    const headers = {
      [`${prefix}-id`]: "msg_1",
      [`${prefix}-timestamp`]: String(Math.floor(now.getTime() / 1000)),
      [`${prefix}-signature`]: signature,
    };
    // The last character of base64 may have unused bits; the third never has.
    const forged = { ...headers, [`${prefix}-signature`]: forge(signature.slice(0, 6)) + signature.slice(6) };
    return {
      good: returns(() => webhook.verify(text, headers)),
      bad: returns(() => webhook.verify(text, forged)),
    };
  },
});

export const svix = contender("svix", SvixWebhook, "svix");
export const standardWebhooks = contender("standardwebhooks", StandardWebhook, "webhook");
