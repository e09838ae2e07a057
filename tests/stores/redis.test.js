// @ts-check
/** The store in Redis, on real servers, through each client. */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, mock, test } from "node:test";
import { promisify } from "node:util";
import { Redis as Upstash } from "@upstash/redis";
import { Cluster, Redis } from "ioredis";
import { Redis as Redis5 } from "ioredis-5";
import { redisReplayStore } from "mia-webhooks/redis";
import { replayStoreTests } from "mia-webhooks/replay";
import { createClient, createClientPool, createCluster } from "redis";
import { createClient as createClient4 } from "redis-4";
import { createClient as createClient5 } from "redis-5";
import { root } from "../harness/checkout.js";
import { rejection } from "../harness/checks.js";
import { startRedis } from "../harness/servers/redis.js";
import { startUpstashRest } from "./upstash-rest.js";

const NOW = 1_767_225_600_000;
const LIMITS = { windowMs: 604_800_000, cap: 100_000, leaseMs: 60_000, maxSkewMs: 300_000 };

/** @type {import("../harness/servers/process.js").Server} */
let server;
/** Two nodes, each with half of the slots. @type {import("../harness/servers/process.js").Server[]} */
let nodes = [];
/** @type {Redis} */
let redis;
/** What is to be closed at the end. @type {(() => unknown)[]} */
const closing = [];

before(async () => {
  server = await startRedis({ appendfsync: "no" });
  nodes = await Promise.all(
    [0, 1].map(() => startRedis({ appendfsync: "no", settings: { "cluster-enabled": "yes" } })),
  );
  redis = new Redis(server.port);
  closing.push(() => redis.disconnect());
  await formCluster();
});
after(async () => {
  await Promise.all(closing.map((close) => close()));
  await Promise.all([server, ...nodes].map((one) => one?.stop()));
});

async function formCluster() {
  const [one, other] = /** @type {[Redis, Redis]} */ (nodes.map(({ port }) => new Redis(port)));
  await one.call("CLUSTER", "ADDSLOTSRANGE", 0, 8191);
  await other.call("CLUSTER", "ADDSLOTSRANGE", 8192, 16383);
  await one.call("CLUSTER", "MEET", "127.0.0.1", /** @type {any} */ (nodes[1]).port);
  const isFormed = async (/** @type {Redis} */ node) =>
    /cluster_state:ok\r\ncluster_slots_assigned:16384/.test(String(await node.call("CLUSTER", "INFO")));
  await until(async () => (await isFormed(one)) && (await isFormed(other)));
  one.disconnect();
  other.disconnect();
}

