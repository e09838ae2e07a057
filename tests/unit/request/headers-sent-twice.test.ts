/** A pasted request in which a header comes twice: the first one counts, and the doubt is told. */

import assert from "node:assert/strict";
import { test } from "vitest";
import { readPastedRequest } from "../../../pkg/src/request/pasted-request.js";

const read = (...headers: string[]) => {
  const request = readPastedRequest(`POST / HTTP/1.1\n${headers.join("\n")}\n\n{}\n`);
  return request && { ...request, payload: new TextDecoder().decode(request.payload) };
};

test("of two different lengths the first counts", () => {
  // The final line break belongs to a body of 3 bytes, and not to one of 2.
  const long = read("Content-Length: 3", "Content-Length: 2");
  assert.deepEqual([long?.payload, long?.doubts], ["{}\n", ["content_length_differs"]]);
  const short = read("Content-Length: 2", "Content-Length: 3");
  assert.deepEqual([short?.payload, short?.doubts], ["{}", ["content_length_differs"]]);
});

test("the same length twice is no doubt", () => {
  assert.deepEqual(read("Content-Length: 2", "Content-Length: 2")?.doubts, []);
});

test("of two tokens the first counts", () => {
  const request = read("X-Mia-Signature: one", "X-Mia-Token: two");
  assert.deepEqual([request?.token, request?.headerName], ["one", "X-Mia-Signature"]);
  assert.deepEqual(request?.doubts, ["several_tokens", "final_newline"]);
});
