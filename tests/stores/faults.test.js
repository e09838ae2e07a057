// @ts-check
/**
 * Four receivers share a database, and everything fails: the database and the receivers
 * are killed, connections are cut or swallowed, a receiver sleeps for longer than its
 * lease, and clocks are an hour apart. An event is delivered at least once and committed
 * at most once, and it is never granted again once its commit was acknowledged.
 *
 * MongoDB is an emulator where the machine has no `mongod`: it shows that the store's
 * own steps survive, and nothing about a replica set.
 *
 * Takes long, because 60 processes are killed and started again while 10,000 events pass.
 */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Redis } from "ioredis";
import pg from "pg";
import { startMongo } from "../harness/servers/mongodb.js";
import { startPostgres } from "../harness/servers/postgres.js";
import { startRedis } from "../harness/servers/redis.js";
import { pause, seeded, until } from "../harness/waiting.js";
import { STORES } from "./clients.js";
import { Verdict, eventOf, idOf, startReplica } from "./replicas.js";
import { startWire } from "./wire.js";

/** With `FAULTS=all` it is 20,000 events, which take two minutes more. The kills are as many without it. */
const EVENTS = process.env["FAULTS"] === "all" ? 20_000 : 5_000;

const HOUR = 3_600_000;
/** Two receivers with the same clock, one behind and one ahead. */
const CLOCKS = [0, 0, -HOUR, HOUR];
const CAP = 2000;
/** Each claim prunes with a chance of 1 in 32, and then forgets up to 64 events. That none of 1,000 does: 2 in 10¹⁴. */
const MOST_EVENTS = CAP + 1000;
/** At the end of each block nothing is under way: an event that the cap has made too late is refused. */
const BLOCK = CAP / 4;
const SENDERS = 32;
const SHARE = { replayed: 0.2, doubled: 0.05 };
const LIMITS = { cap: CAP, storeTimeoutMs: 1500, leaseMs: 3000 };
/** No test waits for the end of this lease. */
const LONG = { cap: CAP, storeTimeoutMs: 1500, leaseMs: 240_000 };

/** @typedef {import("../harness/servers/process.js").Server} Server */
/** @typedef {Awaited<ReturnType<typeof startReplica>>} Replica */

/**
 * @typedef {object} Kind
 * @property {string} name
 * @property {readonly string[]} clients of the four receivers, in turn
 * @property {() => Promise<Server>} start
 * @property {(url: string) => Promise<unknown>} [cut] ends all connections from the side of the database
 * @property {number} events
 * @property {number} kills
 */

