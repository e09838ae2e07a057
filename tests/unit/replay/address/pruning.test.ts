/** The end of a pruning that no call waited for. */

import assert from "node:assert/strict";
import { afterEach, test, vi } from "vitest";
import { type ReplayBackend, optimisticReplayStore } from "mia-webhooks/replay";
import { pruningConnection } from "../../../../pkg/src/replay/address/pruning.js";

const now = 1_767_225_600_000;
const claim = {
  partition: "",
  id: "00",
  timestamp: now,
  lease: 1,
  now,
  limits: { windowMs: 1_000, cap: 10, leaseMs: 1_000, maxSkewMs: 1_000 },
};

afterEach(() => void vi.restoreAllMocks());

/** A connection, in which one event is old enough to be forgotten. */
function connection(steps: Partial<ReplayBackend>) {
  const log: string[] = [];
  const bounds = { floor: 0, latest: null };
  const later = () => new Promise((resolve) => setTimeout(resolve, 5));
  const record = { id: "01", timestamp: now - 2_000, entry: { state: 3, lease: 0, until: 0 } } as const;
  const backend: ReplayBackend = {
    load: () => ({ bounds }),
    save: () => bounds,
    async oldest() {
      await later();
      log.push("oldest");
      return { bounds, count: 11, records: [record] };
    },
    async raiseFloor() {
      await later();
      log.push("raiseFloor");
    },
    async forget() {
      await later();
      log.push("forget");
    },
    ...steps,
  };
  return { log, ...pruningConnection({ store: optimisticReplayStore(backend), close() {} }) };
}

test("it has ended after its last step", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const { log, store, pruned } = connection({});
  assert.equal((await store.claim(claim)).code, "claimed");
  assert.deepEqual(log, []);
  await pruned();
  assert.deepEqual(log, ["oldest", "raiseFloor", "forget"]);
});

test("it has ended after a step that fails", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const { log, store, pruned } = connection({ raiseFloor: () => Promise.reject(new Error("gone")) });
  await store.claim(claim);
  await pruned();
  assert.deepEqual(log, ["oldest"]);
});

test("without one, nothing is waited for", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.999);
  const { log, store, pruned } = connection({});
  await store.claim(claim);
  await pruned();
  assert.deepEqual(log, []);
});
