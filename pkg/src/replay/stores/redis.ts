/** A store in Redis and Valkey. */

import { type OptimisticReplayStore, optimisticReplayStore } from "../../replay.js";
import { type Kinds, TEXT, checkOptions } from "../../verify/options.js";
import { decodeHex } from "../../wasm/hex.js";
import type { ReplayRecord } from "../backend.js";
import type { ReplayBounds, ReplayEntry } from "../decision.js";
import type { ReplayClaim } from "../store.js";
import { type RedisClient, type Script, scriptRunner } from "./redis-client.js";
import { COMMITTED, FORGET, LOAD, MEMORY, OLDEST, RAISE_FLOOR, SAVE } from "./redis-scripts.js";

/** Where events are kept in the database. */
export interface RedisReplayStoreOptions {
  /**
   * What every key begins with; `mia-webhooks` by default. Without braces: the store
   * makes Redis keep all keys of a partition in one slot of a cluster.
   */
  readonly prefix?: string | undefined;
}

const OPTIONS = {
  prefix: ["a string without braces that is not empty", (value) => TEXT[1](value) && !/[{}]/.test(value as string)],
} satisfies Kinds<RedisReplayStoreOptions>;

/**
 * Remembers events in Redis 6 or newer, Valkey, or what speaks like them, for any number
 * of receivers. A claim and a commit are one call of a Lua script each.
 *
 * Nothing of it expires by itself: the receiver's clock says what may be forgotten, and
 * what is forgotten must first be below the floor. So Redis must not delete keys when it
 * is full: set its `maxmemory-policy` to `noeviction`. Otherwise replays pass, and events
 * whose delivery failed are taken for duplicates and lost. The first claim looks whether it
 * deletes them, and warns in the console. An event takes about 150 bytes of memory.
 *
 * @param client - A client of `redis` (4 or newer), `ioredis` or `@upstash/redis` that
 * you have connected, or for any other client a function that sends one command. The
 * store never closes it.
 * @throws TypeError for anything else, and for options that cannot be used. The methods
 * of the store reject with the client's errors.
 *
 * @example
 * ```ts no-run
 * import { createReceiver } from "mia-webhooks/receiver";
 * import { type RedisClient, redisReplayStore } from "mia-webhooks/redis";
 *
 * declare const client: RedisClient; // await createClient({ url: process.env.REDIS_URL }).connect()
 * export const receiver = createReceiver({
 *   secrets: "it's a secret to everybody",
 *   on: { "*": (event) => console.log(event.eventName) },
 *   replay: { store: redisReplayStore(client) },
 * });
 * ```
 */
export function redisReplayStore(client: RedisClient, options: RedisReplayStoreOptions = {}): OptimisticReplayStore {
  return redisStore(client, options, { isChecked: false });
}

/**
 * The same, over one of many connections to a server.
 *
 * @internal
 * @param memory - Whether one of them has looked at the server's settings.
 */
export function redisStore(
  client: RedisClient,
  options: RedisReplayStoreOptions,
  memory: { isChecked: boolean },
): OptimisticReplayStore {
  checkOptions(options, OPTIONS, "the store");
  const { prefix = "mia-webhooks" } = options;
  const runScript = scriptRunner(client);

  function run(script: Script, { partition }: ReplayClaim, ...args: string[]): Promise<readonly unknown[]> {
    const place = `${prefix}:{${tagOf(partition)}}`;
    return runScript(script, [`${place}:events`, `${place}:claims`], args);
  }

  async function checkMemory(claim: ReplayClaim): Promise<void> {
    const [info] = await run(MEMORY, claim);
    const warning = evictionWarning(String(info));
    if (warning !== undefined) {
      console.warn(`mia-webhooks: ${warning}`);
    }
  }

  return optimisticReplayStore({
    async load(claim) {
      const [floor, latest, entry] = await run(LOAD, claim, shortId(claim.id));
      return { entry: entry === null ? undefined : entryOf(entry), bounds: boundsOf(floor, latest) };
    },
    async save(claim, { before, after, maxFloor, latest }) {
      const saved = await run(
        SAVE,
        claim,
        shortId(claim.id),
        String(claim.timestamp),
        before === undefined ? "" : textOf(before),
        textOf(after),
        String(maxFloor ?? ""),
        String(latest ?? ""),
      );
      if (!memory.isChecked) {
        memory.isChecked = true;
        // A hint, so nobody waits for it. Many users of Redis may not ask for it.
        void checkMemory(claim).catch(() => {});
      }
      return saved.length === 0 ? undefined : boundsOf(saved[0], saved[1]);
    },
    async oldest(claim, limit) {
      const [floor, latest, count, text] = await run(OLDEST, claim, String(limit));
      const words = text === "" ? [] : String(text).split(" ");
      const records: ReplayRecord[] = [];
      for (let place = 0; place < words.length; place += 3) {
        const [id = "", timestamp, entry] = words.slice(place, place + 3);
        records.push({ id: longId(id), timestamp: Number(timestamp), entry: entryOf(entry) });
      }
      return { bounds: boundsOf(floor, latest), count: Number(count), records };
    },
    async raiseFloor(claim, floor) {
      await run(RAISE_FLOOR, claim, String(floor));
    },
    async forget(claim, records) {
      await run(FORGET, claim, ...records.flatMap(({ id, entry }) => [shortId(id), textOf(entry)]));
    },
  });
}

/**
 * The partition as a hash tag, by which Redis puts all keys of it into one slot. An empty
 * one would be none, and a brace in it would end it.
 */
const tagOf = (partition: string): string =>
  partition === "" ? "%" : partition.replace(/[{}%]/g, (character) => encodeURIComponent(character));

/** An id in 43 characters, of which Redis makes 48 bytes; of 64 it makes 80. */
const shortId = (id: string): string => btoa(String.fromCharCode(...decodeHex(id))).slice(0, 43);

/** The id in hexadecimal digits. */
function longId(short: string): string {
  let id = "";
  for (const byte of atob(short)) {
    id += DIGITS[byte.charCodeAt(0)];
  }
  return id;
}

/** The two hexadecimal digits of each byte. */
const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

const textOf = ({ state, lease, until }: ReplayEntry): string =>
  state === 3 ? COMMITTED : `${state}:${lease}:${until}`;

function entryOf(text: unknown): ReplayEntry {
  const [state, lease = 0, until = 0] = String(text).split(":").map(Number);
  return { state: state as ReplayEntry["state"], lease, until };
}

/** Of strings, or of numbers, which clients make of them. */
const boundsOf = (floor: unknown, latest: unknown): ReplayBounds => ({
  floor: Number(floor ?? 0),
  latest: latest === null ? null : Number(latest),
});

/** What is to be said of a server that deletes keys when it is full. */
function evictionWarning(info: string): string | undefined {
  const policy = /maxmemory_policy:(allkeys-\w+)/.exec(info)?.[1];
  const isLimited = /maxmemory:[1-9]/.test(info);
  return policy !== undefined && isLimited
    ? `when Redis is full, it deletes events that the replay guard must remember, because its maxmemory-policy is ${policy}. Then replays pass, and events whose delivery failed are lost. Set maxmemory-policy to noeviction, or give the guard a Redis of its own.`
    : undefined;
}
