/** What a sender is told: the status, the title of RFC 9110 for it, and nothing else. */

import assert from "node:assert/strict";
import { test } from "vitest";
import { CODES, RECEIVER_CODES } from "../../../pkg/src/generated/tables.js";
import { problem, refusal, responseOf } from "../../../pkg/src/receiver/answer.js";
import { failure } from "../../../pkg/src/receiver/codes.js";
import { ANSWERS } from "../../harness/answers.js";

for (const [name, [title, headers = {}]] of Object.entries(ANSWERS)) {
  const status = Number(name);
  test(`${status} says "${title}", and has the headers of this status alone`, async () => {
    const answer = responseOf(problem(status));
    assert.equal(answer.status, status);
    const body = JSON.stringify({ type: "about:blank", title, status });
    assert.deepEqual(Object.fromEntries(answer.headers), {
      "content-type": "application/problem+json",
      "content-length": String(body.length),
      ...headers,
    });
    assert.equal(await answer.text(), body);
  });
}

test("every status of a code has a title", () => {
  const known = Object.keys(ANSWERS).map(Number);
  const used = [...Object.values(CODES), ...Object.values(RECEIVER_CODES)].flatMap(([, status]) => status ?? []);
  assert.deepEqual([...new Set(used.filter((status) => status >= 300))].sort(), known);
});

test("a refusal is the answer of its code's status", async () => {
  for (const [code, status] of [
    ["token_mismatch", 401],
    ["event_in_progress", 409],
    ["origin_unreachable", 502],
  ] as const) {
    const answer = responseOf(refusal(failure(code)));
    assert.equal(answer.status, status);
    assert.equal(await answer.text(), await responseOf(problem(status)).text());
  }
});

test("a duplicate is a success without a body", () => {
  const answer = responseOf(refusal(failure("event_duplicate")));
  assert.deepEqual([answer.status, answer.body, [...answer.headers]], [200, null, []]);
});
