// @ts-check
/** What a sender gets for each code, on the wire of a real workerd: status line, headers and body. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { root } from "../harness/checkout.js";
import { ANSWERS } from "../harness/answers.js";
import { startOrigin } from "../harness/origin.js";
import { head, sendRaw, tokenOf } from "../harness/wire.js";
import { startWorkers } from "../harness/workerd/receiver.js";

/** The status of each code, as docs/codes.md states it. */
const statuses = new Map(
  [...readFileSync(join(root, "docs/codes.md"), "utf8").matchAll(/^\| \d+ \| `(\w+)` \| ([^|]+) \|/gm)].map(
    ([, code = "", status = ""]) => [code, Number(status)],
  ),
);

const SECRET = "canary-secret";
const READY = "edge/cloudflare/src/index.ts";
const ORIGIN_URL = "http://127.0.0.1:1/";

/** Environments of the ready Worker that cannot be used, by the code that is logged. */
const BROKEN = /** @type {const} */ ({
  secret_missing: { ORIGIN_URL },
  secret_empty: { MIA_WEBHOOK_SECRET: "", ORIGIN_URL },
  secret_placeholder: { MIA_WEBHOOK_SECRET: "undefined", ORIGIN_URL },
  secret_too_long: { MIA_WEBHOOK_SECRET: "x".repeat(4097), ORIGIN_URL },
  secret_suffix: { MIA_WEBHOOK_SECRET: "ab", MIA_WEBHOOK_SECRET_PREVIOUS: "b", ORIGIN_URL },
  configuration_invalid: { MIA_WEBHOOK_SECRET: SECRET },
});

/** @type {Awaited<ReturnType<typeof startOrigin>>} */
let origin;
/** @type {Awaited<ReturnType<typeof startWorkers>>} */
let workers;

before(async () => {
  origin = await startOrigin();
  const receiver = { entry: "tests/receivers/refusals-worker.js", services: { ORIGIN: origin.address } };
  workers = await startWorkers({
    receiver: { ...receiver, text: { LIMIT_MS: "60000" } },
    patient: { ...receiver, text: { LIMIT_MS: "3600000" } },
    // Only for what never arrives.
    hasty: { ...receiver, text: { LIMIT_MS: "100" } },
    ...Object.fromEntries(
      Object.entries(BROKEN).map(([code, text]) => [code, { entry: READY, text: { REPLAY: "off", ...text } }]),
    ),
  });
});
after(() => Promise.all([workers?.stop(), origin?.stop()]));
beforeEach(() => {
  origin.arrivals.length = 0;
  origin.answer = (response) => response.end("taken");
});

const eventTimestamp = Date.now();

/** @param {object} [payload] @param {string} [eventName] */
const eventOf = (payload, eventName = "tag_created") =>
  JSON.stringify({ eventName, eventTimestamp, payload: { tenantId: "acme", ...payload } });
const EVENT = eventOf();

/**
 * Sends a body with these headers; signed, if they have no token.
 *
 * @param {string} body
 * @param {Record<string, string>} [headers]
 * @param {{ method?: string, path?: string, worker?: string }} [options]
 */
function send(body, headers = { "X-Mia-Token": tokenOf(body, SECRET) }, { worker = "receiver", ...line } = {}) {
  const lines = Object.entries({ "Content-Length": String(body.length), ...headers });
  return sendRaw(workers.port(worker), [
    head(
      lines.map(([name, value]) => `${name}: ${value}`),
      line,
    ),
    body,
  ]);
}

/** A request whose store answers a code. @param {string} answer */
const claimed = (answer) => () => send(eventOf({ answer }));

/** @param {string} path @param {string} [eventName] */
const at = (path, eventName) => () => send(eventOf({ path }, eventName), undefined, { path });

const token = tokenOf(EVENT, SECRET);

/**
 * How a sender comes by each code.
 *
 * @type {Record<string, () => Promise<import("../harness/wire.js").Answer>>}
 */
