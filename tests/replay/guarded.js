// @ts-check
/** Guarded receivers on a real workerd, with their state on disk, and a sender. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../harness/waiting.js";
import { tokenOf } from "../harness/wire.js";
import { bundleWorker } from "../harness/workerd/bundle.js";
import { startWorkerd } from "../harness/workerd/process.js";

export const SECRET = "canary-secret";

/**
 * How long a claim holds, in milliseconds, and how long the origin and the store may
 * take: so long that no test waits for their end. Where a claim must have lapsed, the
 * clock steps; see stepping-worker.js.
 */
export const LEASE_MS = 300_000;
const PATIENT = {
  REPLAY_LEASE_MS: String(LEASE_MS),
  ORIGIN_TIMEOUT_MS: "120000",
  REPLAY_STORE_TIMEOUT_MS: "120000",
};

/** The number of an event makes its payload unique. @param {number} number @param {number} [eventTimestamp] */
export const eventOf = (number, eventTimestamp = Date.now()) =>
  JSON.stringify({ eventName: "tag_created", eventTimestamp, payload: { number } });

/**
 * Starts receivers that share their Durable Objects.
 *
 * @param {object} options
 * @param {string} options.originAddress
 * @param {string} [options.entry] the Worker's file
 * @param {string} [options.guard] the class that it exports
 * @param {Record<string, Record<string, string>>} [options.receivers] the settings of each, by its name
 */
export async function startGuarded({
  originAddress,
  entry = "tests/replay/stepping-worker.js",
  guard = "Guard",
  receivers = { receiver: {} },
}) {
  const state = await mkdtemp(join(tmpdir(), "mia-webhooks-state-"));
  const bundle = await bundleWorker(entry);
  const names = Object.keys(receivers);
  const first = /** @type {string} */ (names[0]);
  const objects = { REPLAY_STORE: { class: guard, worker: first } };
  const workers = Object.fromEntries(
    Object.entries(receivers).map(([name, env]) => {
      const text = { MIA_WEBHOOK_SECRET: SECRET, ORIGIN_URL: `http://${originAddress}/`, ...PATIENT, ...env };
      return [name, { ...bundle, text, objects, ...(name === first && { classes: { [guard]: "replay-store" } }) }];
    }),
  );
  let workerd = await startWorkerd(workers, { state });
  const url = (name = first) => /** @type {string} */ (workerd.urls[name]);
  /** How many deliveries of an event there were, by its id. @type {Map<string, number>} */
  const deliveries = new Map();

  return {
    url,
    lines: () => workerd.lines,
    /** Sends an event once; returns what the sender got. @param {string} event @param {Sending} [more] */
    send: (event, { name, headers } = {}) => sendTo(url(name), event, headers),
    /**
     * Sends an event, which has been delivered only by this function; returns what
     * the sender got, and the code that was logged.
     *
     * @param {string} event @param {Sending} [more]
     */
    async deliver(event, { name, headers } = {}) {
      const code = this.nextCode(event);
      return { ...(await sendTo(url(name), event, headers)), code: await code };
    },
    /** The code that is logged for the next delivery of this event. @param {string} event @returns {Promise<string>} */
    async nextCode(event) {
      const id = tokenOf(event, "");
      const before = deliveries.get(id) ?? 0;
      deliveries.set(id, before + 1);
      const { lines } = workerd;
      const line = () => lines.filter((text) => text.includes(id) && text.includes('"mia-webhooks"'))[before];
      await until(() => line() !== undefined, `delivery ${before + 1} of ${event} is logged`);
      return JSON.parse(/** @type {string} */ (line())).code;
    },
    /** Ends it as a power cut does. */
    kill: () => workerd.stop(),
    async restart() {
      workerd = await startWorkerd(workers, { state });
    },
    async stop() {
      await workerd.stop();
      await rm(state, { recursive: true, force: true });
    },
  };
}

/** @typedef {{ name?: string | undefined, headers?: Record<string, string> }} Sending the receiver, and additional headers */

/**
 * Sends an event once; status 0 when there was no answer.
 *
 * @param {string} url
 * @param {string} event
 * @param {Record<string, string>} [headers]
 */
async function sendTo(url, event, headers) {
  try {
    const response = await post(url, event, headers);
    return { status: response.status, text: await response.text() };
  } catch {
    return { status: 0, text: "" };
  }
}

/** @param {string} url @param {string} event @param {Record<string, string>} [headers] */
export const post = (url, event, headers) =>
  fetch(url, {
    method: "POST",
    body: event,
    headers: { ...headers, "x-mia-token": tokenOf(event, SECRET) },
    redirect: "manual",
  });
