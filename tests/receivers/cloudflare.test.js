// @ts-check
/** The deployable Worker on a real workerd, over HTTP. */

import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, beforeEach, describe, test } from "node:test";
import { startOrigin } from "../harness/origin.js";
import { head, sendRaw, tokenOf } from "../harness/wire.js";
import { UNGUARDED, startWorker } from "../harness/workerd/receiver.js";

const ENTRY = "edge/cloudflare/src/index.ts";
const SECRET = "canary-secret";
const EVENT =
  '{"eventName":"project_created","eventTimestamp":1767225600000,"payload":{"tenantId":"acme","projectId":"demo"}}';

/** @type {Awaited<ReturnType<typeof startOrigin>>} */
let origin;
/** @type {Awaited<ReturnType<typeof startWorker>>} */
let worker;

before(async () => {
  origin = await startOrigin();
  worker = await startWorker(ENTRY, {
    MIA_WEBHOOK_SECRET: SECRET,
    MIA_WEBHOOK_SECRET_PREVIOUS: "the one before",
    ORIGIN_URL: `http://${origin.address}/hooks?from=receiver`,
    MAX_BYTES: "2000",
    BODY_TIMEOUT_MS: "300",
    ORIGIN_TIMEOUT_MS: "300",
    TENANT_ID: "acme",
    ...UNGUARDED,
  });
});
after(() => Promise.all([worker?.stop(), origin?.stop()]));
beforeEach(() => {
  origin.arrivals.length = 0;
  origin.answer = (response) => response.end("taken");
});

/** @param {string | Uint8Array<ArrayBuffer>} body @param {Record<string, string>} [headers] @param {string} [path] */
const post = (body, headers = {}, path = "/") =>
  fetch(worker.address + path, { method: "POST", body, headers, redirect: "manual" });

/** @param {string | Buffer} payload */
const signed = (payload, secret = SECRET) => ({ "x-mia-token": tokenOf(payload, secret) });

