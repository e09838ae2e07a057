// @ts-check
/** The targets of this project, and whether this run met them. */

import { OURS as ADAPTER, PLAIN as UNVERIFIED } from "./adapters/contenders.js";
import { EMPTY } from "./cold/workerd.js";
import { oneSecret, threeSecrets } from "./contenders/rotation.js";
import { DEFAULT_MS } from "./diagnose.js";
import { median, ratio } from "./interleave.js";
import { BARE, RECEIVER } from "./receiver/throughput.js";
import { quantile } from "./page.js";
import { ONE_SHARD, UNGUARDED } from "./replay/throughput.js";
import { ENTRY, MODULE, SUBSCRIPTION } from "./sizes.js";
import { AT_ONCE, BARE as BARE_WRITES, OURS as CLAIM_AND_COMMIT } from "./stores/stores.js";
import { PLAIN, WITH_CERTIFICATE } from "./subscription.js";

/** @typedef {{ target: string, measured: string, isMet: boolean }} Target */
/** @typedef {import("./interleave.js").Series} Series */

const OURS = "mia-webhooks";

/** Claims with their commits a second, and the bytes of an entry. @type {Record<string, { rate: number, bytes: number }>} */
const STORES = { Redis: { rate: 5_000, bytes: 200 }, Postgres: { rate: 2_000, bytes: 250 } };

/**
 * The targets for everything that was measured.
 *
 * @param {import("./report.js").Results} results
 * @returns {Target[]}
 */
export function checkTargets({ hosts, cold, receiver, adapters, replay, stores, diagnose, subscription, page, sizes }) {
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
    if (series === undefined) {
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
  for (const { name, rotation } of hosts) {
    const series = rotation?.[4096];
    const [one, three] = [series?.[oneSecret.name], series?.[threeSecrets.name]];
    if (one && three) {
      atMost(`${name}, 4 KB, three secrets over one`, 1.15, ratio(three, one));
    }
  }
  if (cold?.node) {
    const noble = /** @type {number[]} */ (cold.node["@noble/hashes"]);
    atMost("Node, import and first verify of 1 KB, time over @noble/hashes", 1, ratio(own(cold.node), noble));
  }
  if (cold?.workerd) {
    const empty = /** @type {number[]} */ (cold.workerd[EMPTY]);
    const more = own(cold.workerd).map((ms, round) => ms - /** @type {number} */ (empty[round]));
    atMost("workerd, CPU of the first request over an empty Worker", 0.2, median(more), " ms");
  }
  if (receiver) {
    const [ours, bare] = [receiver.perSecond[RECEIVER], receiver.perSecond[BARE]];
    const share = ratio(/** @type {number[]} */ (ours), /** @type {number[]} */ (bare));
    atLeast("workerd, requests per second over a bare forwarding Worker", 0.9, share);
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
    const { rate, bytes } = /** @type {{ rate: number, bytes: number }} */ (STORES[server]);
    const name = `${server} with ${client}`;
    atLeast(`${name}, claims and commits, ${AT_ONCE} at once`, rate, median(ours), " a second");
    atLeast(`${name}, the same over two bare writes`, 0.5, ratio(ours, bare));
    const alone = ratio(of(aloneMs, CLAIM_AND_COMMIT), of(aloneMs, BARE_WRITES));
    atMost(`${name}, one after the other, time over two bare writes`, 1.2, alone);
    atMost(`${name}, an entry`, bytes, Math.ceil(bytesPerEntry), " bytes");
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
    atMost("the whole inlined entry, minified, gzip", 10_240, find(ENTRY).gzip, " bytes");
  }
  return targets;
}

/** @param {Series} series */
const own = (series) => /** @type {number[]} */ (series[OURS]);
