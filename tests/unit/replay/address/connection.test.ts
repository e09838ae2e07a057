/** Connections that a store opens and closes by itself. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test, vi } from "vitest";
import { type ReplayClaim, memoryReplayStore } from "mia-webhooks/replay";
import { heldStore, storeOfEachDelivery } from "../../../../pkg/src/replay/address/connection.js";

const limits = { windowMs: 1_000, cap: 10, leaseMs: 1_000, maxSkewMs: 1_000 };
const claimOf = (lease: number, id = "00"): ReplayClaim => ({
  partition: "",
  id,
  timestamp: 1_767_225_600_000,
  lease,
  now: 1_767_225_600_000,
  limits,
});

/** Connections, and what became of each; all of them are to one memory. */
function connections() {
  const memory = memoryReplayStore();
  const log: string[] = [];
  const lost: (() => void)[] = [];
  /** When the pruning has ended that calls began. */
  let pruning: Promise<void> = Promise.resolve();
  /** Holds back the answers of the calls that come. */
  let gate: Promise<unknown> | undefined;
  let opened = 0;
  return {
    log,
    lost,
    hold() {
      let open = () => {};
      gate = new Promise<void>((resolve) => (open = resolve));
      return open;
    },
    prune() {
      let end = () => {};
      pruning = new Promise<void>((resolve) => (end = resolve));
      return end;
    },
    open(onLost: () => void) {
      const number = ++opened;
      lost.push(onLost);
      const behind =
        <T>(name: "claim" | "commit" | "release") =>
        async (claim: ReplayClaim) => {
          log.push(`${name} ${number}`);
          await gate;
          return (await memory[name](claim)) as T;
        };
      return {
        store: {
          claim: behind<never>("claim"),
          commit: behind<boolean>("commit"),
          release: behind<boolean>("release"),
        },
        pruned: () => pruning,
        async close() {
          log.push(`close ${number}`);
          throw new Error("was closed already");
        },
      };
    },
  };
}

const TIMEOUT = 1_000;
const IDLE = 5_000;