const REFUSALS = {
  token_missing: () => send(EVENT, {}),
  token_malformed: () => send(EVENT, { "X-Mia-Token": "junk" }),
  token_mismatch: () => send(EVENT, { "X-Mia-Token": tokenOf(EVENT, "guessed") }),
  method_not_allowed: () => send(EVENT, { "X-Mia-Token": token }, { method: "PUT" }),
  payload_too_large: () => send(EVENT.padEnd(2001)),
  payload_encoded: () => send(EVENT, { "X-Mia-Token": token, "Content-Encoding": "gzip" }),
  payload_consumed: () => send(EVENT, { "X-Mia-Token": token, "X-Test-Read": "yes" }),
  payload_timeout: () =>
    send(EVENT, { "X-Mia-Token": token, "Content-Length": String(EVENT.length + 9) }, { worker: "hasty" }),
  event_malformed: () => send("{}"),
  path_unknown: at("/elsewhere"),
  request_malformed: () =>
    sendRaw(workers.port("receiver"), [`POST / HTTP/1.1\r\nHost: [\r\nContent-Length: 0\r\n\r\n`]),
  event_out_of_scope: () => send(eventOf({ tenantId: "other" })),
  origin_unreachable: at("/no-origin"),
  origin_timeout: () => {
    origin.answer = () => {};
    return send(eventOf({ number: 1 }), undefined, { worker: "hasty" });
  },
  handler_failed: at("/handlers", "tag_deleted"),
  secrets_unavailable: at("/no-secrets"),
  event_in_progress: claimed("event_in_progress"),
  event_stale: claimed("event_stale"),
  event_from_future: claimed("event_from_future"),
  event_expired: claimed("event_expired"),
  replay_store_unreachable: claimed("error"),
  unexpected_error: claimed("nothing"),
  ...Object.fromEntries(
    Object.keys(BROKEN).map((worker) => [worker, () => send(EVENT, { "X-Mia-Token": token }, { worker })]),
  ),
};

/** Codes that are no refusals, and codes that no sender sees here. @type {Record<string, string>} */
const OTHERS = {
  accepted: "below",
  unhandled: "below",
  authorized: "tests/hosts/envoy.test.js",
  event_duplicate: "below",
  origin_refused: "below: the origin's own answer",
  commit_failed: "tests/replay/faults.test.js: the origin's own answer",
  claim_lost: "the origin's own answer, as for commit_failed",
  payload_interrupted: "below: the sender is gone",
  receiver_overloaded: "below: beside another request",
  origin_answer_invalid: "below: with an origin on a socket",
  secret_too_many: "the ready Worker has two at most",
  engine_unavailable: "workerd has every module",
};

test("every code is tested", () => {
  assert.deepEqual([...Object.keys(REFUSALS), ...Object.keys(OTHERS)].sort(), [...statuses.keys()].sort());
});

describe("the sender sees only the status of", () => {
  for (const [code, ask] of Object.entries(REFUSALS)) {
    test(code, async () => {
      const status = /** @type {number} */ (statuses.get(code));
      const [title, headers] = ANSWERS[status] ?? [];
      const { answer, result } = await workers.logged(ask);
      const body = JSON.stringify({ type: "about:blank", title, status });
      assert.deepEqual(answer, {
        status,
        // workerd has the words of RFC 7231.
        statusLine: `HTTP/1.1 ${status} ${status === 413 ? "Payload Too Large" : title}`,
        headers: { "content-length": String(body.length), "content-type": "application/problem+json", ...headers },
        body,
      });
      assert.deepEqual([result.code, result.status], [code, status]);
      assert.equal(origin.arrivals.length, code === "origin_timeout" ? 1 : 0);
      assert.ok(!workers.lines.join().includes("canary"));
    });
  }
});

test("the sender of an event that was handled, or delivered before, gets a 200 and nothing else", async () => {
  for (const [path, codes] of /** @type {const} */ ([
    ["/handlers", ["accepted", "event_duplicate"]],
    ["/", ["accepted", "event_duplicate"]],
  ])) {
    for (const code of codes) {
      const { answer, result } = await workers.logged(at(path));
      const isForwarded = code === "accepted" && path === "/";
      assert.deepEqual([answer.status, answer.body, result.code], [200, isForwarded ? "taken" : "", code]);
      assert.equal(answer.headers["content-type"], undefined);
    }
  }
  assert.equal(origin.arrivals.length, 1);
});

test("the sender of an event without a handler gets a 204", async () => {
  const { answer, result } = await workers.logged(at("/handlers", "user_added"));
  assert.deepEqual([answer.status, answer.headers, answer.body, result.code], [204, {}, "", "unhandled"]);
});

