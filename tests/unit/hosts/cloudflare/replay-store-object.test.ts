/** The Durable Object, over a real SQLite and an alarm that rings when a test says so. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test, vi } from "vitest";
import type { ReplayStoreObject } from "../../../../pkg/src/hosts/cloudflare/replay-store-object.js";
import { REPLAY_LIMITS } from "../../../../pkg/src/generated/tables.js";
import { DONE_ENTRY, type ReplayEntry } from "../../../../pkg/src/replay/decision.js";
import type { ReplayStore } from "../../../../pkg/src/replay/store.js";
import { replayStoreTests } from "../../../../pkg/src/replay/store-tests/store-tests.js";
import { durableObjectReplayStore } from "../../../../pkg/src/replay/stores/durable-object.js";
import { LIMITS, NOW, claimOf, copyOf, upTo } from "../../replay/claims.js";
import { DurableState } from "./durable-state.js";

const HOUR = 3_600_000;

let state: DurableState;
let object: ReplayStoreObject;
/** How often the object asked for a turn in which it runs the calls that wait. */
let turns: number;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  turns = 0;
  // A real timer takes a millisecond each time, in which nothing happens.
  vi.stubGlobal("setTimeout", (run: () => void, ms: number) => {
    assert.equal(ms, 0);
    turns += 1;
    queueMicrotask(run);
  });
  state = new DurableState();
  object = await state.wake();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function commitAll(events: readonly number[], more = {}) {
  await Promise.all(events.map((event) => object.claim(claimOf(event, more))));
  await Promise.all(events.map((event) => object.commit(claimOf(event, more))));
}

async function releaseAll(events: readonly number[], more = {}) {
  await Promise.all(events.map((event) => object.claim(claimOf(event, more))));
  await Promise.all(events.map((event) => object.release(claimOf(event, more))));
}

/** Stores entries as many claims would have. */
function storeAll(events: readonly number[], entry: ReplayEntry) {
  state.storage.transactionSync(() => {
    for (const event of events) {
      const { timestamp, id } = claimOf(event);
      const { state: number, lease, until } = entry;
      state.run("INSERT INTO entries VALUES (?, unhex(?), ?, ?, ?)", timestamp, id, number, lease, until);
    }
  });
}

const codeOf = async (event: number) => (await object.claim(copyOf(event))).code;
const floor = () => state.run("SELECT timestamp FROM floor")[0]?.["timestamp"];

describe("passes the published tests of stores:", () => {
  const objects = new Map<string, Promise<ReplayStoreObject>>();
  const store = durableObjectReplayStore({
    idFromName: (name) => name,
    get(name: string) {
      const opened = objects.get(name) ?? new DurableState().wake();
      objects.set(name, opened);
      const stub: ReplayStore = {
        claim: async (claim) => (await opened).claim(claim),
        commit: async (claim) => (await opened).commit(claim),
        release: async (claim) => (await opened).release(claim),
      };
      return stub;
    },
  });
  for (const { name, run } of replayStoreTests(() => store)) {
    test(name, run);
  }
});

describe("an answer", () => {
  test("names the latest event, which is the newest that was committed", async () => {
    assert.deepEqual(await object.claim(claimOf(2)), { code: "claimed", latest: null });
    assert.equal(await object.commit(claimOf(2)), true);
    assert.deepEqual(await object.claim(claimOf(1)), { code: "claimed", latest: NOW + 2 });
    assert.equal(await object.commit(claimOf(1)), true);
    assert.deepEqual(await object.claim(claimOf(5)), { code: "claimed", latest: NOW + 2 });
    assert.deepEqual(await object.claim(claimOf(3)), { code: "claimed", latest: NOW + 2 });
    assert.deepEqual(await object.claim(copyOf(3)), { code: "event_in_progress" });
  });

  test("names the latest event also after waking, whatever newer events are open", async () => {
    await commitAll([3, 1]);
    await releaseAll([7, 8]);
    object = await state.wake();
    assert.equal((await object.claim(claimOf(9))).latest, NOW + 3);
  });

  test("names the latest event also after waking when its entry was forgotten", async () => {
    await commitAll([0]);
    // Open entries push it out.
    await releaseAll(upTo(100).map((event) => event + 1));
    state.ring(object);
    assert.equal(floor(), NOW + 1);
    object = await state.wake();
    assert.equal((await object.claim(claimOf(500))).latest, NOW);
  });

  test("names no latest event after waking when none was committed", async () => {
    await releaseAll([1]);
    object = await state.wake();
    assert.equal((await object.claim(claimOf(2))).latest, null);
  });

  test("names an event of the year 1970 as the latest", async () => {
    await commitAll([0], { timestamp: 0, now: 0, id: "00".repeat(32) });
    object = await state.wake();
    assert.equal((await object.claim(claimOf(2))).latest, 0);
  });

  test("takes one search for the latest event each time the object wakes up", async () => {
    const searches = () => state.statements.filter((statement) => statement.includes("DESC")).length;
    await commitAll([1, 2, 3]);
    assert.equal(searches(), 1);
    object = await state.wake();
    await commitAll([4, 5, 6]);
    assert.equal(searches(), 2);
  });
});

