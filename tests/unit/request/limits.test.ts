/** Texts that are longer than any request: they are none, and cost no memory. */

import assert from "node:assert/strict";
import { test } from "vitest";
import { readPastedRequest } from "../../../pkg/src/request/pasted-request.js";

test("at most 16 MiB of UTF-8", () => {
  const head = "POST / HTTP/1.1\n\n";
  const most = 16 * 1024 * 1024 - head.length;
  assert.equal(readPastedRequest(head + "a".repeat(most))?.payload.length, most);
  assert.equal(readPastedRequest(head + "a".repeat(most + 1)), undefined);
  assert.equal(readPastedRequest(head + "é".repeat(most / 2 + 1)), undefined);
});

test("at most 10,000 lines of headers", () => {
  const message = (lines: number) => `POST / HTTP/1.1\n${"a: b\n".repeat(lines)}\n{}`;
  assert.equal(readPastedRequest(message(9_998))?.payload.length, 2);
  assert.equal(readPastedRequest(message(9_999)), undefined);
});

test("at most 10,000 words of a command, in either shell", () => {
  const posix = (words: number) => `curl -d a${" b".repeat(words)}`;
  const cmd = (words: number) => `curl ^\n -d a${" b".repeat(words)}`;
  for (const command of [posix, cmd]) {
    assert.equal(readPastedRequest(command(9_998))?.payload.length, 1);
    assert.equal(readPastedRequest(command(9_999)), undefined);
  }
});

test("at most 10,000 variables before it", () => {
  assert.equal(readPastedRequest(`${"a='b' ".repeat(10_000)}curl -d a`)?.payload.length, 1);
  assert.equal(readPastedRequest(`${"a='b' ".repeat(10_001)}curl -d a`), undefined);
});