test("the sender of an event that the origin refuses gets the origin's own answer", async () => {
  origin.answer = (response) => {
    response.writeHead(418, "Short and Stout", { "x-origin": "yes", "content-type": "text/plain" }).end("broken");
  };
  const { answer, result } = await workers.logged(() => send(eventOf({ number: 2 })));
  assert.equal(answer.statusLine, "HTTP/1.1 418 Short and Stout");
  assert.deepEqual([answer.headers["x-origin"], answer.body], ["yes", "broken"]);
  assert.deepEqual([result.code, result.status], ["origin_refused", 418]);
});

test("a sender that closes its connection before the end of the body is logged, and nothing is forwarded", async () => {
  const { result } = await workers.logged(async () => {
    const socket = connect(workers.port("receiver"), "127.0.0.1");
    socket.end(head([`X-Mia-Token: ${token}`, `Content-Length: ${EVENT.length + 9}`]) + EVENT);
  });
  assert.ok(["payload_interrupted", "payload_timeout"].includes(result.code), result.code);
  assert.equal(origin.arrivals.length, 0);
});

test("the sender of an event gets a 503 while others take all the memory, and can try again", async () => {
  /** @type {(value?: unknown) => void} */
  let arrived = () => {};
  const arrival = new Promise((resolve) => (arrived = resolve));
  /** @type {() => void} */
  let take = () => {};
  origin.answer = (response) => {
    take = () => response.end("taken");
    arrived();
  };
  const first = send(eventOf({ number: 3 }).padEnd(1900));
  await arrival;
  const second = eventOf({ number: 4 }).padEnd(200);
  const { answer, result } = await workers.logged(() => send(second));
  const body = JSON.stringify({ type: "about:blank", title: "Service Unavailable", status: 503 });
  assert.deepEqual([answer.status, answer.headers["retry-after"], answer.body], [503, "5", body]);
  assert.equal(result.code, "receiver_overloaded");
  take();
  assert.equal((await first).status, 200);
  origin.answer = (response) => response.end("taken");
  assert.equal((await send(second)).status, 200);
});

test("the body that began to arrive first gives way to a genuine event, and its sender gets a 503", async () => {
  const held = eventOf({ number: 6 }).padEnd(1900);
  const socket = connect(workers.port("receiver"), "127.0.0.1");
  await once(socket, "connect");
  socket.write(head([`X-Mia-Token: ${tokenOf(held, SECRET)}`, `Content-Length: ${held.length}`]) + held.slice(0, -1));
  // It has arrived before the last of several requests that came later.
  for (let later = 7; later < 10; later++) {
    assert.equal((await send(eventOf({ number: later }).padEnd(1900))).status, 200, "a genuine event passes");
  }
  const { result } = await workers.logged(async () => {
    socket.write(held.slice(-1));
    const [answer] = await once(socket, "data");
    assert.match(String(answer), /^HTTP\/1\.1 503 /);
  });
  socket.destroy();
  assert.equal(result.code, "receiver_overloaded");
  assert.equal(origin.arrivals.filter(({ payload }) => payload.toString() === held).length, 0);
});

test("the sender of a body that gave way is answered, also if it sends no more", async () => {
  const held = eventOf({ number: 10 }).padEnd(1900);
  const socket = connect(workers.port("patient"), "127.0.0.1");
  await once(socket, "connect");
  socket.write(head([`X-Mia-Token: ${tokenOf(held, SECRET)}`, `Content-Length: ${held.length}`]) + held.slice(0, -1));
  const answered = once(socket, "data");
  for (let later = 11; later < 14; later++) {
    assert.equal((await send(eventOf({ number: later }).padEnd(1900), undefined, { worker: "patient" })).status, 200);
  }
  // The limit for its body is an hour.
  assert.match(String((await answered)[0]), /^HTTP\/1\.1 503 /);
  socket.destroy();
});

test("the sender gets a 502 where the origin switches protocols", async () => {
  origin.answer = ({ socket }) => {
    socket?.end("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  };
  const { answer, result } = await workers.logged(() => send(eventOf({ number: 5 })));
  assert.deepEqual([answer.status, result.status, result.code], [502, 502, "origin_answer_invalid"]);
});
