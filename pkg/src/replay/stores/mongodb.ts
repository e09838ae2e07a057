/** A store in MongoDB. */

import { type OptimisticReplayStore, optimisticReplayStore } from "../../replay.js";
import { type Kinds, TEXT, checkOptions } from "../../verify/options.js";
import type { ReplayBackend, ReplayChange, ReplayRecord } from "../backend.js";
import type { ReplayBounds, ReplayEntry } from "../decision.js";
import type { ReplayClaim } from "../store.js";

/** The part of a `MongoClient` that the store uses. */
export interface MongoClient {
  /** Connects. */
  connect(): Promise<unknown>;
  /** Opens a database. */
  db(name?: string): { collection(name: string, options: object): unknown };
  /** Starts a session. */
  startSession(options: object): unknown;
}

/** Where events are kept. */
export interface MongoReplayStoreOptions {
  /**
   * The name of the database; by default the one that the connection string names, and
   * `test` if it names none.
   */
  readonly database?: string | undefined;
  /** The name of the collection; `mia_webhooks_replay` by default. */
  readonly collection?: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

interface Entry {
  readonly _id: string;
  readonly state: ReplayEntry["state"];
  readonly lease: number;
  readonly until: number;
}

interface Bounds {
  readonly floor?: number;
  readonly latest?: number;
}

/** The part of a `Collection` that the store uses. */
interface Collection {
  insertOne(document: Fields, options: object): Promise<unknown>;
  updateOne(filter: Fields, update: Fields, options: object): Promise<{ readonly matchedCount: number }>;
  deleteOne(filter: Fields, options: object): Promise<unknown>;
  bulkWrite(operations: readonly Fields[], options: object): Promise<unknown>;
  findOne(filter: Fields, options: object): Promise<unknown>;
  findOneAndUpdate(filter: Fields, update: Fields, options: object): Promise<unknown>;
  find(filter: Fields, options: object): { toArray(): Promise<unknown[]> };
  countDocuments(filter: Fields, options: object): Promise<number>;
}

interface Session {
  endSession(): Promise<unknown>;
}

// What the client and the connection string say of these would let replays through: a
// write that one server alone has seen is lost when another one becomes the primary,
// and a secondary does not know the newest writes.
const WRITE = { writeConcern: { w: "majority", journal: true } } as const;

/** For each read, not for the collection: into what the collection has, the driver writes the time of a session. */
const READ = { readConcern: { level: "majority" }, readPreference: "primary" } as const;

/** All numbers are read as numbers, whatever the client says. */
const COLLECTION = { raw: false, promoteValues: true, promoteLongs: true, useBigInt64: false } as const;

/**
 * Remembers events in MongoDB: in a replica set, a sharded cluster or a single server,
 * for any number of receivers. It needs no index but that of `_id`, and makes none. Each
 * event is a document, and each partition has one more. It writes to a majority of the
 * servers and reads what a majority has, whatever the client is set to.
 *
 * @param client - A `MongoClient` of the package `mongodb`, 6 or newer. It need not be
 * connected yet. The store never closes it. Its user needs the role `readWrite` for the
 * database.
 * @throws TypeError for anything else, and for options that cannot be used. The methods
 * of the store reject with the driver's errors.
 *
 * @example
 * ```ts no-run
 * import { type MongoClient, mongoReplayStore } from "mia-webhooks/mongodb";
 * import { createReceiver } from "mia-webhooks/receiver";
 *
 * declare const client: MongoClient; // new MongoClient(process.env.MONGODB_URL)
 * export const receiver = createReceiver({
 *   secrets: "it's a secret to everybody",
 *   on: { "*": (event) => console.log(event.eventName) },
 *   replay: { store: mongoReplayStore(client) },
 * });
 * ```
 */
export function mongoReplayStore(client: MongoClient, options: MongoReplayStoreOptions = {}): OptimisticReplayStore {
  checkOptions(options, { database: TEXT, collection: TEXT } satisfies Kinds<MongoReplayStoreOptions>, "the store");
  if ((["connect", "db", "startSession"] as const).some((name) => typeof client?.[name] !== "function")) {
    throw new TypeError("mongoReplayStore needs a MongoClient of the package mongodb");
  }
  const collection = client
    .db(options.database)
    .collection(options.collection ?? "mia_webhooks_replay", COLLECTION) as Collection;

  /** A client whose first connection has failed does not try again by itself. */
  async function connected<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if ((error as { name?: unknown } | null)?.name !== "MongoTopologyClosedError") {
        throw error;
      }
      await client.connect();
      return run();
    }
  }

  /**
   * Each read in it sees at least what the operations before it saw. Without it, a server
   * that has just become the primary may answer with what a majority had a moment ago.
   */
  async function inOrder<T>(run: (session: Session) => Promise<T>): Promise<T> {
    const session = client.startSession({ causalConsistency: true }) as Session;
    try {
      return await run(session);
    } finally {
      await session.endSession();
    }
  }

  const loadBounds = async ({ partition }: ReplayClaim, session?: Session): Promise<ReplayBounds> =>
    boundsOf(await collection.findOne({ _id: keyOf(partition) }, { ...READ, session }));

  async function raise({ partition }: ReplayClaim, to: Bounds): Promise<ReplayBounds> {
    const attempt = () =>
      collection.findOneAndUpdate(
        { _id: keyOf(partition) },
        { $max: longs(to) },
        { upsert: true, returnDocument: "after", ...WRITE },
      );
    try {
      return boundsOf(await attempt());
    } catch (error) {
      // Another receiver has just made the document, and nobody deletes it.
      return boundsOf(await (isTaken(error) ? attempt() : Promise.reject(error)));
    }
  }

  /** Saves the entry of an event that is not remembered, unless it has been forgotten. */
  const insert = (claim: ReplayClaim, after: ReplayEntry, maxFloor: number): Promise<ReplayBounds | undefined> =>
    inOrder(async (session) => {
      const document = documentOf(claim, after);
      try {
        await collection.insertOne(document, { ...WRITE, session });
      } catch (error) {
        if (isTaken(error)) {
          return undefined;
        }
        throw error;
      }
      // Whoever forgets an event raises the floor first. So if the event was forgotten
      // before it was inserted here, the floor that is read now says so.
      const bounds = await loadBounds(claim, session);
      if (bounds.floor > maxFloor) {
        await collection.deleteOne(document, WRITE);
        return undefined;
      }
      return bounds;
    });

  const backend = {
    isFloorCheckedLate: true,
    load: (claim: ReplayClaim) =>
      inOrder(async (session) => {
        const found = await collection.findOne({ _id: keyOf(claim.partition, claim) }, { ...READ, session });
        return { entry: found === null ? undefined : entryOf(found), bounds: await loadBounds(claim, session) };
      }),
    async save(claim: ReplayClaim, { before, after, maxFloor = Infinity, latest }: ReplayChange) {
      if (before === undefined) {
        return insert(claim, after, maxFloor);
      }
      const change = { $set: fieldsOf(after) };
      if ((await collection.updateOne(documentOf(claim, before), change, WRITE)).matchedCount === 0) {
        return undefined;
      }
      // Not before the entry, or at the same time: the change of the entry may fail.
      return latest === undefined ? loadBounds(claim) : raise(claim, { latest });
    },
    async oldest(claim: ReplayClaim, limit: number) {
      const filter = { _id: rangeOf(claim.partition) };
      const found = await collection.find(filter, { sort: { _id: 1 }, limit, ...READ }).toArray();
      const [count, bounds] = await Promise.all([collection.countDocuments(filter, READ), loadBounds(claim)]);
      return { bounds, count, records: found.map(recordOf) };
    },
    async raiseFloor(claim: ReplayClaim, floor: number) {
      await raise(claim, { floor });
    },
    async forget({ partition }: ReplayClaim, records: readonly ReplayRecord[]) {
      const deletions = records.map((record) => ({
        deleteOne: { filter: documentOf({ partition, ...record }, record.entry) },
      }));
      // The driver refuses an empty list.
      if (deletions.length > 0) {
        await collection.bulkWrite(deletions, { ordered: false, ...WRITE });
      }
    },
  } satisfies ReplayBackend;
  return optimisticReplayStore({
    ...backend,
    load: (...rest) => connected(() => backend.load(...rest)),
    save: (...rest) => connected(() => backend.save(...rest)),
    oldest: (...rest) => connected(() => backend.oldest(...rest)),
    raiseFloor: (...rest) => connected(() => backend.raiseFloor(...rest)),
    forget: (...rest) => connected(() => backend.forget(...rest)),
  });
}

