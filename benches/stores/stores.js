// @ts-check
/**
 * Claims and commits a second of each store, on a real server on this machine, against
 * two writes without any condition by the same client; in turns.
 */

import { randomBytes } from "node:crypto";
import { startPostgres } from "../../tests/harness/servers/postgres.js";
import { startRedis } from "../../tests/harness/servers/redis.js";
import { openIoredis, openNodeRedis, openPg } from "./clients.js";

/** How many deliveries are under way at once. */
export const AT_ONCE = 32;

/** The name of the contender that writes without conditions. */
export const BARE = "two bare writes";
export const OURS = "a claim and its commit";
export const EMPTY = "two scripts that do nothing";

const SERVERS = {
  Redis: { start: () => startRedis({ appendfsync: "everysec" }), clients: [openIoredis, openNodeRedis] },
  Postgres: { start: startPostgres, clients: [openPg] },
};

const LIMITS = { windowMs: 604_800_000, cap: 100_000, leaseMs: 60_000, maxSkewMs: 300_000 };

/**
 * @typedef {object} StoreResult
 * @property {string} server
 * @property {string} client
 * @property {import("../interleave.js").Series} perSecond With `AT_ONCE` at once.
 * @property {import("../interleave.js").Series} aloneMs One after the other, milliseconds for each.
 * @property {number} bytesPerEntry
 */

/**
 * @param {{ rounds: number, ms: number, entries: number }} plan
 * @returns {Promise<StoreResult[]>}
 */
export async function measureStores({ rounds, ms, entries }) {
  const results = [];
  for (const [server, { start, clients }] of Object.entries(SERVERS)) {
    const { url, stop } = await start();
    try {
      for (const open of clients) {
        const client = await open(url, AT_ONCE);
        /** @type {Record<string, () => Promise<unknown>>} */
        const work = {
          [BARE]: client.bare,
          ...(client.empty && { [EMPTY]: client.empty }),
          [OURS]: async () => {
            const claim = nextClaim();
            const { code } = await client.store.claim(claim);
            if (code !== "claimed" || !(await client.store.commit(claim))) {
              throw new Error(`${server}: a new event was not committed: ${code}`);
            }
          },
        };
        const names = Object.keys(work);
        const empty = () => Object.fromEntries(names.map((name) => [name, /** @type {number[]} */ ([])]));
        const [perSecond, aloneMs] = [empty(), empty()];
        // The engine and the server compile and cache what they see often.
        for (const name of names) {
          await burst(/** @type {() => Promise<unknown>} */ (work[name]), AT_ONCE, 2 * ms);
        }
        for (let round = 0; round < rounds; round++) {
          for (let i = 0; i < names.length; i++) {
            const name = /** @type {string} */ (names[(round + i) % names.length]);
            const once = /** @type {() => Promise<unknown>} */ (work[name]);
            perSecond[name]?.push(await burst(once, AT_ONCE, ms));
            aloneMs[name]?.push(1000 / (await burst(once, 1, ms)));
          }
        }
        const before = await client.bytes();
        await fill(client.store, entries);
        const bytesPerEntry = ((await client.bytes()) - before) / entries;
        results.push({ server, client: client.name, perSecond, aloneMs, bytesPerEntry });
        await client.close();
      }
    } finally {
      await stop();
    }
  }
  return results;
}

/** How often the work was done in a second. @param {() => Promise<unknown>} once @param {number} atOnce @param {number} ms */
async function burst(once, atOnce, ms) {
  const started = performance.now();
  let count = 0;
  const worker = async () => {
    while (performance.now() - started < ms) {
      await once();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return (count * 1000) / (performance.now() - started);
}

/** A delivery of a new event. */
function nextClaim(partition = "benchmark") {
  const now = Date.now();
  const lease = Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);
  return { partition, id: randomBytes(32).toString("hex"), timestamp: now, lease, now, limits: LIMITS };
}

/** Commits events in a partition of their own. @param {import("mia-webhooks/replay").ReplayStore} store @param {number} entries */
async function fill(store, entries) {
  for (let filled = 0; filled < entries; filled += 100) {
    await Promise.all(
      Array.from({ length: 100 }, async () => {
        const claim = nextClaim("filled");
        await store.claim(claim);
        await store.commit(claim);
      }),
    );
  }
}
