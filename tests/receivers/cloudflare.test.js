// @ts-check
/** The deployable Worker on a real workerd, over HTTP. */

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { ANSWERS } from "../harness/answers.js";
import { CONNECTION_HEADERS, OWN_HEADERS, RESERVED_SPELLINGS, SENDERS_HEADERS } from "../harness/dropped-headers.js";
import { startOrigin } from "../harness/origin.js";
import { head, sendRaw, tokenOf } from "../harness/wire.js";
import { UNGUARDED, startWorkers } from "../harness/workerd/receiver.js";

const ENTRY = "edge/cloudflare/src/index.ts";
const SECRET = "canary-secret";
const EVENT =
  '{"eventName":"project_created","eventTimestamp":1767225600000,"payload":{"tenantId":"acme","projectId":"demo"}}';

/** How long an origin may take where its answer begins in time, in milliseconds. */
const UNHURRIED_MS = 2_000;

/** @type {Awaited<ReturnType<typeof startOrigin>>} */
let origin;
/** @type {Awaited<ReturnType<typeof startWorkers>>} */
let workers;

before(async () => {
  origin = await startOrigin();
  const common = { MIA_WEBHOOK_SECRET: SECRET, ...UNGUARDED };
  const ORIGIN_URL = `http://${origin.address}/hooks?from=receiver`;
  const services = { ORIGIN: origin.address };
  workers = await startWorkers({
    receiver: {
      entry: ENTRY,
      text: {
        ...common,
        MIA_WEBHOOK_SECRET_PREVIOUS: "the one before",
        ORIGIN_URL,
        MAX_BYTES: "2000",
        // Only what hangs reaches these.
        BODY_TIMEOUT_MS: "60000",
        ORIGIN_TIMEOUT_MS: "60000",
        TENANT_ID: "acme",
      },
    },
    unhurried: { entry: ENTRY, text: { ...common, ORIGIN_URL, ORIGIN_TIMEOUT_MS: String(UNHURRIED_MS) } },
    hasty: { entry: ENTRY, text: { ...common, ORIGIN_URL, ORIGIN_TIMEOUT_MS: "100" } },
    bound: { entry: ENTRY, text: common, services },
    "bound to a path": {
      entry: ENTRY,
      text: {
        ...common,
        ORIGIN_PATH: "/hooks?a=b",
        ORIGIN_HEADERS: "X-Origin-Secret: canary of the origin",
        FORWARD_HEADERS: "x-request-id",
      },
      services,
    },
  });
});
after(() => Promise.all([workers?.stop(), origin?.stop()]));
beforeEach(() => {
  origin.arrivals.length = 0;
  origin.answer = (response) => response.end("taken");
});

/** @param {string | Uint8Array<ArrayBuffer>} body @param {Record<string, string>} [headers] @param {string} [path] */
const post = (body, headers = {}, path = "/", worker = "receiver") =>
  fetch(workers.address(worker) + path, { method: "POST", body, headers, redirect: "manual" });

/** @param {(string | Buffer)[]} pieces */
const raw = (pieces) => sendRaw(workers.port("receiver"), pieces);

/** @param {string | Buffer} payload */
const signed = (payload, secret = SECRET) => ({ "x-mia-token": tokenOf(payload, secret) });

/** @param {Response} response @param {number} status */
async function refused(response, status) {
  assert.equal(response.status, status);
  const [title, headers] = ANSWERS[status] ?? [];
  const body = JSON.stringify({ type: "about:blank", title, status });
  assert.deepEqual(Object.fromEntries(response.headers), {
    "content-type": "application/problem+json",
    "content-length": String(body.length),
    ...headers,
  });
  assert.equal(await response.text(), body);
  assert.equal(origin.arrivals.length, 0, "nothing was forwarded");
}

