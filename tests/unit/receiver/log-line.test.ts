/** A line of the log: JSON with the same values, and nothing in it that a terminal or a viewer obeys. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { logLine } from "../../../pkg/src/receiver/log-line.js";

const character = (code: number) => String.fromCodePoint(code);
const name = (code: number) => `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, place) => first + place);

const OBEYED = [
  ...range(0x00, 0x1f),
  ...range(0x7f, 0x9f),
  0x061c,
  ...range(0x200e, 0x200f),
  ...range(0x2028, 0x2029),
  ...range(0x202a, 0x202e),
  ...range(0x2066, 0x2069),
  // They cannot be seen.
  0xad,
  ...range(0x200b, 0x200d),
  0x2060,
  0xfeff,
  0xe0041,
];

describe("is escaped, and read again as it was", () => {
  for (const code of OBEYED) {
    test(name(code), () => {
      const entry = { [`a${character(code)}b`]: `c${character(code)}${character(code)}d` };
      const line = logLine(entry);
      assert.ok(!line.includes(character(code)), JSON.stringify(line));
      assert.match(line, /^[ -~]*$/);
      assert.deepEqual(JSON.parse(line), entry);
    });
  }

  test("after backslashes and quotes", () => {
    const entry = { a: '\\\u0085"\u202e\\\\\u2028', b: "\\u0085" };
    assert.deepEqual(JSON.parse(logLine(entry)), entry);
    assert.match(logLine(entry), /^[ -~]*$/);
  });
});

describe("is left as JSON has it", () => {
  for (const code of [0x7e, 0xa0, 0xe9, 0x061b, 0x061d, 0x2010, 0x2027, 0x202f, 0x4e2d, 0x1f680]) {
    test(name(code), () => {
      assert.equal(logLine({ a: character(code) }), JSON.stringify({ a: character(code) }));
    });
  }

  test("everything that is no text", () => {
    const entry = { code: "accepted", status: 200, path: undefined, bytes: 1.5, isUnguarded: true, none: null };
    assert.equal(logLine(entry), JSON.stringify(entry));
  });
});
