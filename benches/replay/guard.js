// @ts-check
/**
 * The Durable Object by itself, on a local disk: the time of a claim and its
 * commit, the size of an entry, and how long pruning delays a request.
 */

import { randomBytes } from "node:crypto";
import { bundleWorker } from "../../tests/harness/workerd/bundle.js";
import { startWorkerd } from "../../tests/harness/workerd/process.js";

const LIMITS = { windowMs: 604_800_000, cap: 100_000, leaseMs: 60_000, maxSkewMs: 300_000 };

/**
 * @typedef {object} GuardResults
 * @property {import("../interleave.js").Series} pairMs milliseconds of a claim and its commit, and of a request without
 * @property {number} entries
 * @property {number} bytesPerEntry
 * @property {number} pruned entries that were forgotten while requests were timed
 * @property {number} quietMs the longest request before that
 * @property {number} pruningMs the longest one meanwhile
 */

/**
 * @param {{ pairs: number, entries: number }} plan
 * @returns {Promise<GuardResults>}
 */
export async function measureGuard({ pairs, entries }) {
  const worker = {
    ...(await bundleWorker("benches/replay/worker.js", { minify: true })),
    classes: { Guard: "guard" },
    objects: { GUARD: { class: "Guard", worker: "worker" } },
  };
  const workerd = await startWorkerd({ worker }, { isSilent: true });
  const ask = async (/** @type {string} */ path, /** @type {unknown[]} */ ...args) => {
    const response = await fetch(`${workerd.urls["worker"]}/${path}`, { method: "POST", body: JSON.stringify(args) });
    if (!response.ok) {
      throw new Error(`${path}: ${await response.text()}`);
    }
    return response.json();
  };
  const timed = async (/** @type {string} */ path, /** @type {unknown[]} */ ...args) => {
    const started = performance.now();
    await ask(path, ...args);
    return performance.now() - started;
  };
  const now = Date.now();
  let lease = 0;
  const claimOf = (more = {}) => {
    lease += 1;
    return {
      partition: "s",
      id: randomBytes(32).toString("hex"),
      timestamp: now + lease,
      lease,
      now,
      limits: LIMITS,
      ...more,
    };
  };
  try {
    const [nothing, pair] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
    for (let i = -50; i < pairs; i++) {
      const times = [await timed("pairs/nothing", claimOf()), await timed("pairs/pair", claimOf())];
      if (i >= 0) {
        nothing.push(/** @type {number} */ (times[0]));
        pair.push(/** @type {number} */ (times[1]));
      }
    }

    const { bytes: empty } = await ask("full/measure");
    for (let filled = 0; filled < entries; filled += 1000) {
      const ids = Array.from({ length: 1000 }, () => randomBytes(32).toString("hex"));
      await ask("full/fill", claimOf({ timestamp: now + filled }), ids);
    }
    const full = await ask("full/measure");

    // With a smaller cap the object begins to forget. Requests come one after
    // the other.
    const timestamp = now + entries;
    let quietMs = 0;
    for (let i = 0; i < 200; i++) {
      quietMs = Math.max(quietMs, await timed("full/claim", claimOf({ timestamp })));
    }
    let pruningMs = 0;
    let left = full.entries;
    for (let i = 0; left > entries / 2 && i < 20_000; i++) {
      pruningMs = Math.max(
        pruningMs,
        await timed("full/claim", claimOf({ timestamp, limits: { ...LIMITS, cap: 1000 } })),
      );
      if (i % 50 === 49) {
        left = (await ask("full/measure")).entries;
      }
    }
    return {
      pairMs: { "a request to the object without a claim": nothing, "a claim and its commit": pair },
      entries: full.entries,
      bytesPerEntry: (full.bytes - empty) / full.entries,
      pruned: full.entries - left,
      quietMs,
      pruningMs,
    };
  } finally {
    await workerd.stop();
  }
}
