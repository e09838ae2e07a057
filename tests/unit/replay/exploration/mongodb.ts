/** The store in MongoDB, for the exploration: each operation on a document is one step. */

import type { ReplayBounds, ReplayEntry } from "../../../../pkg/src/replay/decision.js";
import { type MongoClient, mongoReplayStore } from "../../../../pkg/src/replay/stores/mongodb.js";
import { type Database, type Memory, emptyFor, eventOf } from "./databases.js";
import type { Take } from "./programs.js";
import { MongoInMemory } from "../stores/mongodb-in-memory.js";

type Document = Readonly<Record<string, unknown>>;
type Operations = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

/** What an operation returns, or the code of its error. */
interface Result {
  readonly value?: unknown;
  readonly code?: unknown;
}

export const mongodb = (times: readonly number[]): Database => ({
  empty: { ...emptyFor(times), documents: [] },
  backend: (take) => mongoReplayStore(stepping(take)).backend,
  counts: ["find", "countDocuments"],
  async step({ documents = [] }, { name, args }) {
    const mongo = new MongoInMemory();
    const operations = mongo.db().collection("", {}) as unknown as Operations;
    for (const document of documents) {
      await operations["insertOne"]?.(document, {});
    }
    let answer: Result;
    try {
      const returned = operations[name]?.(...args) as { toArray?(): unknown } | undefined;
      answer = { value: await (returned?.toArray === undefined ? returned : returned.toArray()) };
    } catch (error) {
      const { code } = error as { readonly code?: unknown };
      if (code === undefined) {
        throw error;
      }
      answer = { code };
    }
    return { memory: memoryOf([...mongo.documents.values()].map(plain), times), answer };
  },
});

/** With numbers in place of integers of 64 bits, and without sessions: here every read sees every write. */
const plain = <T>(value: T): T =>
  JSON.parse(
    JSON.stringify(value, (key, field: unknown) =>
      key === "session" ? undefined : typeof field === "bigint" ? Number(field) : field,
    ),
  ) as T;

function memoryOf(documents: readonly Document[], times: readonly number[]): Memory {
  const { entries, bounds } = emptyFor(times);
  const found = [...entries];
  let { floor, latest } = bounds;
  for (const document of documents) {
    const { _id, state, lease, until } = document as unknown as ReplayEntry & { readonly _id: string };
    if (state === undefined) {
      ({ floor = floor, latest = latest } = document as Partial<ReplayBounds>);
    } else {
      found[eventOf({ id: _id.slice(-64) })] = { state, lease, until };
    }
  }
  // In the order of the keys: the same documents are the same memory.
  const sorted = documents.toSorted((one, other) => (String(one["_id"]) < String(other["_id"]) ? -1 : 1));
  return { entries: found, bounds: { floor, latest }, documents: sorted };
}

/** A client that asks for each step with `take`. */
function stepping(take: Take): MongoClient {
  async function operate(name: string, args: readonly unknown[]): Promise<unknown> {
    const { value, code } = await take<Result>(name, ...plain(args));
    if (code !== undefined) {
      throw Object.assign(new Error("the operation failed"), { code });
    }
    return value;
  }
  const collection: Operations = {
    find: (...args) => ({ toArray: () => operate("find", args) }),
    // Nothing says in which order they are done.
    bulkWrite: (operations, options) =>
      Promise.all(
        (operations as { deleteOne: { filter: Document } }[]).map(({ deleteOne }) =>
          operate("deleteOne", [deleteOne.filter, options]),
        ),
      ),
  };
  for (const name of ["insertOne", "updateOne", "deleteOne", "findOne", "findOneAndUpdate", "countDocuments"]) {
    Object.assign(collection, { [name]: (...args: readonly unknown[]) => operate(name, args) });
  }
  return {
    db: () => ({ collection: () => collection }),
    connect: async () => {},
    startSession: () => ({ endSession: async () => {} }),
  };
}
