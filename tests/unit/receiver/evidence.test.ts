/** What the operator is told where the request itself shows why it was refused; and that its sender is not told. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test, vi } from "vitest";
import { sign } from "mia-webhooks";
import { type ReceiverOptions, type Result, createReceiver } from "mia-webhooks/receiver";
import { memoryReplayStore } from "mia-webhooks/replay";
import { CODES, RECEIVER_CODES } from "../../../pkg/src/generated/tables.js";
import { ANSWERS } from "../../harness/answers.js";
import { NOW, SECRET, eventOf, originWith, resultsOf, signed, stopClock } from "./signed.js";

beforeEach(stopClock);
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const on = { "*": () => {} };
const event = eventOf(1);
const token = sign(event, SECRET);

/** The line of one request, whose sender learned nothing but the status. */
async function lineOf(request: Request, options: object = { secrets: SECRET, on }): Promise<Result> {
  const lines: string[] = [];
  const receiver = createReceiver({ ...options, log: (line: string) => void lines.push(line) } as ReceiverOptions);
  const answer = receiver(request);
  await vi.advanceTimersByTimeAsync(10_000);
  const { status, body, headers } = await answer;
  const [line] = resultsOf(lines);
  assert.ok(line !== undefined && lines.length === 1);
  assert.equal(line.status, status);
  if (status >= 400) {
    const [title] = ANSWERS[status] ?? [];
    assert.equal(await new Response(body).text(), JSON.stringify({ type: "about:blank", title, status }));
    assert.equal(headers.get("content-type"), "application/problem+json");
  }
  assert.ok(!lines.join().includes(token) && !lines.join().includes("canary"), "nothing secret is in the line");
  return line;
}

/** The line of one request, whatever an origin answered. */
async function lineOfAny(request: Request, options: object): Promise<Result> {
  const lines: string[] = [];
  await createReceiver({ ...options, log: (line: string) => void lines.push(line) } as ReceiverOptions)(request);
  assert.ok(!lines.join().includes("canary"));
  return resultsOf(lines)[0] as Result;
}

const tableHint = (code: string) =>
  [...Object.values(CODES), ...Object.values(RECEIVER_CODES)].find(([name]) => name === code)?.[3];

const calling = (method: string, headers: Record<string, string> = {}) =>
  new Request("https://receiver.example/hooks?canary=1", { method, headers });

describe("a request that is no POST", () => {
  const REDIRECT =
    "The request carries a token: a redirect (301, 302 or 303) made a GET of the Console's POST. Set the target of the subscription to the final address; look for http in place of https, a missing or extra slash, or another host name.";
  const sends = (method: string) =>
    `The request carries a token, and it is a ${method}: the sender, or a gateway, must send a POST, as the Console does.`;
  const OTHER = "Something other than the Console is calling this address, such as a browser or a health check.";
  for (const [name, request, hint] of [
    ["a GET with a token", calling("GET", { "x-mia-token": token }), REDIRECT],
    ["a GET with the other header, and whatever is in it", calling("GET", { "x-mia-signature": "junk" }), REDIRECT],
    ["a GET without", calling("GET"), OTHER],
    ["a HEAD without", calling("HEAD"), OTHER],
    // A redirect never makes a HEAD of a POST.
    ["a HEAD with a token", calling("HEAD", { "x-mia-token": token }), OTHER],
    ["a DELETE with a token", calling("DELETE", { "x-mia-token": token }), OTHER],
    ["a PUT without", calling("PUT"), OTHER],
    ["a PUT with a token", calling("PUT", { "x-mia-token": token }), sends("PUT")],
    ["a PATCH with a token", calling("PATCH", { "x-mia-signature": token }), sends("PATCH")],
    [
      "a browser that asks first",
      calling("OPTIONS", { "access-control-request-method": "POST" }),
      "A browser asks whether a web page may call this address. The Console never does.",
    ],
    ["an OPTIONS of another kind", calling("OPTIONS"), OTHER],
  ] as const) {
    test(name, async () => {
      const { code, hint: got, path } = await lineOf(request);
      assert.deepEqual([code, got, path], ["method_not_allowed", hint, "/hooks"]);
    });
  }

  test("the header is that of the receiver", async () => {
    const options = { secrets: SECRET, on, headerNames: ["X-Other"] };
    assert.equal((await lineOf(calling("GET", { "x-mia-token": token }), options)).hint, OTHER);
    assert.equal((await lineOf(calling("GET", { "x-other": token }), options)).hint, REDIRECT);
  });
});

