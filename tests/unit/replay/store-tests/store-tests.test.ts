/** Each of the published tests of stores finds the mistake that it is for. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import type { ReplayAnswer, ReplayClaim, ReplayStore } from "../../../../pkg/src/replay/store.js";
import { replayStoreTests } from "../../../../pkg/src/replay/store-tests/store-tests.js";
import { memoryReplayStore } from "../../../../pkg/src/replay/stores/memory.js";
import { LIMITS, NOW } from "../claims.js";

type Changes = { readonly [Method in keyof ReplayStore]?: (claim: ReplayClaim) => ReturnType<ReplayStore[Method]> };

/** A store in memory with these methods in place of its own. */
function wrong(changes: (good: ReplayStore) => Changes): () => ReplayStore {
  const good = memoryReplayStore();
  const store = { ...good, ...changes(good) };
  return () => store;
}

/** A store in memory that sees its claims as `see` changes them. */
const seeing = (see: (claim: ReplayClaim) => Partial<ReplayClaim>) =>
  wrong((good) => ({
    claim: (claim) => good.claim({ ...claim, ...see(claim) }),
    commit: (claim) => good.commit({ ...claim, ...see(claim) }),
    release: (claim) => good.release({ ...claim, ...see(claim) }),
  }));

/** A store in memory that begins anew now and then. */
function forgetful(): () => ReplayStore {
  let good = memoryReplayStore();
  let claims = 0;
  return wrong(() => ({
    claim(claim) {
      if (++claims % (2 * LIMITS.cap) === 0) {
        good = memoryReplayStore();
      }
      return good.claim(claim);
    },
    commit: (claim) => good.commit(claim),
    release: (claim) => good.release(claim),
  }));
}

/** How an event is refused that is too old. */
const stale: ReplayAnswer = { code: "event_stale" };

