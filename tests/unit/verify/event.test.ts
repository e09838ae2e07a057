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

const NAME = "eventName is not a text, or empty.";
const TIME = "eventTimestamp is not an integer from 0 to 2^53 - 1.";
const PAYLOAD = "payload is not an object.";
for (const [fields, problem] of [
  [{ eventName: undefined }, NAME],
  [{ eventName: "" }, NAME],
  [{ eventName: 7 }, NAME],
  [{ eventTimestamp: undefined }, TIME],
  [{ eventTimestamp: -1 }, TIME],
  [{ eventTimestamp: 1.5 }, TIME],
  [{ eventTimestamp: 2 ** 53 }, TIME],
  [{ eventTimestamp: "0" }, TIME],
  [{ eventTimestamp: 0 }, undefined],
  [{ eventTimestamp: 2 ** 53 - 1 }, undefined],
  [{ payload: undefined }, PAYLOAD],
  [{ payload: null }, PAYLOAD],
  [{ payload: [] }, PAYLOAD],
  [{ payload: "{}" }, PAYLOAD],
  [{ payload: {} }, undefined],
] as const) {
  test(`${JSON.stringify(fields)}: ${problem ?? "an event"}`, () => {
    const text = JSON.stringify({ ...EVENT, ...fields });
    if (problem === undefined) {
      assert.equal(parseEvent(text).eventName, "tag_created");
    } else {
      assert.throws(() => parseEvent(text), {
        code: "event_malformed",
        message: `The payload verified, but it is not an event. ${problem}`,
      });
    }
  });
}

test("JSON that is no object is none", () => {
  for (const text of ["null", "[]", "1", '"text"', "true"]) {
    assert.throws(() => parseEvent(text), { code: "event_malformed", message: / It is not an object\.$/ });
  }
});

test("what is not JSON in UTF-8 is none, and is not shown", () => {
  const text = JSON.stringify(EVENT);
  const wrongBytes = utf8(text.replace("tag", "\x00ag"));
  wrongBytes[wrongBytes.indexOf(0)] = 0xff;
  for (const payload of ["", "canary", `\ufeff${text}`, utf8(`\ufeff${text}`), `${text} canary`, wrongBytes]) {
    assert.throws(() => parseEvent(payload), {
      code: "event_malformed",
      message: "The payload verified, but it is not an event. It is not JSON.",
    });
  }
});
