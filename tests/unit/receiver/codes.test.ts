/** The codes of a receiver, their hints, and what was thrown with them. */

import assert from "node:assert/strict";
import { test } from "vitest";
import { WebhookError } from "mia-webhooks";
import { CODES, RECEIVER_CODES } from "../../../pkg/src/generated/tables.js";
import { asFailure, failure, hintOf } from "../../../pkg/src/receiver/codes.js";

for (const [code, status, summary, hint] of [...Object.values(CODES), ...Object.values(RECEIVER_CODES)]) {
  test(`${code} has its status, its summary and its hint`, () => {
    const error = failure(code);
    assert.deepEqual([error.code, error.status, error.message, error.hint], [code, status ?? 502, summary, hint]);
    assert.equal(hintOf(code, undefined), hint || undefined);
  });
}

test("what was thrown is the cause, also if it is null; without one there is none", () => {
  const cause = new Error("why");
  assert.equal(failure("handler_failed", cause).cause, cause);
  assert.equal(failure("handler_failed", null).cause, null);
  assert.ok(!("cause" in failure("handler_failed")));
});

test("an error with a code stays itself, and anything else is unexpected", () => {
  const known = new WebhookError("token_missing");
  assert.equal(asFailure(known), known);
  for (const thrown of [new TypeError("why"), "text", 7]) {
    const error = asFailure(thrown);
    assert.deepEqual([error.code, error.status, error.cause], ["unexpected_error", 500, thrown]);
  }
});

test("an error of verification brings its own hint, and a receiver's code its row's", () => {
  const error = new WebhookError("token_mismatch");
  Object.defineProperty(error, "hint", { value: "its own" });
  assert.equal(hintOf("token_mismatch", error), "its own");
  assert.equal(hintOf("handler_failed", error), RECEIVER_CODES[18]?.[3]);
  assert.equal(hintOf("accepted", error), undefined);
});
