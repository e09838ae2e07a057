/** What every form of a request has in common, and what is none. */

import assert from "node:assert/strict";
import { test } from "vitest";
import { readPastedRequest } from "../../../pkg/src/request/pasted-request.js";
import { PAYLOAD, TOKEN, read, reads } from "./reading.js";

test("doubts of headers", () => {
  reads(`POST / HTTP/1.1\nX-Mia-Signature: a\nX-Mia-Token: b\n\n{}`, {
    token: "a",
    headerName: "X-Mia-Signature",
    doubts: ["several_tokens"],
  });
  reads("POST / HTTP/1.1\nContent-Encoding: gzip\n\nx", { doubts: ["content_encoded"] });
  reads("POST / HTTP/1.1\nContent-Encoding: Identity\n\nx", {});
  reads("curl a.b/c -H 'content-encoding: br' -d x", { doubts: ["content_encoded"] });
});

test("findings repeat no value of a header, no password and no URL", () => {
  for (const text of [
    "POST /hunter2 HTTP/1.1\nAuthorization: hunter2\nhunter2\n\n{}",
    "curl https://hunter2 -uhunter2 -u hunter2 --user=hunter2 -H 'Authorization: hunter2' -Hhunter2 -b hunter2 '--hunter2 x' --cookie hunter2 -d {} -X 'hunter2 x'",
    'curl.exe ^\n -Ahunter2 -H ^"Authorization: hunter2^" hunter2',
    JSON.stringify({
      method: "hunter2 x",
      url: "hunter2",
      headers: [
        { name: "Cookie", value: "hunter2" },
        { name: "hunter2 x", value: "" },
      ],
    }),
  ]) {
    const request = readPastedRequest(text);
    assert.ok(request);
    assert.doesNotMatch(JSON.stringify(request.ignored), /hunter2/, text);
  }
});

test("text that is none of the three", () => {
  for (const text of [
    "",
    " \n",
    PAYLOAD,
    "{",
    "[]",
    TOKEN,
    "hello",
    "curl",
    "curl is a tool",
    "curlew -d a",
    "wget http://a",
    "HTTP/1.1 200 OK\n\n{}",
    "A=1",
    "\ufeff",
  ]) {
    assert.equal(read(text), undefined, text);
  }
  for (const value of [undefined, null, 1, {}]) {
    assert.equal(readPastedRequest(value as never), undefined);
  }
});
