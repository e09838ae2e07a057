/** The store in MongoDB: in which order it asks for what, and what may happen in between. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test, vi } from "vitest";
import type { ReplayEntry } from "../../../../pkg/src/replay/decision.js";
import { DONE_ENTRY } from "../../../../pkg/src/replay/decision.js";
import type { OptimisticReplayStore } from "../../../../pkg/src/replay/optimistic.js";
import { replayStoreTests } from "../../../../pkg/src/replay/store-tests/store-tests.js";
import { mongoReplayStore } from "../../../../pkg/src/replay/stores/mongodb.js";
import { LIMITS, NOW, claimOf, copyOf } from "../claims.js";
import { MongoInMemory, type Operation } from "./mongodb-in-memory.js";

let mongo: MongoInMemory;
let store: OptimisticReplayStore;
let operations: Operation[];
beforeEach(() => {
  // A claim forgets by chance: here, never.
  vi.spyOn(Math, "random").mockReturnValue(1);
  mongo = new MongoInMemory();
  operations = [];
  mongo.after = (operation) => void operations.push(operation);
  store = mongoReplayStore(mongo);
});
afterEach(() => vi.restoreAllMocks());

const claimed = (lease: number): ReplayEntry => ({ state: 2, lease, until: NOW + LIMITS.leaseMs });
const recordOf = (event: number, entry: ReplayEntry) => ({ ...claimOf(event), entry });
const names = () => operations.map(({ name }) => name);

/** Does something once, before the first operation of this name. */
function intrude(name: Operation["name"], act: () => unknown): void {
  mongo.before = async (operation) => {
    if (operation.name === name) {
      mongo.before = () => {};
      await act();
    }
  };
}

/** Commits an event and forgets it, as others may do. */
async function commitAndForget(event: number): Promise<void> {
  const claim = copyOf(event);
  const before = claimed(claim.lease);
  assert.notEqual(await store.backend.save(claim, { after: before }), undefined);
  assert.notEqual(await store.backend.save(claim, { before, after: DONE_ENTRY, latest: claim.timestamp }), undefined);
  await store.backend.raiseFloor(claim, claim.timestamp + 1);
  await store.backend.forget(claim, [recordOf(event, DONE_ENTRY)]);
}

describe("it passes the published tests:", () => {
  // They let a store forget, for which it needs its chance.
  beforeEach(() => vi.restoreAllMocks());
  for (const { name, run } of replayStoreTests(
    () => store,
    () => store.backend,
  )) {
    test(name, run);
  }
});

test.each([undefined, null, {}, { db: () => ({}) }, { startSession: () => ({}) }])("%o is no client", (value) => {
  assert.throws(
    () => mongoReplayStore(value as never),
    new TypeError("mongoReplayStore needs a MongoClient of the package mongodb"),
  );
});

test.each([
  [{ database: "" }, "the store.database must be a string that is not empty"],
  [{ collection: 1 }, "the store.collection must be a string that is not empty"],
  [{ colection: "a" }, 'the store: unknown option "colection": did you mean "collection"?'],
])("the options %o cannot be used", (options, message) => {
  assert.throws(() => mongoReplayStore(mongo, options as never), new TypeError(message));
});

test.each([
  [{}, undefined, "mia_webhooks_replay"],
  [{ database: "a", collection: "b" }, "a", "b"],
])("with the options %o, events are kept in the database %s, in the collection %s", (options, database, collection) => {
  mongoReplayStore(mongo, options);
  assert.equal(mongo.names.database, database);
  assert.equal(mongo.names.collection, collection);
});

test("every write asks for a majority and every read for what a majority has, of the primary", async () => {
  vi.mocked(Math.random).mockReturnValue(0);
  const limits = { ...LIMITS, cap: 1 };
  for (const event of [1, 2, 3]) {
    await store.claim(claimOf(event, { limits }));
    await (event === 1 ? store.release(claimOf(event)) : store.commit(claimOf(event)));
    await store.claim(copyOf(event, { limits }));
  }
  await vi.waitFor(() => assert.equal(names().filter((name) => name === "deleteOne").length > 0, true));
  await commitAndForget(9);
  const reads = new Set(["findOne", "find", "countDocuments"]);
  for (const { name, options } of operations) {
    const { writeConcern, readConcern, readPreference } = options as Record<string, unknown>;
    if (reads.has(name)) {
      assert.deepEqual([readConcern, readPreference], [{ level: "majority" }, "primary"], name);
    } else {
      assert.deepEqual(writeConcern, { w: "majority", journal: true }, name);
    }
  }
  assert.deepEqual([...new Set(names())].sort(), [
    "countDocuments",
    "deleteOne",
    "find",
    "findOne",
    "findOneAndUpdate",
    "insertOne",
    "updateOne",
  ]);
});

test("a claim is an insert and a read, and a commit two writes", async () => {
  await store.claim(claimOf(1));
  assert.deepEqual(names(), ["insertOne", "findOne"]);
  operations = [];
  await store.commit(claimOf(1));
  assert.deepEqual(names(), ["updateOne", "findOneAndUpdate"]);
});

test("the entry is read before the floor, and events are read before they are counted", async () => {
  await store.backend.load(claimOf(1));
  assert.deepEqual(
    operations.map(({ what }) => what),
    [{ _id: `"s":0001767225600001:${claimOf(1).id}` }, { _id: '"s"' }],
  );
  operations = [];
  await store.backend.oldest(claimOf(1), 5);
  assert.deepEqual(names(), ["find", "countDocuments", "findOne"]);
});

