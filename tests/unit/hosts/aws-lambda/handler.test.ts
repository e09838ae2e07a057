/** Every way in which HTTP requests reach a function of AWS Lambda. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { type LambdaEvent, lambdaHandler } from "mia-webhooks/aws-lambda";
import { type Result, createReceiver } from "mia-webhooks/receiver";
import { exampleEvent, signedPayload } from "mia-webhooks/testing";
import {
  OTHER_EVENTS,
  type Sent,
  functionUrl,
  httpApi,
  loadBalancer,
  loadBalancerWithLists,
  restApi,
  restApiTest,
} from "./events.js";

const secret = "a secret for tests";
const FORMATS = { functionUrl, httpApi, restApi, loadBalancer, loadBalancerWithLists };

/** A handler, what it handled, and the results that its operator gets. */
function started(options: { readonly maxBytes?: number } = {}) {
  const handled: unknown[] = [];
  const headers: Headers[] = [];
  const results: Result[] = [];
  const receiver = createReceiver({
    ...options,
    secrets: secret,
    on: {
      "*": (event, context) => {
        handled.push(event);
        headers.push(context.headers);
      },
    },
    log: () => {},
    onResult: (result) => results.push(result),
  });
  return { handle: lambdaHandler(receiver), handled, headers, results, codes: () => results.map(({ code }) => code) };
}

const event = exampleEvent("tag_created", { payload: { message: "caffè ☕" } });
const signed = signedPayload(event, { secret });
const token = signed.headers["x-mia-token"] as string;
const lines = (more: Record<string, string> = {}) => Object.entries({ ...signed.headers, ...more });
const inBase64 = (payload: string | Uint8Array) => Buffer.from(payload as string).toString("base64");