/** @param {Response} response @param {number} status */
async function refused(response, status) {
  assert.equal(response.status, status);
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  const problem = await response.json();
  assert.deepEqual(Object.keys(problem).sort(), ["status", "title", "type"]);
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

  test("keeps its headers, but not those of the connection", async () => {
    const payload = EVENT;
    const { status } = await sendRaw(worker.port, [
      head([
        `X-Mia-Token: ${tokenOf(payload, SECRET)}`,
        "Content-Type: application/json",
        "X-Request-Id: 42",
        "Keep-Alive: 5",
        "Proxy-Authorization: x",
        "TE: trailers",
        "X-HTTP-Method-Override: GET",
        "X-Original-URL: /healthz",
        "X-Hop: 1",
        "Connection: x-hop",
        "Accept-Encoding: gzip",
        `Content-Length: ${payload.length}`,
      ]),
      payload,
    ]);
    assert.equal(status, 200);
    const { headers } = /** @type {import("../harness/origin.js").Arrival} */ (origin.arrivals[0]);
    assert.equal(headers["content-type"], "application/json");
    assert.equal(headers["x-request-id"], "42");
    assert.equal(headers["accept-encoding"], "identity");
    assert.equal(headers["content-length"], String(payload.length));
    for (const name of [
      "keep-alive",
      "proxy-authorization",
      "te",
      "x-hop",
      "x-http-method-override",
      "x-original-url",
    ]) {
      assert.equal(headers[name], undefined, name);
    }
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
    const result = worker.nextResult();
    assert.equal((await post(EVENT, signed(EVENT, "the one before"))).status, 200);
    const { code, secretId, eventName, id, bytes } = await result;
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
    const { status } = await sendRaw(worker.port, [
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
    const result = worker.nextResult();
    await refused(await post(payload, signed(payload)), 403);
    assert.equal((await result).code, "event_out_of_scope");
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
    const answer = await sendRaw(worker.port, [head([line, line, `Content-Length: ${EVENT.length}`]), EVENT]);
    assert.equal(answer.status, 401);
    assert.equal(origin.arrivals.length, 0);
  });

  test("a token in full-width digits", async () => {
    const wide = [...token].map((digit) => String.fromCodePoint((digit.codePointAt(0) ?? 0) + 0xfee0)).join("");
    const bytes = Buffer.from(head([`X-Mia-Token: ${wide}`, `Content-Length: ${EVENT.length}`]));
    const answer = await sendRaw(worker.port, [bytes, EVENT]);
    assert.ok([400, 401].includes(answer.status), String(answer.status));
    assert.equal(origin.arrivals.length, 0);
  });

  test("10,000 header values", async () => {
    const lines = Array.from({ length: 10_000 }, () => "X-Mia-Token: a");
    const answer = await sendRaw(worker.port, [head([...lines, `Content-Length: ${EVENT.length}`]), EVENT]);
    assert.ok(answer.status === 401 || answer.status === 431 || answer.status === 0, String(answer.status));
    assert.equal(origin.arrivals.length, 0);
    assert.equal((await post(EVENT, signed(EVENT))).status, 200, "and the receiver goes on");
  });

  test("GET", async () => {
    const response = await fetch(worker.address, { headers: signed("") });
    assert.equal(response.headers.get("allow"), "POST");
    await refused(response, 405);
  });
  test("PUT", async () =>
    refused(await fetch(worker.address, { method: "PUT", body: EVENT, headers: signed(EVENT) }), 405));

  test("a compressed body", async () =>
    refused(await post(EVENT, { ...signed(EVENT), "content-encoding": "gzip" }), 415));

  test("a body one byte over the limit", async () => {
    const payload = EVENT.padEnd(2001);
    await refused(await post(payload, signed(payload)), 413);
  });

  test("a chunked body over the limit", async () => {
    const payload = EVENT.padEnd(4000);
    const answer = await sendRaw(worker.port, [
      head([`X-Mia-Token: ${tokenOf(payload, SECRET)}`, "Transfer-Encoding: chunked"]),
      `fa0\r\n${payload}\r\n0\r\n\r\n`,
    ]);
    assert.equal(answer.status, 413);
    assert.equal(origin.arrivals.length, 0);
  });

  test("a body that stops before its declared length", async () => {
    const answer = await sendRaw(worker.port, [
      head([`X-Mia-Token: ${token}`, `Content-Length: ${EVENT.length + 9}`]),
      EVENT,
    ]);
    assert.equal(answer.status, 408);
    assert.equal(origin.arrivals.length, 0);
  });

  test("a connection that closes before its declared length", async () => {
    const result = worker.nextResult();
    const socket = connect(worker.port, "127.0.0.1");
    socket.end(head([`X-Mia-Token: ${token}`, `Content-Length: ${EVENT.length + 9}`]) + EVENT);
    assert.ok(["payload_interrupted", "payload_timeout"].includes((await result).code));
    assert.equal(origin.arrivals.length, 0);
  });

  test("a body longer than its declared length", async () => {
    await sendRaw(worker.port, [head([`X-Mia-Token: ${token}`, `Content-Length: ${EVENT.length - 9}`]), EVENT]);
    assert.equal(origin.arrivals.length, 0);
  });

  test("a signed body that is not an event", async () => {
    for (const payload of ["", "{}", "not JSON", "[]", `\ufeff${EVENT}`]) {
      const result = worker.nextResult();
      await refused(await post(payload, signed(payload)), 400);
      assert.equal((await result).code, "event_malformed");
    }
  });
});

describe("an origin that", () => {
  test("answers 500 has its status returned", async () => {
    origin.answer = (response) => response.writeHead(500).end("broken");
    const result = worker.nextResult();
    const response = await post(EVENT, signed(EVENT));
    assert.equal(response.status, 500);
    assert.equal(await response.text(), "broken");
    assert.equal((await result).code, "origin_refused");
  });

  test("redirects is not followed", async () => {
    origin.answer = (response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end();
    assert.equal((await post(EVENT, signed(EVENT))).status, 302);
  });

  test("answers 204 is passed on", async () => {
    origin.answer = (response) => response.writeHead(204).end();
    assert.equal((await post(EVENT, signed(EVENT))).status, 204);
  });

  test("does not answer in time is a 504", async () => {
    origin.answer = () => {};
    const result = worker.nextResult();
    assert.equal((await post(EVENT, signed(EVENT))).status, 504);
    assert.equal((await result).code, "origin_timeout");
  });

  test("closes the connection halfway is a 502", async () => {
    origin.answer = (response) => response.socket?.destroy();
    const result = worker.nextResult();
    assert.equal((await post(EVENT, signed(EVENT))).status, 502);
    assert.equal((await result).code, "origin_unreachable");
  });

  test("does not exist is a 502", async () => {
    const alone = await startWorker(ENTRY, {
      MIA_WEBHOOK_SECRET: SECRET,
      ORIGIN_URL: "http://127.0.0.1:1/",
      ...UNGUARDED,
    });
    try {
      const response = await fetch(alone.address, { method: "POST", body: EVENT, headers: signed(EVENT) });
      assert.equal(response.status, 502);
    } finally {
      await alone.stop();
    }
  });

  test("is a service binding is called with its own path, not with the path of the request", async () => {
    for (const [env, url] of /** @type {[Record<string, string>, string][]} */ ([
      [{}, "/"],
      [{ ORIGIN_PATH: "/hooks?a=b" }, "/hooks?a=b"],
    ])) {
      const bound = await startWorker(ENTRY, { MIA_WEBHOOK_SECRET: SECRET, ...UNGUARDED, ...env }, origin.address);
      try {
        const response = await fetch(`${bound.address}/a/b?c=d`, {
          method: "POST",
          body: EVENT,
          headers: signed(EVENT),
        });
        assert.equal(response.status, 200);
        assert.equal(origin.arrivals.at(-1)?.url, url);
        assert.equal(origin.arrivals.at(-1)?.payload.toString(), EVENT);
      } finally {
        await bound.stop();
      }
    }
  });
});

describe("an environment that cannot be used lets nothing through:", () => {
  const originUrl = "http://127.0.0.1:1/";
  /** @type {[string, Record<string, string>, string][]} */
  const environments = [
    ["no secret", { ORIGIN_URL: originUrl }, "secret_missing"],
    ["an empty secret", { MIA_WEBHOOK_SECRET: "", ORIGIN_URL: originUrl }, "secret_empty"],
    ["the text undefined as secret", { MIA_WEBHOOK_SECRET: "undefined", ORIGIN_URL: originUrl }, "secret_placeholder"],
    [
      "a secret that ends with the other",
      { MIA_WEBHOOK_SECRET: "ab", MIA_WEBHOOK_SECRET_PREVIOUS: "b", ORIGIN_URL: originUrl },
      "secret_suffix",
    ],
    ["no origin", { MIA_WEBHOOK_SECRET: SECRET }, "configuration_invalid"],
    ["an origin that is no address", { MIA_WEBHOOK_SECRET: SECRET, ORIGIN_URL: "origin" }, "configuration_invalid"],
    ["no replay guard", { MIA_WEBHOOK_SECRET: SECRET, ORIGIN_URL: originUrl, REPLAY: "on" }, "configuration_invalid"],
    [
      "a misspelled switch",
      { MIA_WEBHOOK_SECRET: SECRET, ORIGIN_URL: originUrl, REPLAY: "of" },
      "configuration_invalid",
    ],
    [
      "a limit that is no number",
      { MIA_WEBHOOK_SECRET: SECRET, ORIGIN_URL: originUrl, MAX_BYTES: "1MB" },
      "configuration_invalid",
    ],
  ];
  for (const [name, env, code] of environments) {
    test(name, async () => {
      const misconfigured = await startWorker(ENTRY, { ...UNGUARDED, ...env });
      try {
        const result = misconfigured.nextResult();
        const response = await fetch(misconfigured.address, { method: "POST", body: EVENT, headers: signed(EVENT) });
        await refused(response, 500);
        assert.equal((await result).code, code);
      } finally {
        await misconfigured.stop();
      }
    });
  }
});

test("the log never shows a payload, a token or a secret", () => {
  const printed = worker.lines.join("\n");
  assert.ok(printed.includes('"code":"accepted"') && printed.includes('"code":"token_mismatch"'));
  for (const hidden of [SECRET, "the one before", tokenOf(EVENT, SECRET), '"tenantId"', "acme"]) {
    assert.ok(!printed.includes(hidden), hidden);
  }
});