describe("a genuine event", () => {
  test("is forwarded byte for byte, and the origin's answer comes back", async () => {
    origin.answer = (response) => {
      response.writeHead(202, { "x-origin": "yes", connection: "close, x-private", "x-private": "1" });
      response.end("taken");
    };
    const response = await post(EVENT, signed(EVENT));
    assert.equal(response.status, 202);
    assert.equal(await response.text(), "taken");
    assert.equal(response.headers.get("x-origin"), "yes");
    assert.equal(response.headers.get("x-private"), null);
    assert.equal(origin.arrivals.length, 1);
    assert.equal(origin.arrivals[0]?.payload.toString(), EVENT);
  });

  test("reaches the origin's own address, without the request's path and query", async () => {
    await post(EVENT, signed(EVENT), "/elsewhere?admin=1");
    assert.equal(origin.arrivals[0]?.method, "POST");
    assert.equal(origin.arrivals[0]?.url, "/hooks?from=receiver");
  });

  test("keeps its token headers, and no other header of the sender", async () => {
    const names = [...SENDERS_HEADERS, ...CONNECTION_HEADERS, ...OWN_HEADERS, ...RESERVED_SPELLINGS].filter(
      // Those that would change the request itself.
      (name) =>
        ![
          "connection",
          "content-encoding",
          "transfer-encoding",
          "content-length",
          "host",
          "upgrade",
          "expect",
        ].includes(name),
    );
    const { status } = await raw([
      head([
        `X-Mia-Token: ${tokenOf(EVENT, SECRET)}`,
        `X-Mia-Signature: sha256=${tokenOf(EVENT, SECRET)}`,
        ...names.map((name) => `${name}: forged`),
        "X-Hop: forged",
        "Connection: x-hop",
        `Content-Length: ${EVENT.length}`,
      ]),
      EVENT,
    ]);
    assert.equal(status, 200);
    const { headers } = /** @type {import("../harness/origin.js").Arrival} */ (origin.arrivals[0]);
    assert.deepEqual(
      { ...headers, host: undefined, connection: undefined },
      {
        "x-mia-token": tokenOf(EVENT, SECRET),
        "x-mia-signature": `sha256=${tokenOf(EVENT, SECRET)}`,
        "content-type": "application/json",
        "accept-encoding": "identity",
        "content-length": String(EVENT.length),
        "x-mia-event-id": tokenOf(EVENT, ""),
        host: undefined,
        connection: undefined,
      },
    );
  });

  test("comes with the receiver's own headers, and with those of the sender that are named", async () => {
    const headers = { "X-Origin-Secret": "forged", "X-Request-Id": "42", "X-Other": "1" };
    await post(EVENT, { ...signed(EVENT), ...headers }, "/", "bound to a path");
    const arrived = origin.arrivals[0]?.headers;
    assert.equal(arrived?.["x-origin-secret"], "canary of the origin");
    assert.equal(arrived?.["x-request-id"], "42");
    assert.equal(arrived?.["x-other"], undefined);
  });

  for (const [name, payload] of Object.entries({
    "with CRLF and a final newline": EVENT.replaceAll(",", ",\r\n") + "\r\n",
    "with emoji and escapes": EVENT.replace("demo", "\u{1f680} \\u00e9 \\/"),
    "with spaces that a serialiser would lose": EVENT.replaceAll(":", " :  "),
  })) {
    test(`${name} is not changed`, async () => {
      assert.equal((await post(payload, signed(payload))).status, 200);
      assert.equal(origin.arrivals[0]?.payload.toString(), payload);
    });
  }

  test("is accepted under X-Mia-Signature, with the prefix and in upper case", async () => {
    const token = tokenOf(EVENT, SECRET);
    for (const value of [token, `sha256=${token}`, token.toUpperCase()]) {
      assert.equal((await post(EVENT, { "X-Mia-Signature": value })).status, 200, value);
    }
  });

  test("is accepted with the previous secret, and the log names it", async () => {
    const { answer, result } = await workers.logged(() => post(EVENT, signed(EVENT, "the one before")));
    assert.equal(answer.status, 200);
    const { code, secretId, eventName, id, bytes } = result;
    assert.deepEqual(
      { code, secretId, eventName, id, bytes },
      {
        code: "accepted",
        secretId: "previous",
        eventName: "project_created",
        id: tokenOf(EVENT, ""),
        bytes: EVENT.length,
      },
    );
  });

  test("is accepted in chunks without a length", async () => {
    const { status } = await raw([
      head([`X-Mia-Token: ${tokenOf(EVENT, SECRET)}`, "Transfer-Encoding: chunked"]),
      ...[...EVENT].map((character) => `1\r\n${character}\r\n`),
      "0\r\n\r\n",
    ]);
    assert.equal(status, 200);
    assert.equal(origin.arrivals[0]?.payload.toString(), EVENT);
  });

  test("is accepted at exactly the limit", async () => {
    const payload = EVENT.padEnd(2000);
    assert.equal((await post(payload, signed(payload))).status, 200);
    assert.equal(origin.arrivals[0]?.payload.length, 2000);
  });

  test("outside the scope is refused with its own code", async () => {
    const payload = EVENT.replace("acme", "other");
    const { answer, result } = await workers.logged(() => post(payload, signed(payload)));
    await refused(answer, 403);
    assert.equal(result.code, "event_out_of_scope");
  });
});

