// @ts-check
/**
 * The page of Node on HTTP/2, where requests share a connection and have no
 * `connection` header: a refusal ends its own stream, and no other.
 */

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:http2";
import { after, before, describe, test } from "node:test";
import { skipped } from "../harness/runtimes.js";
import { tokenOf } from "../harness/wire.js";
import { until } from "../harness/workerd/receiver.js";
import { SECRET, genuine, large } from "./deliveries.js";
import { HOSTS, installed } from "./node-hosts.js";
import { newName, observed } from "./suite.js";

const host = HOSTS.find(({ name }) => name === "Node");

/**
 * The status of a request, which is 0 if its stream was closed without one.
 *
 * @param {import("node:http2").ClientHttp2Session} session
 * @param {Record<string, string>} headers
 * @param {Buffer} body
 */
async function post(session, headers, body) {
  const stream = session.request({ ":method": "POST", ":path": "/webhook", ...headers });
  // The host may stop it while it is sent.
  stream.on("error", () => {});
  let status = 0;
  stream.on("response", (answer) => (status = Number(answer[":status"])));
  stream.resume().end(body);
  await once(stream, "close");
  return { status };
}

/** The token of a body, in a header. @param {Buffer} body */
const signed = (body, header = "x-mia-signature") => ({ [header]: tokenOf(body, SECRET) });

describe("Node with HTTP/2", { skip: skipped(installed.missing), timeout: 300_000 }, () => {
  /** @type {import("./start.js").Running} */
  let running;
  /** @type {import("node:http2").ClientHttp2Session} */
  let session;
  /** @type {ReturnType<typeof observed>} */
  let it;

  before(async () => {
    assert.ok(host);
    const page = host.program.split('"node:http"');
    assert.equal(page.length, 2, "the page imports node:http once");
    running = await host.start(page.join('"node:http2"'), SECRET);
    // In megabytes: this client has more to send at a time than it may by default.
    session = connect(`http://127.0.0.1:${running.port}`, { maxSessionMemory: 200 });
    await once(session, "connect");
    // All on the same connection.
    it = observed(running, ({ body }) => post(session, signed(body), body));
  });
  after(async () => {
    session?.destroy();
    await running?.stop();
  });

  /** Refuses it, with this code in the log, and serves the next. @param {string} code @param {number} status @param {() => Promise<{ status: number }>} send */
  async function refuses(code, status, send) {
    await it.refuses(code, status, send);
    await it.goesOn();
  }

  test("handles events with both headers, and 100 at the same time", async () => {
    for (const header of ["x-mia-signature", "x-mia-token"]) {
      const name = newName();
      const { body } = genuine(name);
      assert.equal((await post(session, signed(body, header), body)).status, 200, it.shown());
      await it.isHandled(name);
    }
    await Promise.all(Array.from({ length: 100 }, () => it.goesOn()));
  });

  for (const [what, code, headers] of [
    ["without a token", "token_missing", {}],
    ["with a wrong token", "token_mismatch", { "x-mia-token": "0".repeat(64) }],
    ["with a part of a token", "token_malformed", { "x-mia-token": "0" }],
  ]) {
    for (const bytes of [100, 500_000]) {
      test(`refuses ${bytes} bytes ${what}, and serves the next on the connection`, async () => {
        const name = newName();
        await refuses(String(code), 401, () => post(session, /** @type {any} */ (headers), large(name, bytes).body));
        assert.equal(it.handled(name), 0);
      });
    }
  }

  test("refuses 2 MiB, though they are signed", async () => {
    const name = newName();
    const { body } = large(name, 2 ** 21);
    await refuses("payload_too_large", 413, () => post(session, signed(body), body));
    assert.equal(it.handled(name), 0);
  });

  test("refuses two tokens", () => {
    const { body } = genuine(newName());
    const token = tokenOf(body, SECRET);
    const headers = /** @type {any} */ ({ "x-mia-token": [token, token] });
    return refuses("token_malformed", 401, () => post(session, headers, body));
  });

  test("genuine events pass beside floods of refused ones", async () => {
    const { body } = large(newName(), 2 ** 21);
    const refused = Array.from({ length: 20 }, async () => {
      assert.ok([401, 413, 0].includes((await post(session, {}, body)).status));
    });
    await Promise.all([...refused, ...Array.from({ length: 20 }, () => it.goesOn())]);
    await it.goesOn();
  });

  test("survives a stream that its client resets", async () => {
    const name = newName();
    const { body } = genuine(name);
    const from = it.entries().length;
    const stream = session.request({ ":method": "POST", ":path": "/webhook", ...signed(body) });
    stream.on("error", () => {});
    await new Promise((resolve) => stream.write(body.subarray(0, -1), resolve));
    stream.destroy();
    const isLogged = () =>
      it
        .entries()
        .slice(from)
        .some(({ code }) => code === "payload_interrupted");
    await until(isLogged, `nothing was logged:\n${it.shown()}\n`);
    assert.equal(it.handled(name), 0);
    await it.goesOn();
  });
});
