// @ts-check
/** A receiver that can be made to give any answer, for what a sender gets on the wire. */

import { createReceiver } from "mia-webhooks/receiver";
import { memoryReplayStore } from "mia-webhooks/replay";

const store = memoryReplayStore();
const secrets = "canary-secret";

/** @type {import("mia-webhooks/receiver").Receiver | undefined} */
let receiver;

export default {
  /** @param {Request} request @param {{ ORIGIN: import("mia-webhooks/receiver").Fetcher, LIMIT_MS: string }} env */
  async fetch(request, env) {
    receiver ??= createReceiver({
      subscriptions: {
        "/": { secrets, origin: env.ORIGIN, tenantId: "acme" },
        "/handlers": {
          secrets,
          on: {
            tag_created() {},
            tag_deleted() {
              throw new Error("canary in an error");
            },
          },
        },
        "/no-secrets": {
          secrets() {
            throw new Error("canary in an error");
          },
          on: { "*"() {} },
        },
        "/no-origin": { secrets, origin: "http://127.0.0.1:1/" },
      },
      // It gets the errors of handlers and stores, so they are not in the log.
      onResult() {},
      maxBytes: 2000,
      maxBufferedBytes: 2000,
      bodyTimeoutMs: Number(env.LIMIT_MS),
      originTimeoutMs: Number(env.LIMIT_MS),
      replay: {
        // The part of the store is what it answers.
        partition: ({ event }) => String(event.payload["answer"] ?? ""),
        store: {
          ...store,
          claim(claim) {
            const [answer] = JSON.parse(claim.partition);
            if (answer === "error") {
              throw new Error("canary in an error");
            }
            return answer === ""
              ? store.claim(claim)
              : /** @type {any} */ (answer === "nothing" ? undefined : { code: answer });
          },
        },
      },
    });
    if (request.headers.has("x-test-read")) {
      await request.text();
    }
    return receiver(request);
  },
};