describe("anything else is refused and not forwarded:", () => {
  const token = tokenOf(EVENT, SECRET);

  test("a forged token", async () => refused(await post(EVENT, signed(EVENT, "guessed")), 401));
  test("a changed payload", async () => refused(await post(`${EVENT} `, signed(EVENT)), 401));
  test("no token", async () => refused(await post(EVENT), 401));
  test("an empty token", async () => refused(await post(EVENT, { "x-mia-token": "" }), 401));
  test("two names with different tokens", async () =>
    refused(await post(EVENT, { "x-mia-token": token, "x-mia-signature": tokenOf(EVENT, "guessed") }), 401));
  test("a good token beside an empty one", async () =>
    refused(await post(EVENT, { "x-mia-token": token, "x-mia-signature": "" }), 401));

  test("every wrong token, with the same answer", async () => {
    const answers = new Set();
    for (const headers of [signed(EVENT, "guessed"), {}, { "x-mia-token": "junk" }]) {
      const response = await post(EVENT, /** @type {Record<string, string>} */ (headers));
      answers.add(JSON.stringify([response.status, [...response.headers], await response.text()]));
    }
    assert.equal(answers.size, 1, [...answers].join("\n"));
  });

  test("a token sent twice", async () => {
    const line = `X-Mia-Token: ${token}`;
    const answer = await raw([head([line, line, `Content-Length: ${EVENT.length}`]), EVENT]);
    assert.equal(answer.status, 401);
    assert.equal(origin.arrivals.length, 0);
  });

  test("a token in full-width digits", async () => {
    const wide = [...token].map((digit) => String.fromCodePoint((digit.codePointAt(0) ?? 0) + 0xfee0)).join("");
    const bytes = Buffer.from(head([`X-Mia-Token: ${wide}`, `Content-Length: ${EVENT.length}`]));
    const answer = await raw([bytes, EVENT]);
    assert.ok([400, 401].includes(answer.status), String(answer.status));
    assert.equal(origin.arrivals.length, 0);
  });

  test("10,000 header values", async () => {
    const lines = Array.from({ length: 10_000 }, () => "X-Mia-Token: a");
    const answer = await raw([head([...lines, `Content-Length: ${EVENT.length}`]), EVENT]);
    assert.ok(answer.status === 401 || answer.status === 431 || answer.status === 0, String(answer.status));
    assert.equal(origin.arrivals.length, 0);
    assert.equal((await post(EVENT, signed(EVENT))).status, 200, "and the receiver goes on");
  });

  test("GET", async () => {
    await refused(await fetch(workers.address("receiver"), { headers: signed("") }), 405);
  });
  test("PUT", async () =>
    refused(await fetch(workers.address("receiver"), { method: "PUT", body: EVENT, headers: signed(EVENT) }), 405));

  test("a compressed body", async () =>
    refused(await post(EVENT, { ...signed(EVENT), "content-encoding": "gzip" }), 415));

  test("a body one byte over the limit", async () => {
    const payload = EVENT.padEnd(2001);
    await refused(await post(payload, signed(payload)), 413);
  });

  test("a chunked body over the limit", async () => {
    const payload = EVENT.padEnd(4000);
    const answer = await raw([
      head([`X-Mia-Token: ${tokenOf(payload, SECRET)}`, "Transfer-Encoding: chunked"]),
      `fa0\r\n${payload}\r\n0\r\n\r\n`,
    ]);
    assert.equal(answer.status, 413);
    assert.equal(origin.arrivals.length, 0);
  });

  test("a body longer than its declared length", async () => {
    await raw([head([`X-Mia-Token: ${token}`, `Content-Length: ${EVENT.length - 9}`]), EVENT]);
    assert.equal(origin.arrivals.length, 0);
  });

  test("a signed body that is not an event", async () => {
    for (const payload of ["", "{}", "not JSON", "[]", `\ufeff${EVENT}`]) {
      const { answer, result } = await workers.logged(() => post(payload, signed(payload)));
      await refused(answer, 400);
      assert.equal(result.code, "event_malformed");
    }
  });
});