/** Only what hangs reaches the limit. @param {() => Promise<boolean>} isSo */
async function until(isSo) {
  const limit = Date.now() + 120_000;
  while (!(await isSo())) {
    assert.ok(Date.now() < limit, "it never came true");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

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

/** @param {import("mia-webhooks/replay").ReplayStore} store @param {import("mia-webhooks/replay").ReplayClaim} claim */
async function commit(store, claim) {
  assert.equal((await store.claim(claim)).code, "claimed");
  assert.equal(await store.commit(claim), true);
}

/** @typedef {import("mia-webhooks/redis").RedisClient} RedisClient */

/** Connects, and is closed at the end. @template {{ connect(): Promise<unknown> }} T @param {T} client */
async function connected(client) {
  await client.connect();
  const { destroy, disconnect } = /** @type {any} */ (client);
  closing.push(() => (destroy ?? disconnect).call(client));
  return client;
}

/** @template {{ disconnect(): unknown }} T @param {T} client */
function closed(client) {
  closing.push(() => client.disconnect());
  return client;
}

/** @param {object} [options] */
async function upstash(options) {
  const token = "token";
  const rest = await startUpstashRest(([name = "", ...args]) => redis.call(name, ...args), token);
  closing.push(rest.stop);
  return new Upstash({ url: rest.url, token, enableTelemetry: false, ...options });
}

const rootNodes = () => nodes.map(({ url }) => ({ url }));

/** @type {Readonly<Record<string, () => RedisClient | Promise<RedisClient>>>} */
const CLIENTS = {
  "ioredis 6": () => redis,
  "ioredis 6 that sends commands together": () => closed(new Redis(server.port, { enableAutoPipelining: true })),
  "ioredis 6 of a cluster": () => closed(new Cluster(nodes.map(({ port }) => ({ host: "127.0.0.1", port })))),
  "ioredis 5": () => closed(new Redis5(server.port)),
  "node-redis 6": () => connected(createClient({ url: server.url })),
  "a pool of node-redis 6": () => connected(createClientPool({ url: server.url })),
  "node-redis 6 of a cluster": () => connected(createCluster({ rootNodes: rootNodes() })),
  "node-redis 5": () => connected(createClient5({ url: server.url })),
  "node-redis 4": () => connected(createClient4({ url: server.url })),
  "Upstash's client, over our own HTTP server in front of Redis": () => upstash(),
  "a function":
    () =>
    ([name, ...args]) =>
      redis.call(name, ...args),
};

/** They ask for thousands of calls, and what they test is in the loop and in the scripts. One client of each package is enough. */
const LONG = /^(over the cap|an event is committed once, and none is lost)/;
const ALL = ["ioredis 6", "node-redis 6"];

describe("the published tests, through", () => {
  for (const [name, open] of Object.entries(CLIENTS)) {
    test(name, async () => {
      const client = await open();
      const tests = replayStoreTests(
        () => redisReplayStore(client),
        () => redisReplayStore(client).backend,
      ).filter(({ name: test }) => ALL.includes(name) || !LONG.test(test));
      // All at once, because each has partitions of its own.
      const failures = await Promise.all(
        tests.map(({ name, run }) =>
          run().then(
            () => [],
            (error) => [`${name}: ${error}`],
          ),
        ),
      );
      assert.deepEqual(failures.flat(), []);
      assert.ok(tests.length > 20);
    });
  }

  const bun = join(root, "node_modules/.bin/bun");
  test("Bun's own client", { skip: !existsSync(bun) && !process.env["CI"] && "BUN IS NOT INSTALLED" }, async () => {
    const script = join(import.meta.dirname, "redis-on-bun.js");
    const { stdout } = await promisify(execFile)(bun, [script, server.url], { cwd: root });
    const { count, failures } = JSON.parse(stdout);
    assert.deepEqual(failures, []);
    assert.ok(count > 20);
  });
});

test("all keys of a partition are in one slot, whatever its name is, and partitions share nothing", async () => {
  const cluster = closed(new Cluster(nodes.map(({ port }) => ({ host: "127.0.0.1", port }))));
  const store = redisReplayStore(cluster);
  const names = ["", "%", "{", "}", "{}", "}{", "a{b}c", "%7B", "%7b", "%25", '["","/path"]', "é\0\r\n "];
  for (const name of names) {
    await commit(store, claimOf(name, 1));
  }
  for (const name of names) {
    assert.equal((await store.claim(claimOf(name, 1, { lease: 2 }))).code, "event_duplicate");
  }
});

test("Upstash's client without pipelines, base64 and JSON, over our own HTTP server in front of Redis", async () => {
  const client = await upstash({
    enableAutoPipelining: false,
    responseEncoding: false,
    automaticDeserialization: false,
  });
  const store = redisReplayStore(client);
  const [claim, other] = [claimOf(newPartition(), 1), claimOf(newPartition(), 2)];
  await redis.script("FLUSH");
  await commit(store, claim);
  assert.equal((await store.claim({ ...claim, lease: 2 })).code, "event_duplicate");
  assert.equal((await store.backend.oldest(other, 9)).count, 0);
  const { records } = await store.backend.oldest(claim, 9);
  assert.deepEqual(records, [{ id: claim.id, timestamp: claim.timestamp, entry: { state: 3, lease: 0, until: 0 } }]);
});

test("two prefixes share nothing, and every key begins with its prefix", async () => {
  const [one, other] = ["one", "o*[ther"].map((prefix) => redisReplayStore(redis, { prefix }));
  await commit(/** @type {any} */ (one), claimOf("p", 1));
  await commit(/** @type {any} */ (other), claimOf("p", 1));
  assert.deepEqual((await redis.keys("one*")).sort(), ["one:{p}:claims", "one:{p}:events"]);
  assert.deepEqual((await redis.keys("o\\**")).sort(), ["o*[ther:{p}:claims", "o*[ther:{p}:events"]);
});

test("a save that raises the newest time answers with it", async () => {
  const { backend } = redisReplayStore(redis);
  const claim = claimOf(newPartition(), 1);
  const after = /** @type {const} */ ({ state: 3, lease: 0, until: 0 });
  assert.deepEqual(await backend.save(claim, { after, latest: NOW }), { floor: 0, latest: NOW });
});

test("a server that has lost the scripts gets them again, each once", async () => {
  // A pruning would send two more.
  const random = mock.method(Math, "random", () => 0.99);
  const store = redisReplayStore(redis);
  const partition = newPartition();
  await commit(store, claimOf(partition, 1));
  await redis.script("FLUSH");
  await redis.config("RESETSTAT");
  for (const event of [2, 3, 4]) {
    await commit(store, claimOf(partition, event));
  }
  random.mock.restore();
  assert.match(await redis.info("commandstats"), /cmdstat_eval:calls=1,/);
});

describe("the warning of a server that deletes keys", () => {
  /** The warnings after two claims. @param {RedisClient} client @param {string} policy @param {string} maxmemory */
  async function warningsOf(client, policy, maxmemory) {
    const warn = mock.method(console, "warn", () => {});
    try {
      await redis.config("SET", "maxmemory-policy", policy, "maxmemory", maxmemory);
      await redis.config("RESETSTAT");
      const store = redisReplayStore(client);
      const partition = newPartition();
      await commit(store, claimOf(partition, 1));
      await commit(store, claimOf(partition, 2));
      // The question was sent before the second claim, so it was answered before.
      return warn.mock.calls.map(({ arguments: args }) => args);
    } finally {
      warn.mock.restore();
      await redis.config("SET", "maxmemory-policy", "noeviction", "maxmemory", "0");
    }
  }

  test("comes once, with the name of the setting", async () => {
    const [[warning = ""] = [], ...more] = await warningsOf(redis, "allkeys-lru", "100mb");
    assert.match(warning, /^mia-webhooks: when Redis is full, it deletes events .* maxmemory-policy is allkeys-lru\./);
    assert.deepEqual(more, []);
  });
  for (const [policy, maxmemory] of /** @type {const} */ ([
    ["noeviction", "100mb"],
    // Only what has a time to live.
    ["volatile-lru", "100mb"],
    // Never full.
    ["allkeys-lfu", "0"],
  ])) {
    test(`does not come with ${policy} and a maxmemory of ${maxmemory}`, async () => {
      assert.deepEqual(await warningsOf(redis, policy, maxmemory), []);
      assert.match(await redis.info("commandstats"), /cmdstat_info:calls=1,/);
    });
  }
  test("does not come where the user may not ask, and needs no more than these commands and keys", async () => {
    const commands = "+evalsha +eval +hmget +hget +hset +hdel +zadd +zscore +zrange +zcard +zrem";
    await redis.acl("SETUSER", "guard", "on", ">password", "~mia-webhooks:*", "-@all", ...commands.split(" "));
    const options = { port: server.port, username: "guard", password: "password", enableReadyCheck: false };
    const client = closed(new Redis(options));
    assert.deepEqual(await warningsOf(client, "allkeys-lru", "100mb"), []);
    const failures = await Promise.all(
      replayStoreTests(() => redisReplayStore(client)).map(({ run }) => run().then(() => [], String)),
    );
    assert.deepEqual(failures.flat(), []);
  });
});

test("a server that is full refuses new events, half saves none, and still takes commits", async () => {
  const store = redisReplayStore(redis);
  const partition = newPartition();
  const [held, refused] = [claimOf(partition, 1), claimOf(partition, 2)];
  assert.equal((await store.claim(held)).code, "claimed");
  await redis.config("SET", "maxmemory", "1");
  try {
    const error = await rejection(Promise.resolve(store.claim(refused)));
    assert.match(error.message, /OOM/);
    assert.equal(await store.commit(held), true);
  } finally {
    await redis.config("SET", "maxmemory", "0");
  }
  const { count } = await store.backend.oldest(held, 9);
  assert.equal(count, 1);
  await commit(store, { ...refused, lease: 9 });
  assert.equal((await store.claim({ ...held, lease: 9 })).code, "event_duplicate");
});

test("a server that only copies another one grants nothing", async () => {
  const copy = await startRedis({ appendfsync: "no", settings: { replicaof: `127.0.0.1 ${server.port}` } });
  const client = new Redis(copy.port);
  try {
    await until(async () => (await client.info("replication")).includes("master_link_status:up"));
    const store = redisReplayStore(client);
    const claim = claimOf(newPartition(), 1);
    assert.match((await rejection(Promise.resolve(store.claim(claim)))).message, /READONLY/);
    assert.equal((await redisReplayStore(redis).claim(claim)).code, "claimed");
    assert.equal(await redis.wait(1, 0), 1);
    assert.match((await rejection(Promise.resolve(store.commit(claim)))).message, /READONLY/);
  } finally {
    client.disconnect();
    await copy.stop();
  }
});

test("an entry takes 200 bytes at most", async (t) => {
  const count = 20_000;
  const client = closed(new Redis(server.port, { enableAutoPipelining: true }));
  const used = async () => Number(/used_memory_dataset:(\d+)/.exec(await redis.info("memory"))?.[1]);
  const { backend } = redisReplayStore(client);
  const partition = newPartition();
  const all = Array.from({ length: count }, (_, event) => {
    const id = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("hex");
    return claimOf(partition, event, { id, lease: Number.MAX_SAFE_INTEGER });
  });
  const entry = /** @type {const} */ ({ state: 2, lease: Number.MAX_SAFE_INTEGER, until: NOW });
  await backend.load(claimOf(partition, 0));
  const before = await used();
  for (let from = 0; from < count; from += 500) {
    const some = all.slice(from, from + 500);
    await Promise.all(some.map((claim) => backend.save(claim, { after: entry, maxFloor: claim.timestamp })));
    await Promise.all(
      some.map((claim) =>
        backend.save(claim, { before: entry, after: { state: 3, lease: 0, until: 0 }, latest: claim.timestamp }),
      ),
    );
  }
  const bytes = ((await used()) - before) / count;
  t.diagnostic(`${bytes} bytes an entry`);
  assert.equal((await backend.oldest(claimOf(partition, 0), 1)).count, count);
  assert.ok(bytes <= 200);
});
