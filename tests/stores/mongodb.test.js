// @ts-check
/**
 * The store in MongoDB, through both drivers. MongoDB's server is in no package of
 * Debian, npm or PyPI, so where this machine has no `mongod`, an emulator answers, which
 * speaks its protocol: it shows what the drivers send, but it is one server only, and
 * cannot show what replicas know of each other.
 */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { mongoReplayStore } from "mia-webhooks/mongodb";
import { DONE_ENTRY, replayStoreTests } from "mia-webhooks/replay";
import * as driver7 from "mongodb";
import * as driver6 from "mongodb-6";
import { startMongo } from "../harness/servers/mongodb.js";
import { findMongo } from "../harness/servers/programs.js";

/** @typedef {import("mongodb").MongoClientOptions} Options */
/** @typedef {import("mongodb").CommandStartedEvent} Command */

const NOW = 1_767_225_600_000;
const HIGHEST = Number.MAX_SAFE_INTEGER;
const LIMITS = { windowMs: 10_000, cap: 50, leaseMs: 1_000, maxSkewMs: 300_000 };

/** @type {Awaited<ReturnType<typeof startMongo>>} */
let server;
/** What is to be closed at the end. @type {{ close(): Promise<void> }[]} */
const clients = [];
before(async () => void (server = await startMongo()));
after(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await server?.stop();
});

let partitions = 0;
const newPartition = () => `p${++partitions}`;

/** @param {string} partition @param {number} event @param {object} [more] */
const claimOf = (partition, event, more) => ({
  partition,
  id: event.toString(16).padStart(64, "0"),
  timestamp: NOW + event,
  lease: event,
  now: NOW,
  limits: LIMITS,
  ...more,
});

const kind = findMongo()?.isEmulator === false ? "a real MongoDB" : "an emulator of MongoDB";

const DRIVERS = /** @type {const} */ ({ 6: driver6, 7: driver7 });

/** @param {6 | 7} version @param {Options} [options] */
function connect(version, options) {
  const client = /** @type {import("mongodb").MongoClient} */ (
    /** @type {unknown} */ (new DRIVERS[version].MongoClient(server.url, /** @type {{}} */ (options)))
  );
  clients.push(client);
  return client;
}

// One receiver has the one driver, and the other receiver the other.
describe(`over ${kind}, the published tests of stores pass:`, () => {
  /** @type {ReturnType<typeof mongoReplayStore>[]} */
  let stores;
  let opened = 0;
  const open = () => {
    if (stores === undefined) {
      // Without a cast: the types of both fit.
      const [one, other] = [new driver6.MongoClient(server.url), new driver7.MongoClient(server.url)];
      clients.push(one, other);
      stores = [mongoReplayStore(one), mongoReplayStore(other)];
    }
    return /** @type {ReturnType<typeof mongoReplayStore>} */ (stores[opened++ % 2]);
  };
  for (const { name, run } of replayStoreTests(open, () => open().backend)) {
    test(name, run);
  }
});

