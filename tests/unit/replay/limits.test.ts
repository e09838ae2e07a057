/** Each limit has its effect in each store, and its default is the one in the documentation. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test, vi } from "vitest";
import { REPLAY_LIMITS } from "../../../pkg/src/generated/tables.js";
import type { ReplayLimits, ReplayStore } from "../../../pkg/src/replay/store.js";
import { denoKvReplayStore } from "../../../pkg/src/replay/stores/deno-kv.js";
import { durableObjectReplayStore } from "../../../pkg/src/replay/stores/durable-object.js";
import { memoryReplayStore } from "../../../pkg/src/replay/stores/memory.js";
import { DurableState } from "../hosts/cloudflare/durable-state.js";
import { NOW, claimOf, copyOf, upTo } from "./claims.js";
import { DenoKvInMemory } from "./stores/deno-kv-in-memory.js";

interface Opened {
  readonly store: ReplayStore;
  /** Ends when no pruning is under way. */
  readonly settled?: () => Promise<void>;
  /** Makes the store forget, if the last claim did not. */
  readonly forget?: () => void;
}

const STORES: Readonly<Record<string, () => Promise<Opened>>> = {
  // It forgets with every 64th claim.
  memoryReplayStore: async () => ({ store: memoryReplayStore() }),
  // It forgets by chance, here with every claim. All of it is microtasks.
  denoKvReplayStore: async () => ({
    store: denoKvReplayStore(new DenoKvInMemory()),
    settled: () => new Promise((resolve) => setImmediate(resolve)),
  }),
  async durableObjectReplayStore() {
    const state = new DurableState();
    const object = await state.wake();
    return {
      store: durableObjectReplayStore({ idFromName: (name) => name, get: () => object }),
      forget: () => state.ring(object),
    };
  },
};

const WIDE: ReplayLimits = { windowMs: 1e6, cap: 1e6, leaseMs: 1e6, maxSkewMs: 1e6 };

/** Of 128 events, a millisecond apart, all but the last committed: which ones are remembered? */
async function remembered({ store, settled, forget }: Opened, limits: ReplayLimits): Promise<number[]> {
  for (const event of upTo(127)) {
    await store.claim(claimOf(event, { limits }));
    await store.commit(claimOf(event, { limits }));
    await settled?.();
  }
  await store.claim(claimOf(127, { limits }));
  await settled?.();
  forget?.();
  const codes = await Promise.all(upTo(127).map(async (event) => (await store.claim(copyOf(event, { limits }))).code));
  assert.deepEqual([...new Set(codes)].sort(), ["event_duplicate", "event_stale"]);
  return upTo(127).filter((event) => codes[event] === "event_duplicate");
}

const EFFECTS: Readonly<
  Record<keyof ReplayLimits, (opened: Opened, value: number, limits: ReplayLimits) => Promise<void>>
> = {
  async cap(opened, value, limits) {
    assert.deepEqual(
      await remembered(opened, limits),
      upTo(127).filter((event) => event >= 128 - value),
    );
  },
  async leaseMs({ store }, value, limits) {
    await store.claim(claimOf(1, { limits }));
    assert.equal((await store.claim(copyOf(1, { limits, now: NOW + value - 1 }))).code, "event_in_progress");
    assert.equal((await store.claim(copyOf(1, { limits, now: NOW + value }))).code, "claimed");
  },
  async maxSkewMs({ store }, value, limits) {
    assert.equal((await store.claim(claimOf(value, { limits }))).code, "claimed");
    assert.equal((await store.claim(claimOf(value + 1, { limits }))).code, "event_from_future");
  },
  async windowMs(opened, value, limits) {
    assert.deepEqual(
      await remembered(opened, limits),
      upTo(127).filter((event) => 126 - event <= value),
    );
  },
  async maxAgeMs({ store }, value, limits) {
    const old = (age: number) => claimOf(age, { limits, timestamp: NOW - age });
    assert.equal((await store.claim(old(value))).code, "claimed");
    assert.equal((await store.claim(old(value + 1))).code, "event_expired");
  },
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  vi.stubGlobal("setTimeout", queueMicrotask);
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("every limit of the table has a test of its effect", () => {
  assert.deepEqual(Object.keys(EFFECTS), [...Object.keys(REPLAY_LIMITS), "maxAgeMs"]);
});

for (const [name, open] of Object.entries(STORES)) {
  describe(`in ${name}`, () => {
    for (const [limit, hasEffect] of Object.entries(EFFECTS)) {
      test.each([20, 70])(`${limit} has its effect at %i`, async (value) => {
        await hasEffect(await open(), value, { ...WIDE, [limit]: value });
      });
    }
  });
}

test.each(Object.entries(REPLAY_LIMITS))("the documentation says the default of %s", (name, value) => {
  const documentation = readFileSync(join(import.meta.dirname, "../../../docs/replay.md"), "utf8");
  const row = documentation.split("\n").find((line) => line.startsWith(`| \`${name}\` |`));
  assert.match(row?.split("|")[3] ?? "", new RegExp(`\\b${value} $`));
});