describe("an origin that", () => {
  test("answers 500 has its status returned", async () => {
    origin.answer = (response) => response.writeHead(500).end("broken");
    const { answer, result } = await workers.logged(() => post(EVENT, signed(EVENT)));
    assert.deepEqual([answer.status, await answer.text()], [500, "broken"]);
    assert.deepEqual([result.code, result.status], ["origin_refused", 500]);
  });

  test("redirects is not followed", async () => {
    origin.answer = (response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end();
    assert.equal((await post(EVENT, signed(EVENT))).status, 302);
  });

  for (const status of [204, 304]) {
    test(`answers ${status} is passed on, also where it claims to be compressed`, async () => {
      for (const headers of [{}, { "content-encoding": "gzip" }]) {
        origin.answer = (response) => response.writeHead(status, headers).end();
        assert.equal((await post(EVENT, signed(EVENT))).status, status);
      }
    });
  }

  test("compresses its answer all the same is read by the sender", async () => {
    origin.answer = (response) => response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("taken"));
    const answer = await raw([
      head([`X-Mia-Token: ${tokenOf(EVENT, SECRET)}`, `Content-Length: ${EVENT.length}`]),
      EVENT,
    ]);
    assert.deepEqual([answer.body, answer.headers["content-encoding"]], ["taken", undefined]);
  });

  test("does not answer in time is a 504", async () => {
    origin.answer = () => {};
    const { answer, result } = await workers.logged(() => post(EVENT, signed(EVENT), "/", "hasty"));
    assert.deepEqual([answer.status, result.code], [504, "origin_timeout"]);
  });

  test("has begun to answer in time may take longer for the rest", async () => {
    // A limit far above what a busy machine takes to begin, and a pause above that limit.
    origin.answer = (response) => {
      response.writeHead(200, { "content-length": 5 }).write("ta");
      setTimeout(() => response.end("ken"), 2 * UNHURRIED_MS);
    };
    const response = await post(EVENT, signed(EVENT), "/", "unhurried");
    assert.deepEqual([response.status, await response.text()], [200, "taken"]);
  });

  test("closes the connection halfway is a 502", async () => {
    origin.answer = (response) => response.socket?.destroy();
    const { answer, result } = await workers.logged(() => post(EVENT, signed(EVENT)));
    assert.deepEqual([answer.status, result.code], [502, "origin_unreachable"]);
  });

  test("is a service binding is called with its own path, not with the path of the request", async () => {
    for (const [worker, url] of /** @type {const} */ ([
      ["bound", "/"],
      ["bound to a path", "/hooks?a=b"],
    ])) {
      assert.equal((await post(EVENT, signed(EVENT), "/a/b?c=d", worker)).status, 200);
      assert.equal(origin.arrivals.at(-1)?.url, url);
      assert.equal(origin.arrivals.at(-1)?.headers.host, "origin.internal");
      assert.equal(origin.arrivals.at(-1)?.payload.toString(), EVENT);
    }
  });
});

test("the log never shows a payload, a token or a secret", () => {
  const printed = workers.lines.join("\n");
  assert.ok(printed.includes('"code":"accepted"') && printed.includes('"code":"token_mismatch"'));
  for (const hidden of [
    SECRET,
    "the one before",
    "canary of the origin",
    tokenOf(EVENT, SECRET),
    '"tenantId"',
    "acme",
  ]) {
    assert.ok(!printed.includes(hidden), hidden);
  }
});