describe("a path that is not configured", () => {
  const at = { secrets: SECRET, on };
  const subscriptions = { "/hooks/mia": at, "/caffè": at, "/other-one": at, "/": at };
  const spyOnWarn = () => vi.spyOn(console, "warn").mockImplementation(() => {});

  for (const [path, near] of [
    ["/hooks/mia/", "/hooks/mia"],
    ["//hooks/mia", "/hooks/mia"],
    ["/hooks//mia", "/hooks/mia"],
    ["/Hooks/MIA", "/hooks/mia"],
    ["/hooks%2Fmia", "/hooks/mia"],
    ["/hooks/m%69a", "/hooks/mia"],
    ["/hooks/mia%20", "/hooks/mia"],
    ["/hooks/mia%0A", "/hooks/mia"],
    ["/api/v1/hooks/mia", "/hooks/mia"],
    ["/mia", "/hooks/mia"],
    ["/hooks/mia/events", "/hooks/mia"],
    ["/hook/mia", "/hooks/mia"],
    ["/hooks/mai", "/hooks/mia"],
    ["/caff%25C3%25A8", "/caffè"],
    ["/CAFF%C3%88", "/caffè"],
    ["/otherone/", "/other-one"],
  ] as const) {
    test(`${path} is near to ${near}`, async () => {
      spyOnWarn();
      const line = await lineOf(signed(event, { path: `${path}?canary` }), { subscriptions });
      assert.deepEqual(
        [line.code, line.path, line.hint],
        [
          "path_unknown",
          path,
          `This path is not configured; the nearest is ${JSON.stringify(near)}. Correct the target of the subscription, or the proxy that changes the path.`,
        ],
      );
    });
  }

  for (const path of ["/favicon.ico", "/wp-login.php", "/%E0%A4%A", "/.env"]) {
    test(`${path} is near to none`, async () => {
      spyOnWarn();
      const line = await lineOf(signed(event, { path }), { subscriptions });
      assert.deepEqual([line.path, line.hint], [path, tableHint("path_unknown")]);
    });
  }

  test("is cut, and costs no time", async () => {
    const paths = Object.fromEntries(
      Array.from({ length: 50 }, (_, i) => [`/${"a".repeat(300)}${i}`, { secrets: `secret ${i} of fifty`, on }]),
    );
    const started = process.hrtime.bigint();
    const line = await lineOf(signed(event, { path: `/${"a".repeat(15_000)}` }), { subscriptions: paths });
    assert.equal(line.path, `/${"a".repeat(199)}...`);
    assert.ok(process.hrtime.bigint() - started < 1_000_000_000n);
  });
});

describe("where there is one subscription, the line of a refused request has the path that was called", () => {
  for (const [name, request] of [
    ["with a wrong token", signed(event, { path: "/hooks?canary=1", secret: "guessed" })],
    ["without a token", new Request("https://receiver.example/hooks", { method: "POST", body: event })],
    ["signed, but no event", signed("[]", { path: "/hooks#canary" })],
  ] as const) {
    test(name, async () => assert.equal((await lineOf(request)).path, "/hooks"));
  }

  const answers = (status: number) => originWith(() => new Response(null, { status }));
  for (const [code, options] of [
    ["event_out_of_scope", { on, eventName: "user_added" }],
    ["handler_failed", { on: { "*": () => Promise.reject(new Error("no")) } }],
    ["origin_refused", { origin: answers(503) }],
    ["origin_refused", { origin: answers(301) }],
    ["origin_unreachable", { origin: originWith(() => Promise.reject(new Error("no"))) }],
  ] as const) {
    test(`${code} of an event`, async () => {
      const line = await lineOfAny(signed(event, { path: "/hooks?canary=1" }), { secrets: SECRET, ...options });
      assert.deepEqual([line.code, line.path], [code, "/hooks"]);
    });
  }

  test("and the line of an accepted event has none: the sender chose it", async () => {
    assert.equal((await lineOf(signed(event, { path: "/hooks" }))).path, undefined);
  });
});

