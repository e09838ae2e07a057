/** Commands of Redis over HTTP. */

import assert from "node:assert/strict";
import { afterEach, test, vi } from "vitest";
import { redisOverHttp } from "../../../../pkg/src/replay/address/redis-over-http.js";

afterEach(() => void vi.restoreAllMocks());

/** Sends a command to a server with this answer, and what the server got. */
async function send(answer: () => Response) {
  const requests: Request[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (request) => {
    requests.push(request as Request);
    return answer();
  });
  const result = await redisOverHttp("https://db.example/", "the token", 1_000)(["GET", "a key"]);
  return { result, request: requests[0] as Request };
}

const json =
  (value: unknown, status = 200) =>
  () =>
    new Response(JSON.stringify(value), { status });

test("a command is one request, with the token", async () => {
  const { result, request } = await send(json({ result: [1, null, "a"] }));
  assert.deepEqual(result, [1, null, "a"]);
  assert.deepEqual([request.method, request.url], ["POST", "https://db.example/"]);
  assert.equal(request.headers.get("authorization"), "Bearer the token");
  assert.deepEqual(await request.json(), ["GET", "a key"]);
  // The token would follow.
  assert.equal(request.redirect, "manual");
});

test("null is an answer", async () => assert.equal((await send(json({ result: null }))).result, null));

test.for<[string, () => Response, string]>([
  ["an error", json({ error: "NOSCRIPT No matching script" }, 400), "NOSCRIPT No matching script"],
  ["an error that is none to HTTP", json({ error: "ERR unknown" }), "ERR unknown"],
  ["an error besides a result", json({ result: 1, error: "ERR unknown" }), "ERR unknown"],
  ["another status", json({ result: 1 }, 500), "the replay store answered 500"],
  ["another error", json({ error: { a: 1 } }, 503), "the replay store answered 503"],
  ["a page", () => new Response("<html>"), "the replay store answered 200"],
  ["nothing", json(null), "the replay store answered 200"],
  ["no result", json({}), "the replay store answered 200"],
  ["a redirect", () => new Response(null, { status: 302 }), "the replay store answered 302"],
])("%s is rejected, in the server's words", async ([, answer, message]) => {
  await assert.rejects(send(answer), { message });
});

test("a server that does not answer is an error in time", async () => {
  vi.spyOn(globalThis, "fetch").mockImplementation(
    (request) =>
      new Promise((_resolve, reject) => {
        const { signal } = request as Request;
        signal.addEventListener("abort", () => reject(signal.reason));
      }),
  );
  await assert.rejects(redisOverHttp("https://db.example/", "a", 1)(["GET", "a"]), { name: "TimeoutError" });
});

test.for([
  ["https://user:c4nary@db.example/", "a"],
  ["https://db.example/", "c4nary\na"],
  ["https://db.example/", "c4nary€"],
])("what fetch refuses is not shown: %s, %j", async ([url = "", token = ""]) => {
  const message = "fetch takes no request with the address or the token of the replay store";
  await assert.rejects(redisOverHttp(url, token, 1_000)(["GET", "a"]), { message });
});