beforeEach(() => void vi.useFakeTimers({ now: 1_767_225_600_000 }));
afterEach(() => void vi.useRealTimers());
const nothing = async () => {};
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe("a held store", () => {
  test("has one connection for all calls, and answers as the store behind it", async () => {
    const { log, open } = connections();
    const store = heldStore(open, TIMEOUT);
    assert.deepEqual(await store.claim(claimOf(1)), { code: "claimed", latest: null });
    assert.equal(await store.release(claimOf(2)), false);
    assert.equal(await store.commit(claimOf(1)), true);
    assert.deepEqual(log, ["claim 1", "release 1", "commit 1"]);
  });

  test("fails at once where the first connection cannot be made", () => {
    const open = () => {
      throw new TypeError("no address");
    };
    assert.throws(() => heldStore(open, TIMEOUT), { message: "no address" });
  });

  test("closes a connection that is idle, and opens another one for the next call", async () => {
    const { log, open } = connections();
    const store = heldStore(open, TIMEOUT);
    await store.claim(claimOf(1));
    await pass(IDLE - 1);
    await store.commit(claimOf(1));
    await pass(IDLE - 1);
    assert.deepEqual(log, ["claim 1", "commit 1"]);
    await pass(1);
    assert.deepEqual(log.splice(0), ["claim 1", "commit 1", "close 1"]);
    await store.claim(claimOf(2));
    assert.deepEqual(log, ["claim 2"]);
  });

  test("never uses a connection after a time in which the process was frozen", async () => {
    const { log, open } = connections();
    const store = heldStore(open, TIMEOUT);
    await store.claim(claimOf(1));
    // No timer runs.
    vi.setSystemTime(Date.now() + IDLE + 1);
    await store.commit(claimOf(1));
    await pass(0);
    assert.deepEqual(log.sort(), ["claim 1", "close 1", "commit 2"]);
  });

  test("opens another connection once one is lost, and closes that one after its calls", async () => {
    const { log, lost, open, hold } = connections();
    const store = heldStore(open, TIMEOUT);
    const go = hold();
    const claiming = store.claim(claimOf(1));
    lost[0]?.();
    lost[0]?.();
    const releasing = store.release(claimOf(2));
    await pass(0);
    assert.deepEqual(log, ["claim 1", "release 2"]);
    go();
    await claiming;
    await releasing;
    await pass(0);
    assert.deepEqual(log, ["claim 1", "release 2", "close 1"]);
  });

  test("gives up a connection whose call takes too long, and closes it though the call never ends", async () => {
    const { log, open, hold } = connections();
    const store = heldStore(open, TIMEOUT);
    hold();
    void store.claim(claimOf(1));
    await pass(TIMEOUT - 1);
    void store.claim(claimOf(2));
    await pass(1);
    void store.claim(claimOf(3));
    await pass(TIMEOUT - 1);
    assert.deepEqual(log, ["claim 1", "claim 1", "claim 2"]);
    await pass(1);
    assert.deepEqual(log, ["claim 1", "claim 1", "claim 2", "close 1"]);
  });

  test("is closed after the calls under way, and opens again for a later call", async () => {
    const { log, open, hold } = connections();
    const store = heldStore(open, TIMEOUT);
    const go = hold();
    const claiming = store.claim(claimOf(1));
    let isClosed = false;
    const closing = store.close().then(() => (isClosed = true));
    await pass(0);
    assert.ok(!isClosed);
    go();
    await claiming;
    await closing;
    assert.deepEqual(log, ["claim 1", "close 1"]);
    await store.close();
    assert.equal(await store.commit(claimOf(1)), true);
    await store.close();
    assert.deepEqual(log, ["claim 1", "close 1", "commit 2", "close 2"]);
  });

  test("passes on what a call is rejected with", async () => {
    const open = () => ({
      store: { ...memoryReplayStore(), claim: () => Promise.reject(new Error("no route to host")) },
      pruned: nothing,
      close() {},
    });
    await assert.rejects(async () => heldStore(open, TIMEOUT).claim(claimOf(1)), { message: "no route to host" });
  });

  test("gives up a connection whose call fails, and closes it after the other calls on it", async () => {
    const { log, open, hold } = connections();
    const failing = (onLost: () => void) => {
      const connection = open(onLost);
      const release = () => Promise.reject(new Error("READONLY"));
      return { ...connection, store: { ...connection.store, release } };
    };
    const store = heldStore(failing, TIMEOUT);
    const go = hold();
    const claiming = store.claim(claimOf(1));
    await assert.rejects(async () => store.release(claimOf(2)), { message: "READONLY" });
    const other = store.claim(claimOf(3, "01"));
    await pass(0);
    assert.deepEqual(log, ["claim 1", "claim 2"]);
    go();
    assert.equal((await claiming).code, "claimed");
    assert.equal((await other).code, "claimed");
    await pass(0);
    assert.deepEqual(log, ["claim 1", "claim 2", "close 1"]);
  });

  test("is closed only when all connections are, also the second time and those that were given up", async () => {
    const { log, lost, open, hold } = connections();
    const store = heldStore(open, TIMEOUT);
    const go = hold();
    const claiming = store.claim(claimOf(1));
    lost[0]?.();
    const other = store.claim(claimOf(2, "01"));
    let closed = 0;
    const closing = [store.close(), store.close()].map((each) => each.then(() => closed++));
    await pass(0);
    assert.equal(closed, 0);
    go();
    await Promise.all([claiming, other, ...closing]);
    assert.deepEqual(log.sort(), ["claim 1", "claim 2", "close 1", "close 2"]);
  });

  test("closes a connection after the pruning that its calls began, and one that never ends in time", async () => {
    const { log, open, prune } = connections();
    const store = heldStore(open, TIMEOUT);
    const end = prune();
    await store.claim(claimOf(1));
    let closing = store.close();
    await pass(TIMEOUT - 1);
    assert.deepEqual(log, ["claim 1"]);
    end();
    await closing;
    assert.deepEqual(log.splice(0), ["claim 1", "close 1"]);

    prune();
    await store.commit(claimOf(1));
    closing = store.close();
    await pass(TIMEOUT);
    await closing;
    assert.deepEqual(log, ["commit 2", "close 2"]);
  });

  test("waits for no client that does not end", async () => {
    const { open } = connections();
    const store = heldStore((onLost) => ({ ...open(onLost), close: () => new Promise(() => {}) }), TIMEOUT);
    const closing = store.close();
    await pass(TIMEOUT);
    await closing;
  });
});

