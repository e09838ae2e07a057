// @ts-check
/** A guarded receiver on a real workerd, with its state on disk, and a sender. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tokenOf } from "../harness/wire.js";
import { nextResult } from "../harness/workerd/receiver.js";
import { bundleWorker } from "../harness/workerd/bundle.js";
import { startWorkerd } from "../harness/workerd/process.js";

export const SECRET = "canary-secret";

/** The number of an event makes its payload unique. @param {number} number @param {number} [eventTimestamp] */
export const eventOf = (number, eventTimestamp = Date.now()) =>
  JSON.stringify({ eventName: "tag_created", eventTimestamp, payload: { number } });

/**
 * Starts receivers that share their Durable Objects.
 *
 * @param {object} options
 * @param {string} options.originAddress
 * @param {string} [options.entry] the Worker's file; the deployable one by default
 * @param {string} [options.guard] the class that it exports
 * @param {Record<string, string>} [options.env]
 * @param {readonly string[]} [options.names] of the receivers
 */
export async function startGuarded({
  originAddress,
  entry = "edge/cloudflare/src/index.ts",
  guard = "ReplayStoreObject",
  env = {},
  names = ["receiver"],
}) {
  const state = await mkdtemp(join(tmpdir(), "mia-webhooks-state-"));
  const bundle = await bundleWorker(entry);
  const text = { MIA_WEBHOOK_SECRET: SECRET, ORIGIN_URL: `http://${originAddress}/`, ...env };
  const objects = { REPLAY_STORE: { class: guard, worker: /** @type {string} */ (names[0]) } };
  const workers = Object.fromEntries(
    names.map((name, i) => [
      name,
      { ...bundle, text, objects, ...(i === 0 && { classes: { [guard]: "replay-store" } }) },
    ]),
  );
  let workerd = await startWorkerd(workers, { state });
  return {
    state,
    pid: () => workerd.pid,
    lines: () => workerd.lines,
    nextResult: () => nextResult(workerd.lines),
    url: (name = /** @type {string} */ (names[0])) => /** @type {string} */ (workerd.urls[name]),
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

/**
 * Sends an event once; status 0 when there was no answer.
 *
 * @param {string} url
 * @param {string} body
 * @param {{ headers?: Record<string, string> | undefined, signal?: AbortSignal }} [more]
 */
export async function send(url, body, { headers, signal } = {}) {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { ...headers, "x-mia-token": tokenOf(body, SECRET) },
      signal: signal ?? AbortSignal.timeout(20_000),
    });
    return { status: response.status, text: await response.text() };
  } catch {
    return { status: 0, text: "" };
  }
}

export const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Random numbers from 0 to 1, the same in each run (mulberry32). @param {number} seed */
export function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
