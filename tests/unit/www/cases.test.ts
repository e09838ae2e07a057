/** The deliveries to try: each shows what its name says. */

import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { describe, test } from "vitest";
import { diagnose } from "../../../pkg/src/diagnose.js";
import { parseEvent, verify } from "../../../pkg/src/index.js";
import { CASES } from "../../../www/fields/cases.js";

const SHOWS: Record<string, readonly string[]> = {
  genuine: [],
  "pretty-printed": ["payload_minified"],
  "secret-with-line-break": ["secret_trimmed"],
  hmac: ["hmac"],
  "without-secret": ["payload_only"],
  unexplained: [],
};

describe.for(CASES)("$name", ({ name, payload, secret, token }) => {
  test("shows what its name says", () => {
    const { isValid, deviations } = diagnose({ payload, secret, token });
    assert.equal(isValid, name === "genuine");
    assert.equal(verify(payload, token, secret), name === "genuine");
    assert.deepEqual(
      deviations.map(({ code }) => code),
      SHOWS[name],
    );
  });

  test("is an event", () => {
    assert.equal(parseEvent(payload).eventName, "project_created");
  });
});

test("the tokens are those of Node's own hashes", () => {
  const [genuine, , , hmac, without, unexplained] = CASES;
  const { payload = "", secret = "", token } = genuine ?? {};
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  assert.equal(token, hash(payload + secret));
  assert.equal(hmac?.token, createHmac("sha256", secret).update(payload).digest("hex"));
  assert.equal(without?.token, hash(payload));
  assert.match(unexplained?.token ?? "", /^[0-9a-f]{64}$/);
});

test("each name can be a part of an address", () => {
  assert.equal(new Set(CASES.map(({ name }) => name)).size, CASES.length);
  CASES.forEach(({ name }) => assert.match(name, /^[a-z]+(-[a-z]+)*$/));
});