describe("a token under another name", () => {
  const under = (name: string) =>
    `A value as a token is came under another name, ${JSON.stringify(name)}. If a proxy renames the header, or the sender is your own, correct the name there, or name it in headerNames.`;
  const send = (headers: Record<string, string>, more = {}) =>
    lineOf(new Request("https://receiver.example/", { method: "POST", body: event, headers }), {
      secrets: SECRET,
      on,
      ...more,
    });
  for (const [name, value] of [
    ["x-hub-signature-256", `sha256=${token}`],
    ["authorization", `Bearer ${token}`],
    ["x-mia-sign", token],
    ["x-webhook-signature", token.toUpperCase()],
    ["x_mia_token", token],
    ["x-signature", `t=1767225600,v1=${token}`],
  ] as const) {
    test(name, async () => {
      const line = await send({ [name]: value });
      assert.deepEqual([line.code, line.hint], ["token_missing", under(name)]);
    });
  }

  test("the usual name is another one where headerNames says so", async () => {
    assert.equal((await send({ "x-mia-token": token }, { headerNames: ["X-Own"] })).hint, under("x-mia-token"));
  });

  for (const [name, value] of [
    ["x-trace-id", token],
    ["x-amz-content-sha256", token],
    ["cookie", `a=${token}`],
    ["x-other", `${token}0`],
    ["x-other", token.slice(1)],
    ["x-other", `${token}${" ".repeat(200)}x`],
  ] as const) {
    test(`${name} of ${value.length} characters is none`, async () => {
      assert.equal((await send({ [name]: value })).hint, tableHint("token_missing"));
    });
  }
});

test("headers that can only be asked by name have no other name", async () => {
  const headers = { get: () => null } as unknown as Headers;
  const request = {
    method: "POST",
    url: "https://receiver.example/",
    headers,
    body: null,
    arrayBuffer: async () => {},
  };
  const line = await lineOf(request as unknown as Request);
  assert.deepEqual([line.code, line.hint], ["token_missing", tableHint("token_missing")]);
});

describe("a token that is malformed", () => {
  const AROUND =
    "There is something around the 64 digits, such as a prefix, quotes or the name of a file. The header must hold the digits alone, or sha256= before them.";
  const digits = (count: number) =>
    `The token has ${count} digits of 64: its sender loses leading zeros, or something cut it.`;
  const hash = (count: number, name: string) =>
    `The token has ${count} digits, as ${name} makes them. It must be the SHA-256 of the payload and the secret, in 64 digits.`;
  const characters = (count: number) =>
    `The token header has ${count} characters. A token has 64 hexadecimal digits, with an optional sha256= before them.`;
  for (const [name, value, hint] of [
    ["empty", "", "The token header is empty: its sender had no secret, or a proxy emptied it."],
    ["twice", `${token}, ${token}`, "The token header came more than once. A proxy may have added one."],
    ["63 digits", token.slice(1), digits(63)],
    ["62 digits", token.slice(2), digits(62)],
    ["a digit too many", `${token}0`, AROUND],
    ["Bearer", `Bearer ${token}`, AROUND],
    ["another prefix", `sha512=${token}`, AROUND],
    ["quotes", `"${token}"`, AROUND],
    ["MD5", "ab".repeat(16), hash(32, "MD5")],
    ["SHA-1", "AB".repeat(20), hash(40, "SHA-1")],
    ["SHA-1 with its name", `sha1=${"0f".repeat(20)}`, hash(40, "SHA-1")],
    ["SHA-384", "ab".repeat(48), hash(96, "SHA-384")],
    ["SHA-512", "ab".repeat(64), hash(128, "SHA-512")],
    ["SHA-512 with its name", `sha512=${"9".repeat(128)}`, hash(128, "SHA-512")],
    ["39 digits", "a".repeat(39), characters(39)],
    ["the line of a tool", `${token}  -`, AROUND],
    ["base64", Buffer.from(token, "hex").toString("base64"), characters(44)],
    ["parted digits", token.replace(/..(?=.)/g, "$&:"), characters(95)],
    ["a word", "canary", characters(6)],
  ] as const) {
    test(name, async () => {
      const line = await lineOf(signed(event, { headers: { "x-mia-token": value } }));
      assert.deepEqual([line.code, line.hint, line.bytes], ["token_malformed", hint, undefined]);
    });
  }
});

