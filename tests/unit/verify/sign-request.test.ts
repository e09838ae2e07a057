/** A request that is signed as the Console signs it. */

import assert from "node:assert/strict";
import { test } from "vitest";
import { sign, signRequest, verifyRequest } from "../../../pkg/src/index.js";

const SECRET = "the secret of the test";
const EVENT = '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{}}';
const post = (init: RequestInit = {}) =>
  new Request("https://receiver.example/hook?a=b", { method: "POST", body: EVENT, ...init });

test("it keeps its address, method, headers and body, and carries the token", async () => {
  const signed = await signRequest(post({ method: "PUT", headers: { "x-other": "kept" } }), SECRET);
  assert.equal(signed.url, "https://receiver.example/hook?a=b");
  assert.equal(signed.method, "PUT");
  assert.equal(signed.headers.get("x-other"), "kept");
  assert.equal(signed.headers.get("x-mia-token"), sign(EVENT, SECRET));
  assert.equal(signed.headers.get("x-mia-signature"), null);
  assert.equal(await signed.text(), EVENT);
});

test("a receiver verifies it", async () => {
  const { event } = await verifyRequest(await signRequest(post(), SECRET), { secrets: SECRET });
  assert.equal(event.eventName, "tag_created");
});

test("headerName is the header of the token, and an older token in it is replaced", async () => {
  const headers = { "x-mia-signature": "0".repeat(64) };
  const signed = await signRequest(post({ headers }), SECRET, { headerName: "X-Mia-Signature" });
  assert.equal(signed.headers.get("x-mia-signature"), sign(EVENT, SECRET));
  assert.equal(signed.headers.get("x-mia-token"), null);
  const byDefault = await signRequest(post(), SECRET, { headerName: undefined });
  assert.equal(byDefault.headers.get("x-mia-token"), sign(EVENT, SECRET));
});

test("a request that cannot carry a payload is refused", async () => {
  for (const method of ["GET", "HEAD"]) {
    await assert.rejects(signRequest(new Request("https://receiver.example/", { method }), SECRET), {
      name: "TypeError",
      message: "request must be a POST: a GET carries no payload",
    });
  }
});

test("a request that was read is refused", async () => {
  const request = post();
  await signRequest(request, SECRET);
  await assert.rejects(signRequest(request, SECRET), { code: "payload_consumed" });
});

test("a secret that must not be used is refused", async () => {
  await assert.rejects(signRequest(post(), ""), { code: "secret_empty" });
});
