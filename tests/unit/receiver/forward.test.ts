/** What the origin gets of a request, and the sender of the origin's answer. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test, vi } from "vitest";
import { type Delivery, WebhookError } from "mia-webhooks";
import type { Origin } from "mia-webhooks/receiver";
import { type Forward, type OriginHeaders, forwarder } from "../../../pkg/src/receiver/forward.js";
import { originWith, stopClock, timeOf } from "./signed.js";
import {
  ANSWER_DROPPED,
  CONNECTION_HEADERS,
  OWN_HEADERS,
  RESERVED_SPELLINGS,
  SENDERS_HEADERS,
} from "../../harness/dropped-headers.js";

const TOKEN_HEADERS = ["X-Mia-Token", "X-Mia-Signature"];

/** A forwarder to this origin. */
const forwarding = (origin: unknown, path = "/", timeoutMs = 10_000, headers: OriginHeaders = {}): Forward =>
  forwarder(origin as Origin, path, timeoutMs, TOKEN_HEADERS, headers);

const payload = new TextEncoder().encode('{"a":\u00a01}');
const delivery = { id: "the id", payload } as unknown as Delivery;

/** Forwards a request with these headers. */
async function forward(
  headers: HeadersInit,
  { origin = originWith(), recency = {}, path = "/", ...options }: OriginHeaders & Record<string, any> = {},
) {
  const request = new Request("https://receiver.example/a/b?c=d", { method: "POST", headers, body: "other" });
  const answer = await forwarding(origin, path, 10_000, options)(request, delivery, recency);
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

  test("the event's id, JSON, and asks for an answer that is not compressed", async () => {
    const { headers } = await forward({ "accept-encoding": "gzip" });
    assert.deepEqual(Object.fromEntries(headers), {
      "x-mia-event-id": "the id",
      "accept-encoding": "identity",
      "content-type": "application/json",
    });
  });

  for (const type of ["text/plain", "application/json; charset=utf-7", "multipart/form-data; boundary=x", ""]) {
    test(`JSON, and not what the sender calls it: ${JSON.stringify(type)}`, async () => {
      const { headers } = await forward({ "content-type": type });
      assert.equal(headers.get("content-type"), "application/json");
    });
  }

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

  test("the token headers of the sender, and no other header", async () => {
    const names = [...SENDERS_HEADERS, ...CONNECTION_HEADERS, ...OWN_HEADERS, ...RESERVED_SPELLINGS];
    const { headers } = await forward({
      ...Object.fromEntries(names.map((name) => [name, "forged"])),
      "x-mia-token": "abc",
      "X-MIA-SIGNATURE": "def",
    });
    assert.deepEqual(Object.fromEntries(headers), {
      "x-mia-token": "abc",
      "x-mia-signature": "def",
      "x-mia-event-id": "the id",
      "accept-encoding": "identity",
      "content-type": "application/json",
    });
  });

  for (const name of RESERVED_SPELLINGS) {
    test(`no ${name} of the sender`, async () => {
      const { headers } = await forward({ [name]: "forged" }, { recency: { isLatest: true } });
      assert.equal(headers.get("x-mia-event-id"), "the id");
      assert.equal(headers.get("x-mia-event-latest"), "true");
      assert.ok(![...headers.values()].includes("forged"), JSON.stringify([...headers]));
    });
  }
});

