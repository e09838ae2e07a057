/** A store in Deno KV. */

import type { ReplayBounds, ReplayEntry } from "../decision.js";
import { type OptimisticReplayStore, optimisticReplayStore } from "../optimistic.js";
import { type Kinds, TEXTS, checkOptions } from "../../verify/options.js";
import { decodeHex } from "../../wasm/hex.js";
import type { ReplayClaim } from "../store.js";

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

/** How many keys one call may read: https://docs.deno.com/deploy/kv/manual/transactions/ */
const KEYS_AT_ONCE = 10;

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
export function denoKvReplayStore(kv: DenoKv, options: DenoKvReplayStoreOptions = {}): OptimisticReplayStore {
  checkOptions(options, { prefix: TEXTS } satisfies Kinds<DenoKvReplayStoreOptions>, "the store");
  const { prefix = ["mia-webhooks"] } = options;
  if (typeof kv?.atomic !== "function") {
    throw new TypeError("denoKvReplayStore needs an open Deno KV");
  }
  const keys = ({ partition }: ReplayClaim) => ({
    floor: [...prefix, partition, "floor"],
    latest: [...prefix, partition, "latest"],
    count: [...prefix, partition, "count"],
    entries: [...prefix, partition, "entries"],
  });
  const keyOf = (claim: ReplayClaim, { timestamp, id }: { readonly timestamp: number; readonly id: string }): Key => [
    ...keys(claim).entries,
    timestamp,
    decodeHex(id),
  ];
  const read = <Keys extends Key[]>(...of: Keys) => kv.getMany(of) as Promise<{ [Index in keyof Keys]: Found }>;
  const atomic = () => kv.atomic() as Atomic;

  async function find(claim: ReplayClaim) {
    const [found, foundFloor, latest] = await read(keyOf(claim, claim), keys(claim).floor, keys(claim).latest);
    return { found, foundFloor, entry: entryOf(found), bounds: boundsOf(foundFloor, latest) };
  }

  return optimisticReplayStore({
    load: find,

    async save(claim, { before, after, maxFloor = Number.POSITIVE_INFINITY, latest }) {
      const { found, foundFloor, entry, bounds } = await find(claim);
      if (!isSame(entry, before) || bounds.floor > maxFloor) {
        return undefined;
      }
      const change = atomic().check(found).set(found.key, after);
      if (before === undefined) {
        change.check(foundFloor).sum(keys(claim).count, 1n);
      }
      if (latest !== undefined) {
        // Every commit changes it, so it is not checked: most commits would fail.
        change.max(keys(claim).latest, BigInt(latest));
      }
      return (await change.commit()).ok ? bounds : undefined;
    },

    async oldest(claim, limit) {
      const { floor, latest, count, entries } = keys(claim);
      const listed: Found[] = [];
      for await (const item of kv.list({ prefix: entries }, { limit })) {
        listed.push(item as Found);
      }
      const [foundFloor, foundLatest, foundCount] = await read(floor, latest, count);
      return {
        bounds: boundsOf(foundFloor, foundLatest),
        count: integer(foundCount) ?? 0,
        records: listed.map(({ key, value }) => {
          const [timestamp, id] = key.slice(-2) as [number, Uint8Array];
          return { id: hexOf(id), timestamp, entry: value as ReplayEntry };
        }),
      };
    },

    async raiseFloor(claim, floor) {
      const key = keys(claim).floor;
      let found: Found;
      do {
        [found] = await read(key);
      } while (Number(found.value ?? 0) < floor && !(await atomic().check(found).set(key, floor).commit()).ok);
    },

    async forget(claim, records) {
      for (let first = 0; first < records.length; first += KEYS_AT_ONCE) {
        const some = records.slice(first, first + KEYS_AT_ONCE);
        let change: Atomic;
        do {
          const found = await read(...some.map((record) => keyOf(claim, record)));
          const same = found.filter((one, place) => isSame(entryOf(one), some[place]?.entry));
          change = atomic().check(...same);
          for (const { key } of same) {
            change.delete(key);
          }
          // Deno KV cannot subtract, but its 64-bit integers wrap around.
          change.sum(keys(claim).count, 2n ** 64n - BigInt(same.length));
        } while (!(await change.commit()).ok);
      }
    },
  });
}

const entryOf = ({ value }: Found) => (value ?? undefined) as ReplayEntry | undefined;

const boundsOf = (floor: Found, latest: Found): ReplayBounds => ({
  floor: Number(floor.value ?? 0),
  latest: integer(latest),
});

const isSame = (one: ReplayEntry | undefined, other: ReplayEntry | undefined): boolean =>
  one?.state === other?.state && one?.lease === other?.lease && one?.until === other?.until;

const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The integer of a `Deno.KvU64`; `null` if there is none. */
const integer = ({ value }: Found): number | null =>
  value === null ? null : Number((value as { value: bigint }).value);
