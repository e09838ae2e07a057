/** The loop that makes a store of a backend: what it asks, how often, and in which order. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test, vi } from "vitest";
import type { ReplayBackend, ReplayChange } from "../../../pkg/src/replay/backend.js";
import { DONE_ENTRY, OPEN_ENTRY } from "../../../pkg/src/replay/decision.js";
import { optimisticReplayStore } from "../../../pkg/src/replay/optimistic.js";
import type { ReplayClaim, ReplayStore } from "../../../pkg/src/replay/store.js";
import { AtomicBackend, SingleRecordBackend } from "./store-tests/backend-in-memory.js";
import { LIMITS, NOW, claimOf, copyOf, upTo } from "./claims.js";

let backend: AtomicBackend;
let store: ReplayStore;
/** What `Math.random` returns. */
let chance: number;
/** How long the loop waited, in milliseconds. */
let pauses: number[];
/** The calls of the backend, in their order, without those of the preparation. */
let calls: string[];
let changes: ReplayChange[];

const NEVER = 0.999;
const ALWAYS = 0;

function open(made: AtomicBackend): void {
  backend = made;
  for (const name of ["load", "save", "oldest", "raiseFloor", "forget"] as const) {
    const call = (made[name] as (...rest: unknown[]) => unknown).bind(made);
    Object.assign(made, {
      [name](...rest: unknown[]) {
        calls.push(name);
        if (name === "save") {
          changes.push(rest[1] as ReplayChange);
        }
        return call(...rest);
      },
    });
  }
  store = optimisticReplayStore(made);
}

/** What is asked from here on counts. */
function begin(): void {
  calls = [];
  changes = [];
  pauses = [];
}

