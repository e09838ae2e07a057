/** The store in Deno KV: what it saves, what it forgets, and who wins a race. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test, vi } from "vitest";
import type { ReplayStore } from "../../../../pkg/src/replay/store.js";
import { replayStoreTests } from "../../../../pkg/src/replay/store-tests/store-tests.js";
import { denoKvReplayStore } from "../../../../pkg/src/replay/stores/deno-kv.js";
import { LIMITS, NOW, claimOf, copyOf, upTo } from "../claims.js";
import { DenoKvInMemory } from "./deno-kv-in-memory.js";

let kv: DenoKvInMemory;
let store: ReplayStore;
/** The chance that decides whether a claim prunes. */
let chance: number;

const NEVER = 1;
const ALWAYS = 0;

beforeEach(() => {
  chance = NEVER;
  vi.spyOn(Math, "random").mockImplementation(() => chance);
  kv = new DenoKvInMemory();
  store = denoKvReplayStore(kv);
});
afterEach(() => vi.restoreAllMocks());

const PARTITION = ["mia-webhooks", "s"];
const entries = () => kv.under([...PARTITION, "entries"]);
const valueOf = async (name: string) => (await kv.getMany([[...PARTITION, name]]))[0]?.value;
const numberOf = async (name: string) => Number(((await valueOf(name)) as { value: bigint }).value);

/** Ends when no pruning is under way: nobody waits for one, and all of it is microtasks. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

async function commitAll(events: readonly number[]) {
  for (const event of events) {
    assert.equal((await store.claim(claimOf(event))).code, "claimed");
    assert.equal(await store.commit(claimOf(event)), true);
  }
}

/** A claim that prunes for certain. */
async function prune(event: number, more = {}) {
  chance = ALWAYS;
  await store.claim(claimOf(event, more));
  chance = NEVER;
  await settled();
}

describe.each([
  ["that never forgets", NEVER],
  ["that forgets with every claim", ALWAYS],
])("a store %s passes the published tests:", (_, always) => {
  beforeEach(() => {
    chance = always;
  });
  for (const { name, run } of replayStoreTests(() => store)) {
    test(name, run);
  }
});

test.each([undefined, null, {}, { atomic: true }])("%o is no Deno KV", (value) => {
  assert.throws(() => denoKvReplayStore(value as never), new TypeError("denoKvReplayStore needs an open Deno KV"));
});

test.each([
  ["mia-webhooks, by default", {}, ["mia-webhooks"]],
  ["mia-webhooks, if it is not set", { prefix: undefined }, ["mia-webhooks"]],
  ["the prefix", { prefix: ["a", "b"] }, ["a", "b"]],
])("every key begins with %s, and with the partition", async (_, options, prefix) => {
  store = denoKvReplayStore(kv, options);
  await commitAll(upTo(60));
  await prune(60);
  assert.deepEqual(
    [...new Set(kv.under([]).map(({ key }) => JSON.stringify(key.slice(0, prefix.length + 2))))].sort(),
    ["count", "entries", "floor", "latest"].map((name) => JSON.stringify([...prefix, "s", name])),
  );
  assert.deepEqual(kv.under([...prefix, "s", "entries"]).at(-1)?.key, [
    ...prefix,
    "s",
    "entries",
    NOW + 60,
    Buffer.from("0000003c".repeat(8), "hex"),
  ]);
});

test("the answer names the latest event, which is the newest that was committed", async () => {
  assert.deepEqual(await store.claim(claimOf(2)), { code: "claimed", latest: null });
  await store.commit(claimOf(2));
  assert.deepEqual(await store.claim(claimOf(1)), { code: "claimed", latest: NOW + 2 });
  await store.commit(claimOf(1));
  assert.deepEqual(await store.claim(claimOf(3)), { code: "claimed", latest: NOW + 2 });
  assert.deepEqual(await store.claim(copyOf(3)), { code: "event_in_progress" });
});

test("the count is the number of entries, also after failures and second attempts", async () => {
  await commitAll([1, 2]);
  await store.claim(claimOf(3));
  await store.release(claimOf(3));
  await store.claim(copyOf(3));
  assert.equal(await numberOf("count"), 3);
  assert.equal(entries().length, 3);
});

