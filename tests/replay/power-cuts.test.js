// @ts-check
/**
 * workerd is killed again and again while it claims, forwards, answers and
 * commits events.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventOf, pause, seeded, send, startGuarded } from "./guarded.js";
import { startWitness } from "./witness.js";

const CUTS = 50;
const SENDERS = 8;

test(`${CUTS} kills lose no event, and no event is forwarded after it was acknowledged`, async (t) => {
  const random = seeded(20_260_101);
  const witness = await startWitness();
  // Some answers take a while, so that kills interrupt every step.
  witness.origin.answer = (response) => setTimeout(() => response.end("taken"), random() < 0.3 ? 20 : 0);
  const guarded = await startGuarded({
    originAddress: witness.origin.address,
    env: { ORIGIN_TIMEOUT_MS: "150", REPLAY_LEASE_MS: "350", REPLAY_STORE_TIMEOUT_MS: "200" },
  });
  let isOver = false;
  let next = 0;
  const tallies = { unanswered: 0, inProgress: 0, duplicates: 0, replays: 0 };

  /** Sends an event until it is acknowledged. @param {number} number @param {string} event */
  async function deliver(number, event) {
    for (;;) {
      const { status, text } = await send(guarded.url(), event);
      if (status >= 200 && status < 300) {
        tallies.duplicates += text === "" ? 1 : 0;
        witness.acknowledge(number);
        return;
      }
      tallies.unanswered += status === 0 ? 1 : 0;
      tallies.inProgress += status === 409 ? 1 : 0;
      await pause(20);
    }
  }

  const senders = Array.from({ length: SENDERS }, async () => {
    /** @type {string[]} */
    const captured = [];
    while (!isOver) {
      const number = next++;
      const event = eventOf(number);
      await deliver(number, event);
      captured.push(event);
      if (random() < 0.3) {
        tallies.replays += 1;
        await send(guarded.url(), /** @type {string} */ (captured[Math.floor(random() * captured.length)]));
      }
    }
  });
  try {
    for (let cut = 0; cut < CUTS; cut++) {
      await pause(20 + 180 * random());
      await guarded.kill();
      await guarded.restart();
    }
    await pause(200);
    isOver = true;
    await Promise.all(senders);
    const { acknowledged, lost, replayed, arrivedTwice } = witness.verdict(next);
    t.diagnostic(`${next} events, ${CUTS} kills; ${JSON.stringify({ ...tallies, arrivedTwice })}`);
    assert.equal(acknowledged, next);
    assert.deepEqual(lost, []);
    assert.deepEqual(replayed, []);
    // Otherwise the kills interrupted nothing.
    assert.ok(next > 500 && tallies.unanswered > CUTS / 2 && tallies.replays > 100);
  } finally {
    isOver = true;
    await Promise.all([guarded.stop(), witness.origin.stop()]);
  }
});
