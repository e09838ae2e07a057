/** What people test their own handlers with. */

import assert from "node:assert/strict";
import { describe, test, vi } from "vitest";
import { WebhookError, parseEvent, signRequest, verifyHeaders, verifyRequest } from "mia-webhooks";
import { createReceiver } from "mia-webhooks/receiver";
import { events } from "mia-webhooks/subscription";
import { type KnownEventName, exampleEvent, signedPayload, signedRequest, testClock } from "mia-webhooks/testing";

const secret = "a secret for tests";

/** Calls with arguments that the types forbid. */
const loosely = (call: unknown) => call as (...values: unknown[]) => unknown;

describe("an example", () => {
  for (const { eventName, example } of events) {
    test(`of ${eventName} is the one of the catalogue, and a new one each time`, () => {
      const event = exampleEvent(eventName as KnownEventName);
      assert.deepEqual(event, example);
      assert.deepEqual(parseEvent(JSON.stringify(event)), example);
      (event.payload as { tenantId?: string }).tenantId = "changed";
      assert.deepEqual(exampleEvent(eventName as KnownEventName), example);
    });
  }

  test("shares no list with the catalogue", () => {
    const { environments } = exampleEvent("project_created").payload.project ?? {};
    (environments as { label: string }[])[0] = { label: "changed" };
    assert.equal(exampleEvent("project_created").payload.project?.environments?.[0]?.label, "Development");
  });

  test("takes overrides field by field, at any depth", () => {
    const event = exampleEvent("tag_created", {
      eventTimestamp: 5,
      payload: { tagName: "v9", project: { name: "Rocket", repository: { type: "gitlab" } }, more: { own: 1 } },
    });
    assert.equal(event.eventTimestamp, 5);
    assert.equal(event.eventName, "tag_created");
    assert.equal(event.payload.tagName, "v9");
    assert.equal(event.payload.ref, exampleEvent("tag_created").payload.ref);
    assert.equal(event.payload.project?.name, "Rocket");
    assert.equal(event.payload.project?.projectId, "demo");
    assert.deepEqual(event.payload.project?.repository, { providerId: "git-main", type: "gitlab" });
    assert.deepEqual(event.payload["more"], { own: 1 });
  });

  test("takes a list, or what is no record, as a whole", () => {
    const { project } = exampleEvent("project_created", {
      payload: { project: { environments: [{ envId: "PROD" }], areNamespacesCreated: [] } },
    }).payload;
    assert.deepEqual(project?.environments, [{ envId: "PROD" }]);
    assert.deepEqual(project?.areNamespacesCreated, []);
    const wrong = loosely(exampleEvent)("project_created", { payload: { project: "gone", tenantId: null } });
    assert.deepEqual((wrong as { payload: { project: unknown } }).payload.project, "gone");
    assert.equal((wrong as { payload: { tenantId: unknown } }).payload.tenantId, null);
  });

  test("loses what is undefined, but never its own three fields", () => {
    const event = exampleEvent("user_added", {
      eventTimestamp: undefined,
      payload: { groupId: undefined, resource: { environmentId: undefined } },
    });
    assert.equal("groupId" in event.payload, false);
    assert.deepEqual(Object.keys(event.payload.resource).sort(), ["companyId", "projectId"]);
    assert.equal(event.eventTimestamp, 1767225600000);
    assert.deepEqual(exampleEvent("user_added", { payload: undefined }), exampleEvent("user_added"));
  });

  test("takes no prototype from an override, only a field", () => {
    const payload = JSON.parse('{"__proto__":{"tagName":"v9"},"constructor":1}') as object;
    const event = exampleEvent("tag_created", { payload });
    assert.equal(Object.getPrototypeOf(event.payload), Object.prototype);
    assert.match(JSON.stringify(event), /"__proto__":\{"tagName":"v9"\}/);
    assert.equal(({} as { tagName?: string }).tagName, undefined);
  });

  for (const [values, message] of [
    [["tag_craeted"], 'no example of "tag_craeted": did you mean "tag_created"?'],
    [["tagCreated"], 'no example of "tagCreated": did you mean "tag_created"?'],
    [["project"], 'no example of "project": did you mean "project_created"?'],
    [["toString"], /^no example of "toString": the catalogue has project_created, .*Write any other event as a record/],
    [["x".repeat(60)], /^no example of \(a name of 60 characters\): the catalogue has/],
    [[], 'name must be the name of an event, such as "project_created", not undefined'],
    [[{}], 'name must be the name of an event, such as "project_created", not object'],
    [["tag_created", "v2"], "overrides must be a record such as { payload: { … } }, not string"],
    [["tag_created", null], "overrides must be a record such as { payload: { … } }, not null"],
    [["tag_created", [1]], "overrides must be a record such as { payload: { … } }, not an array"],
    [
      ["tag_created", { tagName: "v2" }],
      "overrides: tagName is a field of the payload: write { payload: { tagName: … } }",
    ],
    [["tag_created", { other: 1 }], 'overrides: an event has no "other", only eventTimestamp and payload'],
    [["tag_created", { eventName: "x" }], 'overrides: an event has no "eventName", only eventTimestamp and payload'],
  ] as const) {
    test(`of ${JSON.stringify(values)} is refused, and says why`, () => {
      assert.throws(() => loosely(exampleEvent)(...values), { name: "TypeError", message });
    });
  }
});

