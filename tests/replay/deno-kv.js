// @ts-check
/** Runs the tests of stores on Deno KV, on disk, in Deno. */

import { denoKvReplayStore, replayStoreTests } from "mia-webhooks/replay";

const path = /** @type {string} */ (process.argv[2]);
const { Deno } = /** @type {any} */ (globalThis);
// One connection: for a second one the file would be locked. Where several
// receivers share a Deno KV, it is a server.
const kv = await Deno.openKv(path);
const results = [];
for (const { name, run } of replayStoreTests(() => denoKvReplayStore(kv))) {
  results.push({ name, failure: await run().then(() => null, String) });
}

// Everything that happens by chance now happens each time.
Math.random = () => 0;
const limits = { windowMs: 10_000, cap: 50, leaseMs: 1_000, maxSkewMs: 300_000 };
/** @param {number} event */
const claimOf = (event, lease = event) => {
  const id = event.toString(16).padStart(64, "0");
  return { partition: "s", id, timestamp: 1000 + event, lease, now: 2000, limits };
};
/** @param {import("mia-webhooks/replay").ReplayStore} store @param {number} from @param {number} to */
async function commitAll(store, from, to) {
  for (let event = from; event < to; event++) {
    await store.claim(claimOf(event));
    await store.commit(claimOf(event));
  }
}

/** No call waits for a pruning. Only what hangs reaches the limit. @param {() => Promise<boolean>} isSo */
async function until(isSo) {
  const limit = Date.now() + 120_000;
  while (!(await isSo()) && Date.now() < limit) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** @param {string} prefix @param {string} name */
const numberAt = async (prefix, name) => Number((await kv.get([prefix, "s", name])).value ?? 0);

// Entries beyond the cap are forgotten, and the count follows.
const bounded = denoKvReplayStore(kv, { prefix: ["bounded"] });
await commitAll(bounded, 0, 150);
let next = 150;
await until(async () => {
  if ((await numberAt("bounded", "count")) <= limits.cap) {
    return true;
  }
  // Prunings that meet give way to each other, and only the next event starts another one.
  await commitAll(bounded, next, (next += 1));
  return false;
});
let left = 0;
for await (const _ of kv.list({ prefix: ["bounded", "s", "entries"] })) {
  left += 1;
}

// After one receiver has read that an event is new, others commit and forget it.
const fast = denoKvReplayStore(kv, { prefix: ["race"] });
let isFirst = true;
const slow = denoKvReplayStore(
  {
    list: kv.list.bind(kv),
    atomic: kv.atomic.bind(kv),
    /** @param {any} keys */
    async getMany(keys) {
      const found = await kv.getMany(keys);
      if (isFirst) {
        isFirst = false;
        await commitAll(fast, 0, 100);
        await until(async () => (await numberAt("race", "floor")) > claimOf(0).timestamp);
      }
      return found;
    },
  },
  { prefix: ["race"] },
);
const { code: raced } = await slow.claim(claimOf(0, 9999));

const counted = await numberAt("bounded", "count");
kv.close();
console.log(JSON.stringify({ results, left, counted, raced }));