for (const [format, eventOf] of Object.entries(FORMATS) as [string, (sent: Sent) => LambdaEvent][]) {
  describe(format, () => {
    test("handles a genuine event, as text", async () => {
      const { handle, handled, results } = started();
      const answer = await handle(eventOf({ headers: lines(), body: signed.payload }), {});
      assert.equal(answer.statusCode, 200);
      assert.equal(answer.body, "");
      assert.equal(answer.isBase64Encoded, false);
      assert.deepEqual(handled, [event]);
      assert.equal(results[0]?.bytes, Buffer.byteLength(signed.payload));
    });

    test("handles a genuine event, in base64", async () => {
      const { handle, handled } = started();
      const body = inBase64(signed.payload);
      const answer = await handle(eventOf({ headers: lines(), body, isBase64Encoded: true }));
      assert.equal(answer.statusCode, 200);
      assert.deepEqual(handled, [event]);
    });

    test("takes the names of headers in any case, and the newer header", async () => {
      for (const headerName of ["X-Mia-Token", "X-MIA-SIGNATURE"]) {
        const { handle, handled } = started();
        await handle(eventOf({ headers: [[headerName, token]], body: signed.payload }));
        assert.deepEqual(handled, [event]);
      }
    });

    test("refuses a forged token, and says it as problem details", async () => {
      const { handle, handled, codes } = started();
      const answer = await handle(eventOf({ headers: lines({ "x-mia-token": "0".repeat(64) }), body: signed.payload }));
      assert.equal(answer.statusCode, 401);
      assert.equal((JSON.parse(answer.body) as { title: string }).title, "Unauthorized");
      const { headers = {}, multiValueHeaders } = answer;
      const all = multiValueHeaders ?? headers;
      assert.equal(String(all["content-type"]), "application/problem+json");
      assert.equal(String(all["www-authenticate"]).toLowerCase(), "x-mia-token");
      assert.equal(all["content-length"], undefined);
      assert.deepEqual([handled, codes()], [[], ["token_mismatch"]]);
    });

    test("refuses two different tokens in one header", async () => {
      const { handle, handled, codes } = started();
      const headers = [...lines({ "x-mia-token": "0".repeat(64) }), ...lines()];
      const answer = await handle(eventOf({ headers, body: signed.payload }));
      if (format === "loadBalancer") {
        // It passes on the last line only.
        assert.equal(answer.statusCode, 200);
        return;
      }
      assert.equal(answer.statusCode, 401);
      assert.deepEqual(handled, []);
      assert.match(String(codes()), /^token_/);
    });

    test("has no body", async () => {
      for (const body of [undefined, null, ""]) {
        const { handle, codes } = started();
        const answer = await handle(eventOf({ headers: lines(), ...(body !== undefined && { body }) }));
        assert.equal(answer.statusCode, 401);
        assert.deepEqual(codes(), ["token_mismatch"]);
      }
    });

    test("refuses another method, a missing token, a large body and what is no event", async () => {
      const { handle, handled, codes } = started({ maxBytes: 1000 });
      const text = signedPayload("no JSON", { secret });
      for (const [sent, status] of [
        [{ method: "GET", headers: [] }, 405],
        [{ headers: [["content-type", "application/json"]], body: signed.payload }, 401],
        [{ headers: lines(), body: "x".repeat(1001) }, 413],
        [{ headers: Object.entries(text.headers), body: text.payload }, 400],
        [{ headers: lines({ "content-encoding": "gzip" }), body: "H4sI", isBase64Encoded: true }, 415],
      ] as const) {
        assert.equal((await handle(eventOf(sent))).statusCode, status);
      }
      assert.deepEqual(handled, []);
      assert.deepEqual(codes(), [
        "method_not_allowed",
        "token_missing",
        "payload_too_large",
        "event_malformed",
        "payload_encoded",
      ]);
    });

    // A load balancer without lists passes on the last line alone.
    if (format !== "loadBalancer") {
      test("refuses two different tokens, whichever comes first", async () => {
        const wrong = "0".repeat(64);
        for (const tokens of [
          [token, wrong],
          [wrong, token],
        ]) {
          const { handle, handled, codes } = started();
          const headers = tokens.map((one) => ["X-Mia-Token", one] as const);
          await handle(eventOf({ headers, body: signed.payload }));
          assert.deepEqual([codes(), handled], [["token_malformed"], []]);
        }
      });
    }

    test("passes all headers on, also those with strange names", async () => {
      const { handle, headers } = started();
      const more = Array.from({ length: 10_000 }, (_, i) => [`x-${i}`, "1"] as const);
      const strange = [
        ["constructor", "2"],
        ["x-own", "caf\u00e9"],
      ] as const;
      const sent = eventOf({ headers: [...lines(), ...more, ...strange], body: signed.payload });
      const own = { ...(JSON.parse('{"__proto__":"3"}') as object) };
      const all = sent.multiValueHeaders ?? sent.headers;
      Object.defineProperty(all, "__proto__", {
        ...Object.getOwnPropertyDescriptor(own, "__proto__"),
        enumerable: true,
      });
      assert.equal((await handle(sent)).statusCode, 200);
      assert.equal(headers[0]?.get("x-9999"), "1");
      assert.equal(headers[0]?.get("constructor"), "2");
      assert.equal(headers[0]?.get("x-own"), "caf\u00e9");
    });

    test("finds the subscription of the path, with or without escapes", async () => {
      const results: string[] = [];
      const on = { "*": () => {} };
      const receiver = createReceiver({
        subscriptions: { "/one": { secrets: secret, on }, "/caffè latte": { secrets: "another secret", on } },
        log: () => {},
        onResult: ({ code, path }) => results.push(`${code} ${path}`),
      });
      const handle = lambdaHandler(receiver);
      for (const path of ["/one", "/caffè latte", "/caff%C3%A8%20latte", "/one?x", "/one#x", "/two", "//one"]) {
        await handle(eventOf({ path, headers: lines(), body: signed.payload }));
      }
      assert.deepEqual(results, [
        "accepted /one",
        "token_mismatch /caffè latte",
        "token_mismatch /caffè latte",
        "path_unknown /one%3Fx",
        "path_unknown /one%23x",
        "path_unknown /two",
        "path_unknown //one",
      ]);
    });
  });
}

test("a REST API that is tested in the console without headers has no token", async () => {
  const { handle, codes } = started();
  const answer = await handle(restApiTest({ headers: lines(), body: signed.payload }));
  assert.equal(answer.statusCode, 401);
  assert.equal(answer.headers?.["content-type"], "application/problem+json");
  assert.deepEqual(codes(), ["token_missing"]);
});