for (const version of /** @type {const} */ ([6, 7])) {
  const driver = DRIVERS[version];

  describe(`with the driver ${version} and ${kind}`, () => {
    /** Every command that a client sends. @param {import("mongodb").MongoClient} client */
    function commandsOf(client) {
      /** @type {Command[]} */
      const commands = [];
      client.on("commandStarted", (command) => void commands.push(command));
      return commands;
    }

    // What a driver reads without these options has another type, or other digits.
    for (const options of /** @type {Options[]} */ ([
      { promoteLongs: false },
      { promoteValues: false },
      { useBigInt64: true },
      { raw: true },
      { ignoreUndefined: true, serializeFunctions: true },
    ])) {
      test(`numbers of 53 bits are exact, whatever the client says: ${Object.keys(options)}`, async () => {
        const { backend } = mongoReplayStore(connect(version, options));
        const claim = claimOf(newPartition(), 0, { timestamp: HIGHEST });
        const { id, timestamp } = claim;
        const entry = /** @type {const} */ ({ state: 2, lease: HIGHEST, until: HIGHEST - 1 });
        const floor = HIGHEST - 2;
        await backend.raiseFloor(claim, floor);
        assert.deepEqual(await backend.save(claim, { after: entry, maxFloor: timestamp }), { floor, latest: null });
        assert.deepEqual(await backend.load(claim), { entry, bounds: { floor, latest: null } });
        const bounds = { floor, latest: HIGHEST };
        const change = { before: entry, after: DONE_ENTRY, latest: HIGHEST };
        assert.deepEqual(await backend.save(claim, change), bounds);
        assert.deepEqual(await backend.oldest(claim, 1), {
          bounds,
          count: 1,
          records: [{ id, timestamp, entry: DONE_ENTRY }],
        });
      });
    }

    test("every command asks for a majority, whatever the client says, and for the primary", async () => {
      const client = connect(version, {
        monitorCommands: true,
        readPreference: "secondaryPreferred",
        readConcernLevel: "local",
        writeConcern: { w: 1, journal: false },
      });
      const commands = commandsOf(client);
      const store = mongoReplayStore(client);
      const claim = claimOf(newPartition(), 1);
      await store.claim(claim);
      await store.release(claim);
      await store.claim(claim);
      await store.commit(claim);
      const { records } = await store.backend.oldest(claim, 10);
      await store.backend.raiseFloor(claim, NOW + 2);
      await store.backend.forget(claim, records);
      // It is taken back.
      assert.equal((await store.claim(claim)).code, "event_stale");
      for (const { commandName, command } of commands) {
        // The driver does not send `primary`, which is what servers take for granted.
        assert.equal(command["$readPreference"], undefined, commandName);
        if (["find", "aggregate"].includes(commandName)) {
          assert.equal(command["readConcern"]?.level, "majority", commandName);
        } else {
          assert.deepEqual({ ...command["writeConcern"] }, { w: "majority", j: true }, commandName);
        }
      }
      assert.deepEqual([...new Set(commands.map(({ commandName }) => commandName))].sort(), [
        "aggregate",
        "delete",
        "find",
        "findAndModify",
        "insert",
        "update",
      ]);
    });

    test("the floor is read after what the insert saw, and nobody else waits for that", async () => {
      const client = connect(version, { monitorCommands: true });
      const commands = commandsOf(client);
      // The emulator tells no time of its operations.
      const time = new driver.Timestamp({ t: 1, i: 1 });
      const { startSession } = client;
      client.startSession = (options) => {
        const session = startSession.call(client, options);
        client.once("commandSucceeded", () => session.advanceOperationTime(/** @type {any} */ (time)));
        return session;
      };
      const store = mongoReplayStore(client);
      const claim = claimOf(newPartition(), 1);
      await store.claim(claim);
      await store.backend.oldest(claim, 10);
      await store.backend.load(claim);
      const [insert, floor, oldest, count, bounds, ...load] = commands;
      assert.deepEqual(floor?.command["lsid"], insert?.command["lsid"]);
      assert.deepEqual(load[0]?.command["lsid"], load[1]?.command["lsid"]);
      for (const later of [floor, load[1]]) {
        assert.ok(time.equals(later?.command["readConcern"].afterClusterTime));
      }
      for (const other of [oldest, count, bounds]) {
        assert.equal(other?.command["readConcern"].afterClusterTime, undefined);
      }
      assert.equal(load.length, 2);
    });

    test("many receivers begin a partition at once", async () => {
      const partition = newPartition();
      const receivers = Array.from({ length: 8 }, () => mongoReplayStore(connect(version)));
      await Promise.all(
        receivers.map(async (store, receiver) => {
          assert.equal((await store.claim(claimOf(partition, receiver))).code, "claimed");
          assert.equal(await store.commit(claimOf(partition, receiver)), true);
          await store.backend.raiseFloor(claimOf(partition, receiver), NOW - receiver);
        }),
      );
      const { bounds, count } = await mongoReplayStore(connect(version)).backend.oldest(claimOf(partition, 0), 1);
      assert.deepEqual({ bounds, count }, { bounds: { floor: NOW, latest: NOW + 7 }, count: 8 });
    });

    test("events are in the database and the collection that the options name, else in those by default", async () => {
      const client = connect(version);
      const partition = newPartition();
      await mongoReplayStore(client, { database: "other", collection: "events" }).claim(claimOf(partition, 1));
      const found = await client.db("other").collection("events").find({}).toArray();
      assert.deepEqual(found.filter(({ _id }) => `${_id}`.startsWith(`"${partition}":`)).length, 1);
      assert.equal((await mongoReplayStore(client).claim(claimOf(partition, 1))).code, "claimed");
      const key = /** @type {any} */ (`"${partition}":000${NOW + 1}:${claimOf("", 1).id}`);
      assert.equal((await client.db("test").collection("mia_webhooks_replay").findOne({ _id: key }))?.["state"], 2);
    });

    test("a client that could not connect at first is connected again", async () => {
      const late = await startMongo();
      try {
        await late.kill();
        const client = new driver.MongoClient(late.url, { serverSelectionTimeoutMS: 100 });
        clients.push(client);
        const store = mongoReplayStore(client);
        await assert.rejects(async () => store.claim(claimOf("p", 1)), driver.MongoServerSelectionError);
        await late.restart();
        assert.equal((await store.claim(claimOf("p", 1))).code, "claimed");
      } finally {
        await late.stop();
      }
    });

    test("a server that is not there is an error within the time that the client is given", async () => {
      const client = new driver.MongoClient("mongodb://user:secret@127.0.0.1:1/", { serverSelectionTimeoutMS: 100 });
      clients.push(client);
      await assert.rejects(
        async () => mongoReplayStore(client).claim(claimOf("p", 1)),
        (error) => error instanceof driver.MongoServerSelectionError && !error.message.includes("secret"),
      );
    });
  });
}

test("a database, and a client without sessions, are no client", () => {
  const client = new driver7.MongoClient("mongodb://127.0.0.1:1/");
  for (const value of [client.db(), { db: client.db }]) {
    assert.throws(() => mongoReplayStore(/** @type {any} */ (value)), {
      name: "TypeError",
      message: "mongoReplayStore needs a MongoClient of the package mongodb",
    });
  }
});