describe("forwardHeaders are", () => {
  test("forwarded as the sender wrote them, whatever their case", async () => {
    const sent = new Headers([
      ["x-request-id", "42"],
      ["Via", "1.1 one"],
      ["Via", "1.1 two"],
      ["x-other", "1"],
      ["x_request_id", "forged"],
    ]);
    const { headers } = await forward(sent, { forwardHeaders: ["X-Request-Id", "via", "x-absent"] });
    assert.equal(headers.get("x-request-id"), "42");
    assert.equal(headers.get("via"), "1.1 one, 1.1 two");
    assert.equal(headers.has("x-absent"), false);
    assert.equal(headers.has("x-other"), false);
    assert.equal(headers.has("x_request_id"), false);
  });

  test("never in the place of the receiver's own", async () => {
    const options = { forwardHeaders: ["Authorization"], originHeaders: { authorization: "Bearer mine" } };
    assert.equal((await forward({ authorization: "forged" }, options)).headers.get("authorization"), "Bearer mine");
  });

  for (const name of [...CONNECTION_HEADERS, ...OWN_HEADERS, ...RESERVED_SPELLINGS, "Content_Type", "X.MIA.EVENT.ID"]) {
    test(`refused for ${name}, which the receiver sets`, () =>
      assert.throws(() => forwarding(originWith(), "/", 1, { forwardHeaders: [name] }), {
        name: "TypeError",
        message: `forwardHeaders: ${name} is set by the receiver`,
      }));
  }

  for (const name of ["", "x y", "x:", "é", "x\n", 7, null]) {
    test(`refused for ${JSON.stringify(name)}, which is no name`, () =>
      assert.throws(() => forwarding(originWith(), "/", 1, { forwardHeaders: [name as string] }), {
        name: "TypeError",
        message: `forwardHeaders: ${JSON.stringify(name)} is not the name of a header`,
      }));
  }
});

test("forwardHeaders are a list", () => {
  for (const forwardHeaders of ["x-request-id", null, { 0: "x-request-id" }]) {
    assert.throws(() => forwarding(originWith(), "/", 1, { forwardHeaders: forwardHeaders as never }), {
      name: "TypeError",
      message: "forwardHeaders must be a list of names",
    });
  }
});

describe("originHeaders are", () => {
  test("sent to the origin with each event", async () => {
    const originHeaders = { "X-Origin-Secret": "canary secret~!", "CF-Access-Client-Id": "a" };
    const { headers } = await forward({ "x-origin-secret": "forged" }, { originHeaders });
    assert.equal(headers.get("x-origin-secret"), "canary secret~!");
    assert.equal(headers.get("cf-access-client-id"), "a");
  });

  test("sent as they were when the receiver was made", async () => {
    const originHeaders = { "x-origin-secret": "canary" };
    const origin = originWith();
    const send = forwarding(origin, "/", 10_000, { originHeaders });
    originHeaders["x-origin-secret"] = "changed";
    await send(new Request("https://receiver.example/"), delivery, {});
    assert.equal(origin.arrivals[0]?.headers.get("x-origin-secret"), "canary");
  });

  for (const name of [...CONNECTION_HEADERS, ...OWN_HEADERS, ...RESERVED_SPELLINGS]) {
    test(`refused for ${name}, which the receiver sets`, () =>
      assert.throws(() => forwarding(originWith(), "/", 1, { originHeaders: { [name]: "x" } }), {
        name: "TypeError",
        message: `originHeaders: ${name} is set by the receiver`,
      }));
  }

  for (const name of ["", "canary x", "canary:", "é"]) {
    test(`refused for ${JSON.stringify(name)}, which is no name and may be a secret`, () =>
      assert.throws(() => forwarding(originWith(), "/", 1, { originHeaders: { a: "b", [name]: "x" } }), {
        name: "TypeError",
        message: "originHeaders: the name of header 2 cannot be the name of a header",
      }));
  }

  test("refused where one is there twice, or carries the token", () => {
    for (const originHeaders of [
      { "X-A": "1", "x-a": "2" },
      { "x-a": "1", "X-A": "2" },
    ]) {
      assert.throws(() => forwarding(originWith(), "/", 1, { originHeaders }), /x-a is named twice/i);
    }
    assert.throws(() => forwarding(originWith(), "/", 1, { originHeaders: { "x-mia-token": "1" } }), {
      message: "originHeaders: x-mia-token is named twice, or is a token header",
    });
  });

  for (const originHeaders of [new Headers({ "x-a": "1" }), new Map([["x-a", "1"]]), [["x-a", "1"]], "x-a: 1"]) {
    test(`refused as ${Object.prototype.toString.call(originHeaders)}`, () =>
      assert.throws(() => forwarding(originWith(), "/", 1, { originHeaders: originHeaders as never }), {
        name: "TypeError",
        message: "originHeaders must be a record of names and values",
      }));
  }

  for (const value of ["", " ", "canary ", " canary", "canary\n", "canary\r\nx: y", "canaryé", "canary\0", 7, null]) {
    test(`refused for the value ${JSON.stringify(value)}, which the error does not show`, () =>
      assert.throws(() => forwarding(originWith(), "/", 1, { originHeaders: { "x-origin-secret": value as string } }), {
        name: "TypeError",
        message: "originHeaders: the value of x-origin-secret must be visible ASCII characters",
      }));
  }
});

