/** Which known name a misspelled one was probably meant to be. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { akin, nearest, shown } from "../../../pkg/src/verify/spelling.js";

const KNOWN = ["log", "maxBytes", "maxBufferedBytes", "on", "origin", "originPath", "replay", "tenantId"];

describe("the nearest name", () => {
  for (const [name, expected] of [
    ["maxBytes", "maxBytes"],
    ["maxbytes", "maxBytes"],
    ["MAX_BYTES", "maxBytes"],
    ["max-bytes", "maxBytes"],
    ["max bytes", "maxBytes"],
    ["maxByte", "maxBytes"],
    ["maxBytess", "maxBytes"],
    ["mxaBytes", "maxBytes"],
    ["maxBites", "maxBytes"],
    ["mxBites", "maxBytes"],
    ["replays", "replay"],
    ["repaly", "replay"],
    ["orgin", "origin"],
    ["originpth", "originPath"],
    ["ON", "on"],
    ["logs", "log"],
    // Three letters differ, or one in a short name.
    ["mxBitez", undefined],
    ["om", undefined],
    ["lob", "log"],
    ["lobs", undefined],
    ["", undefined],
    ["handlers", undefined],
  ] as const) {
    test(`of ${JSON.stringify(name)} is ${expected}`, () => assert.equal(nearest(name, KNOWN), expected));
  }

  test("is the one with the fewest changes, wherever it stands", () => {
    assert.equal(nearest("user_added", ["user_edded", "user_added"]), "user_added");
    assert.equal(nearest("user_adde", ["user_ed", "user_added"]), "user_added");
  });

  test("differs by no more letters than are asked for", () => {
    assert.equal(nearest("mxBites", KNOWN, 1), undefined);
    assert.equal(nearest("maxBites", KNOWN, 1), "maxBytes");
    assert.equal(nearest("maxBites", KNOWN, 0), undefined);
  });

  test("of a text of any length is found at once", () => {
    const started = performance.now();
    const known = Array.from({ length: 1000 }, (_, i) => `${"a".repeat(400)}${i}`);
    assert.equal(nearest("a".repeat(400), known), known[0]);
    assert.equal(nearest("b".repeat(400), known), undefined);
    assert.ok(performance.now() - started < 1000);
  });
});

for (const [name, expected] of [
  ["tenant", "tenantId"],
  ["max", "maxBytes"],
  ["logger", "log"],
  ["replayOptions", "replay"],
  ["originPathname", "originPath"],
  ["onEvent", undefined],
  ["or", undefined],
  ["handlers", undefined],
] as const) {
  test(`akin to ${name} is ${expected}`, () => assert.equal(akin(name, KNOWN), expected));
}

test("a long name is not shown: it may be a secret", () => {
  assert.equal(shown('a"b'), '"a\\"b"');
  assert.equal(shown("x".repeat(40)), `"${"x".repeat(40)}"`);
  assert.equal(shown("x".repeat(41)), "(a name of 41 characters)");
});
