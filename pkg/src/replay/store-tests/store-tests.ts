/** What every store has to do, as tests for any test runner. */

import type { ReplayBackend } from "../backend.js";
import { BACKEND_TESTS } from "./backend-tests.js";
import { RACE_TESTS } from "./race-tests.js";
import type { ReplayClaim, ReplayStore } from "../store.js";
import { Claims, LIMITS, NOW, equal, oneOf, upTo } from "./test-claims.js";

/** A test: it throws, or rejects, when the store is wrong. */
export interface ReplayStoreTest {
  /** What a right store does. */
  readonly name: string;
  /** Rejects when the store does not do it. */
  run(): Promise<void>;
}

/** Many more events than the cap, and their numbers. */
const MANY = 200;
const many = () => upTo(MANY);

/**
 * The tests that a store has to pass. They use partitions of their own, so the store
 * need not be empty.
 *
 * With a backend there are more tests: of what each of its functions does, and of races.
 * These stand between the calls that `optimisticReplayStore` makes of the backend, and
 * let other receivers deliver the same event there, or forget it, or lose the database.
 * They make some 3,000 calls, and leave some 250 partitions with a few events each,
 * whose names contain `conformance-`.
 *
 * @param openStore - Returns a store. If it is called again, it returns another
 * store over the same memory, as a second receiver would have it, or the same
 * store.
 * @param openBackend - Returns the backend of such a store. If it is called again, it
 * returns another one over the same memory, or the same one.
 *
 * @example
 * ```ts
 * import { memoryReplayStore, replayStoreTests } from "mia-webhooks/replay";
 *
 * const store = memoryReplayStore();
 * const tests = replayStoreTests(() => store);
 * tests[0]?.name; // "an event is claimed once, and a duplicate after the commit"
 * // With a test runner: test(name, run)
 * for (const { run } of tests) {
 *   await run();
 * }
 * ```
 *
 * @example
 * ```ts no-run
 * import { test } from "node:test";
 * import { type ReplayBackend, optimisticReplayStore, replayStoreTests } from "mia-webhooks/replay";
 *
 * declare const backend: ReplayBackend;
 * const store = optimisticReplayStore(backend);
 * for (const { name, run } of replayStoreTests(() => store, () => store.backend)) {
 *   test(name, run);
 * }
 * ```
 */
export function replayStoreTests(
  openStore: () => ReplayStore | Promise<ReplayStore>,
  openBackend?: () => ReplayBackend | Promise<ReplayBackend>,
): ReplayStoreTest[] {
  const tests = Object.entries(TESTS).map(([name, test]) => ({
    name,
    run: async () => test(await openStore(), new Claims(), await openStore()),
  }));
  if (openBackend === undefined) {
    return tests;
  }
  const more = Object.entries({ ...BACKEND_TESTS, ...RACE_TESTS }).map(([name, test]) => ({
    name,
    run: async () => test(await openBackend(), new Claims(), await openBackend()),
  }));
  return [...tests, ...more];
}

type Test = (store: ReplayStore, claims: Claims, other: ReplayStore) => Promise<void>;

