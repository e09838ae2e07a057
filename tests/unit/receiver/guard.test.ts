/** The guard around a delivery: what it asks its store, and what the sender and the operator learn. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test, vi } from "vitest";
import type { Delivery } from "mia-webhooks";
import { type ReplayClaim, type ReplayStore, memoryReplayStore } from "mia-webhooks/replay";
import { REPLAY_LIMITS } from "../../../pkg/src/generated/tables.js";
import { type Outcome, type Recency, type ReplayOptions, replayGuard } from "../../../pkg/src/receiver/guard.js";
import { NOW, stopClock, timeOf } from "./signed.js";

const delivery = { id: "the id", secretId: "two", event: { eventTimestamp: 7 } } as Delivery;
const ACCEPTED: Outcome = { code: "accepted", answer: new Response("taken") };
const FAILED: Outcome = { code: "handler_failed", answer: new Response(null, { status: 500 }), error: "why" };
const gone = new Error("the store is gone");
const never = () => new Promise<never>(() => {});

beforeEach(stopClock);
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A store that records its calls, and answers as it is told. */
function storeWith(answers: Partial<Record<keyof ReplayStore, (claim: ReplayClaim) => unknown>> = {}) {
  const calls: [keyof ReplayStore, ReplayClaim][] = [];
  const method = (name: keyof ReplayStore, byDefault: unknown) => (claim: ReplayClaim) => {
    calls.push([name, claim]);
    return (answers[name] ?? (() => byDefault))(claim) as never;
  };
  return {
    calls,
    names: () => calls.map(([name]) => name).join(),
    claim: method("claim", { code: "claimed", latest: null }),
    commit: method("commit", true),
    release: method("release", true),
  };
}

/** Guards one delivery, and records what was delivered. */
async function guarded(
  store: ReplayStore,
  {
    outcome = ACCEPTED,
    path = undefined,
    longestMs = 0,
    ...options
  }: Partial<ReplayOptions> & {
    outcome?: Outcome | undefined;
    path?: string | undefined;
    longestMs?: number;
  } = {},
) {
  const delivered: Recency[] = [];
  const guard = replayGuard({ store, ...options }, path, longestMs);
  const got = await guard(delivery, async (recency) => (delivered.push(recency), outcome));
  assert.equal(vi.getTimerCount(), 0, "no timer is left behind");
  return { ...got, delivered };
}

/** The claim that a guard with these options makes. */
async function claimWith(options: Parameters<typeof guarded>[1]): Promise<ReplayClaim> {
  const store = storeWith();
  await guarded(store, options);
  const [call] = store.calls;
  assert.equal(call?.[0], "claim");
  return call[1];
}

