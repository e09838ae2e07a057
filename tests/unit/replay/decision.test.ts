/** The decisions, which the `replay` module makes: the right answers are vectors. */

import assert from "node:assert/strict";
import { test } from "vitest";
import { DONE_ENTRY, OPEN_ENTRY, decideClaim, decideCommit, decidePrune } from "../../../pkg/src/replay/decision.js";
import { vectorTests } from "../vectors.js";
import { LIMITS, NOW, claimOf } from "./claims.js";

vectorTests(["replay"]);

test("what a store saves counts as committed, and as given back", () => {
  const bounds = { floor: NOW + 100, latest: null };
  assert.deepEqual(decideClaim(DONE_ENTRY, bounds, claimOf(1)), { code: "event_duplicate" });
  assert.deepEqual(decideClaim(OPEN_ENTRY, bounds, claimOf(1)), {
    code: "claimed",
    entry: { state: 2, lease: 1, until: NOW + LIMITS.leaseMs },
  });
  assert.deepEqual(decideClaim(undefined, bounds, claimOf(1)), { code: "event_stale" });
});

test("a commit changes the latest time alone, and a forgetting the floor alone", () => {
  const entry = { state: 2, lease: 1, until: NOW } as const;
  const bounds = { floor: 3, latest: NOW + 5 };
  assert.deepEqual(decideCommit(entry, bounds, claimOf(1)), bounds);
  assert.deepEqual(decideCommit(entry, bounds, claimOf(9, { lease: 1 })), { floor: 3, latest: NOW + 9 });
  assert.deepEqual(decidePrune(DONE_ENTRY, NOW, LIMITS.cap + 1, bounds, NOW, LIMITS), {
    floor: NOW + 1,
    latest: NOW + 5,
  });
});

test("the first event that is committed is the latest, also one of the year 1970", () => {
  const entry = { state: 2, lease: 7, until: NOW } as const;
  assert.deepEqual(decideCommit(entry, { floor: 3, latest: null }, claimOf(0, { timestamp: 0, lease: 7 })), {
    floor: 3,
    latest: 0,
  });
});

test("a time that JavaScript does not hold exactly is no time of an event", () => {
  const claim = claimOf(0, { timestamp: 2 ** 53, now: 2 ** 53 });
  assert.deepEqual(decideClaim(undefined, { floor: 0, latest: null }, claim), { code: "event_malformed" });
});
