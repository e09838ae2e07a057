// @ts-check
/** The receiver without its log, to measure what the log costs. */

import { createReceiver } from "mia-webhooks/receiver";

/** @type {import("mia-webhooks/receiver").Receiver | undefined} */
let receiver;

export default {
  /** @param {Request} request @param {{ ORIGIN_URL: string, MIA_WEBHOOK_SECRET: string }} env */
  fetch(request, env) {
    receiver ??= createReceiver({ secrets: env.MIA_WEBHOOK_SECRET, origin: env.ORIGIN_URL, log: () => {} });
    return receiver(request);
  },
};