/** Whether a document with this `_id` is there already. */
const isTaken = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 11000;

type Event = Pick<ReplayClaim, "id" | "timestamp">;

/** The digits of 2⁵³ − 1, and those of a SHA-256. */
const TIME_DIGITS = 16;
const ID_DIGITS = 64;

/**
 * The `_id` of an event, or without one that of its partition. The events of a partition
 * stand together and in the order of their times, so that the index of `_id` is enough.
 * As JSON, no partition is the beginning of another.
 */
function keyOf(partition: string, event?: Event): string {
  const key = JSON.stringify(partition);
  return event === undefined ? key : `${key}:${String(event.timestamp).padStart(TIME_DIGITS, "0")}:${event.id}`;
}

/** The keys of all events of a partition: `;` comes next after `:`. */
const rangeOf = (partition: string) => ({ $gt: `${keyOf(partition)}:`, $lt: `${keyOf(partition)};` });

const documentOf = (claim: Event & Pick<ReplayClaim, "partition">, entry: ReplayEntry): Fields => ({
  _id: keyOf(claim.partition, claim),
  ...fieldsOf(entry),
});

const fieldsOf = ({ state, lease, until }: ReplayEntry): Fields => ({ state, ...longs({ lease, until }) });

/**
 * The driver saves these as integers of 64 bits. As doubles they would be exact in
 * MongoDB too, but not in everything that speaks like it.
 */
const longs = (numbers: object): Fields =>
  Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, BigInt(value as number)]));

function entryOf(found: unknown): ReplayEntry {
  const { state, lease, until } = found as Entry;
  return { state, lease, until };
}

function boundsOf(found: unknown): ReplayBounds {
  const { floor = 0, latest = null } = (found ?? {}) as Bounds;
  return { floor, latest };
}

function recordOf(found: unknown) {
  const key = (found as Entry)._id;
  return {
    id: key.slice(-ID_DIGITS),
    timestamp: Number(key.slice(-ID_DIGITS - 1 - TIME_DIGITS, -ID_DIGITS - 1)),
    entry: entryOf(found),
  };
}