describe("calls that arrive together", () => {
  test("share one turn, and each has its own transaction", async () => {
    state.statements.length = 0;
    await Promise.all(upTo(3).map((event) => object.claim(claimOf(event))));
    assert.equal(turns, 1);
    assert.equal(state.statements.filter((statement) => statement === "COMMIT").length, 3);
    await object.commit(claimOf(0));
    assert.equal(turns, 2);
  });

  test("do not share a failure", async () => {
    await object.claim(claimOf(1));
    state.failsAfter = 2;
    const [failed, granted] = await Promise.allSettled([object.claim(claimOf(2)), object.claim(claimOf(3))]);
    assert.equal(failed.status, "rejected");
    assert.match(String(failed.reason), /the disk is full/);
    assert.deepEqual(granted, { status: "fulfilled", value: { code: "claimed", latest: null } });
    assert.equal(state.entries, 2);
    assert.equal((await object.claim(copyOf(2))).code, "claimed");
  });
});

describe("a disk that is full", () => {
  test.each([0, 1, 2])("after %i statements of a commit leaves the claim as it was", async (statements) => {
    await object.claim(claimOf(1));
    state.failsAfter = statements;
    await assert.rejects(object.commit(claimOf(1)), /the disk is full/);
    assert.equal(await codeOf(1), "event_in_progress");
    assert.equal(await object.commit(claimOf(1)), true);
    assert.equal((await object.claim(claimOf(2))).latest, NOW + 1);
  });

  test("while the object forgets lets it forget nothing", async () => {
    await commitAll(upTo(60));
    for (const statements of upTo(13)) {
      state.failsAfter = statements;
      assert.throws(() => state.ring(object), /the disk is full/);
      state.alarm = NOW;
      assert.equal(state.entries, 60, `after ${statements} statements`);
      assert.equal(floor(), 0);
    }
    state.ring(object);
    assert.equal(state.entries, LIMITS.cap);
  });
});

