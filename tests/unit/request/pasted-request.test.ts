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

test("an event is no request, whatever its payload is like", () => {
  const event = { eventName: "tag_created", eventTimestamp: 1767225600000 };
  const http = { method: "PUT", url: "/a", headers: { "x-mia-token": TOKEN }, body: "a" };
  for (const value of [
    { ...event, payload: http },
    { ...event, payload: { call: { request: http } } },
    { ...event, payload: [http, http] },
    { ...event, payload: {}, ...http },
    { ...event, payload: { messageId: "1", code: "fetch(a)" } },
    { ...event, payload: { library: "axios" } },
    [{ ...event, payload: { ...http, headers: { a: "b" } } }],
    { events: [{ ...event, payload: { call: { headers: { a: "b" }, body: "c" } } }] },
  ]) {
    assert.equal(read(JSON.stringify(value)), undefined, JSON.stringify(value));
    assert.equal(read(`\n${JSON.stringify(value, null, 2)}\n`), undefined);
  }
  assert.equal(read(`{ eventName: 'a', payload: { headers: { b: 'c' }, body: 'd' } }`), undefined);
  assert.equal(
    read(`received ${JSON.stringify({ ...event, payload: { headers: { a: "b" }, body: "c" } })}`),
    undefined,
  );
  // The event is the body, and the request is around it.
  reads(JSON.stringify({ headers: { "X-Mia-Token": "t" }, body: { ...event, payload: http } }), {
    token: "t",
    payload: JSON.stringify({ ...event, payload: http }),
    doubts: ["body_changed"],
  });
  reads(JSON.stringify({ headers: { a: "b" }, body: PAYLOAD }), { payload: PAYLOAD });
});