describe("forgetting", () => {
  test("happens with one claim in 32, by chance", async () => {
    chance = 1 / 32;
    await store.claim(claimOf(1));
    await settled();
    assert.equal(kv.calls.list, 0);
    chance = 1 / 32 - 0.001;
    await store.claim(claimOf(2));
    await settled();
    assert.equal(kv.calls.list, 1);
  });

  test("leaves as many entries as the cap, the newest, and counts them", async () => {
    await commitAll(upTo(100));
    await prune(100);
    assert.equal(entries().length, LIMITS.cap);
    assert.equal(await numberOf("count"), LIMITS.cap);
    assert.equal(await valueOf("floor"), NOW + 51);
    assert.equal((await store.claim(copyOf(50))).code, "event_stale");
    assert.equal((await store.claim(copyOf(51))).code, "event_duplicate");
  });

  test("checks 64 entries at once", async () => {
    await commitAll(upTo(200));
    await prune(200);
    assert.equal(entries().length, 201 - 64);
    await prune(201);
    assert.equal(entries().length, 202 - 128);
  });

  test("passes over a claim that holds", async () => {
    await store.claim(claimOf(0));
    await commitAll(upTo(60).map((event) => event + 1));
    await prune(61);
    assert.equal(entries().length, LIMITS.cap);
    assert.equal((await store.claim(copyOf(0))).code, "event_in_progress");
    assert.equal(await store.commit(claimOf(0)), true);
  });

  test("uses the time and the limits of the claim", async () => {
    await store.claim(claimOf(0));
    await commitAll([1, 2, 3]);
    await prune(4, { now: NOW + LIMITS.leaseMs, limits: { ...LIMITS, cap: 3 } });
    assert.deepEqual(
      entries().map(({ key }) => key.at(-2)),
      [NOW + 2, NOW + 3, NOW + 4],
    );
  });

  test("writes nothing when there is nothing to forget", async () => {
    await commitAll(upTo(3));
    const before = kv.calls.commit;
    await prune(3);
    // The claim.
    assert.equal(kv.calls.commit, before + 1);
    assert.equal(await valueOf("floor"), null);
  });

  test("leaves an entry that was changed meanwhile, and its claim holds", async () => {
    await commitAll(upTo(60).map((event) => event + 1));
    await store.claim(claimOf(0));
    await store.release(claimOf(0));
    kv.beforeCommit = async (keys) => {
      if (keys.length > 2) {
        kv.beforeCommit = () => {};
        await store.claim(copyOf(0));
      }
    };
    await prune(61);
    assert.equal(entries().length, LIMITS.cap + 1);
    assert.equal(await numberOf("count"), LIMITS.cap + 1);
    assert.equal(await valueOf("floor"), NOW + 12);
    assert.equal(await store.commit(copyOf(0)), true);
  });

  test("deletes and counts nothing that another receiver forgot meanwhile", async () => {
    await commitAll(upTo(100));
    kv.beforeCommit = async (keys) => {
      if (keys.length > 2) {
        kv.beforeCommit = () => {};
        await prune(101, { limits: { ...LIMITS, cap: 40 } });
      }
    };
    await prune(100);
    assert.equal(entries().length, 40);
    assert.equal(await numberOf("count"), 40);
  });

  test("that fails leaves the claim as it is, and disturbs nobody", async () => {
    await commitAll(upTo(60));
    kv.beforeCommit = (keys) => {
      if (keys.length > 2) {
        throw new Error("the connection broke");
      }
    };
    // Vitest fails the run for a rejection that nobody handles.
    await prune(60);
    assert.equal((await store.claim(copyOf(60))).code, "event_in_progress");
  });
});

describe("a receiver that another one overtakes", () => {
  /** Lets another receiver act before the next change is written. */
  const overtake = (act: () => unknown) => {
    kv.beforeCommit = async () => {
      kv.beforeCommit = () => {};
      await act();
    };
  };

  test("does not get the claim that the other one got", async () => {
    overtake(() => store.claim(copyOf(1)));
    assert.deepEqual(await store.claim(claimOf(1)), { code: "event_in_progress" });
    assert.equal(await numberOf("count"), 1);
  });

  test("does not claim what was committed and forgotten meanwhile", async () => {
    overtake(async () => {
      await commitAll(upTo(60));
      await prune(60);
    });
    assert.deepEqual(await store.claim(copyOf(0)), { code: "event_stale" });
  });

  test("commits when the claim is still its own, and not when it was lost", async () => {
    await store.claim(claimOf(1));
    overtake(() => store.claim(claimOf(1, { now: NOW + 1 })));
    assert.equal(await store.commit(claimOf(1)), true);
    await store.claim(claimOf(2));
    overtake(() => store.claim(copyOf(2, { now: NOW + LIMITS.leaseMs })));
    assert.equal(await store.commit(claimOf(2)), false);
    assert.equal(await store.commit(copyOf(2)), true);
  });

  test("gives the claim back when it is still its own, and not when it was lost", async () => {
    await store.claim(claimOf(1));
    overtake(() => store.claim(claimOf(1, { now: NOW + 1 })));
    assert.equal(await store.release(claimOf(1)), true);
    await store.claim(claimOf(2));
    overtake(() => store.claim(copyOf(2, { now: NOW + LIMITS.leaseMs })));
    assert.equal(await store.release(claimOf(2)), false);
    assert.equal(await store.commit(copyOf(2)), true);
  });

  test("does not wait for commits of other events", async () => {
    await store.claim(claimOf(1));
    overtake(() => commitAll([2]));
    kv.calls.getMany = 0;
    assert.equal(await store.commit(claimOf(1)), true);
    // One for this commit, two for the claim and the commit of the other event.
    assert.equal(kv.calls.getMany, 3);
    assert.equal((await store.claim(claimOf(3))).latest, NOW + 2);
  });
});
