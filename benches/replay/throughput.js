// @ts-check
/**
 * Requests per second of the Cloudflare Worker with its replay guard and without,
 * in turns. Every request has another event.
 */

import { createHash } from "node:crypto";
// @ts-expect-error It comes without types.
import autocannon from "autocannon";
import { bundleWorker } from "../../tests/harness/workerd/bundle.js";
import { startWorkerd } from "../../tests/harness/workerd/process.js";

export const UNGUARDED = "without a guard";
export const STORES_NOTHING = "two calls that store nothing";
export const ONE_SHARD = "guarded, 1 shard";
const SECRET = "a secret of the benchmark";

const WORKER = `export { ReplayStoreObject, default } from "mia-webhooks/cloudflare";`;

/** Two calls of a Durable Object that does nothing, to measure what the calls cost. */
const FLOOR = `
  import { DurableObject } from "cloudflare:workers";
  export { default } from "mia-webhooks/cloudflare";
  export class ReplayStoreObject extends DurableObject {
    claim() {
      return { code: "claimed", latest: null };
    }
    commit() {
      return true;
    }
  }`;

/** @type {Record<string, { script: string, text: Record<string, string> }>} */
const CONTENDERS = {
  [UNGUARDED]: { script: WORKER, text: { REPLAY: "off" } },
  [STORES_NOTHING]: { script: FLOOR, text: {} },
  [ONE_SHARD]: { script: WORKER, text: {} },
  "guarded, 2 shards": { script: WORKER, text: { REPLAY_SHARDS: "2" } },
  "guarded, 4 shards": { script: WORKER, text: { REPLAY_SHARDS: "4" } },
};

/**
 * @param {{ rounds: number, seconds: number }} plan
 * @returns {Promise<import("../interleave.js").Series>}
 */
export async function measureGuarded({ rounds, seconds }) {
  const minify = { minify: true };
  const origin = await startWorkerd(
    { origin: await bundleWorker("benches/receiver/origin.js", minify) },
    { isSilent: true },
  );
  /** @type {Record<string, import("../../tests/harness/workerd/process.js").Workerd>} */
  const running = {};
  const names = Object.keys(CONTENDERS);
  try {
    for (const [name, { script, text }] of Object.entries(CONTENDERS)) {
      const worker = {
        ...(await bundleWorker(script, minify)),
        text: { ORIGIN_URL: `${origin.urls["origin"]}/`, MIA_WEBHOOK_SECRET: SECRET, ...text },
        classes: { ReplayStoreObject: "guard" },
        objects: { REPLAY_STORE: { class: "ReplayStoreObject", worker: "worker" } },
      };
      running[name] = await startWorkerd({ worker }, { isSilent: true });
    }
    /** @type {import("../interleave.js").Series} */
    const series = Object.fromEntries(names.map((name) => [name, /** @type {number[]} */ ([])]));
    for (let round = -1; round < rounds; round++) {
      for (let i = 0; i < names.length; i++) {
        const name = /** @type {string} */ (names[(i + Math.max(round, 0)) % names.length]);
        const perSecond = await burst(/** @type {string} */ (running[name]?.urls["worker"]), round < 0 ? 1 : seconds);
        if (round >= 0) {
          series[name]?.push(perSecond);
        }
      }
    }
    return series;
  } finally {
    await Promise.all([origin, ...Object.values(running)].map(({ stop }) => stop()));
  }
}

let number = 0;

/** About 1 KB, and unique. */
function nextEvent() {
  const payload = { number: number++, text: "x".repeat(900) };
  const body = JSON.stringify({ eventName: "tag_created", eventTimestamp: Date.now(), payload });
  return { body, token: createHash("sha256").update(body).update(SECRET).digest("hex") };
}

/** @param {string} url @param {number} duration in seconds */
async function burst(url, duration) {
  const { requests, non2xx, errors } = await autocannon({
    url,
    connections: 16,
    duration,
    requests: [
      {
        method: "POST",
        setupRequest(/** @type {any} */ request) {
          const { body, token } = nextEvent();
          return { ...request, body, headers: { "content-type": "application/json", "x-mia-token": token } };
        },
      },
    ],
  });
  if (non2xx + errors > 0) {
    throw new Error(`${url}: ${non2xx} answers were refusals, ${errors} failed`);
  }
  return requests.total / duration;
}
