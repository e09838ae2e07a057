/** What is no fetch `Request` throws at once, and says what to pass; what is one in any form goes on working. */

import assert from "node:assert/strict";
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { Readable } from "node:stream";
import { describe, test } from "vitest";
import { sign, verifyRequest } from "mia-webhooks";
import { createReceiver } from "mia-webhooks/receiver";
import { hostRequest } from "../../../pkg/src/receiver/host-request.js";
import { SECRET, eventOf, signed } from "./signed.js";

const body = eventOf(1);
const token = sign(body, SECRET);
const request = new Request("https://receiver.example/", { method: "POST", body });
const receiver = createReceiver({ secrets: SECRET, on: { "*": () => {} }, log: () => {} });

class Context {
  readonly req = { method: "POST", raw: request, header: () => token };
}
const RAW =
  "read the body as bytes, before any body parser, and call verifyHeaders of mia-webhooks with it and the headers, or make a Request of them";

const NODE = "use nodeListener of mia-webhooks/node, which takes Node's requests";
const FASTIFY = "use mia-webhooks/fastify, which takes Fastify's requests";
const LAMBDA = "use lambdaHandler of mia-webhooks/aws-lambda, which takes the events of a function";

const message = new IncomingMessage(new Socket());
Object.assign(message, { method: "POST", url: "/", headers: { "x-mia-token": token }, body: JSON.parse(body) });

describe("in place of a Request", () => {
  for (const [name, value, what, advice] of [
    ["Node's request, with a parsed body", message, "an IncomingMessage", NODE],
    ["an Express request", Object.create(message), "an IncomingMessage", NODE],
    ["a Koa context", { request: { method: "POST", headers: {} }, req: message }, "object", NODE],
    ["a Fastify request", { method: "POST", headers: {}, body: {}, raw: message }, "object", FASTIFY],
    ["a hapi request", { method: "post", headers: {}, payload: body }, "object", RAW],
    ["a Hono context", new Context(), "a Context", "pass its req.raw"],
    ["Hono's own request", new Context().req, "object", "pass its raw"],
    ["an event of SvelteKit, Astro or Pages", { request, params: {} }, "object", "pass its request"],
    ["an event of h3", { req: request }, "object", "pass its req"],
    ["an Oak context", { request: { source: request } }, "object", "pass its request.source"],
    ["an event of Lambda", { httpMethod: "POST", headers: {}, body, requestContext: {} }, "object", LAMBDA],
    ["an event of Lambda, version 2", { version: "2.0", rawPath: "/", body, requestContext: {} }, "object", LAMBDA],
    ["a text", body, "string", RAW],
    ["a Buffer", Buffer.from(body), "a Buffer", RAW],
    ["the parsed body", JSON.parse(body), "object", RAW],
    ["a list", [request], "an array", RAW],
    ["an address", new URL("https://a.example/"), "a URL", RAW],
    ["a Response", new Response(body), "a Response", RAW],
    ["a promise", Promise.resolve(request), "a Promise", "await it first"],
    ["nothing", undefined, "undefined", ""],
    ["null", null, "null", ""],
  ] as const) {
    test(name, async () => {
      // At once: Express sees only what is thrown, and would wait for an answer for ever.
      assert.throws(() => void receiver(value as never), {
        name: "TypeError",
        message: `request must be a fetch Request, not ${what}${advice && `: ${advice}`}`,
      });
      if (!(value instanceof Response)) {
        await assert.rejects(verifyRequest(value as never, { secrets: SECRET }), {
          name: "TypeError",
          message: /^request must be a fetch Request, not [a-z ]+: use verifyHeaders$/,
        });
      }
    });
  }

  test("a name that is no name of a class is not shown", () => {
    class Other {}
    Object.defineProperty(Other, "name", { value: "canary ".repeat(9) });
    assert.throws(() => void receiver(new Other() as never), /not object: /);
  });
});

/** Requests of other realms and libraries. */
const REQUESTS: Readonly<Record<string, () => unknown>> = {
  "a proxy of one, as routers pass it": () =>
    new Proxy(signed(body), {
      get(target, key) {
        const value = Reflect.get(target, key, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    }),
  "an object that reads from one, as on Node servers": () => {
    const inner = signed(body);
    return {
      get method() {
        return inner.method;
      },
      get url() {
        return inner.url;
      },
      get headers() {
        return inner.headers;
      },
      get body() {
        return inner.body;
      },
      get bodyUsed() {
        return inner.bodyUsed;
      },
    };
  },
  "a subclass, as Next has": () => new (class NextRequest extends Request {})(signed(body)),
  "one of another realm, without a stream": () => ({
    method: "POST",
    url: "https://receiver.example/",
    headers: new Headers({ "x-mia-token": token }),
    arrayBuffer: async () => new TextEncoder().encode(body).buffer,
  }),
  "one whose body is a stream of Node's, as node-fetch has": () => ({
    method: "POST",
    url: "https://receiver.example/",
    headers: new Headers({ "x-mia-token": token }),
    body: Readable.from([body]),
    bodyUsed: false,
    arrayBuffer: async () => new TextEncoder().encode(body).buffer,
  }),
};

describe("goes on working:", () => {
  for (const [name, make] of Object.entries(REQUESTS)) {
    test(name, async () => {
      assert.equal((await receiver(make() as Request)).status, 200);
      assert.equal((await verifyRequest(make() as Request, { secrets: SECRET })).event.eventName, "tag_created");
    });
  }
});

test("a host says that the body is gone: it is refused, with the cure for that host", async () => {
  for (const [headers, code] of [
    [{ "x-mia-token": token }, "payload_consumed"],
    [{}, "token_missing"],
  ] as const) {
    const results: { code: string; hint?: string | undefined }[] = [];
    const telling = createReceiver({
      secrets: SECRET,
      on: { "*": () => assert.fail("handled") },
      log: () => {},
      onResult: (result) => void results.push(result),
    });
    const gone = hostRequest({ method: "POST", target: "/", headers, body: undefined, cure: "Put it first." });
    const { status } = await telling(gone);
    assert.equal(status, code === "payload_consumed" ? 500 : 401);
    assert.equal(results[0]?.code, code);
    if (code === "payload_consumed") {
      assert.equal(results[0].hint, "Put it first.");
    }
  }
});
