// @ts-check
/** What a receiver of many subscriptions costs over that of one, for an event that passes. */

import { createReceiver } from "mia-webhooks/receiver";
import { sign } from "mia-webhooks";
import { interleave } from "../interleave.js";
import { eventOf } from "../sample.js";

export const COUNTS = [1, 100, 1_000];

const REQUESTS = 1_000;

/** The name of a series. @param {number} count */
export const routes = (count) => `${count} ${count === 1 ? "path" : "paths"}`;

/**
 * Each call is of the next path, as the events of many subscriptions come. All receivers
 * get as many different requests, so that only what a receiver itself holds makes a
 * difference.
 *
 * @param {{ rounds: number, batchMs?: number }} plan
 * @returns {Promise<import("../interleave.js").Series>}
 */
export async function measureRoutes({ rounds, batchMs = 20 }) {
  const body = eventOf(1024);
  const on = { "*"() {} };
  /** @type {Record<string, (count: number) => Promise<void>>} */
  const contenders = {};
  for (const count of COUNTS) {
    const secretOf = (/** @type {number} */ i) => `0f4b3c8a9d2e6f71b5a0c4d8e2f69713 ${String(i).padStart(4, "0")}`;
    const paths = Array.from({ length: count }, (_, i) => `/webhooks/project-${i}`);
    const receiver = createReceiver({
      subscriptions: Object.fromEntries(paths.map((path, i) => [path, { secrets: secretOf(i), on }])),
      log() {},
    });
    const requests = Array.from({ length: REQUESTS }, (_, i) => ({
      url: `https://receiver.example${paths[i % count]}?${i}`,
      headers: { "content-type": "application/json", "x-mia-token": sign(body, secretOf(i % count)) },
    }));
    let next = 0;
    contenders[routes(count)] = async (calls) => {
      for (let i = 0; i < calls; i++) {
        const { url, headers } = /** @type {(typeof requests)[number]} */ (requests[next++ % REQUESTS]);
        const { status } = await receiver(new Request(url, { method: "POST", headers, body }));
        if (status !== 200) {
          throw new Error(`${url} answered ${status}`);
        }
      }
    };
  }
  return interleave({
    names: Object.keys(contenders),
    rounds,
    batchMs,
    async time(name, count) {
      const { user, system } = process.cpuUsage();
      await contenders[name]?.(count);
      const after = process.cpuUsage();
      return (after.user - user + after.system - system) / 1000;
    },
  });
}
