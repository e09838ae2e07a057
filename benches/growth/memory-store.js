// @ts-check
/** The store in memory with many entries: what each takes, and how long an event takes that comes late. */

import { randomBytes } from "node:crypto";
import { memoryReplayStore } from "mia-webhooks/replay";
import { median } from "../interleave.js";

/**
 * @typedef {object} MemoryStoreResult
 * @property {number} entries
 * @property {number | undefined} bytesPerEntry `undefined` without `--expose-gc`
 * @property {number} lateMicroseconds an event that is older than half of the entries: its claim and its commit, the median
 * @property {number} nextMicroseconds an event that is newer than all of them
 */

/**
 * @param {{ entries?: number, events?: number, makeStore?: typeof memoryReplayStore }} plan
 * @returns {MemoryStoreResult}
 */
export function measureMemoryStore({ entries = 100_000, events = 10_000, makeStore = memoryReplayStore } = {}) {
  const limits = { windowMs: 604_800_000, cap: entries + 2 * events, leaseMs: 60_000, maxSkewMs: 300_000 };
  const now = Date.now();
  const store = makeStore();
  let lease = 0;
  const deliver = (/** @type {number} */ timestamp) => {
    // As the receiver makes it of the token's digits: flat, and one byte for each character.
    const id = String.fromCharCode(...Buffer.from(randomBytes(32).toString("hex")));
    const claim = { partition: "s", id, timestamp, lease: ++lease, now, limits };
    const started = performance.now();
    const { code } = /** @type {import("mia-webhooks/replay").ReplayAnswer} */ (store.claim(claim));
    if (code !== "claimed" || store.commit(claim) !== true) {
      throw new Error(code);
    }
    return (performance.now() - started) * 1_000;
  };
  const time = (/** @type {(i: number) => number} */ timestamp) =>
    median(Array.from({ length: events }, (_, i) => deliver(timestamp(i))));

  const before = heap();
  for (let i = 0; i < entries; i++) {
    deliver(now - entries + i);
  }
  const after = heap();
  const middle = () => now - Math.ceil((Math.random() * entries) / 2);
  const lateMicroseconds = time(middle);
  const nextMicroseconds = time((i) => now + i);
  const bytesPerEntry = before === undefined || after === undefined ? undefined : (after - before) / entries;
  return { entries, bytesPerEntry, lateMicroseconds, nextMicroseconds };
}

/** The bytes of the heap after a collection. */
function heap() {
  const { gc } = /** @type {{ gc?: () => void }} */ (globalThis);
  if (gc === undefined) {
    return undefined;
  }
  gc();
  gc();
  return process.memoryUsage().heapUsed;
}
