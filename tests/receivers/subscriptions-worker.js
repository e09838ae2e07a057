// @ts-check
/** A Worker with two subscriptions: one forwards events, one calls handlers. */

import { createReceiver } from "mia-webhooks/receiver";
import { receiverOptions } from "mia-webhooks/subscription";

/** @type {import("mia-webhooks/receiver").Receiver | undefined} */
let receiver;

export default {
  /** @param {Request} request @param {{ ORIGIN: import("mia-webhooks/receiver").Fetcher }} env @param {{ waitUntil(work: Promise<unknown>): void }} context */
  fetch(request, env, context) {
    receiver ??= createReceiver({
      subscriptions: {
        "/acme": { secrets: "acme's secret", tenantId: "acme", origin: env.ORIGIN },
        "/tags": {
          secrets: { current: "tags' secret" },
          eventName: ["tag_created", "tag_deleted"],
          on: {
            tag_created: (event, { waitUntil }) => {
              waitUntil?.(Promise.resolve().then(() => console.log(`later: ${event.payload["tagName"]}`)));
            },
            tag_deleted() {
              throw new Error("canary in an error");
            },
          },
        },
        "/record": {
          ...receiverOptions({
            tenantId: "acme",
            projectId: "shop",
            eventName: ["user_added", "project_created"],
            target: "https://receiver.example.org/record",
            secret: "a record's secret of 32 bytes ...",
          }),
          origin: env.ORIGIN,
        },
        "/handlers": { secrets: "handlers' secret", on: { tag_created() {} } },
      },
    });
    return receiver(request, context);
  },
};
