/**
 * MongoDB for tests, in memory: the operations that the store uses. Each one changes one
 * document in one step, with a hook before it. As in a replica set, a read outside of a
 * session may answer with what a majority had a while ago: that is what a server knows
 * that has just become the primary.
 */

import type { MongoClient } from "../../../../pkg/src/replay/stores/mongodb.js";

type Document = Readonly<Record<string, unknown>>;
type Documents = ReadonlyMap<string, Document>;
type Range = { readonly $gt: string; readonly $lt: string };

/** A session, and the last state that it has seen. */
interface Session {
  seen: number;
  hasEnded: boolean;
  endSession(): Promise<void>;
}

interface Options {
  readonly session?: Session | undefined;
  readonly sort?: { readonly _id: 1 };
  readonly limit?: number;
  readonly upsert?: boolean;
}

/** One operation, before it is done. */
export interface Operation {
  readonly name: "insertOne" | "updateOne" | "deleteOne" | "findOne" | "find" | "findOneAndUpdate" | "countDocuments";
  /** The document to insert, or the filter. */
  readonly what: Document;
  readonly options: Options;
}

export class MongoInMemory implements MongoClient {
  /** Every state that there was, the newest last. */
  #states: Documents[] = [new Map()];
  /** How many changes a read outside of a session may miss. */
  lag = 0;
  /** The names that the store asked for. */
  readonly names: { database?: string | undefined; collection?: string; options?: object } = {};
  /** Is awaited before each operation. If it throws, the operation is not done. */
  before: (operation: Operation) => void | Promise<void> = () => {};
  /** Is awaited after each operation. If it throws, the answer is lost. */
  after: (operation: Operation) => void | Promise<void> = () => {};

  /** What there is now. */
  get documents(): Documents {
    return this.#states.at(-1) as Documents;
  }

  async connect() {}

  startSession(options: { causalConsistency?: boolean }): Session {
    if (options.causalConsistency !== true) {
      throw new Error("expected a session that is causally consistent");
    }
    const session: Session = {
      seen: 0,
      hasEnded: false,
      async endSession() {
        session.hasEnded = true;
      },
    };
    return session;
  }

  db(database?: string) {
    this.names.database = database;
    return {
      collection: (collection: string, options: object) => {
        Object.assign(this.names, { collection, options });
        return this.#collection;
      },
    };
  }

  async #step<T>(operation: Operation, run: () => T): Promise<T> {
    await this.before(operation);
    if (operation.options.session?.hasEnded) {
      throw new Error(`expected a session that has not ended in ${operation.name}`);
    }
    const answer = run();
    await this.after(operation);
    return answer;
  }

  /** Changes one document, and leaves the states that others may still read. */
  #write(key: string, document: Document | undefined): void {
    const next = new Map(this.documents);
    if (document === undefined) {
      next.delete(key);
    } else {
      next.set(key, document);
    }
    this.#states.push(next);
  }

  /** A session has seen what its write found, also if it changed nothing. */
  #hasSeenAll(session: Session | undefined): void {
    if (session !== undefined) {
      session.seen = this.#states.length - 1;
    }
  }

  #read(session: Session | undefined): Documents {
    const seen = Math.max(session?.seen ?? 0, this.#states.length - 1 - this.lag);
    if (session !== undefined) {
      session.seen = seen;
    }
    return this.#states[seen] as Documents;
  }

  /** The document that a filter means. */
  #matched(filter: Document, documents = this.documents): Document | undefined {
    const document = documents.get(filter["_id"] as string);
    const isMatch = document && Object.entries(filter).every(([name, value]) => equals(document[name], value));
    return isMatch ? document : undefined;
  }

  readonly #deleteOne = (filter: Document, options: Options) =>
    this.#step({ name: "deleteOne", what: filter, options }, () => {
      const found = this.#matched(filter);
      if (found !== undefined) {
        this.#write(found["_id"] as string, undefined);
      }
      this.#hasSeenAll(options.session);
    });

  readonly #collection = {
    insertOne: (document: Document, options: Options) =>
      this.#step({ name: "insertOne", what: document, options }, () => {
        const key = document["_id"] as string;
        const isTaken = this.documents.has(key);
        if (!isTaken) {
          this.#write(key, document);
        }
        this.#hasSeenAll(options.session);
        if (isTaken) {
          throw Object.assign(new Error("E11000 duplicate key error"), { code: 11000 });
        }
      }),
    updateOne: (filter: Document, { $set }: { $set: Document }, options: Options) =>
      this.#step({ name: "updateOne", what: filter, options }, () => {
        const found = this.#matched(filter);
        if (found !== undefined) {
          this.#write(found["_id"] as string, { ...found, ...$set });
        }
        this.#hasSeenAll(options.session);
        return { matchedCount: found === undefined ? 0 : 1 };
      }),
    deleteOne: this.#deleteOne,
    /** One step for each deletion: others may come in between. */
    bulkWrite: async (operations: readonly { deleteOne: { filter: Document } }[], options: Options) => {
      if (operations.length === 0) {
        throw new Error("Invalid BulkOperation, Batch cannot be empty");
      }
      for (const { deleteOne } of operations) {
        await this.#deleteOne(deleteOne.filter, options);
      }
    },
    findOne: (filter: Document, options: Options) =>
      this.#step({ name: "findOne", what: filter, options }, () =>
        numbers(this.#matched(filter, this.#read(options.session)) ?? null),
      ),
    findOneAndUpdate: (filter: Document, { $max }: { $max: Record<string, bigint> }, options: Options) =>
      this.#step({ name: "findOneAndUpdate", what: filter, options }, () => {
        const raised: Record<string, unknown> = { ...(this.#matched(filter) ?? filter) };
        for (const [name, value] of Object.entries($max)) {
          const now = raised[name] as bigint | undefined;
          raised[name] = now !== undefined && now > value ? now : value;
        }
        this.#write(filter["_id"] as string, raised);
        this.#hasSeenAll(options.session);
        return numbers(raised);
      }),
    find: (filter: { _id: Range }, options: Options) => ({
      toArray: () =>
        this.#step({ name: "find", what: filter, options }, () =>
          within(filter._id, this.#read(options.session), options.sort).slice(0, options.limit).map(numbers),
        ),
    }),
    countDocuments: (filter: { _id: Range }, options: Options) =>
      this.#step(
        { name: "countDocuments", what: filter, options },
        () => within(filter._id, this.#read(options.session)).length,
      ),
  };
}

/** Documents with a key between two; unless they are sorted, in the order in which they were written. */
function within({ $gt, $lt }: Range, documents: Documents, sort?: { readonly _id: 1 }): Document[] {
  const found = [...documents].filter(([key]) => $gt < key && key < $lt);
  if (sort?._id === 1) {
    found.sort(([one], [other]) => (one < other ? -1 : 1));
  }
  return found.map(([, document]) => document);
}

/** As MongoDB compares numbers: by value, not by type. */
const equals = (one: unknown, other: unknown): boolean => one === other || numberOf(one) === numberOf(other);
const numberOf = (value: unknown) => (typeof value === "bigint" ? Number(value) : value);

/** As the driver reads numbers. */
const numbers = <T extends Document | null>(document: T): T =>
  document && (Object.fromEntries(Object.entries(document).map(([name, value]) => [name, numberOf(value)])) as T);