describe("a claim", () => {
  test("holds the event's id and time, the current time and the limits", async () => {
    const { lease, ...claim } = await claimWith({});
    const { windowMs, cap, leaseMs, maxSkewMs } = REPLAY_LIMITS;
    const limits = { windowMs, cap, leaseMs, maxSkewMs };
    assert.deepEqual(claim, { partition: '[""]', id: "the id", timestamp: 7, now: NOW, limits });
    assert.ok(Number.isSafeInteger(lease));
  });

  test("has limits that docs/replay.md states", () =>
    assert.deepEqual(REPLAY_LIMITS, { windowMs: 604_800_000, cap: 100_000, leaseMs: 60_000, maxSkewMs: 300_000 }));

  for (const name of ["windowMs", "cap", "leaseMs", "maxSkewMs", "maxAgeMs"] as const) {
    test(`has the ${name} of the options, and no other limit changes`, async () => {
      const { limits } = await claimWith({ [name]: 10_001, leaseMs: 10_001 });
      const usual = { ...(await claimWith({ leaseMs: 10_001 })).limits, [name]: 10_001 };
      assert.deepEqual(limits, usual);
    });
  }

  for (const [longestMs, storeTimeoutMs, leaseMs] of [
    [0, undefined, 60_000],
    [25_000, 5_000, 60_000],
    [25_001, 5_000, 60_002],
    [10_000, 40_000, 100_000],
  ] as const) {
    test(`holds for ${leaseMs} ms where a delivery takes ${longestMs} and the store ${storeTimeoutMs}`, async () =>
      assert.equal((await claimWith({ longestMs, storeTimeoutMs })).limits.leaseMs, leaseMs));
  }

  for (const [words, lease] of [
    [[0, 0], 0],
    [[0, 1], 1],
    [[1, 0], 2 ** 32],
    [[0xffff_ffff, 0xffff_ffff], Number.MAX_SAFE_INTEGER],
  ] as const) {
    test(`has the lease ${lease} for the random words ${words.join()}`, async () => {
      vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => {
        assert.ok(array instanceof Uint32Array && array.length === 2);
        array.set(words);
        return array;
      });
      assert.equal((await claimWith({})).lease, lease);
    });
  }

  for (const [name, partition, path, expected] of [
    ["nothing", undefined, undefined, '[""]'],
    ["its subscription's path", undefined, "/path", '["","/path"]'],
    ["a name", "a name", undefined, '["a name"]'],
    ["a name, and the path", "a name", "/path", '["a name","/path"]'],
    [
      "what a function says of the delivery, and nothing else",
      (of: Delivery) => `${of.id} ${of.secretId}`,
      "/path",
      '["the id two"]',
    ],
  ] as const) {
    test(`is made in the partition of ${name}`, async () =>
      assert.equal((await claimWith({ path, partition })).partition, expected));
  }

  test("is made in no partition of another name and path", async () => {
    const pairs = [
      ["team", "/a"],
      ["team/a", undefined],
      ["team", undefined],
      ["", "/a"],
      ['team","/a', undefined],
      ["team\\", "/a"],
    ] as const;
    const partitions = await Promise.all(
      pairs.map(async ([partition, path]) => (await claimWith({ partition, path })).partition),
    );
    assert.equal(new Set(partitions).size, pairs.length);
  });

  for (const partition of [() => assert.fail("no name"), () => undefined, () => 7]) {
    test(`is not made where the partition is ${partition}`, async () => {
      const store = storeWith();
      const guard = replayGuard({ store, partition: partition as unknown as () => string }, undefined, 0);
      await assert.rejects(
        guard(delivery, async () => assert.fail("delivered")),
        (error: { code?: unknown; cause?: Error }) => {
          assert.equal(error.code, "configuration_invalid");
          assert.match(String(error.cause), /no name|replay.partition returned something that is not a string/);
          return true;
        },
      );
      assert.equal(store.names(), "");
    });
  }
});

describe("an event is", () => {
  test("delivered between its claim and its commit", async () => {
    const store = storeWith();
    const guard = replayGuard({ store }, undefined, 0);
    const outcome = await guard(delivery, async () => (assert.equal(store.names(), "claim"), ACCEPTED));
    assert.equal(outcome, ACCEPTED);
    assert.equal(store.names(), "claim,commit");
    assert.equal(store.calls[0]?.[1], store.calls[1]?.[1]);
  });

  for (const [latest, recency] of [
    [undefined, {}],
    [null, { isLatest: true, latestEventTimestamp: undefined }],
    [6, { isLatest: true, latestEventTimestamp: 6 }],
    [7, { isLatest: true, latestEventTimestamp: 7 }],
    [8, { isLatest: false, latestEventTimestamp: 8 }],
    [0, { isLatest: true, latestEventTimestamp: 0 }],
  ] as const) {
    test(`delivered with what the store knows of the latest one: ${latest}`, async () => {
      const { delivered } = await guarded(storeWith({ claim: () => ({ code: "claimed", latest }) }));
      assert.deepEqual(delivered, [recency]);
    });
  }

  for (const [code, status] of [
    ["event_duplicate", 200],
    ["event_in_progress", 409],
    ["event_stale", 400],
    ["event_from_future", 400],
    ["event_expired", 400],
  ] as const) {
    test(`not delivered, and answered with ${status}, where the store says ${code}`, async () => {
      const store = storeWith({ claim: () => ({ code }) });
      const { delivered, answer, ...rest } = await guarded(store);
      assert.deepEqual([delivered, answer.status, rest], [[], status, { code }]);
      assert.equal(store.names(), "claim");
    });
  }

  test("given back where its delivery failed", async () => {
    const store = storeWith();
    const { delivered, ...outcome } = await guarded(store, { outcome: FAILED });
    assert.deepEqual(outcome, FAILED);
    assert.equal(store.names(), "claim,release");
  });

  for (const release of [() => assert.fail("gone"), () => Promise.reject(gone), never]) {
    test(`left to its lease where it cannot be given back: ${release}`, async () => {
      const answer = guarded(storeWith({ release }), { outcome: FAILED });
      assert.equal(await timeOf(answer), release === never ? 5_000 : 0);
      const { delivered, ...outcome } = await answer;
      assert.deepEqual(outcome, FAILED);
    });
  }

  test("reported as claim_lost, with the origin's answer, where another delivery took its claim", async () => {
    const { delivered, ...outcome } = await guarded(storeWith({ commit: async () => false }));
    assert.deepEqual(outcome, { ...ACCEPTED, code: "claim_lost" });
  });

  for (const commit of [
    () => {
      throw gone;
    },
    () => Promise.reject(gone),
    never,
  ]) {
    test(`reported as commit_failed, with the origin's answer and the error: ${commit}`, async () => {
      const answer = guarded(storeWith({ commit }), { storeTimeoutMs: 300 });
      assert.equal(await timeOf(answer), commit === never ? 300 : 0);
      const { delivered, error, ...outcome } = await answer;
      assert.deepEqual(outcome, { ...ACCEPTED, code: "commit_failed" });
      assert.equal(
        (error as Error).message,
        commit === never ? "the replay store did not answer within 300 ms" : gone.message,
      );
    });
  }
});