describe("the alarm", () => {
  test("rings an hour after a claim, and later claims do not put it off", async () => {
    await object.claim(claimOf(1));
    vi.setSystemTime(NOW + 1_000);
    await object.claim(claimOf(2));
    assert.deepEqual(state.alarms, [NOW + HOUR]);
  });

  test("rings at once after more claims than a tenth of the cap", async () => {
    await commitAll(upTo(5));
    assert.deepEqual(state.alarms, [NOW + HOUR]);
    await object.claim(claimOf(5));
    assert.deepEqual(state.alarms, [NOW + HOUR, NOW]);
    await object.claim(claimOf(6));
    assert.deepEqual(state.alarms, [NOW + HOUR, NOW]);
  });

  test("is not set by a claim that is refused", async () => {
    await object.claim(claimOf(1, { timestamp: NOW + LIMITS.maxSkewMs + 1 }));
    assert.deepEqual(state.alarms, []);
  });

  test("a forgetting never stops after the first alarm", async () => {
    for (const round of upTo(5)) {
      await commitAll(upTo(100).map((event) => 100 * round + event));
      assert.ok(state.ring(object), `no alarm was set in round ${round}`);
      assert.equal(state.entries, LIMITS.cap);
    }
  });

  test("counts claims from the last time that it rang", async () => {
    await commitAll(upTo(6));
    state.ring(object);
    await object.claim(claimOf(6));
    assert.equal(state.alarm, NOW + HOUR);
  });

  test("is known to an object that woke up", async () => {
    await object.claim(claimOf(1));
    vi.setSystemTime(NOW + 1_000);
    object = await state.wake();
    await object.claim(claimOf(2));
    assert.deepEqual(state.alarms, [NOW + HOUR]);
  });

  test("that has rung is set again by an object that woke up", async () => {
    await object.claim(claimOf(1));
    state.ring(object);
    object = await state.wake();
    await object.claim(claimOf(2));
    assert.deepEqual(state.alarms, [NOW + HOUR, NOW + HOUR]);
  });

  test("checks a thousand entries, and rings again at once while there may be more to forget", async () => {
    storeAll(upTo(2_399), DONE_ENTRY);
    await commitAll([2_399]);
    const left = [];
    while (state.ring(object)) {
      left.push(state.entries);
    }
    assert.deepEqual(left, [1_400, 400, LIMITS.cap]);
    assert.equal(await codeOf(2_349), "event_stale");
    assert.equal(await codeOf(2_350), "event_duplicate");
  });

  test("does not ring again when a thousand entries were checked and all must stay", async () => {
    storeAll(upTo(1_099), { state: 2, lease: 0, until: NOW + LIMITS.leaseMs });
    await object.claim(claimOf(1_099));
    state.ring(object);
    assert.equal(state.entries, 1_100);
    assert.equal(state.alarm, null);
  });

  test("writes nothing when there is nothing to forget", async () => {
    await commitAll(upTo(10));
    state.statements.length = 0;
    state.ring(object);
    assert.deepEqual(
      state.statements.filter((statement) => !/^(SELECT|BEGIN|COMMIT)/.test(statement)),
      [],
    );
  });

  test("forgets the oldest first, and what it forgot is refused", async () => {
    await commitAll(upTo(60).reverse());
    state.ring(object);
    assert.equal(state.entries, LIMITS.cap);
    assert.equal(await codeOf(9), "event_stale");
    assert.equal(await codeOf(10), "event_duplicate");
    assert.equal(await codeOf(59), "event_duplicate");
  });

  test("keeps claims that hold, and forgets them once they lapsed", async () => {
    await Promise.all(upTo(60).map((event) => object.claim(claimOf(event))));
    state.ring(object);
    assert.equal(state.entries, 60);
    vi.setSystemTime(NOW + LIMITS.leaseMs);
    await object.claim(claimOf(60, { now: NOW + LIMITS.leaseMs }));
    state.ring(object);
    assert.equal(state.entries, LIMITS.cap);
  });
});

describe("the limits of the newest claim", () => {
  const changed = Object.entries(REPLAY_LIMITS).map(([name, value]) => [name, value + 1] as const);
  test.each(changed)("are stored when %s changes", async (name, value) => {
    await object.claim(claimOf(1, { limits: REPLAY_LIMITS }));
    assert.deepEqual(state.run("SELECT * FROM limits")[0], { ...REPLAY_LIMITS });
    const limits = { ...REPLAY_LIMITS, [name]: value };
    await object.claim(claimOf(2, { limits }));
    assert.deepEqual(state.run("SELECT * FROM limits")[0], limits);
  });

  test("are written once, and not for each claim", async () => {
    await commitAll([1, 2, 3]);
    object = await state.wake();
    await commitAll([4, 5, 6]);
    assert.equal(state.statements.filter((statement) => statement.startsWith("UPDATE limits")).length, 1);
  });

  test("decide what an object forgets that woke up", async () => {
    await commitAll(upTo(60));
    await object.claim(claimOf(60, { limits: { ...LIMITS, cap: 20 } }));
    object = await state.wake();
    state.ring(object);
    assert.equal(state.entries, 20);
  });
});

test("tables of newer code are refused", async () => {
  state.run("UPDATE schema SET version = 99");
  await assert.rejects(state.wake(), /version 99/);
});