describe("a token that does not match", () => {
  const send = (body: BodyInit, headers: Record<string, string> = {}) =>
    lineOf(
      new Request("https://receiver.example/", { method: "POST", body, headers: { "x-mia-token": token, ...headers } }),
    );
  const bytes = (...values: number[]) => Uint8Array.from([...values, ...Buffer.from(event)]);

  for (const [name, body, headers, hint, size] of [
    [
      "an empty body",
      "",
      {},
      /^The body is empty\. The Console never sends an empty one: a proxy, a gateway or a middleware read it/,
      0,
    ],
    [
      "an empty body that was declared",
      "",
      { "content-length": "71" },
      /^The body is empty, but Content-Length says 71 bytes: /,
      0,
    ],
    ["an empty body that was declared as empty", "", { "content-length": "0" }, /^The body is empty\. /, 0],
    [
      "a body of another length",
      `${event} `,
      { "content-length": "5" },
      /^Content-Length says 5 bytes, and the body has \d+: /,
    ],
    [
      "a form",
      `payload=${encodeURIComponent(event)}`,
      { "content-type": "application/x-www-form-urlencoded" },
      /^The body is sent as a form\./,
    ],
    ["a form of parts", "--x", { "content-type": "multipart/form-data; boundary=x" }, /^The body is sent as a form\./],
    [
      "a form of another name",
      `payload=${event}`,
      { "content-type": "text/plain" },
      /^The body is percent-encoded or a form\./,
    ],
    ["percent-encoded", encodeURIComponent(event), {}, /^The body is percent-encoded or a form\./],
    ["base64", btoa(event), {}, /^The body looks like base64: /],
    ["base64 of indented JSON", btoa(JSON.stringify(JSON.parse(event), null, 2)), {}, /^The body looks like base64: /],
    ["a JSON string", JSON.stringify(event), {}, /^The body is in quotes: /],
    ["[object Object]", "[object Object]", {}, /^The body is the text that JavaScript makes of an object: /],
    ["Python's bytes", `b'${event}'`, {}, /^The body is the text that Python makes of bytes\./],
    ["a byte order mark", bytes(0xef, 0xbb, 0xbf), {}, /^The body begins with a byte order mark: /],
    ["UTF-16", Buffer.from(`\ufeff${event}`, "utf16le"), {}, /^The body begins with a byte order mark: /],
    ["gzip", bytes(0x1f, 0x8b, 8), {}, /^The body is compressed, and no Content-Encoding says so\./],
    [
      "indented",
      JSON.stringify(JSON.parse(event), null, 2),
      {},
      /^The body has white space where the Console writes none: /,
    ],
    ["Python's spaces are after the key", event.replaceAll(":", ": "), {}, undefined],
    ["a line break before", `\r\n${event}`, {}, /^The body has white space where the Console writes none: /],
    [
      "an envelope",
      `{"Records":[{"body":${JSON.stringify(event)}}]}`,
      {},
      /^The body does not begin as an event does: perhaps a gateway /,
    ],
    ["a Python dictionary", "{'eventName': 'tag_created'}", {}, /^The body does not begin as an event does: /],
    ["copied from a text", JSON.stringify(event).slice(1, -1), {}, /^The body is escaped as in a text: /],
    ["a list", `[${event}]`, {}, /^The body is a list: /],
    ["XML", "<event/>", {}, /^The body is not a JSON object\./],
    ["undefined", "undefined", {}, /^The body is not a JSON object\./],
    ["an empty object", "{}", {}, /^The body is \{\}, which a body parser leaves/],
    ["a line break more", `${event}\n`, {}, /^The body ends with a line break/],
    ["a line break of Windows more", `${event}\r\n`, {}, /^The body ends with a line break/],
    ["a tab more", `${event}\t`, {}, /^The body ends with white space/],
    ["a body that was cut", event.slice(0, 40), {}, /^The body begins as an event and does not end as one/],
    ["a body with a byte more", `${event}\0`, {}, /^The body begins as an event and does not end as one/],
    ["what looks like an event", event.replace("tag", "tug"), {}, undefined],
    ["what looks like an event in another order", '{"payload":{},"eventName":"a","eventTimestamp":1}', {}, undefined],
  ] as const) {
    test(name, async () => {
      const line = await send(body as BodyInit, headers);
      assert.equal(line.code, "token_mismatch");
      assert.equal(line.bytes, size ?? Buffer.byteLength(body));
      if (hint === undefined) {
        assert.equal(line.hint, tableHint("token_mismatch"));
      } else {
        assert.match(String(line.hint), hint);
      }
    });
  }

  test("the right length is no evidence", async () => {
    const body = event.replace("tag", "tug");
    const line = await send(body, { "content-length": String(body.length) });
    assert.equal(line.hint, tableHint("token_mismatch"));
  });

  test("because the headers differ", async () => {
    const line = await send(event, { "x-mia-signature": sign("other", SECRET) });
    assert.match(String(line.hint), /^The token headers hold different tokens\./);
    assert.equal(line.bytes, undefined);
  });
});