describe("an event that is known to be committed is not asked about again", () => {
  /** Delivers one event twice, with one guard; returns what the store was asked. */
  async function twice(answers: Parameters<typeof storeWith>[0], outcome = ACCEPTED, partition?: () => string) {
    const store = storeWith(answers);
    const guard = replayGuard({ store, partition }, undefined, 0);
    const codes = [];
    for (let time = 0; time < 2; time++) {
      codes.push((await guard(delivery, async () => outcome)).code);
    }
    return [store.names(), codes.join()];
  }

  test("after its commit", async () => assert.deepEqual(await twice({}), ["claim,commit", "accepted,event_duplicate"]));

  test("after the store has said so", async () =>
    assert.deepEqual(await twice({ claim: () => ({ code: "event_duplicate" }) }), [
      "claim",
      "event_duplicate,event_duplicate",
    ]));

  test("and its sender gets 200", async () => {
    const guard = replayGuard({ store: storeWith() }, undefined, 0);
    await guard(delivery, async () => ACCEPTED);
    assert.equal((await guard(delivery, async () => assert.fail("delivered"))).answer.status, 200);
  });

  for (const code of ["event_in_progress", "event_stale", "event_from_future", "event_expired"] as const) {
    test(`but any other answer of the store is not kept: ${code}`, async () =>
      assert.deepEqual(await twice({ claim: () => ({ code }) }), ["claim,claim", `${code},${code}`]));
  }

  test("but a delivery that failed, or that is not recorded, is", async () => {
    assert.equal((await twice({}, FAILED))[0], "claim,release,claim,release");
    assert.equal((await twice({ commit: () => false }))[0], "claim,commit,claim,commit");
    assert.equal((await twice({ commit: () => Promise.reject(gone) }))[0], "claim,commit,claim,commit");
  });

  test("but in another partition it is", async () => {
    const names = ["one", "two"];
    assert.equal((await twice({}, ACCEPTED, () => names.shift() as string))[0], "claim,commit,claim,commit");
  });

  test("among the last 8,192 of them: what was not asked for the longest is forgotten", async () => {
    const store = storeWith();
    const guard = replayGuard({ store }, undefined, 0);
    const deliver = async (number: number) => {
      const before = store.calls.length;
      await guard({ ...delivery, id: String(number).padStart(64, "0") }, async () => ACCEPTED);
      return store.calls.length > before;
    };
    for (let number = 0; number < 8_192; number++) {
      await deliver(number);
    }
    assert.equal(await deliver(0), false);
    assert.equal(await deliver(8_192), true);
    assert.deepEqual([await deliver(0), await deliver(1)], [false, true]);
  });
});