describe("a signed request", () => {
  test("verifies, and goes where it is sent", async () => {
    const event = exampleEvent("tag_created");
    const request = signedRequest(event, { secret });
    assert.equal(request.method, "POST");
    assert.equal(request.url, "http://localhost/webhook");
    assert.equal(request.headers.get("content-type"), "application/json");
    assert.deepEqual((await verifyRequest(request, { secrets: secret })).event, event);
    for (const [url, expected] of [
      ["https://example.org/hook?a=1", "https://example.org/hook?a=1"],
      ["/other", "http://localhost/other"],
      [new URL("http://localhost:3000/x"), "http://localhost:3000/x"],
    ] as const) {
      assert.equal(signedRequest(event, { secret, url }).url, expected);
    }
  });

  test("carries a payload as it is, also one that is no event", async () => {
    for (const payload of ["", "not JSON", '{"a": 1.0}', "caffè"]) {
      const request = signedRequest(payload, { secret });
      const text = await request.clone().text();
      assert.equal(text, payload);
      await assert.rejects(verifyRequest(request, { secrets: secret }), { code: "event_malformed" });
    }
    const bytes = Uint8Array.of(0xff, 0, 0x80);
    for (const payload of [bytes, bytes.buffer, new DataView(bytes.buffer), Buffer.from(bytes)]) {
      const request = signedRequest(payload, { secret });
      assert.deepEqual(new Uint8Array(await request.arrayBuffer()), bytes);
    }
  });

  test("is the one that signRequest makes", async () => {
    const body = JSON.stringify(exampleEvent("tag_created"));
    const expected = await signRequest(new Request("http://localhost/", { method: "POST", body }), secret);
    assert.equal(signedRequest(body, { secret }).headers.get("x-mia-token"), expected.headers.get("x-mia-token"));
  });

  test("carries the token in the header that is named, and only there", async () => {
    const request = signedRequest(exampleEvent("tag_created"), { secret, headerName: "X-Mia-Signature" });
    assert.equal(request.headers.get("x-mia-token"), null);
    await verifyRequest(request, { secrets: secret });
  });

  test("reaches a handler, and a wrong secret does not", async () => {
    const handled: unknown[] = [];
    const receiver = createReceiver({
      secrets: secret,
      on: { "*": ({ eventName }) => handled.push(eventName) },
      log: () => {},
    });
    const event = { eventName: "my_own", eventTimestamp: 1, payload: {} };
    assert.equal((await receiver(signedRequest(event, { secret: "another" }))).status, 401);
    assert.equal((await receiver(signedRequest(event, { secret }))).status, 200);
    assert.deepEqual(handled, ["my_own"]);
  });

  test("needs a Request, and says so where there is none", () => {
    vi.stubGlobal("Request", undefined);
    try {
      assert.throws(() => signedRequest("{}", { secret }), { name: "TypeError", message: /has no Request, as jsdom/ });
      assert.equal(signedPayload("{}", { secret }).payload, "{}");
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe("a signed payload", () => {
  test("is a text and a record of headers", () => {
    const event = exampleEvent("tag_created");
    const { payload, headers } = signedPayload(event, { secret, headerName: "X-Mia-Signature" });
    assert.equal(payload, JSON.stringify(event));
    assert.deepEqual(Object.keys(headers), ["content-type", "x-mia-signature"]);
    assert.deepEqual(verifyHeaders(payload, headers, { secrets: secret }).event, event);
  });

  test("stays the bytes that were given", () => {
    const bytes = Buffer.from("{}");
    assert.equal(signedPayload(bytes, { secret }).payload, bytes);
  });
});

describe("what cannot be signed is refused, and says what to do", () => {
  const event = { eventName: "tag_created", eventTimestamp: 1, payload: {} };
  for (const sign of [signedRequest, signedPayload] as const) {
    for (const [values, error] of [
      [[undefined, { secret }], /^event must be one event, a string or bytes, not undefined: for example exampleEvent/],
      [[null, { secret }], /^event must be one event, .* not null/],
      [[7, { secret }], /^event must be one event, .* not number/],
      [[() => event, { secret }], /^event must be one event, .* not function/],
      [[[event], { secret }], /^event must be one event, .* not an array/],
      [[Promise.resolve(event), { secret }], "event is a promise: await it first"],
      [
        [new Request("http://localhost/"), { secret }],
        "event is a request, not an event: signRequest of mia-webhooks signs a request",
      ],
      [[event], `${sign.name} needs the secret of the receiver: ${sign.name}(event, { secret: "…" })`],
      [[event, null], /needs the secret of the receiver/],
      [[event, secret], /needs the secret of the receiver/],
      [[event, { secrets: secret }], /needs the secret of the receiver/],
      [[event, { secret: ["one", "two"] }], "secret must be one secret, not several"],
      [[event, { secret: 7 }], /^secrets? must be a/],
      [[event, { secret, header: "x" }], 'unknown option "header": did you mean "headerName"?'],
      [[event, { secret, headerName: "x y" }], "headerName must be the name of a header, such as X-Mia-Signature"],
      [[event, { secret, headerName: "" }], /^headerName must be/],
    ] as const) {
      test(`${sign.name}: ${error}`, () => {
        const expected = typeof error === "string" ? { name: "TypeError", message: error } : { message: error };
        assert.throws(() => loosely(sign)(...values), { name: "TypeError", ...expected });
      });
    }

    test(`${sign.name}: an empty secret has its own error`, () => {
      assert.throws(
        () => loosely(sign)(event, { secret: "" }),
        (error) => error instanceof WebhookError && error.code === "secret_empty",
      );
    });
  }

  for (const url of ["http://", 7, {}, null]) {
    test(`the address ${JSON.stringify(url)}`, () => {
      assert.throws(() => loosely(signedRequest)(event, { secret, url }), {
        name: "TypeError",
        message: "url must be an address such as http://localhost:3000/webhook, or a path",
      });
    });
  }
  test("signedPayload goes nowhere, so an address is no option of it", () => {
    assert.throws(() => loosely(signedPayload)(event, { secret, url: "/" }), { message: /^unknown option "url"/ });
  });
});

describe("a clock", () => {
  test("shows the time of the examples, and moves only when it is told", () => {
    const clock = testClock();
    assert.equal(clock(), exampleEvent("tag_created").eventTimestamp);
    clock.advance(1500);
    assert.equal(clock(), 1767225601500);
    clock.advance(-500);
    assert.equal(clock(), 1767225601000);
    clock.set(7);
    assert.equal(clock(), 7);
    assert.equal(testClock(42)(), 42);
  });

  test("takes no time that is none", () => {
    for (const wrong of [NaN, -1, 1.5, Infinity, "2026", null, new Date(0)]) {
      assert.throws(() => loosely(testClock)(wrong), { name: "TypeError", message: /^now must be a whole number of/ });
      assert.throws(() => loosely(testClock().set)(wrong), { name: "TypeError", message: /^ms must be/ });
    }
    const clock = testClock(10);
    for (const wrong of [undefined, NaN, -11, 0.5]) {
      assert.throws(() => loosely(clock.advance)(wrong), { name: "TypeError", message: /^ms must be/ });
    }
    assert.equal(clock(), 10);
  });

  test("shows the time of every example", () => {
    for (const { example } of events) {
      assert.equal(example.eventTimestamp, testClock()());
    }
  });
});