describe("an answer", () => {
  const bytes = Uint8Array.of(0xff, 0xd8, 0, 1);
  const answering = (body: BodyInit | null, headers: [string, string][] = []) =>
    lambdaHandler(async () => new Response(body, { status: 202, statusText: "Accepted", headers }));
  const cookies: [string, string][] = [
    ["set-cookie", "a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT"],
    ["set-cookie", "b=2"],
    ["x-own", "one"],
    ["x-own", "two"],
    ["content-length", "2"],
  ];
  const sent = { headers: lines(), body: signed.payload };

  for (const [format, eventOf] of Object.entries(FORMATS) as [string, (sent: Sent) => LambdaEvent][]) {
    test(`of ${format} is text where that is exact, and base64 where it is not`, async () => {
      for (const text of ["", "ok", "\ufeffcaffè ☕", "a\u0000b"]) {
        const { body, isBase64Encoded } = await answering(text)(eventOf(sent));
        assert.deepEqual({ body, isBase64Encoded }, { body: text, isBase64Encoded: false });
      }
      const large = new Uint8Array(300_000).fill(0xfe);
      for (const content of [bytes, large]) {
        const { body, isBase64Encoded } = await answering(content)(eventOf(sent));
        assert.equal(isBase64Encoded, true);
        assert.deepEqual(new Uint8Array(Buffer.from(body, "base64")), content);
      }
    });
  }

  for (const eventOf of [functionUrl, httpApi]) {
    test(`of ${eventOf.name} has its cookies in a list`, async () => {
      const { body, isBase64Encoded, ...answer } = await answering("ok", cookies)(eventOf(sent));
      assert.deepEqual(answer, {
        statusCode: 202,
        headers: { "content-type": "text/plain;charset=UTF-8", "x-own": "one, two" },
        cookies: ["a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT", "b=2"],
      });
      assert.equal("cookies" in (await answering("ok")(eventOf(sent))), false);
    });
  }

  test("of a REST API has a list for each header", async () => {
    const { body, isBase64Encoded, ...answer } = await answering("ok", cookies)(restApi(sent));
    assert.deepEqual(answer, {
      statusCode: 202,
      multiValueHeaders: {
        "content-type": ["text/plain;charset=UTF-8"],
        "x-own": ["one, two"],
        "set-cookie": ["a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT", "b=2"],
      },
    });
  });

  test("of a load balancer is in the style of its event, with a description", async () => {
    const { body, isBase64Encoded, ...answer } = await answering("ok", cookies)(loadBalancer(sent));
    assert.deepEqual(answer, {
      statusCode: 202,
      statusDescription: "202 Accepted",
      headers: { "content-type": "text/plain;charset=UTF-8", "x-own": "one, two", "set-cookie": "b=2" },
    });
    const lists = await answering("ok", cookies)(loadBalancerWithLists(sent));
    assert.equal(lists.headers, undefined);
    assert.equal(lists.statusDescription, "202 Accepted");
    assert.equal(lists.multiValueHeaders?.["set-cookie"]?.length, 2);
    const plain = lambdaHandler(async () => new Response(null, { status: 204 }));
    assert.equal((await plain(loadBalancer(sent))).statusDescription, "204");
  });
});

test("an event that no gateway makes is answered too", async () => {
  const { handle } = started();
  const sent = functionUrl({ headers: lines(), body: signed.payload });
  const many = { "x-a": Array<string>(200_000).fill("a"), "x-mia-token": signed.headers["x-mia-token"] };
  for (const [wrong, status] of [
    [{ isBase64Encoded: true }, 401],
    [{ isBase64Encoded: "false" }, 200],
    [{ body: 5 }, 401],
    [{ body: {}, isBase64Encoded: true }, 401],
    [{ multiValueHeaders: many }, 200],
    [{ rawPath: 5 }, 200],
  ] as const) {
    assert.equal((await handle({ ...sent, ...wrong } as never)).statusCode, status, Object.keys(wrong).join());
  }
});

describe("what is not an HTTP request", () => {
  for (const [name, other] of Object.entries(OTHER_EVENTS)) {
    test(`${name} is rejected, and nothing is handled`, async () => {
      const { handle, handled, results } = started();
      await assert.rejects(handle(other as LambdaEvent), {
        name: "TypeError",
        message: /^this event is not an HTTP request \(its fields: .+\)\. Call the function through a function URL, /,
      });
      assert.deepEqual([handled, results], [[], []]);
    });
  }

  test("its fields are named, and never their values", async () => {
    const { handle } = started();
    await assert.rejects(handle({ Records: ["secret"], other: "secret" } as LambdaEvent), (error: Error) => {
      assert.match(error.message, /\(its fields: Records, other\)/);
      assert.doesNotMatch(error.message, /secret/);
      return true;
    });
  });
});

test("only a receiver makes a handler", () => {
  for (const wrong of [undefined, {}, { secrets: secret, on: {} }, "receiver"]) {
    assert.throws(() => lambdaHandler(wrong as never), {
      name: "TypeError",
      message: "lambdaHandler needs a receiver: lambdaHandler(createReceiver({ … }))",
    });
  }
});

test("an error of something that is not a receiver of this package is Lambda's to report", async () => {
  const handle = lambdaHandler(() => Promise.reject(new Error("own")));
  await assert.rejects(handle(functionUrl({ headers: lines(), body: "" })), /own/);
});
