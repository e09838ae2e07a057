// @ts-check
/** The targets of this project, and whether this run met them. */

import { OURS as ADAPTER, PLAIN as UNVERIFIED } from "./adapters/contenders.js";
import { BY_HAND } from "./cold/contenders.js";
import { EMPTY } from "./cold/workerd.js";
import { OURS } from "./contenders/contender.js";
import { ofSecrets } from "./contenders/rotation.js";
import { DEFAULT_MS } from "./diagnose.js";
import { casesOf } from "./growth/report.js";
import { routes } from "./growth/routes.js";
import { overByHand } from "./hosts/report.js";
import { median, ratio } from "./interleave.js";
import { BY_HAND as BY_HAND_RECEIVER, RECEIVER } from "./receiver/throughput.js";
import { quantile } from "./page.js";
import { ONE_SHARD, STORES_NOTHING, UNGUARDED } from "./replay/throughput.js";
import { ENTRY, MODULE, SUBSCRIPTION } from "./sizes.js";
import { AT_ONCE, BARE as BARE_WRITES, OURS as CLAIM_AND_COMMIT } from "./stores/stores.js";
import { bytes } from "./table.js";
import { PLAIN, WITH_CERTIFICATE } from "./subscription.js";

/** @typedef {{ target: string, measured: string, isMet: boolean }} Target */
/** @typedef {import("./interleave.js").Series} Series */

/** Claims with their commits a second, and the bytes of an entry. @type {Record<string, { rate: number, bytes: number }>} */
const STORES = { Redis: { rate: 5_000, bytes: 200 }, Postgres: { rate: 2_000, bytes: 250 } };

/**
 * The targets for everything that was measured.
 *
 * @param {import("./report.js").Results} results
 * @returns {Target[]}
 */
