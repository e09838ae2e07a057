/** The store whose memory is Deno KV. */

import {
  DONE,
  OPEN,
  type ReplayBounds,
  type ReplayEntry,
  decideClaim,
  decideCommit,
  decidePrune,
  decideRelease,
} from "./decision.js";
import { decodeHex } from "../hex.js";
import type { ReplayClaim, ReplayStore } from "./store.js";

type Key = readonly (string | number | Uint8Array)[];
type Found = { readonly key: Key; readonly value: unknown; readonly versionstamp: string | null };

/** What is used of a `Deno.Kv`. */
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

export interface DenoKvReplayStoreOptions {
  /** What every key begins with; `["mia-webhooks"]` by default. */
  readonly prefix?: readonly string[] | undefined;
}

/** Claims between two looks at what can be forgotten, and how many entries are looked at. */
const PRUNE_EVERY = 32;
const PRUNE_AT_ONCE = 64;

/**
 * Remembers events in Deno KV. Whatever was read is checked when it is written
 * back, and read again when another receiver was faster.
 *
 * @param kv - What `await Deno.openKv()` returns.
 * @throws TypeError for anything else.
 *
 * @example
 * ```ts no-run
 * import { type DenoKv, denoKvReplayStore } from "mia-webhooks/replay";
 *
 * declare const kv: DenoKv; // await Deno.openKv()
 * export const store = denoKvReplayStore(kv);
 * ```
 */
export function denoKvReplayStore(kv: DenoKv, { prefix = ["mia-webhooks"] }: DenoKvReplayStoreOptions = {}): ReplayStore {
  if (typeof kv?.atomic !== "function") {
    throw new TypeError("denoKvReplayStore needs an open Deno KV");
  }
  // The newest time changes with every commit and only grows, so it is written
  // by `max`, without a check that most would lose. The floor is checked: an
  // event that is not remembered might have been, a moment ago.
  const keys = (scope: string) => ({
    floor: [...prefix, scope, "floor"],
    latest: [...prefix, scope, "latest"],
    count: [...prefix, scope, "count"],
    entries: [...prefix, scope, "entries"],
  });
  const atomic = () => kv.atomic() as Atomic;

  async function load({ scope, timestamp, id }: ReplayClaim) {
    const { floor, latest, count, entries } = keys(scope);
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
        const { ok } = await (entry === undefined ? change.sum(keys(claim.scope).count, 1n) : change).commit();
        if (ok) {
          // By chance, not by count: an isolate may live for a few claims only.
          // Nobody waits for it, and the claim stands if it fails.
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
        const change = atomic().check(found).set(found.key, DONE);
        if ((await change.max(keys(claim.scope).latest, BigInt(claim.timestamp)).commit()).ok) {
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
        if ((await atomic().check(found).set(found.key, OPEN).commit()).ok) {
          return true;
        }
      }
    },
  };

  /** Forgets what can be forgotten. When another receiver was faster, that is for the next time. */
  async function prune(claim: ReplayClaim): Promise<void> {
    const { entries, floor: floorKey, count: countKey } = keys(claim.scope);
    const { floor, bounds: before, count } = await load(claim);
    let bounds: ReplayBounds = before;
    let forgotten = 0;
    const change = atomic().check(floor);
    for await (const item of kv.list({ prefix: entries }, { limit: PRUNE_AT_ONCE })) {
      const found = item as Found;
      const timestamp = found.key.at(-2) as number;
      const left = decidePrune(found.value as ReplayEntry, timestamp, count - forgotten, bounds, claim.now, claim.limits);
      if (left !== undefined) {
        change.check(found).delete(found.key);
        bounds = left;
        forgotten += 1;
      }
    }
    if (forgotten > 0) {
      // There is no subtraction: 64-bit integers wrap around.
      await change.set(floorKey, bounds.floor).sum(countKey, 2n ** 64n - BigInt(forgotten)).commit();
    }
  }
}

/** The integer of a `Deno.KvU64`, where there is one. */
const integer = ({ value }: Found): number | null =>
  value === null ? null : Number((value as { value: bigint }).value);