describe("a store of each delivery", () => {
  test("keeps the connection of a claim until its commit or its release", async () => {
    const { log, open } = connections();
    const store = storeOfEachDelivery(open, TIMEOUT);
    await pass(0);
    assert.deepEqual(log.splice(0), ["close 1"], "the first one is only a trial");
    const [one, other] = [claimOf(1), claimOf(2, "01")];
    assert.deepEqual(await store.claim(one), { code: "claimed", latest: null });
    assert.deepEqual(await store.claim(other), { code: "claimed", latest: null });
    assert.equal(await store.release(other), true);
    await pass(0);
    assert.equal(await store.commit(one), true);
    await pass(0);
    assert.deepEqual(log, ["claim 2", "claim 3", "release 3", "close 3", "commit 2", "close 2"]);
  });

  test("closes the connection of a claim that is refused or fails", async () => {
    const { log, open } = connections();
    const store = storeOfEachDelivery(open, TIMEOUT);
    const claim = claimOf(1);
    await store.claim(claim);
    await store.commit(claim);
    await pass(0);
    log.length = 0;
    assert.equal((await store.claim(claimOf(2))).code, "event_duplicate");
    await pass(0);
    assert.deepEqual(log, ["claim 3", "close 3"]);

    const closed: string[] = [];
    const failing = () => ({
      store: { ...memoryReplayStore(), claim: () => Promise.reject(new Error("gone")) },
      pruned: nothing,
      close: () => closed.push("close"),
    });
    await assert.rejects(async () => storeOfEachDelivery(failing, TIMEOUT).claim(claimOf(1)), { message: "gone" });
    await pass(0);
    assert.equal(closed.length, 2);
  });

  test("opens a connection for a commit without a claim", async () => {
    const { log, open } = connections();
    const store = storeOfEachDelivery(open, TIMEOUT);
    await pass(0);
    assert.equal(await store.commit(claimOf(1)), false);
    await pass(0);
    assert.deepEqual(log, ["close 1", "commit 2", "close 2"]);
  });

  test("ends no commit before the pruning that the claim began, but in time", async () => {
    const { log, open, prune } = connections();
    const store = storeOfEachDelivery(open, TIMEOUT);
    await pass(0);
    log.length = 0;
    let isCommitted = false;
    const deliver = async () => {
      const claim = claimOf(1, isCommitted ? "01" : "00");
      await store.claim(claim);
      isCommitted = false;
      const end = prune();
      return { end, committing: Promise.resolve(store.commit(claim)).then(() => (isCommitted = true)) };
    };
    const { end, committing } = await deliver();
    await pass(TIMEOUT / 2 - 1);
    assert.ok(!isCommitted);
    end();
    await committing;
    await pass(0);
    assert.deepEqual(log.splice(0), ["claim 2", "commit 2", "close 2"]);

    await deliver();
    await pass(TIMEOUT / 2);
    assert.ok(isCommitted);
    assert.deepEqual(log, ["claim 3", "commit 3"]);
    await pass(TIMEOUT);
    assert.deepEqual(log, ["claim 3", "commit 3", "close 3"]);
  });
});