describe("the address is", () => {
  for (const origin of ["https://origin.example/hooks?a=b", new URL("https://origin.example/hooks?a=b")]) {
    test(`used as it is, as ${typeof origin}`, async () => {
      const { arrivals, fetch } = originWith();
      vi.spyOn(globalThis, "fetch").mockImplementation((url, init) => fetch(url as string, init as RequestInit));
      await forwarding(origin, "/elsewhere")(new Request("https://receiver.example/a?b"), delivery, {});
      assert.deepEqual(
        arrivals.map(({ url }) => url),
        ["https://origin.example/hooks?a=b"],
      );
    });
  }

  test("the configured path of a service, and not the path of the request", async () => {
    assert.equal((await forward({})).url, "https://origin.internal/");
    assert.equal((await forward({}, { path: "/hooks?a=b" })).url, "https://origin.internal/hooks?a=b");
    assert.equal((await forward({}, { path: "//other.example/x" })).url, "https://origin.internal//other.example/x");
  });

  test("not read from the request, whose host the sender chooses", async () => {
    const origin = originWith();
    const request = { headers: new Headers(), url: "http://[/" } as Request;
    await forwarding(origin)(request, delivery, {});
    assert.equal(origin.arrivals[0]?.url, "https://origin.internal/");
  });

  for (const origin of ["https://user:canary@origin.example/", "https://user@origin.example/", "https://:canary@a/"]) {
    test(`refused with credentials, which the error does not show: ${origin}`, () => {
      for (const given of [origin, new URL(origin)]) {
        assert.throws(() => forwarding(given), {
          name: "TypeError",
          message: "origin must not hold a user name or a password; use originHeaders",
        });
      }
    });
  }

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
      assert.throws(() => forwarding(origin, "/", 1), {
        name: "TypeError",
        message: "origin must be an absolute http or https address",
      }));
  }

  test("plain http where that is configured", () => void forwarding("http://origin.example/"));

  for (const origin of [null, undefined, {}, { fetch: "no function" }, 7]) {
    test(`refused where it is ${JSON.stringify(origin)}`, () =>
      assert.throws(() => forwarding(origin), {
        name: "TypeError",
        message: "origin must be an absolute http or https address, or have fetch",
      }));
  }

  for (const path of ["", "hooks", "https://other.example/", "?/"]) {
    test(`refused where its path is ${JSON.stringify(path)}`, () =>
      assert.throws(() => forwarding(originWith(), path), {
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

  test("no http2-settings, which HTTP/2 cannot pass on", async () => {
    const answer = await answered(new Response("taken", { headers: { "http2-settings": "a", "x-origin": "yes" } }));
    assert.deepEqual([answer.headers.get("http2-settings"), answer.headers.get("x-origin")], [null, "yes"]);
  });

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

  for (const status of [0, 100, 101, 103, 199, 600, undefined]) {
    test(`origin_answer_invalid where the origin's status is ${status}`, async () => {
      const response = Object.defineProperty(new Response(null), "status", { value: status });
      await assert.rejects(answered(response), ({ code, status: sent, cause }: WebhookError) => {
        const message = `the status of its answer is ${status}`;
        assert.deepEqual([code, sent, (cause as Error).message], ["origin_answer_invalid", 502, message]);
        return true;
      });
    });
  }

  test("a 599, which is the last status", async () => {
    const response = Object.defineProperty(new Response(null), "status", { value: 599 });
    assert.equal((await answered(response)).status, 599);
  });

  for (const answer of [undefined, null, "text", {}]) {
    test(`origin_answer_invalid where a service answers with ${JSON.stringify(answer)}`, () =>
      assert.rejects(answered(answer as unknown as Response), { code: "origin_answer_invalid" }));
  }

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
    await assert.rejects(forwarding(origin, "/", 1)(request, delivery, {}), { code: "origin_unreachable" });
  });
});