describe("a store that cannot be asked", () => {
  const claims = [
    () => {
      throw gone;
    },
    () => Promise.reject(gone),
    never,
  ];
  for (const claim of claims) {
    test(`lets nothing through, and the operator learns why: ${claim}`, async () => {
      const answer = guarded(storeWith({ claim }), { storeTimeoutMs: 300 });
      assert.equal(await timeOf(answer), claim === never ? 300 : 0);
      await assert.rejects(answer, ({ code, status, cause }: { code: string; status: number; cause: Error }) => {
        assert.deepEqual([code, status], ["replay_store_unreachable", 503]);
        assert.equal(cause.message, claim === never ? "the replay store did not answer within 300 ms" : gone.message);
        return true;
      });
    });
  }

  test("has five seconds by default", async () =>
    assert.equal(await timeOf(guarded(storeWith({ claim: never }))), 5_000));

  test("lets events through with failOpen, unguarded, and the operator learns why", async () => {
    const store = storeWith({ claim: () => Promise.reject(gone) });
    const { delivered, ...outcome } = await guarded(store, { failOpen: true });
    assert.deepEqual(outcome, { ...ACCEPTED, isUnguarded: true, error: gone });
    assert.deepEqual(delivered, [{}]);
    assert.equal(store.names(), "claim");
  });

  test("does not hide why a delivery failed with failOpen", async () => {
    const store = storeWith({ claim: () => Promise.reject(gone) });
    const { delivered, ...outcome } = await guarded(store, { failOpen: true, outcome: FAILED });
    assert.deepEqual(outcome, { ...FAILED, isUnguarded: true });
  });

  for (const [code, names] of [
    ["claimed", "claim,release"],
    ["event_duplicate", "claim"],
  ]) {
    test(`and then answers ${code} is asked: ${names}`, async () => {
      let grant: (answer: unknown) => void = () => {};
      const store = storeWith({ claim: () => new Promise((resolve) => (grant = resolve)) });
      const answer = guarded(store, { storeTimeoutMs: 300 });
      assert.equal(await timeOf(answer), 300);
      await assert.rejects(answer);
      assert.equal(store.names(), "claim");
      grant({ code });
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(store.names(), names);
      assert.equal(store.calls[0]?.[1], store.calls.at(-1)?.[1]);
    });
  }

  test("and then fails, or cannot take back what it granted, breaks nothing", async () => {
    const unhandled: unknown[] = [];
    const record = (reason: unknown) => void unhandled.push(reason);
    process.on("unhandledRejection", record);
    for (const late of [() => Promise.reject(gone), () => ({ code: "claimed" })]) {
      let answerNow: () => void = () => {};
      const store = storeWith({
        claim: () => new Promise((resolve) => (answerNow = () => resolve(late()))),
        release: () => Promise.reject(gone),
      });
      const answer = guarded(store, { storeTimeoutMs: 300 });
      await timeOf(answer);
      await assert.rejects(answer);
      answerNow();
      await new Promise((resolve) => setImmediate(resolve));
    }
    process.off("unhandledRejection", record);
    assert.deepEqual(unhandled, []);
  });
});

describe("options that cannot be used throw when the guard is made:", () => {
  const refuse = (options: object, name: string, message: string, longestMs = 0) =>
    assert.throws(() => replayGuard({ store: memoryReplayStore(), ...options }, undefined, longestMs), {
      name,
      message,
    });

  for (const name of ["windowMs", "cap", "leaseMs", "maxSkewMs", "maxAgeMs", "storeTimeoutMs"]) {
    for (const value of [0, -1, 1.5, Number.NaN, "5"]) {
      test(`${name}: ${JSON.stringify(value)}`, () =>
        refuse({ [name]: value }, value === "5" ? "TypeError" : "RangeError", `${name} must be an integer above 0`));
    }
  }

  for (const method of ["claim", "commit", "release"]) {
    test(`a store without ${method}`, () =>
      refuse(
        { store: { ...memoryReplayStore(), [method]: undefined } },
        "TypeError",
        `replay.store has no ${method}; use for example memoryReplayStore() of mia-webhooks/replay`,
      ));
  }
  test("no store", () =>
    refuse(
      { store: undefined },
      "TypeError",
      "replay.store has no claim; use for example memoryReplayStore() of mia-webhooks/replay",
    ));

  test('failOpen: "false"', () => refuse({ failOpen: "false" }, "TypeError", "replay.failOpen must be true or false"));
  test("partition: 7", () =>
    refuse({ partition: 7 }, "TypeError", "replay.partition must be a string, or a function that returns one"));

  test("storeTimeoutMs: longer than a timer can wait", () =>
    refuse({ storeTimeoutMs: 2_147_483_648 }, "RangeError", "storeTimeoutMs must be at most 2147483647"));

  test("a lease that ends before a delivery can", () => {
    const message = "leaseMs must be at least storeTimeoutMs and originTimeoutMs together";
    refuse({ leaseMs: 14_999 }, "RangeError", message, 10_000);
    refuse({ leaseMs: 299, storeTimeoutMs: 300 }, "RangeError", message);
    assert.ok(replayGuard({ store: memoryReplayStore(), leaseMs: 15_000 }, undefined, 10_000));
  });
});
