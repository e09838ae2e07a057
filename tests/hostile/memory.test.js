// @ts-check
/**
 * How much memory a receiver takes for bodies that are cut into pieces or held back.
 *
 * Takes long, because a million pieces are parsed, and 300 MiB are sent.
 */

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";
import { startOrigin } from "../harness/origin.js";
import { head, sendRaw } from "../harness/wire.js";
import { BUDGET, HOSTS, MAX_BYTES, peakMemory } from "./hosts.js";
import { newEvent, signed } from "./requests.js";

const MIB = 1_048_576;
/** What an engine may have left to collect, or a host may hold by itself. */
const UNCOLLECTED = 32 * MIB;
/** Only what hangs reaches it. */
const PATIENT_MS = 300_000;

const FORGED = `X-Mia-Token: ${"0".repeat(64)}`;

for (const [name, start] of Object.entries(HOSTS)) {
  describe(name, () => {
    /** @type {Awaited<ReturnType<typeof startOrigin>>} */
    let origin;
    /** @type {import("./hosts.js").Host} */
    let host;

    before(async () => {
      origin = await startOrigin();
      host = await start(origin.address, PATIENT_MS);
    });
    after(() => Promise.all([host?.stop(), origin?.stop()]));

    const genuine = async () => (await sendRaw(host.port, signed(newEvent()))).status;

    /** How much more memory the receiver takes at most meanwhile, in bytes. @param {() => Promise<unknown>} attack */
    async function growth(attack) {
      assert.equal(await genuine(), 200);
      peakMemory(host.pid);
      const before = peakMemory(host.pid);
      await attack();
      return peakMemory(host.pid) - before;
    }

    test("the pieces of a body are not kept, however small", async (t) => {
      /** @param {number} count */
      const cut = async (count) => {
        const pieces = ["1\r\na\r\n".repeat(count), "0\r\n\r\n"];
        const { status } = await sendRaw(host.port, [head([FORGED, "Transfer-Encoding: chunked"]), ...pieces]);
        assert.equal(status, 401);
      };
      // What an engine takes once, for its heap and its code, does not count.
      assert.equal(await genuine(), 200);
      await cut(MAX_BYTES);
      const grown = await growth(() => cut(MAX_BYTES));
      t.diagnostic(`${(grown / MIB).toFixed(1)} MiB`);
      // A million pieces that are kept take over 140.
      assert.ok(grown <= 3 * MAX_BYTES + UNCOLLECTED);
    });

    test("300 bodies that are held back take no more than the budget, and genuine events pass", async (t) => {
      const grown = await growth(async () => {
        const body = Buffer.alloc(MAX_BYTES - 1);
        const sockets = Array.from({ length: 300 }, () => {
          const socket = connect(host.port, "127.0.0.1");
          socket.on("error", () => {});
          socket.write(head([FORGED, `Content-Length: ${MAX_BYTES}`]));
          socket.write(body);
          return socket;
        });
        // A busy machine may take no other connection before it has read what these
        // sent. A sender tries again.
        for (let tries = 0; (await genuine()) !== 200; tries++) {
          assert.ok(tries < 10, "no genuine event passes");
        }
        for (let i = 0; i < 20; i++) {
          assert.equal(await genuine(), 200);
        }
        await Promise.all(sockets.map((socket) => socket.closed || once(socket.destroy(), "close")));
      });
      t.diagnostic(`${(grown / MIB).toFixed(1)} MiB`);
      // All of them together take over 300.
      assert.ok(grown <= 2 * BUDGET + 4 * UNCOLLECTED);
      assert.equal(await genuine(), 200, "and the receiver goes on");
    });
  });
}
