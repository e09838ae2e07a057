/** The store in memory. */

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "vitest";
import { replayStoreTests } from "../../../../pkg/src/replay/store-tests/store-tests.js";
import { memoryReplayStore } from "../../../../pkg/src/replay/stores/memory.js";
import { LIMITS, NOW, claimOf, copyOf, upTo } from "../claims.js";

let store: ReturnType<typeof memoryReplayStore>;
beforeEach(() => {
  store = memoryReplayStore();
});

describe("passes the published tests of stores:", () => {
  for (const { name, run } of replayStoreTests(() => store)) {
    test(name, run);
  }
});

async function commitAll(events: readonly number[]) {
  for (const event of events) {
    assert.equal((await store.claim(claimOf(event))).code, "claimed");
    assert.equal(await store.commit(claimOf(event)), true);
  }
}

const codesOf = (events: readonly number[], more = {}) =>
  Promise.all(events.map(async (event) => (await store.claim(copyOf(event, more))).code));

test.each([
  ["in order", upTo(1_024)],
  ["in any order, by less than the cap", upTo(1_024).map((event) => event ^ 31)],
])("events that come %s: the newest are remembered, and the others are refused as too old", async (_, events) => {
  await commitAll(events);
  assert.deepEqual(await codesOf(upTo(1_024)), [
    ...Array<string>(1_024 - LIMITS.cap).fill("event_stale"),
    ...Array<string>(LIMITS.cap).fill("event_duplicate"),
  ]);
});

test("entries are checked after every 64 claims, however many of them are refused", async () => {
  await commitAll(upTo(63));
  await codesOf(upTo(63));
  assert.equal((await codesOf([0]))[0], "event_duplicate");
  await store.claim(claimOf(63));
  assert.deepEqual(await codesOf([0, 13, 14]), ["event_stale", "event_stale", "event_duplicate"]);
});

test("an event that is claimed again after a failure has one entry", async () => {
  for (let attempt = 0; attempt < 60; attempt++) {
    await store.claim(claimOf(0));
    await store.release(claimOf(0));
  }
  await commitAll(upTo(LIMITS.cap - 1).map((event) => event + 1));
  // With the entry of the failed event there are as many as the cap.
  assert.deepEqual(await codesOf([1]), ["event_duplicate"]);
  // It is forgotten once.
  await commitAll(upTo(128).map((event) => event + 100));
  assert.deepEqual(await codesOf([0, 227]), ["event_stale", "event_duplicate"]);
});

test("claims that hold stay in the order, and are forgotten once they lapsed", async () => {
  const events = upTo(64);
  await Promise.all(events.map((event) => store.claim(claimOf(event))));
  // All were checked, and all hold. Now they lapse, and others come.
  const later = { now: NOW + LIMITS.leaseMs };
  for (const event of upTo(64)) {
    await store.claim(claimOf(100 + event, later));
    await store.commit(claimOf(100 + event, later));
  }
  // The newest 50 are remembered: the lapsed ones made room, as the oldest.
  assert.deepEqual(await codesOf([113, 114, 163], later), ["event_stale", "event_duplicate", "event_duplicate"]);
  assert.equal(await store.commit(claimOf(63)), false);
});

test("the latest event is named in each answer", async () => {
  assert.deepEqual(await store.claim(claimOf(5)), { code: "claimed", latest: null });
  await store.commit(claimOf(5));
  assert.deepEqual(await store.claim(claimOf(3)), { code: "claimed", latest: NOW + 5 });
  assert.deepEqual(await store.claim(copyOf(3)), { code: "event_in_progress" });
});

test("of thousands of events that came in any order, and many at one time, the oldest are forgotten first", async () => {
  const count = 4_096;
  const roomy = { ...LIMITS, cap: count + 1 };
  // 2,731 is odd, so each number comes once; and four events have one time.
  const event = (i: number) => (i * 2_731) % count;
  const delivery = (number: number, limits = roomy) => claimOf(number, { timestamp: NOW + (number >> 2), limits });
  for (const number of upTo(count).map(event)) {
    assert.equal((await store.claim(delivery(number))).code, "claimed");
    assert.equal(await store.commit(delivery(number)), true);
  }
  // The newest of all fails again and again, under a lower cap.
  const tight = { ...LIMITS, cap: 1_025 };
  for (let attempt = 0; attempt < count; attempt++) {
    const newest = delivery(count, tight);
    assert.equal((await store.claim(newest)).code, "claimed");
    assert.equal(await store.release(newest), true);
  }
  const codes = await Promise.all(
    upTo(count).map(async (number) => (await store.claim({ ...delivery(number, tight), lease: 1_000_000 })).code),
  );
  assert.deepEqual(codes, [
    ...Array<string>(count - 1_024).fill("event_stale"),
    ...Array<string>(1_024).fill("event_duplicate"),
  ]);
});

test("ids are told apart, also those that no event has", async () => {
  const ids = ["ab".repeat(32), "AB".repeat(32), "\u00ab".repeat(32), "\u2026ab", "ab", "", "g".repeat(64)];
  ids.push("ab".repeat(31), "ab".repeat(33), `${"ab".repeat(31)}a\uff42`, `${"ab".repeat(31)}a\u0142`);
  for (const id of ids) {
    assert.equal((await store.claim(claimOf(1, { id }))).code, "claimed", id);
  }
  for (const id of ids) {
    assert.equal((await store.claim(copyOf(1, { id }))).code, "event_in_progress", id);
  }
});
