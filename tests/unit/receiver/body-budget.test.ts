/** The memory that the bodies of a receiver share, and which of them gives way. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, test, vi } from "vitest";
import type { WebhookError } from "mia-webhooks";
import { bodyBudget } from "../../../pkg/src/receiver/body-budget.js";
import { NOW, stopClock } from "./signed.js";

const KIB = 1_024;

beforeEach(stopClock);
afterEach(() => vi.useRealTimers());

/** Bodies on one budget; `stopped` names those that had to give way, in order. */
function bodies(bytes: number) {
  const open = bodyBudget(bytes);
  const stopped: string[] = [];
  const body = (name: string) => {
    const body = open();
    const grow = body.hold((error: WebhookError) => {
      assert.deepEqual([error.code, error.status], ["receiver_overloaded", 503]);
      stopped.push(name);
    });
    return { grow, keep: () => body.keep(), release: () => body.release() };
  };
  return { body, stopped };
}
const overloaded = { code: "receiver_overloaded" };

test("the body that began first gives way, and no more of them than must", () => {
  const { body, stopped } = bodies(100 * KIB);
  body("one").grow(40 * KIB);
  body("two").grow(40 * KIB);
  body("three").grow(20 * KIB);
  assert.deepEqual(stopped, []);
  body("four").grow(50 * KIB);
  assert.deepEqual(stopped, ["one", "two"]);
});

test("a body that grows pays for what is new alone", () => {
  const { body, stopped } = bodies(100 * KIB);
  body("one").grow(20 * KIB);
  const two = body("two");
  two.grow(40 * KIB);
  two.grow(70 * KIB);
  body("three").grow(10 * KIB);
  assert.deepEqual(stopped, []);
  body("four").grow(4 * KIB);
  assert.deepEqual(stopped, ["one"]);
});

test("the first body gives way to its own growth, and no other one does", () => {
  const { body, stopped } = bodies(100 * KIB);
  const one = body("one");
  one.grow(10 * KIB);
  body("two").grow(45 * KIB);
  body("three").grow(45 * KIB);
  assert.throws(() => one.grow(90 * KIB), overloaded);
  assert.deepEqual(stopped, ["one"]);
});

test("a body that verified does not give way, and nobody gives way in vain", () => {
  const { body, stopped } = bodies(100 * KIB);
  const kept = body("kept");
  kept.grow(80 * KIB);
  kept.keep();
  body("small").grow(10 * KIB);
  assert.throws(() => body("large").grow(30 * KIB), overloaded);
  assert.deepEqual(stopped, []);
  kept.release();
  body("large").grow(90 * KIB);
  assert.deepEqual(stopped, []);
});

test("a body that is released costs nothing, also when that is said twice", () => {
  const { body, stopped } = bodies(100 * KIB);
  const one = body("one");
  one.grow(100 * KIB);
  one.release();
  one.release();
  body("two").grow(60 * KIB);
  body("three").grow(60 * KIB);
  assert.deepEqual(stopped, ["two"]);
});

test("a body costs 4 KiB at least", () => {
  const { body, stopped } = bodies(8 * KIB);
  body("one").grow(1);
  body("two").grow(1);
  assert.deepEqual(stopped, []);
  body("three").grow(1);
  assert.deepEqual(stopped, ["one"]);
});

test("a delivery that takes over a minute does not count any more", () => {
  const { body } = bodies(100 * KIB);
  const kept = body("kept");
  kept.grow(100 * KIB);
  kept.keep();
  vi.setSystemTime(NOW + 60_000);
  assert.throws(() => body("early").grow(1), overloaded);
  vi.setSystemTime(NOW + 60_001);
  body("late").grow(100 * KIB);
  kept.release();
  assert.throws(() => body("more").grow(101 * KIB), overloaded);
});