test("numbers are integers in the database: not all that speak like MongoDB keep every digit of others", async () => {
  await store.claim(claimOf(1));
  await store.commit(claimOf(1));
  await store.backend.raiseFloor(claimOf(1), 5);
  assert.deepEqual(
    [...mongo.documents.values()],
    [
      { _id: `"s":0001767225600001:${claimOf(1).id}`, state: 3, lease: 0n, until: 0n },
      { _id: '"s"', latest: BigInt(NOW + 1), floor: 5n },
    ],
  );
});

test("the documents of a partition stand together, and no other partition among them", async () => {
  // As texts without quotes, each of these would stand in the middle of another.
  const partitions = ["", "a", "a:", "a;", 'a"', "a:0", "a\u0000", "\ud800", "\ud801"];
  for (const [event, partition] of partitions.entries()) {
    await store.claim(claimOf(event, { partition }));
    await store.commit(claimOf(event, { partition }));
  }
  for (const [event, partition] of partitions.entries()) {
    const { id, timestamp } = claimOf(event);
    const { records, count, bounds } = await store.backend.oldest(claimOf(event, { partition }), 10);
    assert.deepEqual(records, [{ id, timestamp, entry: DONE_ENTRY }]);
    assert.equal(count, 1);
    assert.deepEqual(bounds, { floor: 0, latest: timestamp });
  }
});

describe("a receiver that inserts an event that others commit and forget", () => {
  test("before the insert, finds the floor raised and takes its entry back", async () => {
    intrude("insertOne", () => commitAndForget(1));
    assert.equal((await store.claim(claimOf(1))).code, "event_stale");
    assert.deepEqual([...mongo.documents.keys()], ['"s"']);
  });

  test("finds it also where the new primary has not heard of a majority yet", async () => {
    intrude("insertOne", () => commitAndForget(1));
    mongo.lag = 9;
    assert.equal(await store.backend.save(claimOf(1), { after: claimed(1), maxFloor: NOW + 1 }), undefined);
  });

  test("takes back nothing that another receiver has changed since", async () => {
    await store.backend.raiseFloor(claimOf(1), NOW + 2);
    intrude("deleteOne", () => store.backend.save(claimOf(1), { before: claimed(1), after: claimed(7) }));
    assert.equal(await store.backend.save(claimOf(1), { after: claimed(1), maxFloor: NOW + 1 }), undefined);
    assert.deepEqual((await store.backend.load(claimOf(1))).entry, claimed(7));
  });

  test("fails, and was granted nothing, when the floor cannot be read", async () => {
    intrude("findOne", () => Promise.reject(new Error("the connection broke")));
    await assert.rejects(async () => store.claim(claimOf(1)), new Error("the connection broke"));
    // The claim that is left protects the event until its lease ends, and no longer.
    assert.equal((await store.claim(copyOf(1))).code, "event_in_progress");
    await store.backend.raiseFloor(claimOf(1), NOW + 2);
    assert.equal((await store.claim(copyOf(1, { now: NOW + LIMITS.leaseMs }))).code, "event_stale");
  });
});

test("an event that was left by a claim below the floor is loaded with that floor", async () => {
  await commitAndForget(1);
  await store.backend.save(claimOf(1), { after: claimed(1) });
  // The newest primary knows the entry, and the next one not yet the floor.
  const { load } = store.backend;
  mongo.before = ({ options }) => {
    mongo.lag = options.session?.seen === 0 ? 0 : 9;
  };
  assert.deepEqual(await load(claimOf(1)), { entry: claimed(1), bounds: { floor: NOW + 2, latest: NOW + 1 } });
});

test("the newest time is raised after the entry was changed, and not if it was not", async () => {
  await store.backend.save(claimOf(1), { after: claimed(1) });
  operations = [];
  const change = { before: claimed(2), after: DONE_ENTRY, latest: NOW + 1 };
  assert.equal(await store.backend.save(claimOf(1), change), undefined);
  assert.deepEqual(names(), ["updateOne"]);
});

test.each([
  ["another receiver makes the document of the partition at the same time: tries again", 1],
  ["the server says so again: fails", 2],
])("when %s", async (_, times) => {
  const taken = Object.assign(new Error("E11000 duplicate key error"), { code: 11000 });
  let left = times;
  mongo.before = ({ name }) => {
    if (name === "findOneAndUpdate" && left-- > 0) {
      throw taken;
    }
  };
  const raised = Promise.resolve(store.backend.raiseFloor(claimOf(1), 5));
  if (times === 1) {
    await raised;
    assert.equal((await store.backend.load(claimOf(1))).bounds.floor, 5);
  } else {
    await assert.rejects(raised, taken);
  }
});

test("an error of the driver passes through, and is not taken for a known event", async () => {
  const gone = Object.assign(new Error("not primary"), { code: 10107 });
  intrude("insertOne", () => Promise.reject(gone));
  await assert.rejects(async () => store.claim(claimOf(1)), gone);
  mongo.before = () => Promise.reject(gone);
  await assert.rejects(async () => store.commit(claimOf(1)), gone);
  await assert.rejects(async () => store.release(claimOf(1)), gone);
});

test("sessions end, also when an operation fails", async () => {
  const sessions: unknown[] = [];
  const { startSession } = mongo;
  vi.spyOn(mongo, "startSession").mockImplementation((options) => {
    const session = startSession(options);
    sessions.push(session);
    return session;
  });
  await store.claim(claimOf(1));
  mongo.before = () => Promise.reject(new Error("gone"));
  await assert.rejects(async () => store.claim(claimOf(2)));
  assert.deepEqual(
    (sessions as { hasEnded: boolean }[]).map(({ hasEnded }) => hasEnded),
    [true, true],
  );
});