const TESTS: Readonly<Record<string, Test>> = {
  "an event is claimed once, and a duplicate after the commit": async (store, claims) => {
    const first = claims.of(1);
    equal(await store.claim(first), "claimed");
    equal(await store.claim(claims.of(1)), "event_in_progress");
    equal(await store.commit(first), true);
    equal(await store.claim(claims.of(1)), "event_duplicate");
  },
  "a claim that is asked for again by its own delivery is granted again": async (store, claims) => {
    const first = claims.of(1);
    equal(await store.claim(first), "claimed");
    equal(await store.claim(first), "claimed");
    equal(await store.commit(first), true);
  },
  "a claim that was given back can be claimed by another delivery": async (store, claims) => {
    const first = claims.of(1);
    equal(await store.claim(first), "claimed");
    equal(await store.release(first), true);
    equal(await store.commit(first), false);
    equal(await store.claim(claims.of(1)), "claimed");
  },
  "a claim lapses when its lease ends, and its holder cannot commit once another has it": async (store, claims) => {
    const first = claims.of(1);
    const second = claims.of(1, NOW, { now: NOW + LIMITS.leaseMs });
    equal(await store.claim(first), "claimed");
    equal(await store.claim(claims.of(1, NOW, { now: NOW + LIMITS.leaseMs - 1 })), "event_in_progress");
    equal(await store.claim(second), "claimed");
    equal(await store.commit(first), false);
    equal(await store.release(first), false);
    equal(await store.commit(second), true);
  },
  "a lapsed claim that nobody took over can be committed": async (store, claims) => {
    const first = claims.of(1);
    equal(await store.claim(first), "claimed");
    equal(await store.commit({ ...first, now: NOW + 10 * LIMITS.leaseMs }), true);
    equal(await store.claim(claims.of(1, NOW, { now: NOW + 20 * LIMITS.leaseMs })), "event_duplicate");
  },
  "what was never claimed is neither committed nor given back": async (store, claims) => {
    equal(await store.commit(claims.of(1)), false);
    equal(await store.release(claims.of(1)), false);
    equal(await store.claim(claims.of(1)), "claimed");
  },
  "events of one time are told apart by their ids": async (store, claims) => {
    for (const event of [1, 2, 3]) {
      await committed(store, claims.of(event));
    }
    equal(await store.claim(claims.of(4)), "claimed");
    equal(await store.claim(claims.of(2)), "event_duplicate");
  },
  "events in any order are claimed, and the answer says which was the latest": async (store, claims) => {
    const first = await store.claim(claims.of(1, NOW - 2_000));
    // A store with several shards does not know, and leaves it out.
    const knows = "latest" in first;
    equal(first.latest ?? null, null);
    await committed(store, claims.of(2, NOW - 1_000));
    equal((await store.claim(claims.of(3, NOW - 3_000))).latest, knows ? NOW - 1_000 : undefined);
    await committed(store, claims.of(4, NOW - 4_000));
    equal((await store.claim(claims.of(5))).latest, knows ? NOW - 1_000 : undefined);
  },
  "an event from the future is refused, and nothing of it is remembered": async (store, claims) => {
    equal(await store.claim(claims.of(1, NOW + LIMITS.maxSkewMs + 1)), "event_from_future");
    equal(await store.claim(claims.of(1, NOW + LIMITS.maxSkewMs + 1, { now: NOW + 1 })), "claimed");
    equal(await store.claim(claims.of(2)), "claimed");
  },
  "an event over the age limit is refused": async (store, claims) => {
    const limits = { ...LIMITS, maxAgeMs: 100 };
    equal(await store.claim(claims.of(1, NOW - 101, { limits })), "event_expired");
    equal(await store.claim(claims.of(2, NOW - 100, { limits })), "claimed");
  },
  "partitions share nothing": async (store, claims) => {
    await committed(store, claims.of(1));
    equal(await store.claim(new Claims().of(1)), "claimed");
  },
  "of many copies at once, one is claimed": async (store, claims, other) => {
    const receivers = Array.from({ length: 20 }, () => [store, other]).flat();
    const answers = await Promise.all(receivers.map((receiver) => receiver.claim(claims.of(1))));
    equal(answers.filter(({ code }) => code === "claimed").length, 1);
    equal(answers.filter(({ code }) => code === "event_in_progress").length, 39);
  },
  "of many commits at once with one lease, one counts": async (store, claims, other) => {
    const claim = claims.of(1);
    equal(await store.claim(claim), "claimed");
    const receivers = Array.from({ length: 5 }, () => [store, other]).flat();
    const commits = await Promise.all(receivers.map((receiver) => receiver.commit(claim)));
    equal(commits.filter(Boolean).length, 1);
  },
  "two receivers over one memory know what the other committed": async (store, claims, other) => {
    await committed(store, claims.of(1));
    equal(await other.claim(claims.of(1)), "event_duplicate");
  },
  "over the cap, what was committed is refused all the same, and what is new is not": async (store, claims) => {
    for (const event of many()) {
      await committed(store, claims.of(event, NOW + event));
    }
    for (const event of many()) {
      oneOf(await store.claim(claims.of(event, NOW + event)), ["event_duplicate", "event_stale"]);
    }
    equal(await store.claim(claims.of(MANY, NOW + MANY - 1)), "claimed");
  },
  "over the cap, a delivery that is under way can be committed": async (store, claims) => {
    const first = claims.of(MANY);
    equal(await store.claim(first), "claimed");
    for (const event of many()) {
      await committed(store, claims.of(event, NOW + event));
    }
    equal(await store.commit(first), true);
  },
  "over the cap, events that all failed can all be tried again": async (store, claims) => {
    for (const event of many()) {
      const claim = claims.of(event, NOW + event);
      equal(await store.claim(claim), "claimed");
      equal(await store.release(claim), true);
    }
    for (const event of many()) {
      equal(await store.claim(claims.of(event, NOW + event)), "claimed");
    }
  },
  "a failed event can be tried again while others are committed": async (store, claims) => {
    const failed = claims.of(MANY);
    equal(await store.claim(failed), "claimed");
    equal(await store.release(failed), true);
    // Fewer than the cap.
    for (const event of many().slice(-9)) {
      await committed(store, claims.of(event, NOW + event));
    }
    equal(await store.claim(claims.of(MANY)), "claimed");
  },
};

async function committed(store: ReplayStore, claim: ReplayClaim): Promise<void> {
  equal(await store.claim(claim), "claimed");
  equal(await store.commit(claim), true);
}
