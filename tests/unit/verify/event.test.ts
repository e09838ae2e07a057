/** Which payloads are events, and what is wrong with the others. */

import assert from "node:assert/strict";
import { test } from "vitest";
import { parseEvent } from "../../../pkg/src/index.js";

const utf8 = (text: string) => new TextEncoder().encode(text);
const EVENT = { eventName: "tag_created", eventTimestamp: 1767225600000, payload: { a: 1 }, other: true };

test("an event is read, and its unknown keys are kept", () => {
  assert.deepEqual(parseEvent(JSON.stringify(EVENT)), EVENT);
  assert.deepEqual(parseEvent(utf8(JSON.stringify(EVENT))), EVENT);
});

for (const [fields, problem] of [
  [{ eventName: undefined }, "event_name_missing"],
  [{ eventName: "" }, "event_name_empty"],
  [{ eventName: 7 }, "event_name_type"],
  [{ eventName: null }, "event_name_type"],
  [{ eventName: ["tag_created"] }, "event_name_type"],
  [{ eventTimestamp: undefined }, "event_timestamp_missing"],
  [{ eventTimestamp: null }, "event_timestamp_type"],
  [{ eventTimestamp: "0" }, "event_timestamp_type"],
  [{ eventTimestamp: "2026-01-01T00:00:00Z" }, "event_timestamp_type"],
  [{ eventTimestamp: -1 }, "event_timestamp_range"],
  [{ eventTimestamp: 1.5 }, "event_timestamp_range"],
  [{ eventTimestamp: 2 ** 53 }, "event_timestamp_range"],
  [{ eventTimestamp: 0 }, undefined],
  [{ eventTimestamp: 2 ** 53 - 1 }, undefined],
  [{ payload: undefined }, "payload_missing"],
  [{ payload: null }, "payload_type"],
  [{ payload: [] }, "payload_type"],
  [{ payload: "{}" }, "payload_type"],
  // The first that is wrong.
  [{ eventName: undefined, eventTimestamp: undefined, payload: 1 }, "event_name_missing"],
  [{ eventTimestamp: "0", payload: undefined }, "event_timestamp_type"],
  [{ payload: {} }, undefined],
] as const) {
  test(`${JSON.stringify(fields)}: ${problem ?? "an event"}`, () => {
    const text = JSON.stringify({ ...EVENT, ...fields });
    if (problem === undefined) {
      assert.equal(parseEvent(text).eventName, "tag_created");
    } else {
      assert.throws(() => parseEvent(text), {
        code: "event_malformed",
        reason: problem,
        message: `The payload verified, but it is not an event. Reason: ${problem}.`,
      });
    }
  });
}

test("JSON that is no object is none", () => {
  for (const text of ["null", "[]", "1", '"text"', "true"]) {
    assert.throws(() => parseEvent(text), { code: "event_malformed", reason: "not_an_object" });
  }
});

test("what is not JSON in UTF-8 is none, and is not shown", () => {
  const text = JSON.stringify(EVENT);
  const wrongBytes = utf8(text.replace("tag", "\x00ag"));
  wrongBytes[wrongBytes.indexOf(0)] = 0xff;
  for (const payload of ["", "canary", `\ufeff${text}`, utf8(`\ufeff${text}`), `${text} canary`]) {
    assert.throws(() => parseEvent(payload), {
      code: "event_malformed",
      reason: "not_json",
      message: "The payload verified, but it is not an event. Reason: not_json.",
    });
  }
  assert.throws(() => parseEvent(wrongBytes), {
    code: "event_malformed",
    reason: "not_utf8",
    message: "The payload verified, but it is not an event. Reason: not_utf8.",
  });
});