beforeEach(() => {
  chance = NEVER;
  vi.spyOn(Math, "random").mockImplementation(() => chance);
  vi.stubGlobal("setTimeout", (run: () => void, pause: number) => {
    pauses.push(pause);
    queueMicrotask(run);
  });
  begin();
  open(new AtomicBackend());
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Ends when no pruning is under way: nobody waits for one, and all of it is microtasks. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

const held = (claim: ReplayClaim) => ({ state: 2, lease: claim.lease, until: claim.now + LIMITS.leaseMs });
const entryOf = async (claim: ReplayClaim) => (await backend.load(claim)).entry;

async function commit(claim: ReplayClaim): Promise<void> {
  assert.equal((await store.claim(claim)).code, "claimed");
  assert.equal(await store.commit(claim), true);
}

describe("a backend", () => {
  test.each(["load", "save", "oldest", "raiseFloor", "forget"])("must have the function %s", (name) => {
    for (const value of [undefined, "text", null]) {
      const incomplete = Object.assign(new AtomicBackend(), { [name]: value });
      assert.throws(
        () => optimisticReplayStore(incomplete),
        new TypeError(`the backend of optimisticReplayStore has no function ${name}`),
      );
    }
  });

  test.each([undefined, null, 1, {}])("is not %o", (value) => {
    assert.throws(
      () => optimisticReplayStore(value as never),
      new TypeError("the backend of optimisticReplayStore has no function load"),
    );
  });

  test("is the one that the store tells", () => {
    assert.equal(optimisticReplayStore(backend).backend, backend);
  });
});

describe("a new event", () => {
  test("is claimed with one call, which says at which floor it may be saved", async () => {
    assert.deepEqual(await store.claim(claimOf(1)), { code: "claimed", latest: null });
    assert.deepEqual(calls, ["save"]);
    assert.deepEqual(changes, [{ before: undefined, after: held(claimOf(1)), maxFloor: NOW + 1 }]);
  });

  test("is committed with one call, which raises the newest time", async () => {
    await store.claim(claimOf(1));
    begin();
    assert.equal(await store.commit(claimOf(1)), true);
    assert.deepEqual(calls, ["save"]);
    assert.deepEqual(changes, [{ before: held(claimOf(1)), after: DONE_ENTRY, latest: NOW + 1 }]);
  });

  test("is given back with one call", async () => {
    await store.claim(claimOf(1));
    begin();
    assert.equal(await store.release(claimOf(1)), true);
    assert.deepEqual(calls, ["save"]);
    assert.deepEqual(changes, [{ before: held(claimOf(1)), after: OPEN_ENTRY, latest: undefined }]);
  });

  test("tells which committed event was the newest", async () => {
    await commit(claimOf(5));
    assert.deepEqual(await store.claim(claimOf(1)), { code: "claimed", latest: NOW + 5 });
  });

  test("is refused for its time only after a look at what is remembered", async () => {
    const fromFuture = claimOf(1, { now: NOW - LIMITS.maxSkewMs });
    assert.deepEqual(await store.claim(fromFuture), { code: "event_from_future" });
    assert.deepEqual(calls, ["load"]);
    begin();
    const old = claimOf(1, { now: NOW + LIMITS.windowMs + 2 });
    assert.deepEqual(await store.claim(old), { code: "event_stale" });
    assert.deepEqual(calls, ["load"]);
  });
});

describe("an event that is remembered", () => {
  test.each([
    ["is committed", "event_duplicate", () => store.commit(claimOf(1))],
    ["is being delivered", "event_in_progress", () => undefined],
  ])("and %s is refused after two calls", async (_, code, then) => {
    await store.claim(claimOf(1));
    await then();
    begin();
    assert.deepEqual(await store.claim(copyOf(1)), { code });
    assert.deepEqual(calls, ["save", "load"]);
    assert.deepEqual(pauses, []);
  });

  test("and failed is claimed with what was found, at any floor, and tells the newest", async () => {
    await store.claim(claimOf(1));
    await store.release(claimOf(1));
    await commit(claimOf(7));
    await backend.raiseFloor(claimOf(1), NOW + 5);
    begin();
    assert.deepEqual(await store.claim(copyOf(1)), { code: "claimed", latest: NOW + 7 });
    assert.deepEqual(calls, ["save", "load", "save"]);
    assert.deepEqual(changes[1], { before: OPEN_ENTRY, after: held(copyOf(1)), maxFloor: undefined });
  });

  test("and is older than the window is looked up first, and claimed if it failed", async () => {
    await store.claim(claimOf(1));
    await store.release(claimOf(1));
    begin();
    const late = copyOf(1, { now: NOW + LIMITS.windowMs + 2 });
    assert.equal((await store.claim(late)).code, "claimed");
    assert.deepEqual(calls, ["load", "save"]);
    assert.deepEqual(await entryOf(late), held(late));
  });

  test("and was claimed by the same delivery is claimed again, and then settled with what was found", async () => {
    const again = claimOf(1, { now: NOW + 5 });
    await store.claim(claimOf(1));
    begin();
    assert.equal((await store.claim(again)).code, "claimed");
    assert.deepEqual(calls, ["save", "load", "save"]);
    begin();
    assert.equal(await store.commit(claimOf(1)), true);
    assert.deepEqual(calls, ["save", "load", "save"]);
    assert.deepEqual(changes[1], { before: held(again), after: DONE_ENTRY, latest: NOW + 1 });
  });

  test("is not settled by who does not hold it, nor one that is not remembered", async () => {
    await store.claim(claimOf(1));
    begin();
    for (const claim of [copyOf(1), claimOf(2)]) {
      assert.equal(await store.commit(claim), false);
      assert.equal(await store.release(claim), false);
    }
    assert.deepEqual(calls, ["save", "load", "save", "load", "save", "load", "save", "load"]);
    assert.deepEqual(await entryOf(claimOf(1)), held(claimOf(1)));
  });

  test("and is older than any age allowed is settled, without a guess", async () => {
    await store.claim(claimOf(1));
    begin();
    const limits = { ...LIMITS, maxAgeMs: 1 };
    assert.equal(await store.commit(claimOf(1, { now: NOW + 9, limits })), true);
    assert.deepEqual(calls, ["load", "save"]);
  });
});

describe("where other receivers are always faster", () => {
  const message = "other receivers changed what is remembered of this event 16 times while it was being changed";
  const failing = () => {
    backend.save = async () => {
      calls.push("save");
      return undefined;
    };
  };
  /** The longest pause after each attempt. */
  const LONGEST = [1, 3, 7, 15, 31, ...upTo(20).map(() => 50)];

  test.each([0, 0.5, NEVER])("a claim is tried 16 times, with longer and longer pauses: at chance %f", async (at) => {
    chance = at;
    failing();
    await assert.rejects(async () => store.claim(claimOf(1)), new Error(message));
    assert.equal(calls.filter((call) => call === "save").length, 16);
    assert.equal(calls.filter((call) => call === "load").length, 15);
    // None before the first look: the event is probably known.
    assert.deepEqual(
      pauses,
      LONGEST.slice(0, 14).map((longest) => at * longest),
    );
  });

  test.each(["commit", "release"] as const)("a %s is tried 16 times, with longer and longer pauses", async (method) => {
    chance = 0.5;
    await store.claim(claimOf(1));
    begin();
    failing();
    await assert.rejects(async () => store[method](claimOf(1)), new Error(message));
    assert.equal(calls.filter((call) => call === "save").length, 16);
    assert.equal(calls.filter((call) => call === "load").length, 15);
    assert.deepEqual(
      pauses.slice(0, 14),
      LONGEST.slice(0, 14).map((longest) => longest / 2),
    );
  });

  test("the last attempt counts", async () => {
    const save = backend.save.bind(backend);
    let saves = 0;
    backend.save = async (...rest) => (++saves % 16 === 0 ? save(...rest) : undefined);
    assert.equal((await store.claim(claimOf(1))).code, "claimed");
    assert.equal(await store.commit(claimOf(1)), true);
    assert.equal(saves, 32);
    assert.deepEqual(await entryOf(claimOf(1)), DONE_ENTRY);
  });

  test("each attempt decides about what is there now", async () => {
    const save = backend.save.bind(backend);
    const others = optimisticReplayStore(backend);
    let saves = 0;
    backend.save = async (...rest) => {
      saves += 1;
      if (saves === 2) {
        // It takes over the claim that lapsed, just before.
        assert.equal((await others.claim(copyOf(1, { now: NOW + LIMITS.leaseMs }))).code, "claimed");
      }
      return save(...rest);
    };
    await save(claimOf(1), { after: { state: 2, lease: 5, until: NOW }, maxFloor: NOW + 1 });
    assert.deepEqual(await store.claim(claimOf(1, { now: NOW + LIMITS.leaseMs })), { code: "event_in_progress" });
  });
});

describe("a backend that fails", () => {
  const gone = new Error("the database is gone");
  const fail = (name: keyof ReplayBackend) => Object.assign(backend, { [name]: () => Promise.reject(gone) });

  test.each(["claim", "commit", "release"] as const)(
    "makes a %s reject, and nothing is tried again",
    async (method) => {
      fail("save");
      await assert.rejects(async () => store[method](claimOf(1)), gone);
      assert.deepEqual(calls, []);
      assert.deepEqual(pauses, []);
    },
  );

  test.each(["claim", "commit", "release"] as const)("makes a %s reject that has to look", async (method) => {
    await store.claim(claimOf(1));
    fail("load");
    await assert.rejects(async () => store[method](copyOf(1)), gone);
  });

  test("makes a claim reject also where it throws at once", async () => {
    Object.assign(backend, {
      save() {
        throw gone;
      },
    });
    await assert.rejects(async () => store.claim(claimOf(1)), gone);
  });
});

describe("forgetting", () => {
  test("happens with one claim in 32, by chance, and with no commit", async () => {
    chance = 1 / 32;
    await commit(claimOf(1));
    await settled();
    assert.equal(backend.calls.oldest, 0);
    chance = 1 / 32 - 0.001;
    await store.claim(claimOf(2));
    await settled();
    assert.equal(backend.calls.oldest, 1);
    await store.commit(claimOf(2));
    await store.claim(copyOf(1)); // Refused.
    await settled();
    assert.equal(backend.calls.oldest, 1);
  });

  test.each([
    [12_799, 32],
    [100_000, 250],
    [1_000_000, 1_000],
  ])("happens less often where the cap is larger: with a cap of %i, with one claim in %i", async (cap, claims) => {
    const oldest = vi.spyOn(backend, "oldest");
    const limits = { ...LIMITS, cap };
    chance = 1 / claims;
    await store.claim(claimOf(1, { limits }));
    chance -= 0.000_001;
    await store.claim(claimOf(2, { limits }));
    await settled();
    assert.deepEqual(
      oldest.mock.calls.map(([, limit]) => limit),
      [2 * claims],
    );
  });

  test("that fails ten times in a row is said once, without what the database said", async () => {
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const { oldest } = backend;
    const failing = () => Promise.reject(Object.assign(new Error("canary"), { code: "NOPERM" }));
    chance = ALWAYS;
    const claims = async (first: number, count: number) => {
      for (const event of upTo(count)) {
        await store.claim(claimOf(first + event));
        await settled();
      }
    };
    // One that succeeds begins the row anew.
    await claims(0, 1);
    backend.oldest = failing;
    await claims(100, 9);
    backend.oldest = oldest;
    await claims(200, 1);
    backend.oldest = failing;
    await claims(300, 9);
    assert.equal(warn.mock.calls.length, 0);
    await claims(400, 9);
    assert.deepEqual(warn.mock.calls, [
      [
        "mia-webhooks: the replay store could not forget old events 10 times in a row (an Error (NOPERM)), so the database grows. Check what its user may do.",
      ],
    ]);
  });

  test("looks at 64 events, raises the floor once, and then forgets them all at once", async () => {
    for (const event of upTo(200)) {
      await commit(claimOf(event));
    }
    const forget = backend.forget.bind(backend);
    let forgotten: number[] = [];
    backend.forget = async (claim, records) => {
      assert.equal(backend.at(claim).bounds.floor, NOW + 64);
      forgotten = records.map(({ timestamp }) => timestamp - NOW);
      return forget(claim, records);
    };
    begin();
    chance = ALWAYS;
    await store.claim(claimOf(200));
    await settled();
    assert.deepEqual(calls, ["save", "oldest", "raiseFloor", "forget"]);
    assert.deepEqual(forgotten, upTo(64));
    assert.equal(backend.at(claimOf(0)).records.size, 201 - 64);
  });

  test("counts what it forgets, and leaves as many events as the cap, and what is being delivered", async () => {
    await store.claim(claimOf(0));
    for (const event of upTo(60)) {
      await commit(claimOf(1 + event));
    }
    chance = ALWAYS;
    await store.claim(claimOf(61));
    await settled();
    const { records, bounds } = backend.at(claimOf(0));
    assert.equal(records.size, LIMITS.cap);
    assert.equal(bounds.floor, NOW + 13);
    assert.deepEqual(await entryOf(claimOf(0)), held(claimOf(0)));
  });

  test("of what was never committed raises no floor", async () => {
    for (const event of upTo(LIMITS.cap + 1)) {
      await store.claim(claimOf(event));
      await store.release(claimOf(event));
    }
    begin();
    chance = ALWAYS;
    await store.claim(claimOf(99));
    await settled();
    assert.deepEqual(calls, ["save", "oldest", "forget"]);
  });

  test("asks for nothing where nothing can be forgotten", async () => {
    chance = ALWAYS;
    await store.claim(claimOf(1));
    await settled();
    assert.deepEqual(calls, ["save", "oldest"]);
  });

  test.each(["oldest", "raiseFloor", "forget"] as const)("that fails at %s does no harm", async (name) => {
    const limits = { ...LIMITS, cap: 1 };
    await commit(claimOf(1));
    await commit(claimOf(2));
    const call = backend[name];
    Object.assign(backend, { [name]: () => Promise.reject(new Error("the database is gone")) });
    chance = ALWAYS;
    assert.deepEqual(await store.claim(claimOf(3, { limits })), { code: "claimed", latest: NOW + 2 });
    await settled();
    assert.equal((await store.claim(copyOf(1))).code, "event_duplicate");
    Object.assign(backend, { [name]: call });
    assert.equal((await store.claim(claimOf(4, { limits }))).code, "claimed");
    await settled();
    assert.equal((await store.claim(copyOf(1))).code, "event_stale");
    assert.equal(await store.commit(claimOf(3)), true);
  });

  test("is not waited for", async () => {
    Object.assign(backend, { oldest: () => new Promise(() => {}) });
    chance = ALWAYS;
    assert.equal((await store.claim(claimOf(1))).code, "claimed");
  });
});

describe("a claim below the floor that has lapsed", () => {
  const later = { now: NOW + LIMITS.leaseMs };
  const begun = async (made: AtomicBackend) => {
    open(made);
    await store.claim(claimOf(1));
    await backend.raiseFloor(claimOf(1), NOW + 2);
  };

  test.each([
    ["another delivery", copyOf(1, later)],
    ["its own delivery", claimOf(1, later)],
  ])("is granted to %s", async (_, claim) => {
    await begun(new AtomicBackend());
    assert.equal((await store.claim(claim)).code, "claimed");
  });

  test.each([
    ["another delivery", copyOf(1, later)],
    ["its own delivery", claimOf(1, later)],
    ["its own delivery, before it lapses", claimOf(1)],
  ])("is not granted to %s where it may be one that never was granted", async (_, claim) => {
    await begun(new SingleRecordBackend());
    assert.deepEqual(await store.claim(claim), { code: "event_stale" });
    assert.deepEqual(await entryOf(claim), held(claimOf(1)));
    // Who has it may settle it all the same.
    assert.equal(await store.commit(claimOf(1)), true);
  });

  test("holds until then, in either case", async () => {
    for (const made of [new AtomicBackend(), new SingleRecordBackend()]) {
      await begun(made);
      assert.deepEqual(await store.claim(copyOf(1)), { code: "event_in_progress" });
    }
  });

  test("is granted above the floor, in either case, and what failed below it", async () => {
    for (const made of [new AtomicBackend(), new SingleRecordBackend()]) {
      await begun(made);
      await store.claim(claimOf(3));
      assert.equal((await store.claim(copyOf(3, later))).code, "claimed");
      assert.equal(await store.release(claimOf(1)), true);
      assert.equal((await store.claim(copyOf(1))).code, "claimed");
    }
  });

  test("is not granted where a receiver died before it looked at the floor", async () => {
    const single = new SingleRecordBackend();
    open(single);
    await commit(claimOf(1));
    await backend.raiseFloor(claimOf(1), NOW + 2);
    await backend.forget(claimOf(1), [{ id: claimOf(1).id, timestamp: NOW + 1, entry: DONE_ENTRY }]);
    single.between = () => Promise.reject(new Error("the receiver died"));
    await assert.rejects(async () => store.claim(copyOf(1)), new Error("the receiver died"));
    single.between = () => {};
    assert.deepEqual(await entryOf(copyOf(1)), held(copyOf(1)));
    assert.deepEqual(await store.claim(claimOf(1)), { code: "event_in_progress" });
    assert.deepEqual(await store.claim(claimOf(1, later)), { code: "event_stale" });
    assert.deepEqual(await store.claim(copyOf(1)), { code: "event_stale" });
  });
});
