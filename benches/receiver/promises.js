// @ts-check
/**
 * Asks a Worker for what the receiver promises. A contender that promises less would be
 * faster for that alone.
 */

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { startOrigin } from "../../tests/harness/origin.js";
import { head, sendRaw, tokenOf } from "../../tests/harness/wire.js";
import { startWorkerd } from "../../tests/harness/workerd/process.js";
import { SECRET, eventOf } from "../sample.js";

const MIB = 1_048_576;
const SHORT_MS = 300;

/** @typedef {import("../../tests/harness/workerd/process.js").Worker} Worker */

/**
 * @param {Pick<Worker, "script" | "wasm">} worker
 * @throws AssertionError for a promise that it does not keep.
 */
export async function provePromises(worker) {
  const origin = await startOrigin();
  const text = { ORIGIN_URL: `http://${origin.address}/`, MIA_WEBHOOK_SECRET: SECRET, REPLAY: "off" };
  const previous = { MIA_WEBHOOK_SECRET_PREVIOUS: "the one before" };
  const workerd = await startWorkerd({
    patient: { ...worker, text: { ...text, ...previous, MAX_BUFFERED_BYTES: String(2 * MIB) } },
    hasty: { ...worker, text: { ...text, BODY_TIMEOUT_MS: String(SHORT_MS), ORIGIN_TIMEOUT_MS: String(SHORT_MS) } },
  });
  const port = (name = "patient") => Number(new URL(/** @type {string} */ (workerd.urls[name])).port);
  const event = eventOf(1024);
  const token = `X-Mia-Token: ${tokenOf(event, SECRET)}`;
  const length = `Content-Length: ${event.length}`;
  const send = (/** @type {string[]} */ lines, body = event, name = "patient", line = {}) =>
    sendRaw(port(name), [head(lines, line), body]);
  const refused = async (/** @type {Promise<import("../../tests/harness/wire.js").Answer>} */ sent, status = 401) => {
    const answer = await sent;
    assert.equal(answer.status, status);
    assert.equal(JSON.parse(answer.body).status, status);
    assert.equal(answer.headers["content-type"], "application/problem+json");
    return answer;
  };
  try {
    origin.answer = (response) =>
      response.writeHead(202, { connection: "close, x-private", "x-private": "1", "x-kept": "1" }).end("taken");
    const passed = await send([token, `X-Mia-Signature: sha256=${tokenOf(event, SECRET)}`, "X-Other: 1", length]);
    assert.deepEqual([passed.status, passed.body, passed.headers["x-kept"]], [202, "taken", "1"]);
    assert.equal(passed.headers["x-private"], undefined);
    const { headers, payload } = /** @type {import("../../tests/harness/origin.js").Arrival} */ (origin.arrivals[0]);
    assert.equal(payload.toString(), event);
    assert.equal(headers["x-mia-event-id"], tokenOf(event, ""));
    assert.equal(headers["x-mia-token"], tokenOf(event, SECRET));
    assert.equal(headers["content-type"], "application/json");
    assert.equal(headers["x-other"], undefined);
    origin.answer = (response) => response.writeHead(302, { location: "/elsewhere" }).end();
    assert.equal((await send([token, length])).status, 302);
    origin.answer = (response) => response.end("taken");
    assert.equal((await send([`X-Mia-Token: ${tokenOf(event, "the one before")}`, length])).status, 200);
    assert.equal((await send([token, "Transfer-Encoding: chunked"], chunked(event))).status, 200);
    const { length: forwarded } = origin.arrivals;

    const challenge = await refused(send([`X-Mia-Token: ${tokenOf(event, "guessed")}`, length]));
    assert.equal(challenge.headers["www-authenticate"], "X-Mia-Token");
    await refused(send([length]));
    await refused(send(["X-Mia-Token: junk", length]));
    await refused(send([token, `X-Mia-Signature: ${"0".repeat(64)}`, length]));
    await refused(send([token, "Content-Encoding: gzip", length]), 415);
    const get = await refused(send([token], "", "patient", { method: "GET" }), 405);
    assert.equal(get.headers["allow"], "POST");
    const large = eventOf(MIB + 1);
    await refused(send([token, `Content-Length: ${large.length}`], large), 413);
    await refused(send([token, "Transfer-Encoding: chunked"], chunked(large)), 413);
    await refused(send([`X-Mia-Token: ${tokenOf("{}", SECRET)}`, "Content-Length: 2"], "{}"), 400);

    await refused(send([token, length], event.slice(1), "hasty"), 408);
    assert.equal(origin.arrivals.length, forwarded, "nothing that was refused was forwarded");
    origin.answer = () => {};
    await refused(send([token, length], event, "hasty"), 504);
    origin.answer = (response) => response.end("taken");

    const held = Array.from({ length: 3 }, () => holdBack(port(), token));
    const [answer] = await Promise.race(held.map((socket) => once(socket, "data")));
    assert.match(String(answer), /^HTTP\/1\.1 503 /, "the oldest body gives way");
    assert.equal((await send([token, length])).status, 200, "a genuine event passes meanwhile");
    held.forEach((socket) => socket.destroy());

    const lines = workerd.lines.filter((line) => line.startsWith("{"));
    const results = lines.map((line) => JSON.parse(line));
    assert.ok(
      results.some(({ code, bytes, id }) => code === "accepted" && bytes === 1024 && id === tokenOf(event, "")),
    );
    assert.ok(results.some(({ code }) => code === "payload_timeout") && results.some(({ status }) => status === 504));
    assert.ok(results.some(({ secretId }) => secretId === "previous"));
    assert.ok(!lines.join().includes(SECRET) && !lines.join().includes(tokenOf(event, SECRET)));
  } finally {
    await Promise.all([workerd.stop(), origin.stop()]);
  }
}

const chunked = (/** @type {string} */ body) => `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

/** Sends most of a large body, and no more. @param {number} port @param {string} token */
function holdBack(port, token) {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.write(head([token, `Content-Length: ${MIB}`]) + "x".repeat(MIB - 1000));
  return socket;
}
