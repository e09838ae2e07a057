/** Bytes as people read and write them. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { fromBase64, fromHex, glyphs, head, tail, textOf, toBase64, toHex, utf8 } from "../../../www/bytes.js";

const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const bytes = (...list: number[]): Uint8Array => Uint8Array.from(list);

describe("base64", () => {
  test("every byte survives both directions, in each alphabet, padded or not", () => {
    for (let length = 0; length <= every.length; length++) {
      const some = every.subarray(every.length - length);
      const standard = toBase64(some);
      assert.equal(standard, Buffer.from(some).toString("base64"));
      for (const text of [standard, standard.replace(/=+$/, ""), Buffer.from(some).toString("base64url")]) {
        assert.deepEqual(fromBase64(text), new Uint8Array(some), text);
      }
    }
  });

  test("the two letters of base64url are read, each of them and each time", () => {
    assert.deepEqual(fromBase64("-_-_"), bytes(0xfb, 0xff, 0xbf));
    assert.deepEqual(fromBase64("____"), bytes(0xff, 0xff, 0xff));
    assert.deepEqual(fromBase64("----"), bytes(0xfb, 0xef, 0xbe));
  });

  test("white space between the letters is ignored", () => {
    assert.deepEqual(fromBase64(" a G\tV\n\nsbG\r\n8= "), utf8("hello"));
  });

  test("what is not base64 gives no bytes", () => {
    for (const text of ["a", "a*==", "é", "ab=c"]) {
      assert.equal(fromBase64(text), undefined, text);
    }
  });
});

describe("hexadecimal digits", () => {
  test("every byte survives both directions", () => {
    assert.equal(toHex(every), Buffer.from(every).toString("hex"));
    assert.deepEqual(fromHex(toHex(every)), every);
    assert.deepEqual(fromHex(toHex(every).toUpperCase()), every);
    assert.deepEqual(fromHex(""), new Uint8Array());
  });

  test("white space and colons between the digits are ignored, wherever they are", () => {
    assert.deepEqual(fromHex(" 00:ff\n7\tf : 80 "), bytes(0x00, 0xff, 0x7f, 0x80));
  });

  test("half a byte and other characters give no bytes", () => {
    for (const text of ["0", "000", "0g", "g0", "00 -1", "é0"]) {
      assert.equal(fromHex(text), undefined, text);
    }
  });
});

describe("text", () => {
  test("a byte-order mark stays, and what is not UTF-8 is no text", () => {
    assert.equal(textOf(utf8("\ufeffé🦀")), "\ufeffé🦀");
    assert.equal(textOf(bytes(0xff)), undefined);
    assert.equal(textOf(bytes(0xed, 0xa0, 0x80)), undefined, "a surrogate");
  });
});

describe("what a person sees of bytes", () => {
  const seen = (text: string) => glyphs(utf8(text)).map(({ text, isName }) => (isName ? `<${text}>` : text));

  test.for([
    ["\r", "CR"],
    ["\n", "LF"],
    ["\t", "TAB"],
    ["\0", "NUL"],
    ["\ufeff", "BOM"],
    ["\u00a0", "NBSP"],
    ["\u200b", "ZWSP"],
    ["\u200d", "ZWJ"],
    ["\u202f", "NNBSP"],
    ["\u2028", "LS"],
    ["\u2029", "PS"],
    ["\ufffd", "U+FFFD"],
    ["\u0001", "U+0001"],
    ["\u001f", "U+001F"],
    ["\u007f", "U+007F"],
    ["\u0080", "U+0080"],
    ["\u009f", "U+009F"],
  ] as const)("%j is named %s between the characters that can be seen", ([character, name]) => {
    assert.deepEqual(seen(`ab${character}${character}c`), ["ab", `<${name}>`, `<${name}>`, "c"]);
  });

  test("the characters beside the control characters can be seen", () => {
    assert.deepEqual(seen("a ~\u00a1é🦀"), ["a ~\u00a1é🦀"]);
  });

  test("bytes that are not UTF-8 are digits, one by one", () => {
    assert.deepEqual(glyphs(bytes(0xff, 0x0a, 0x61)), [
      { text: "FF", isName: true },
      { text: "0A", isName: true },
      { text: "61", isName: true },
    ]);
  });
});

describe("the first and the last bytes", () => {
  test("they are cut where a character begins, and are never fewer than asked for at the end", () => {
    const text = utf8("aé€🦀z");
    for (let length = 0; length <= text.length + 1; length++) {
      const [first, last] = [head(text, length), tail(text, length)];
      for (const part of [first, last]) {
        assert.notEqual(textOf(part), undefined, `${length}: ${toHex(part)}`);
      }
      assert.deepEqual(first, text.subarray(0, first.length));
      assert.deepEqual(last, text.subarray(text.length - last.length));
      assert.ok(first.length <= length && first.length > length - 4, `${length}: ${toHex(first)}`);
      assert.ok(last.length >= Math.min(length, text.length) && last.length < length + 4, `${length}: ${toHex(last)}`);
    }
    assert.equal(textOf(head(text, 4)), "aé", "half a character is left out at the start");
    assert.equal(textOf(tail(text, 3)), "🦀z", "and taken whole at the end");
  });

  test("bytes in which no character begins are not searched beyond their ends", () => {
    const none = bytes(0x80, 0x80, 0x80);
    assert.deepEqual(head(none, 2), bytes());
    assert.deepEqual(tail(none, 2), none);
    assert.deepEqual(head(none, 3), none);
    assert.deepEqual(tail(none, 0), bytes());
  });
});
