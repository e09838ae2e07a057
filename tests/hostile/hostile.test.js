// @ts-check
/**
 * Hostile requests over raw sockets: none is forwarded that is not genuine, none is
 * forwarded twice or with a header that the sender chose, memory has a bound, and
 * the receiver goes on.
 */

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";
import { startOrigin } from "../harness/origin.js";
import { head, sendRaw, tokenOf } from "../harness/wire.js";
import { BUDGET, HOSTS, MAX_BYTES, peakMemory } from "./hosts.js";
import { KINDS, SECRET, newEvent, signed } from "./requests.js";

// Takes long: the bodies of 300 connections are 300 MiB.

/** What an origin may get of a request, besides what its connection needs. */
const FORWARDED = [
  "accept-encoding",
  "content-type",
  "x-mia-event-id",
  "x-mia-event-latest",
  "x-mia-signature",
  "x-mia-token",
];
const CONNECTION = ["connection", "content-length", "host", "keep-alive", "transfer-encoding"];
/** What a runtime's `fetch` adds by itself. */
const RUNTIMES = ["accept", "accept-language", "sec-fetch-mode", "user-agent"];

const MIB = 1_048_576;
/** What an engine may have left to collect, or a host may hold by itself. */
const UNCOLLECTED = 32 * MIB;

for (const [name, start] of Object.entries(HOSTS)) {
  describe(name, () => {
    /** @type {Awaited<ReturnType<typeof startOrigin>>} */
    let origin;
    /** @type {import("./hosts.js").Host} */
    let host;
    /** The events that must have arrived, and those that may have. @type {Set<string>} */
    const expected = new Set();
    /** @type {Set<string>} */
    const allowed = new Set();
    let sent = 0;

    before(async () => {
      origin = await startOrigin();
      host = await start(origin.address);
    });
    after(() => Promise.all([host?.stop(), origin?.stop()]));

    const send = async (/** @type {(string | Buffer)[]} */ pieces) => {
      sent += 1;
      return sendRaw(host.port, pieces);
    };
    const genuine = async () => {
      const event = newEvent();
      expected.add(event);
      return (await send(signed(event))).status;
    };

    /** The memory of the receiver now; its peak is counted from here. */
    function memory() {
      peakMemory(host.pid);
      return peakMemory(host.pid);
    }
    const grownSince = (/** @type {number} */ before) => peakMemory(host.pid) - before;

    /** Everything that arrived since the last call was expected, and came with the receiver's headers alone. */
    function judge() {
      for (const { payload, headers } of origin.arrivals.splice(0)) {
        const event = payload.toString();
        assert.ok(expected.delete(event) || allowed.delete(event), `it must not arrive, or not again: ${event}`);
        const senders = Object.keys(headers).filter((key) => ![...FORWARDED, ...CONNECTION, ...RUNTIMES].includes(key));
        assert.deepEqual(senders, [], "headers of the sender");
        assert.equal(headers["content-type"], "application/json");
        assert.equal(headers["x-mia-event-id"], tokenOf(payload, ""));
        assert.ok(!JSON.stringify(headers).includes("forged"), JSON.stringify(headers));
      }
      assert.deepEqual([...expected], [], "genuine events that did not arrive");
    }

    for (const [kind, requests] of Object.entries(KINDS)) {
      test(kind, async () => {
        /** @param {import("./requests.js").Hostile} request */
        async function attack({ name, pieces, event, allowed: maybe }) {
          if (event !== undefined) {
            expected.add(event);
          }
          if (maybe !== undefined) {
            allowed.add(maybe);
          }
          const { status } = await send(pieces);
          const isRight =
            event === undefined ? status !== 200 || maybe !== undefined || isReplay(kind) : status === 200;
          assert.ok(isRight, `${name}: ${status}`);
        }
        // One after the other where the first is the event and the others its replays.
        if (isReplay(kind)) {
          for (const request of requests()) {
            await attack(request);
          }
        } else {
          await Promise.all(requests().map(attack));
        }
        assert.equal(await genuine(), 200, "and the receiver goes on");
        judge();
      });
    }

    test("the pieces of a body are not kept, however small", async (t) => {
      await genuine();
      const before = memory();
      const { status } = await send([
        head([`X-Mia-Token: ${"0".repeat(64)}`, "Transfer-Encoding: chunked"]),
        "1\r\na\r\n".repeat(MAX_BYTES),
        "0\r\n\r\n",
      ]);
      assert.equal(status, 401);
      // A million pieces that are kept take over 140.
      const grown = grownSince(before);
      t.diagnostic(`${(grown / MIB).toFixed(1)} MiB`);
      assert.ok(grown <= 3 * MAX_BYTES + UNCOLLECTED);
    });

    test("300 bodies that are held back take no more than the budget, and genuine events pass", async (t) => {
      await genuine();
      const before = memory();
      const body = Buffer.alloc(MAX_BYTES - 1);
      const sockets = Array.from({ length: 300 }, () => {
        const socket = connect(host.port, "127.0.0.1");
        socket.on("error", () => {});
        socket.write(head([`X-Mia-Token: ${"0".repeat(64)}`, `Content-Length: ${MAX_BYTES}`]));
        socket.write(body);
        return socket;
      });
      sent += sockets.length;
      for (let i = 0; i < 20; i++) {
        assert.equal(await genuine(), 200);
      }
      // All of them together take over 300.
      const grown = grownSince(before);
      t.diagnostic(`${(grown / MIB).toFixed(1)} MiB`);
      assert.ok(grown <= 2 * BUDGET + 4 * UNCOLLECTED);
      await Promise.all(sockets.map((socket) => socket.closed || once(socket.destroy(), "close")));
      judge();
    });

    test("there were at least 300 hostile requests, and each has one line in the log at most", (t) => {
      t.diagnostic(`${sent} requests`);
      assert.ok(sent >= 600);
      const lines = host.lines.filter((line) => line.includes('"mia-webhooks"'));
      assert.ok(lines.length <= sent, `${lines.length} lines for ${sent} requests`);
      for (const line of lines) {
        assert.ok(!line.includes(SECRET) && !/[^\x20-\x7e]/.test(line), line);
        assert.notEqual(JSON.parse(line).code, "unexpected_error", line);
      }
    });
  });
}

/** A committed event is acknowledged again. @param {string} kind */
const isReplay = (kind) => kind.startsWith("one captured request");
