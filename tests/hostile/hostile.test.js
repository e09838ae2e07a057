// @ts-check
/**
 * Hostile requests over raw sockets: none is forwarded that is not genuine, none is
 * forwarded twice or with a header that the sender chose, and the receiver goes on.
 */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startOrigin } from "../harness/origin.js";
import { sendRaw, tokenOf } from "../harness/wire.js";
import { HOSTS } from "./hosts.js";
import { KINDS, SECRET, newEvent, signed } from "./requests.js";

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

    test("no request has taken longer than 15 seconds", () => {
      const lines = host.lines.filter((line) => line.includes('"mia-webhooks"'));
      const times = lines.map((line) => JSON.parse(line).durationMs);
      assert.ok(times.length > 200 && Math.max(...times) <= 15_000, String(Math.max(...times)));
    });

    test("there were at least 300 hostile requests, and each has one line in the log at most", (t) => {
      t.diagnostic(`${sent} requests`);
      assert.ok(sent >= 300);
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