describe("a payload that is no event has its reason in the line, and its size", () => {
  for (const [body, reason] of [
    ["", "not_json"],
    ["canary", "not_json"],
    ["[]", "not_an_object"],
    ['{"eventTimestamp":1,"payload":{}}', "event_name_missing"],
    ['{"eventName":["canary"]}', "event_name_type"],
    ['{"eventName":"canary"}', "event_timestamp_missing"],
    ['{"eventName":"canary","eventTimestamp":"1"}', "event_timestamp_type"],
    ['{"eventName":"canary","eventTimestamp":1e99}', "event_timestamp_range"],
    ['{"eventName":"canary","eventTimestamp":1,"payload":"canary"}', "payload_type"],
  ] as const) {
    test(body || "an empty body", async () => {
      const line = await lineOf(signed(body));
      assert.deepEqual([line.code, line.reason, line.bytes], ["event_malformed", reason, body.length]);
      assert.equal(
        line.hint,
        body === ""
          ? "The body is empty, and the token is right for an empty body: its sender knows the secret, and signed nothing."
          : tableHint("event_malformed"),
      );
    });
  }
});

describe("a body that does not arrive", () => {
  const waiting = (...pieces: Uint8Array[]) =>
    new Request("https://receiver.example/", {
      method: "POST",
      headers: { "x-mia-token": token },
      body: new ReadableStream({ start: (controller) => pieces.forEach((piece) => controller.enqueue(piece)) }),
      duplex: "half",
    } as RequestInit);

  test("at all was read by something else", async () => {
    const line = await lineOf(waiting());
    assert.equal(line.code, "payload_timeout");
    assert.match(String(line.hint), /^Nothing of the body arrived: a middleware or a proxy read it before/);
  });

  test("in time has the hint of its code, and no size", async () => {
    const line = await lineOf(waiting(Uint8Array.of(0x7b)));
    assert.deepEqual([line.hint, line.bytes], [tableHint("payload_timeout"), undefined]);
  });
});

test("an origin that redirects is to be corrected", async () => {
  for (const [status, hint] of [
    [302, "The origin answered with a redirect, which is not followed. Set the origin to the final address."],
    [308, "The origin answered with a redirect, which is not followed. Set the origin to the final address."],
    [500, tableHint("origin_refused")],
  ] as const) {
    const receiver = { secrets: SECRET, origin: originWith(() => new Response(null, { status })) };
    const lines: string[] = [];
    await createReceiver({ ...receiver, log: (line) => void lines.push(line) })(signed(event));
    assert.equal(resultsOf(lines)[0]?.hint, hint);
  }
});

describe("a time in another unit", () => {
  const UNIT = "The eventTimestamp does not look like milliseconds since 1970. The sender may use another unit.";
  for (const [name, eventTimestamp, code, hint] of [
    ["seconds", NOW / 1000, "event_stale", UNIT],
    ["microseconds", NOW * 1000, "event_from_future", UNIT],
    ["milliseconds", NOW + 86_400_000, "event_from_future", tableHint("event_from_future")],
    ["milliseconds, long ago", NOW - 31_536_000_000, "event_stale", tableHint("event_stale")],
  ] as const) {
    test(name, async () => {
      const options = { secrets: SECRET, on, replay: { store: memoryReplayStore() } };
      const line = await lineOf(signed(eventOf(1, { eventTimestamp })), options);
      assert.deepEqual([line.code, line.hint], [code, hint]);
    });
  }
});

test("an address without a host is the adapter's", async () => {
  const request = { method: "POST", url: "/hooks", headers: new Headers(), body: null, arrayBuffer: async () => {} };
  const line = await lineOf(request as unknown as Request, { subscriptions: { "/hooks": { secrets: SECRET, on } } });
  assert.deepEqual([line.code, line.path], ["request_malformed", undefined]);
  assert.match(String(line.hint), /^The Request's url is a path alone\./);
});