export function checkTargets({
  hosts,
  cold,
  receiver,
  adapters,
  replay,
  stores,
  growth,
  diagnose,
  subscription,
  page,
  sizes,
}) {
  /** @type {Target[]} */
  const targets = [];
  const atLeast = (/** @type {string} */ what, /** @type {number} */ limit, /** @type {number} */ value, unit = " ×") =>
    targets.push({
      target: `${what}: ≥ ${limit}${unit}`,
      measured: `${unit === " ×" ? value.toFixed(2) : Math.round(value)}${unit}`,
      isMet: value >= limit,
    });
  const atMost = (/** @type {string} */ what, /** @type {number} */ limit, /** @type {number} */ value, unit = " ×") =>
    targets.push({
      target: `${what}: ≤ ${limit}${unit}`,
      measured: `${unit === " bytes" ? value : value.toFixed(2)}${unit}`,
      isMet: value <= limit,
    });

  for (const { name, verify } of hosts) {
    const series = verify?.[300];
    // Where the other schemes take part, all libraries have targets.
    if (series === undefined || series["svix"] === undefined) {
      continue;
    }
    const asFastAs = (/** @type {string} */ rival, /** @type {number} */ limit) =>
      series[rival] && atLeast(`${name}, 300 B, as fast as ${rival}`, limit, ratio(series[rival], own(series)));
    asFastAs("WebCrypto digest, awaited", name === "workerd" ? 2.4 : 4);
    asFastAs("@noble/hashes", 3);
    asFastAs("hash-wasm", 1.4);
    const floor = /** @type {number[]} */ (series["raw wasm floor"]);
    atMost(`${name}, 300 B, time over the raw wasm floor`, 1.15, ratio(own(series), floor));
  }
  for (const host of hosts.filter(({ name }) => name !== "workerd")) {
    const { name, verify = {}, three = {}, match = {} } = host;
    for (const [question, bySize] of Object.entries({ "one secret": verify, "three secrets": three, match })) {
      const all = overByHand(bySize).map(({ over }) => over);
      if (all.length > 0) {
        atMost(`${name}, ${question}, time over the best by hand, at the worst size`, 1.1, Math.max(...all));
      }
    }
  }
  for (const { name, rotation } of hosts) {
    const growth = (/** @type {number} */ size, /** @type {number} */ secrets) => {
      const series = rotation?.[size] ?? {};
      const [one, many] = [series[OURS + ofSecrets(1)], series[OURS + ofSecrets(secrets)]];
      return one && many ? ratio(many, one) : undefined;
    };
    const [three, eight] = [growth(4096, 3), growth(300, 8)];
    // Elsewhere the host's own hash makes one secret so fast that copies of its state count.
    name === "workerd" && three !== undefined && atMost(`${name}, 4 KB, three secrets over one`, 1.15, three);
    eight !== undefined && atMost(`${name}, 300 B, eight secrets over one`, 2.4, eight);
  }
  if (cold?.node) {
    const { ms } = cold.node;
    const over = (/** @type {string} */ rival) => ratio(own(ms), /** @type {number[]} */ (ms[rival]));
    atMost("Node, import and first verify of 1 KB, time over @noble/hashes", 0.8, over("@noble/hashes"));
    atMost(`Node, the same, time over ${BY_HAND}`, 1.15, over(BY_HAND));
  }
  if (cold?.workerd) {
    const empty = /** @type {number[]} */ (cold.workerd[EMPTY]);
    const more = own(cold.workerd).map((ms, round) => ms - /** @type {number} */ (empty[round]));
    atMost("workerd, CPU of the first request over an empty Worker", 0.2, median(more), " ms");
  }
  for (const [size, { perSecond, cpuMicroseconds }] of Object.entries(receiver?.bySize ?? {})) {
    const over = (/** @type {Series} */ { [RECEIVER]: ours = [], [BY_HAND_RECEIVER]: byHand = [] }) =>
      ratio(ours, byHand);
    const name = `workerd, ${bytes(Number(size))}`;
    if (Number(size) === 1024) {
      atLeast(`${name}, requests per second over the Worker by hand with the same promises`, 0.92, over(perSecond));
    } else if (cpuMicroseconds[RECEIVER]?.length) {
      atMost(`${name}, CPU of a request over the Worker by hand with the same promises`, 1.25, over(cpuMicroseconds));
    }
  }
  for (const framework of adapters ? ["node:http", "Fastify 5"] : []) {
    const series = /** @type {Series} */ (adapters?.perSecond[framework]);
    const [ours, plain] = [series[ADAPTER], series[UNVERIFIED]];
    const share = ratio(/** @type {number[]} */ (ours), /** @type {number[]} */ (plain));
    atLeast(`${framework}, 1 KB, requests per second over the same without verification`, 0.9, share);
  }
  if (replay) {
    const { perSecond, guard } = replay;
    const of = (/** @type {string} */ name) => /** @type {number[]} */ (perSecond[name]);
    const mostShards = /** @type {string} */ (Object.keys(perSecond).at(-1));
    const nothing = of(STORES_NOTHING);
    atLeast(`workerd, guarded requests per second over ${STORES_NOTHING}`, 0.8, ratio(of(ONE_SHARD), nothing));
    atLeast("workerd, guarded requests per second over unguarded ones", 0.6, ratio(of(ONE_SHARD), of(UNGUARDED)));
    atLeast(`workerd, ${mostShards}, over one`, 1, ratio(of(mostShards), of(ONE_SHARD)));
    const [without, pair] = /** @type {[number[], number[]]} */ (Object.values(guard.pairMs));
    const more = pair.map((ms, round) => ms - /** @type {number} */ (without[round]));
    atMost("workerd, a claim and its commit, median", 2, median(more), " ms");
    atMost(`workerd, an entry of ${guard.entries}`, 200, Math.ceil(guard.bytesPerEntry), " bytes");
    atMost("workerd, the longest claim while entries are forgotten", 50, guard.pruningMs, " ms");
  }
  for (const { server, client, perSecond, aloneMs, bytesPerEntry } of stores ?? []) {
    const of = (/** @type {Series} */ series, /** @type {string} */ name) => /** @type {number[]} */ (series[name]);
    const [ours, bare] = [of(perSecond, CLAIM_AND_COMMIT), of(perSecond, BARE_WRITES)];
    const { rate, bytes: most } = /** @type {{ rate: number, bytes: number }} */ (STORES[server]);
    const name = `${server} with ${client}`;
    atLeast(`${name}, claims and commits, ${AT_ONCE} at once`, rate, median(ours), " a second");
    atLeast(`${name}, the same over two bare writes`, 0.5, ratio(ours, bare));
    const alone = ratio(of(aloneMs, CLAIM_AND_COMMIT), of(aloneMs, BARE_WRITES));
    atMost(`${name}, one after the other, time over two bare writes`, 1.2, alone);
    atMost(`${name}, an entry`, most, Math.ceil(bytesPerEntry), " bytes");
  }
  if (growth) {
    const { memoryStore, bodies } = growth;
    const of = (/** @type {number} */ count) => /** @type {number[]} */ (growth.routes[routes(count)]);
    atMost("Node, an event of 1 KB to one of 1,000 paths, over the only path", 1.05, ratio(of(1_000), of(1)));
    const store = `memoryReplayStore with ${memoryStore.entries} entries`;
    atMost(`${store}, an event that comes late, median`, 20, memoryStore.lateMicroseconds, " µs");
    if (memoryStore.bytesPerEntry !== undefined) {
      atMost(`${store}, an entry`, 120, Math.ceil(memoryStore.bytesPerEntry), " bytes");
    }
    for (const { host, isChunked, ratios } of casesOf(bodies)) {
      const how = isChunked ? "in chunks" : "with their length";
      atMost(`${host}, bodies ${how}, memory at the peak over their bytes`, 2.2, median(ratios));
    }
  }
  if (diagnose) {
    const late = Math.max(...Object.values(diagnose).flatMap(({ limited }) => limited.map(({ ms }) => ms)));
    atMost("Node, diagnose of up to 1 MiB by default, the longest", DEFAULT_MS + 200, late, " ms");
  }
  if (subscription) {
    const of = (/** @type {string} */ name) => median(/** @type {number[]} */ (subscription[name]));
    atMost(`Node, ${PLAIN}`, 50, of(PLAIN), " µs");
    atMost(`Node, ${WITH_CERTIFICATE}`, 300, of(WITH_CERTIFICATE), " µs");
  }
  if (page) {
    atMost("the tester, a verdict of 64 KiB, 95th percentile", 50, quantile(page.verdictMs, 0.95), " ms");
    atMost("the tester, nothing found for 4 KiB, 95th percentile", 400, quantile(page.missMs, 0.95), " ms");
    atMost("the tester, largest contentful paint", 1200, median(page.lcpMs), " ms");
    atMost("the tester, cumulative layout shift", 0.02, page.cls, "");
    atMost("the tester after gzip", 130_000, page.gzip, " bytes");
  }
  if (sizes) {
    const find = (/** @type {string} */ wanted) =>
      /** @type {import("./sizes.js").Size} */ (sizes.find(({ name }) => name === wanted));
    atMost("verify.wasm, raw", 8192, find(MODULE).raw, " bytes");
    atMost("subscription.wasm, gzip", 61_440, find(SUBSCRIPTION).gzip, " bytes");
    atMost("the whole inlined entry, minified, gzip", 9_728, find(ENTRY).gzip, " bytes");
  }
  return targets;
}

/** @param {Series} series */
const own = (series) => /** @type {number[]} */ (series[OURS]);
