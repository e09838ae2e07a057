// @ts-check
/**
 * A Redis that writes to the disk once a second (`appendfsync everysec`) loses power.
 * `kill -9` alone loses nothing: what a process has written, the system keeps. So the
 * end of the file is cut off too, which a disk would not have had yet.
 */

import assert from "node:assert/strict";
import { readdirSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startRedis } from "../harness/servers/redis.js";
import { pause, until } from "../harness/waiting.js";
import { Verdict, eventOf, startReplica } from "./replicas.js";

const CUTS = 3;
const SENDERS = 8;
/** In microseconds. The file is written each second, so it lacks a second at most, and another one if the disk is slow. */
const SECOND = 1_000_000;

const microseconds = () => Number(process.hrtime.bigint() / 1000n);

test(`${CUTS} power cuts of a Redis with appendfsync everysec forget the last two seconds of commits at most`, async (t) => {
  const server = await startRedis({ appendfsync: "everysec" });
  const verdict = new Verdict();
  const replay = { leaseMs: 3000, storeTimeoutMs: 1500 };
  const replicas = await Promise.all(
    ["ioredis", "redis"].map((client) => startReplica({ client, url: server.url, replay }, verdict)),
  );
  const [first, second] = /** @type {[typeof replicas[0], typeof replicas[0]]} */ (replicas);
  const folder = join(server.folder, "appendonlydir");
  const file = () =>
    join(folder, /** @type {string} */ (readdirSync(folder).find((name) => name.endsWith(".incr.aof"))));
  /** How long the file was at which time. @type {{ at: number, size: number }[]} */
  let sizes = [];
  const measuring = setInterval(() => sizes.push({ at: microseconds(), size: statSync(file()).size }), 20);
  /** @type {number[]} */
  const cuts = [];
  let next = 0;
  /** @param {string} event @param {typeof first} replica */
  const deliver = (event, replica) =>
    until(async () => (await replica.send(event)) === 200, "an event is acknowledged");

  try {
    for (let cut = 0; cut < CUTS; cut++) {
      let isSending = true;
      sizes = [];
      /** @type {string[]} */
      const sent = [];
      const sending = Array.from({ length: SENDERS }, async () => {
        while (isSending) {
          const event = eventOf(next++, Date.now());
          await deliver(event, first);
          sent.push(event);
          await pause(20);
        }
      });
      /** What was written between one and two seconds ago. @type {typeof sizes[0] | undefined} */
      let kept;
      await until(() => {
        const now = microseconds();
        kept = sizes.findLast(({ at }) => at < now - SECOND && at > now - 1.9 * SECOND);
        return kept !== undefined && sent.length > 100;
      }, "events are acknowledged for a second");
      cuts.push(microseconds());
      await server.kill();
      truncateSync(file(), /** @type {NonNullable<typeof kept>} */ (kept).size);
      await server.restart();
      isSending = false;
      await Promise.all(sending);
      // By a receiver that does not know them yet.
      await Promise.all(sent.map((event) => deliver(event, second)));
    }
  } finally {
    clearInterval(measuring);
    await Promise.all([...replicas.map((replica) => replica.kill()), server.stop()]);
  }

  const passed = verdict.replayed();
  t.diagnostic(`${next} events, of which ${passed.length} passed again; ${JSON.stringify(verdict.codes)}`);
  assert.equal(verdict.delivered.size, next, "lost");
  for (const { id, started } of passed) {
    const committed = Math.max(.../** @type {number[]} */ (verdict.committed.get(id)).filter((time) => time < started));
    const cut = cuts.find((time) => time >= committed - SECOND / 10 && time <= started);
    assert.ok(
      cut !== undefined && cut - committed <= 2 * SECOND,
      `${id} passed again, and was not committed just before a cut`,
    );
  }
  // Otherwise nothing was cut off.
  assert.ok(passed.length > 0);
});
