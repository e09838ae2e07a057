/** A receiver whose configuration cannot be used tells the operator why, and the sender nothing. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, test, vi } from "vitest";
import { WebhookError } from "mia-webhooks";
import { misconfigured } from "../../../pkg/src/receiver/misconfigured.js";
import { resultsOf } from "./signed.js";

let lines: string[];

beforeEach(() => {
  lines = [];
  vi.spyOn(console, "error").mockImplementation((line) => void lines.push(line));
});
afterEach(() => vi.restoreAllMocks());

test("an error with a code is logged with it and its hint", async () => {
  const error = new WebhookError("secret_empty");
  const answer = misconfigured(error);
  assert.equal(answer.status, 500);
  assert.equal(await answer.text(), '{"type":"about:blank","title":"Internal Server Error","status":500}');
  assert.deepEqual(resultsOf(lines), [
    { message: "mia-webhooks", code: "secret_empty", status: 500, detail: error.message, hint: error.hint },
  ]);
});

test("any other error is configuration_invalid, with its message", () => {
  assert.equal(misconfigured(new RangeError("cap must be an integer above 0")).status, 500);
  const hint = "Read the error's message: it names the setting.";
  const expected = { message: "mia-webhooks", code: "configuration_invalid", status: 500 };
  assert.deepEqual(resultsOf(lines.splice(0)), [{ ...expected, detail: "cap must be an integer above 0", hint }]);
  misconfigured("no error at all");
  assert.deepEqual(resultsOf(lines), [{ ...expected, hint }]);
});

test("what the message repeats of a setting is escaped as in every line", () => {
  misconfigured(new RangeError("the path \u202e\u009b2J"));
  assert.match(lines[0] ?? "", /^[ -~]*$/);
  assert.equal(resultsOf(lines)[0]?.detail, "the path \u202e\u009b2J");
});
