/** What the origin gets of a request, and the sender of the origin's answer. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test, vi } from "vitest";
import { type Delivery, WebhookError } from "mia-webhooks";
import type { Origin } from "mia-webhooks/receiver";
import { forwarder } from "../../../pkg/src/receiver/forward.js";
import { originWith, stopClock, timeOf } from "./signed.js";
import {
  ANSWER_DROPPED,
  CONNECTION_HEADERS,
  REQUEST_DROPPED,
  RESERVED_SPELLINGS,
} from "../../harness/dropped-headers.js";

const payload = new TextEncoder().encode('{"a":\u00a01}');
const delivery = { id: "the id", payload } as unknown as Delivery;

/** Forwards a request with these headers. */
async function forward(headers: HeadersInit, { origin = originWith(), recency = {}, path = "/" } = {}) {
  const request = new Request("https://receiver.example/a/b?c=d", { method: "POST", headers, body: "other" });
  const answer = await forwarder(origin, path, 10_000)(request, delivery, recency);
  const [arrival] = origin.arrivals;
  assert.ok(arrival && origin.arrivals.length === 1);
  return { answer, ...arrival };
}

/** The answer that the sender gets for an answer of the origin. */
const answered = async (response: Response) => (await forward({}, { origin: originWith(() => response) })).answer;

beforeEach(stopClock);
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("the origin gets", () => {
  test("a POST with the payload that verified, which no redirect carries on", async () => {
    const { init } = await forward({});
    assert.deepEqual([init.method, init.redirect, init.body], ["POST", "manual", payload]);
  });

  test("the event's id, and asks for an answer that is not compressed", async () => {
    const { headers } = await forward({ "accept-encoding": "gzip" });
    assert.deepEqual(Object.fromEntries(headers), {
      "x-mia-event-id": "the id",
      "accept-encoding": "identity",
      "content-type": "text/plain;charset=UTF-8",
    });
  });

  for (const [isLatest, text] of [
    [true, "true"],
    [false, "false"],
    [undefined, null],
  ] as const) {
    test(`X-Mia-Event-Latest: ${text}, where the guard says ${isLatest}`, async () => {
      const { headers } = await forward({}, { recency: { isLatest } });
      assert.equal(headers.get("x-mia-event-latest"), text);
    });
  }

  test("all other headers of the sender", async () => {
    const { headers } = await forward([
      ["X-Request-Id", "42"],
      ["X-Mia-Token", "abc"],
      ["X-Mia-Event", "not reserved"],
      ["Via", "1.1 one"],
      ["Via", "1.1 two"],
    ]);
    assert.equal(headers.get("x-request-id"), "42");
    assert.equal(headers.get("x-mia-token"), "abc");
    assert.equal(headers.get("x-mia-event"), "not reserved");
    assert.equal(headers.get("via"), "1.1 one, 1.1 two");
  });

  for (const name of [...CONNECTION_HEADERS, ...REQUEST_DROPPED]) {
    test(`no ${name} of the sender`, async () => {
      const { headers } = await forward({ [name]: "x-forged", "x-kept": "yes" });
      assert.equal(headers.get(name), null);
      assert.equal(headers.get("x-kept"), "yes");
    });
  }

  for (const name of RESERVED_SPELLINGS) {
    test(`no ${name} of the sender`, async () => {
      const { headers } = await forward({ [name]: "forged" }, { recency: { isLatest: true } });
      assert.equal(headers.get("x-mia-event-id"), "the id");
      assert.equal(headers.get("x-mia-event-latest"), "true");
      assert.ok(![...headers.values()].includes("forged"), JSON.stringify([...headers]));
    });
  }

  test("no header that Connection names, whatever else stands there", async () => {
    const { headers } = await forward({
      connection: 'close, X-Hop;q=1 "x y", x-other!,',
      "x-hop": "1",
      "x-other!": "1",
      "x-hop-by": "kept",
    });
    assert.deepEqual([...headers.keys()].sort(), ["accept-encoding", "content-type", "x-hop-by", "x-mia-event-id"]);
  });
});

