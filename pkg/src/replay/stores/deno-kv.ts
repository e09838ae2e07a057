/** A store in Deno KV. */

import {
  DONE_ENTRY,
  OPEN_ENTRY,
  type ReplayBounds,
  type ReplayEntry,
  decideClaim,
  decideCommit,
  decidePrune,
  decideRelease,
} from "../decision.js";
import { type Kinds, TEXTS, checkOptions } from "../../verify/options.js";
import { decodeHex } from "../../wasm/hex.js";
import type { ReplayClaim, ReplayStore } from "../store.js";

type Key = readonly (string | number | Uint8Array)[];
type Found = { readonly key: Key; readonly value: unknown; readonly versionstamp: string | null };

/** The part of `Deno.Kv` that the store uses. */
export interface DenoKv {
  getMany(keys: Key[]): Promise<unknown[]>;
  list(selector: { prefix: Key }, options: { limit: number }): AsyncIterable<unknown>;
  atomic(): unknown;
}

interface Atomic {
  check(...checks: Found[]): Atomic;
  set(key: Key, value: unknown): Atomic;
  delete(key: Key): Atomic;
  sum(key: Key, n: bigint): Atomic;
  max(key: Key, n: bigint): Atomic;
  commit(): Promise<{ ok: boolean }>;
}

/** Where events are kept in the database. */
export interface DenoKvReplayStoreOptions {
  /** What every key begins with; `["mia-webhooks"]` by default. */
  readonly prefix?: readonly string[] | undefined;
}

/** How many claims there are between two prunings, on average, and how many entries one pruning checks. */
const PRUNE_EVERY = 32;
const PRUNE_AT_ONCE = 64;

/**
 * Remembers events in Deno KV. What was read is checked when it is written back,
 * and read again if another receiver was faster.
 *
 * @param kv - What `await Deno.openKv()` returns.
 * @throws TypeError for anything else, and for options that cannot be used.
 *
 * @example
 * ```ts no-run
 * import { type DenoKv, denoKvReplayStore } from "mia-webhooks/replay";
 *
 * declare const kv: DenoKv; // await Deno.openKv()
 * export const store = denoKvReplayStore(kv);
 * ```
 */
export function denoKvReplayStore(kv: DenoKv, options: DenoKvReplayStoreOptions = {}): ReplayStore {
  checkOptions(options, { prefix: TEXTS } satisfies Kinds<DenoKvReplayStoreOptions>, "the store");
  const { prefix = ["mia-webhooks"] } = options;
  if (typeof kv?.atomic !== "function") {
    throw new TypeError("denoKvReplayStore needs an open Deno KV");
  }
  // The newest time changes with every commit and only grows, so `max` writes it,
  // without a check, which most commits would fail. The floor is checked: an event
  // that is not remembered may just have been forgotten.
  const keys = (partition: string) => ({
    floor: [...prefix, partition, "floor"],
    latest: [...prefix, partition, "latest"],
    count: [...prefix, partition, "count"],
    entries: [...prefix, partition, "entries"],
  });
  const atomic = () => kv.atomic() as Atomic;

  async function load({ partition, timestamp, id }: ReplayClaim) {
    const { floor, latest, count, entries } = keys(partition);
    const key = [...entries, timestamp, decodeHex(id)];
    const found = (await kv.getMany([key, floor, latest, count])) as [Found, Found, Found, Found];
    return {
      found: found[0],
      floor: found[1],
      entry: (found[0].value ?? undefined) as ReplayEntry | undefined,
      bounds: { floor: Number(found[1].value ?? 0), latest: integer(found[2]) } satisfies ReplayBounds,
      count: integer(found[3]) ?? 0,
    };
  }

  return {
    async claim(claim) {
      for (;;) {
        const { found, floor, entry, bounds } = await load(claim);
        const decision = decideClaim(entry, bounds, claim);
        if (decision.code !== "claimed") {
          return decision;
        }
        const change = atomic().check(found, floor).set(found.key, decision.entry);
        const { ok } = await (entry === undefined ? change.sum(keys(claim.partition).count, 1n) : change).commit();
        if (ok) {
          // By chance, not by count: an isolate may live for only a few claims.
          // Nobody waits for the pruning, and the claim holds if it fails.
          if (Math.random() < 1 / PRUNE_EVERY) {
            void prune(claim).catch(() => {});
          }
          return { code: decision.code, latest: bounds.latest };
        }
      }
    },

    async commit(claim) {
      for (;;) {
        const { found, entry, bounds } = await load(claim);
        if (decideCommit(entry, bounds, claim) === undefined) {
          return false;
        }
        const change = atomic().check(found).set(found.key, DONE_ENTRY);
        if ((await change.max(keys(claim.partition).latest, BigInt(claim.timestamp)).commit()).ok) {
          return true;
        }
      }
    },

    async release(claim) {
      for (;;) {
        const { found, entry } = await load(claim);
        if (!decideRelease(entry, claim)) {
          return false;
        }
        if ((await atomic().check(found).set(found.key, OPEN_ENTRY).commit()).ok) {
          return true;
        }
      }
    },
  };

  /** Forgets what can be forgotten. If another receiver was faster, the next pruning tries again. */
  async function prune(claim: ReplayClaim): Promise<void> {
    const { entries, floor: floorKey, count: countKey } = keys(claim.partition);
    const { floor, bounds: before, count } = await load(claim);
    let bounds: ReplayBounds = before;
    let forgotten = 0;
    const change = atomic().check(floor);
    for await (const item of kv.list({ prefix: entries }, { limit: PRUNE_AT_ONCE })) {
      const found = item as Found;
      const timestamp = found.key.at(-2) as number;
      const left = decidePrune(
        found.value as ReplayEntry,
        timestamp,
        count - forgotten,
        bounds,
        claim.now,
        claim.limits,
      );
      if (left !== undefined) {
        change.check(found).delete(found.key);
        bounds = left;
        forgotten += 1;
      }
    }
    if (forgotten > 0) {
      // Deno KV cannot subtract, but its 64-bit integers wrap around.
      await change
        .set(floorKey, bounds.floor)
        .sum(countKey, 2n ** 64n - BigInt(forgotten))
        .commit();
    }
  }
}

/** The integer of a `Deno.KvU64`; `null` if there is none. */
const integer = ({ value }: Found): number | null =>
  value === null ? null : Number((value as { value: bigint }).value);