/** For each test, stores with a mistake, and what the test says about each. */
const MISTAKES: Readonly<Record<string, readonly (readonly [store: () => () => ReplayStore, says: string])[]>> = {
  "an event is claimed once, and a duplicate after the commit": [
    [() => wrong(() => ({ claim: () => ({ code: "claimed" }) })), "expected event_in_progress, got claimed"],
    [() => wrong(() => ({ commit: () => true })), "expected event_duplicate, got event_in_progress"],
    [() => wrong(() => ({ commit: () => false })), "expected true, got false"],
  ],
  "a claim that is asked for again by its own delivery is granted again": [
    [() => seeing(() => ({ lease: Math.floor(2 ** 52 * Math.random()) })), "expected claimed, got event_in_progress"],
  ],
  "a claim that was given back can be claimed by another delivery": [
    [() => wrong(() => ({ release: () => true })), "expected false, got true"],
    [() => wrong((good) => ({ release: (claim) => good.commit(claim) })), "expected claimed, got event_duplicate"],
  ],
  "a claim lapses when its lease ends, and its holder cannot commit once another has it": [
    [() => seeing(() => ({ now: LIMITS.leaseMs })), "expected claimed, got event_from_future"],
    [
      () => seeing(({ limits }) => ({ limits: { ...limits, leaseMs: limits.leaseMs - 1 } })),
      "expected event_in_progress, got claimed",
    ],
    [
      () => seeing(({ limits }) => ({ limits: { ...limits, leaseMs: limits.leaseMs + 1 } })),
      "expected claimed, got event_in_progress",
    ],
    [() => wrong(() => ({ commit: () => true })), "expected false, got true"],
    [() => wrong(() => ({ release: () => true })), "expected false, got true"],
  ],
  "a lapsed claim that nobody took over can be committed": [
    [
      () => wrong((good) => ({ commit: (claim) => claim.now < NOW + LIMITS.leaseMs && good.commit(claim) })),
      "expected true, got false",
    ],
    [
      () =>
        wrong((good) => ({
          claim: (claim) => (claim.now > NOW + 10 * LIMITS.leaseMs ? { code: "claimed" } : good.claim(claim)),
        })),
      "expected event_duplicate, got claimed",
    ],
  ],
  "what was never claimed is neither committed nor given back": [
    [() => wrong(() => ({ commit: () => true })), "expected false, got true"],
    [() => wrong(() => ({ release: () => true })), "expected false, got true"],
  ],
  "events of one time are told apart by their ids": [
    [() => seeing(({ timestamp }) => ({ id: String(timestamp) })), "expected claimed, got event_duplicate"],
  ],
  "events in any order are claimed, and the answer says which was the latest": [
    [
      () => wrong((good) => ({ claim: async (claim) => ({ ...(await good.claim(claim)), latest: claim.timestamp }) })),
      `expected null, got ${NOW - 2_000}`,
    ],
    [
      () => wrong((good) => ({ claim: async (claim) => ({ ...(await good.claim(claim)), latest: null }) })),
      `expected ${NOW - 1_000}, got null`,
    ],
    [
      () => {
        let last: number | null = null;
        return wrong((good) => ({
          claim: async (claim) => ({ ...(await good.claim(claim)), latest: last }),
          commit(claim) {
            last = claim.timestamp;
            return good.commit(claim);
          },
        }));
      },
      `expected ${NOW - 1_000}, got ${NOW - 4_000}`,
    ],
    [
      () => {
        let newest = 0;
        return wrong((good) => ({
          claim: (claim) => (claim.timestamp < newest ? stale : good.claim(claim)),
          commit(claim) {
            newest = claim.timestamp;
            return good.commit(claim);
          },
        }));
      },
      `expected ${NOW - 1_000}, got undefined`,
    ],
  ],
  "an event from the future is refused, and nothing of it is remembered": [
    [
      () => seeing(({ limits }) => ({ limits: { ...limits, maxSkewMs: 10 * limits.maxSkewMs } })),
      "expected event_from_future, got claimed",
    ],
    [
      () => seeing(({ limits }) => ({ limits: { ...limits, maxSkewMs: limits.maxSkewMs - 1 } })),
      "expected claimed, got event_from_future",
    ],
    [
      () => {
        let newest = 0;
        return wrong((good) => ({
          claim(claim) {
            newest = Math.max(newest, claim.timestamp);
            return claim.timestamp < newest ? stale : good.claim(claim);
          },
        }));
      },
      "expected claimed, got event_stale",
    ],
  ],
  "an event over the age limit is refused": [
    [() => seeing(() => ({ limits: LIMITS })), "expected event_expired, got claimed"],
    [
      () =>
        seeing(({ limits: { maxAgeMs, ...limits } }) => ({
          limits: { ...limits, maxAgeMs: maxAgeMs && maxAgeMs - 1 },
        })),
      "expected claimed, got event_expired",
    ],
  ],
  "partitions share nothing": [[() => seeing(() => ({ partition: "" })), "expected claimed, got event_duplicate"]],
  "of many copies at once, one is claimed": [
    [
      () => {
        const claimed = new Set<string>();
        return wrong((good) => ({
          async claim(claim) {
            const isClaimed = claimed.has(claim.id);
            await null;
            claimed.add(claim.id);
            return isClaimed ? good.claim(claim) : { code: "claimed" };
          },
        }));
      },
      "expected 1, got 40",
    ],
    [() => memoryReplayStore, "expected 1, got 2"],
    [
      () =>
        wrong((good) => ({
          async claim(claim) {
            const answer = await good.claim(claim);
            return answer.code === "claimed" ? answer : stale;
          },
        })),
      "expected 39, got 0",
    ],
  ],
  "of many commits at once with one lease, one counts": [
    [() => wrong(() => ({ commit: () => true })), "expected 1, got 10"],
    [
      () => {
        const good = memoryReplayStore();
        // Each receiver counts its own commits.
        return () => {
          let commits = 0;
          return { ...good, commit: () => commits++ === 0 };
        };
      },
      "expected 1, got 2",
    ],
  ],
  "two receivers over one memory know what the other committed": [
    [() => memoryReplayStore, "expected event_duplicate, got claimed"],
  ],
  "over the cap, what was committed is refused all the same, and what is new is not": [
    [forgetful, "expected event_duplicate or event_stale, got claimed"],
    [
      () => {
        let newest = 0;
        return wrong((good) => ({
          async claim(claim) {
            const answer = await good.claim(claim);
            return answer.code === "claimed" && claim.timestamp <= newest ? stale : answer;
          },
          commit(claim) {
            newest = claim.timestamp;
            return good.commit(claim);
          },
        }));
      },
      "expected claimed, got event_stale",
    ],
  ],
  "over the cap, a delivery that is under way can be committed": [[forgetful, "expected true, got false"]],
  "over the cap, events that all failed can all be tried again": [
    [
      () => {
        const claimed = new Set<string>();
        return wrong((good) => ({
          claim(claim) {
            const isKnown = claimed.has(claim.id);
            claimed.add(claim.id);
            return isKnown && claimed.size > LIMITS.cap ? stale : good.claim(claim);
          },
        }));
      },
      "expected claimed, got event_stale",
    ],
    [() => wrong(() => ({ release: () => false })), "expected true, got false"],
  ],
  "a failed event can be tried again while others are committed": [
    [
      () => {
        const failed = new Set<string>();
        let newest = 0;
        return wrong((good) => ({
          claim: (claim) => (failed.has(claim.id) && claim.timestamp < newest ? stale : good.claim(claim)),
          commit(claim) {
            newest = claim.timestamp;
            return good.commit(claim);
          },
          release(claim) {
            failed.add(claim.id);
            return good.release(claim);
          },
        }));
      },
      "expected claimed, got event_stale",
    ],
  ],
};

const namesOf = (tests: readonly { name: string }[]) => tests.map(({ name }) => name);

test("every published test has a mistake that it must find", () => {
  assert.deepEqual(Object.keys(MISTAKES), namesOf(replayStoreTests(memoryReplayStore)));
});

for (const [name, mistakes] of Object.entries(MISTAKES)) {
  describe(`“${name}”`, () => {
    for (const [index, [open, says]] of mistakes.entries()) {
      test(`says “${says}” of wrong store ${index + 1}`, async () => {
        const found = replayStoreTests(open()).find((one) => one.name === name);
        await assert.rejects(async () => found?.run(), new Error(says));
      });
    }
  });
}

test("a store that knows no latest event passes", async () => {
  const store = wrong((good) => ({ claim: async (claim) => ({ code: (await good.claim(claim)).code }) }));
  for (const { run } of replayStoreTests(store)) {
    await run();
  }
});

test("the tests ask for what a receiver asks for: ids of 64 digits, integers, and one time for each event", async () => {
  const times = new Map<string, number>();
  const store = wrong((good) => ({
    claim(claim) {
      const { partition, id, timestamp, lease, now } = claim;
      assert.match(id, /^[0-9a-f]{64}$/);
      assert.match(partition, /^conformance-[0-9a-f-]{36}$/);
      for (const integer of [timestamp, lease, now]) {
        assert.ok(Number.isSafeInteger(integer) && integer >= 0);
      }
      const event = `${partition} ${id}`;
      assert.equal(timestamp, times.get(event) ?? timestamp);
      times.set(event, timestamp);
      return good.claim(claim);
    },
  }));
  for (const { run } of replayStoreTests(store)) {
    await run();
  }
});