describe("the address is", () => {
  for (const origin of ["https://origin.example/hooks?a=b", new URL("https://origin.example/hooks?a=b")]) {
    test(`used as it is, as ${typeof origin}`, async () => {
      const { arrivals, fetch } = originWith();
      vi.spyOn(globalThis, "fetch").mockImplementation((url, init) => fetch(url as string, init as RequestInit));
      await forwarder(origin, "/elsewhere", 10_000)(new Request("https://receiver.example/a?b"), delivery, {});
      assert.deepEqual(
        arrivals.map(({ url }) => url),
        ["https://origin.example/hooks?a=b"],
      );
    });
  }

  test("the configured path of a service, and not the path of the request", async () => {
    assert.equal((await forward({})).url, "https://receiver.example/");
    assert.equal((await forward({}, { path: "/hooks?a=b" })).url, "https://receiver.example/hooks?a=b");
  });

  for (const origin of [
    "",
    "origin",
    "/hooks",
    "//origin.example/",
    "ftp://origin.example/",
    "httpsx://a/",
    "xhttp://a/",
  ]) {
    test(`refused where it is ${JSON.stringify(origin)}`, () =>
      assert.throws(() => forwarder(origin, "/", 1), {
        name: "TypeError",
        message: "origin must be an absolute http or https address",
      }));
  }

  test("plain http where that is configured", () => void forwarder("http://origin.example/", "/", 1));

  for (const origin of [null, undefined, {}, { fetch: "no function" }, 7]) {
    test(`refused where it is ${JSON.stringify(origin)}`, () =>
      assert.throws(() => forwarder(origin as unknown as Origin, "/", 1), {
        name: "TypeError",
        message: "origin must be an absolute http or https address, or have fetch",
      }));
  }

  for (const path of ["", "hooks", "https://other.example/", "?/"]) {
    test(`refused where its path is ${JSON.stringify(path)}`, () =>
      assert.throws(() => forwarder(originWith(), path, 1), {
        name: "TypeError",
        message: "originPath must start with /",
      }));
  }
});

describe("the sender gets", () => {
  test("the origin's answer itself, where nothing has to go", async () => {
    const response = new Response("taken", { status: 202, headers: { "content-length": "5", "x-origin": "yes" } });
    assert.equal(await answered(response), response);
  });

  for (const name of CONNECTION_HEADERS) {
    test(`no ${name} of the origin, and everything else of its answer`, async () => {
      const headers = { [name]: "x", "content-length": "5", "x-origin": "yes" };
      const answer = await answered(new Response("taken", { status: 418, statusText: "I'm a teapot", headers }));
      assert.deepEqual([answer.status, answer.statusText, await answer.text()], [418, "I'm a teapot", "taken"]);
      assert.deepEqual(Object.fromEntries(answer.headers), {
        "content-length": "5",
        "content-type": "text/plain;charset=UTF-8",
        "x-origin": "yes",
      });
    });
  }

  test("no header that the origin's Connection names", async () => {
    const answer = await answered(new Response("taken", { headers: { connection: "x-private", "x-private": "1" } }));
    assert.equal(answer.headers.get("x-private"), null);
  });

  for (const name of ANSWER_DROPPED) {
    test(`no ${name} of an answer that was compressed: it was decoded on the way`, async () => {
      const headers = { "content-encoding": "gzip", "content-length": "99", "x-origin": "yes" };
      const answer = await answered(new Response("taken", { status: 201, headers }));
      assert.deepEqual([answer.status, await answer.text()], [201, "taken"]);
      assert.equal(answer.headers.get(name), null);
      assert.equal(answer.headers.get("x-origin"), "yes");
    });
  }

  for (const status of [204, 205, 304]) {
    test(`a ${status}, which has no body, with or without Connection`, async () => {
      for (const name of ["x-none", "connection", "content-encoding"]) {
        const answer = await answered(new Response(null, { status, headers: { [name]: "gzip" } }));
        answer.headers.delete("x-none");
        assert.deepEqual([answer.status, answer.body, [...answer.headers]], [status, null, []]);
      }
    });
  }

  test("a 304 from a host that gives it a body all the same", async () => {
    const response = new Response(null, { status: 304, headers: { connection: "close" } });
    const answer = await answered(Object.defineProperty(response, "body", { value: new Blob(["x"]).stream() }));
    assert.deepEqual([answer.status, answer.body], [304, null]);
  });

  test("origin_timeout where the origin did not answer in time", async () => {
    const answer = forward({}, { origin: originWith(null) });
    assert.equal(await timeOf(answer), 10_000);
    await assert.rejects(answer, ({ code, cause }: WebhookError) => {
      assert.deepEqual([code, (cause as Error).name], ["origin_timeout", "TimeoutError"]);
      return true;
    });
  });

  for (const thrown of [new TypeError("no such host"), undefined, null, "text"]) {
    test(`origin_unreachable, and the operator the cause, where fetch fails with ${String(thrown)}`, async () => {
      const origin = originWith(() => Promise.reject(thrown));
      await assert.rejects(forward({}, { origin }), ({ code, cause }: WebhookError) => {
        assert.deepEqual([code, cause], ["origin_unreachable", thrown]);
        return true;
      });
    });
  }

  test("origin_unreachable where the service throws at once", async () => {
    const origin = { fetch: () => assert.fail("no service") };
    const request = new Request("https://receiver.example/");
    await assert.rejects(forwarder(origin, "/", 1)(request, delivery, {}), { code: "origin_unreachable" });
  });
});