/** @type {Kind[]} */
const KINDS = [
  {
    name: "Redis",
    clients: ["ioredis", "redis"],
    start: () => startRedis({ appendfsync: "always" }),
    async cut(url) {
      const client = new Redis(url);
      await client.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes").finally(() => client.disconnect());
    },
    events: EVENTS,
    kills: 30,
  },
  {
    name: "Postgres",
    clients: ["pg"],
    start: () => startPostgres(),
    async cut(connectionString) {
      const client = new pg.Client({ connectionString });
      await client.connect();
      const others = "pid <> pg_backend_pid() AND backend_type = 'client backend'";
      await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others}`);
      await client.end();
    },
    events: EVENTS,
    kills: 30,
  },
  { name: "MongoDB, or its emulator", clients: ["mongodb"], start: startMongo, events: 500, kills: 6 },
];

/** @param {Kind} kind @param {number} index */
const clientOf = ({ clients }, index) => /** @type {string} */ (clients[index % clients.length]);

/** How many events the database remembers. @param {string} client @param {string} url @param {string} partition */
async function countEvents(client, url, partition) {
  const { store, close } = await /** @type {(typeof STORES)[string]} */ (STORES[client])(url);
  const claim = {
    partition: JSON.stringify([partition]),
    id: "",
    timestamp: 0,
    lease: 0,
    now: 0,
    limits: /** @type {any} */ ({}),
  };
  let count = 0;
  await until(async () => {
    try {
      ({ count } = await store.backend.oldest(claim, 1));
      return true;
    } catch {
      return false;
    }
  }, "the database answers");
  await close();
  return count;
}

for (const kind of KINDS) {
  describe(kind.name, () => {
    /** @type {Server} */
    let server;
    /** @type {Awaited<ReturnType<typeof startWire>>} */
    let wire;
    /** What is to be ended. @type {(() => unknown)[]} */
    const ending = [];
    before(async () => {
      server = await kind.start();
      wire = await startWire(server.port);
      ending.push(server.stop, wire.stop);
    });
    after(() => Promise.all(ending.map((end) => end())));

    const wired = () => server.url.replace(`:${server.port}`, `:${wire.port}`);

    /** @param {Verdict} verdict @param {Omit<import("./replicas.js").Options, "url"> & { url?: string }} options */
    async function start(verdict, options) {
      const replica = await startReplica({ url: server.url, ...options }, verdict);
      ending.push(replica.kill);
      return replica;
    }

    test(`${kind.events} events, ${kind.kills} kills: none is lost, and none is granted after its commit`, async (t) => {
      const random = seeded(20_260_711);
      const verdict = new Verdict();
      const replay = { ...LIMITS, partition: "flood" };
      const replicas = await Promise.all(
        CLOCKS.map((clockStepMs, i) =>
          start(verdict, {
            client: clientOf(kind, i),
            clockStepMs,
            replay,
            isFlooded: true,
            ...(i % 2 && { url: wired() }),
          }),
        ),
      );
      const any = () => /** @type {(typeof replicas)[number]} */ (replicas[Math.floor(random() * replicas.length)]);
      const started = Date.now();
      const beginning = started - 2 * HOUR;
      const tallies = { requests: 0, replays: 0, doubles: 0, retries: 0, serverKills: 0, receiverKills: 0, cuts: 0 };
      /** @type {string[]} */
      const captured = [];
      let next = 0;
      let acknowledged = 0;
      let isOver = false;

      /** @param {string} event */
      async function send(event) {
        tallies.requests += 1;
        return any().send(event);
      }

      /** Sends an event until it is acknowledged. @param {number} number @param {string} event */
      const deliver = (number, event) =>
        until(async () => {
          if (isOver) {
            throw new Error("the test has failed");
          }
          const status = await send(event);
          assert.notEqual(status, 400, `event ${number} is refused for good`);
          const isAcknowledged = status >= 200 && status < 300;
          tallies.retries += isAcknowledged ? 0 : 1;
          return isAcknowledged;
        }, `event ${number} is acknowledged`);

      /** @param {number} end */
      async function sender(end) {
        while (next < end) {
          const number = next++;
          const event = eventOf(number, beginning + Math.floor(number / 5) + Math.floor(40 * (random() - 0.5)));
          if (random() < SHARE.doubled) {
            tallies.doubles += 1;
            await Promise.all([deliver(number, event), deliver(number, event)]);
          } else {
            await deliver(number, event);
          }
          acknowledged += 1;
          captured.push(event);
          if (random() < SHARE.replayed) {
            tallies.replays += 1;
            // Mostly one that is still remembered, so that the store has to know it.
            const back = Math.floor((random() < 0.8 ? CAP / 2 : captured.length) * random());
            await send(/** @type {string} */ (captured.at(-1 - Math.min(back, captured.length - 1))));
          }
        }
      }

      async function killing() {
        const spacing = kind.events / (kind.kills + 1);
        for (let kill = 0; kill < kind.kills; kill++) {
          const moment = Math.floor(spacing * (kill + random()));
          await until(() => acknowledged >= moment || isOver, `${moment} events are acknowledged`);
          // A part of a millisecond decides what is interrupted.
          await pause(5 * random());
          const target = random();
          if (target < 0.4) {
            tallies.serverKills += 1;
            await server.kill();
            await pause(50 * random());
            await server.restart();
          } else {
            tallies.receiverKills += 1;
            const victim = any();
            await victim.kill();
            await victim.start();
          }
          if (random() < 0.5) {
            tallies.cuts += 1;
            wire.cut();
            await kind.cut?.(server.url);
          }
        }
      }

      /** @type {number[]} */
      const counts = [];
      async function sending() {
        for (let end = BLOCK; end - BLOCK < kind.events; end += BLOCK) {
          await Promise.all(Array.from({ length: SENDERS }, () => sender(Math.min(end, kind.events))));
          counts.push(await countEvents(clientOf(kind, 0), server.url, "flood"));
        }
      }
      try {
        await Promise.all([sending(), killing()]);
      } finally {
        isOver = true;
        // Then everything that they said has been read.
        await Promise.all(replicas.map((replica) => replica.kill()));
      }
      t.diagnostic(
        `${JSON.stringify({ ...tallies, deliveredTwice: verdict.deliveredTwice(), ...verdict.codes })}, at most ${Math.max(...counts)} events remembered, ${Math.round((Date.now() - started) / 1000)} s`,
      );
      assert.deepEqual(
        captured.filter((event) => !verdict.delivered.has(idOf(event))),
        [],
        "lost",
      );
      assert.deepEqual(verdict.replayed(), [], "granted after its commit was acknowledged");
      assert.deepEqual(verdict.committedTwice(), [], "committed twice");
      assert.ok(Math.max(...counts) <= MOST_EVENTS, `remembered: ${counts}`);
      // Otherwise nothing was interrupted.
      assert.ok(verdict.deliveredTwice() > 0 && tallies.serverKills > 0 && tallies.receiverKills > 0);
    });

    test("receivers that sleep for longer than their leases commit nothing", async () => {
      const verdict = new Verdict();
      const replay = { ...LONG, partition: "asleep" };
      // The clock of each says that the lease of the one before is over.
      const [early, late, last] = /** @type {[Replica, Replica, Replica]} */ (
        await Promise.all(
          [0, 1, 2].map((i) =>
            start(verdict, { client: clientOf(kind, i), clockStepMs: i * (LONG.leaseMs + 20_000), replay }),
          ),
        )
      );
      const event = eventOf(1, Date.now(), { isHeld: true });
      /** @type {Promise<number>[]} */
      const answers = [];
      for (const receiver of [early, late, last]) {
        answers.push(receiver.send(event));
        await until(() => verdict.delivered.get(idOf(event)) === answers.length, "the next delivery begins");
        if (receiver !== last) {
          receiver.signal("SIGSTOP");
        }
      }
      /** Ends its delivery. @param {Replica} receiver @param {Record<string, number>} codes */
      const end = async (receiver, codes) => {
        const results = () => Object.values(verdict.codes).reduce((sum, count) => sum + count, 0);
        const before = results();
        receiver.go();
        receiver.signal("SIGCONT");
        await until(() => results() > before, "a delivery ends");
        assert.deepEqual(verdict.codes, codes);
      };
      await end(early, { claim_lost: 1 });
      await end(last, { claim_lost: 1, accepted: 1 });
      await end(late, { claim_lost: 2, accepted: 1 });
      assert.deepEqual(await Promise.all(answers), [200, 200, 200]);
      assert.equal(verdict.committed.get(idOf(event))?.length, 1);
      await Promise.all([early, late, last].map((receiver) => receiver.kill()));
    });

    for (const client of kind.clients) {
      test(`a database that swallows everything is an error in time, and ${client} recovers`, async () => {
        const verdict = new Verdict();
        const replica = await start(verdict, {
          client,
          url: wired(),
          replay: { ...LIMITS, partition: `swallowed by ${client}` },
        });
        const event = eventOf(1, Date.now());
        // It may not be connected yet.
        await until(async () => (await replica.send(event)) === 200, "an event is accepted");
        wire.swallow();
        // One that nobody answers would keep the test for ever.
        const others = [2, 3, 4, 5].map((number) => eventOf(number, Date.now()));
        assert.deepEqual(await Promise.all(others.map((other) => replica.send(other))), [503, 503, 503, 503]);
        wire.heal();
        for (const other of others) {
          await until(async () => (await replica.send(other)) === 200, "an event is accepted after that");
        }
        await replica.kill();
        assert.ok(/** @type {number} */ (verdict.codes["replay_store_unreachable"]) >= others.length);
        assert.deepEqual([verdict.replayed(), verdict.committedTwice()], [[], []]);
      });
    }
  });
}
