// @ts-check
/**
 * workerd is killed again and again while it claims, forwards, answers and
 * commits events. Each kill starts a new workerd; the test takes as long as these
 * starts.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { pause, seeded, until } from "../harness/waiting.js";
import { LEASE_MS, eventOf, startGuarded } from "./guarded.js";
import { startWitness } from "./witness.js";

/** What has just happened to some event when workerd is killed. */
const MOMENTS = /** @type {const} */ (["sent", "arrived at the origin", "answered by the origin", "acknowledged"]);
const CUTS = 6 * MOMENTS.length;
const SENDERS = 8;

test(`${CUTS} kills lose no event, and no event is forwarded after it was acknowledged`, async (t) => {
  const random = seeded(20_260_101);
  const witness = await startWitness();
  const guarded = await startGuarded({ originAddress: witness.origin.address });
  let isOver = false;
  let next = 0;
  let cuts = 0;
  const tallies = { acknowledged: 0, duplicates: 0, replays: 0 };

  /** Waits for the next time that this happens. @type {{ moment: string, come: () => void } | undefined} */
  let awaited;
  /** @param {typeof MOMENTS[number]} moment */
  const happened = (moment) => {
    if (awaited?.moment === moment) {
      awaited.come();
      awaited = undefined;
      return true;
    }
    return false;
  };

  witness.origin.answer = (response) => {
    // The event whose arrival is awaited never gets an answer.
    if (!happened("arrived at the origin")) {
      response.end("taken", () => happened("answered by the origin"));
    }
  };

  /** With each kill the clock goes on by a lease, so that nobody waits for the claims of the dead. @param {string} event */
  const sendOnce = (event) => {
    const answer = guarded.send(event, { headers: { "x-test-step": String(cuts * LEASE_MS) } });
    happened("sent");
    return answer;
  };

  /** Sends an event until it is acknowledged. @param {number} number @param {string} event */
  const deliver = (number, event) =>
    until(async () => {
      const { status, text } = await sendOnce(event);
      const isAcknowledged = status >= 200 && status < 300;
      if (isAcknowledged) {
        witness.acknowledge(number);
        tallies.acknowledged += 1;
        tallies.duplicates += text === "" ? 1 : 0;
        happened("acknowledged");
      }
      return isAcknowledged;
    }, `event ${number} is acknowledged`);

  const senders = Array.from({ length: SENDERS }, async () => {
    /** @type {string[]} */
    const captured = [];
    while (!isOver) {
      const number = next++;
      const event = eventOf(number);
      await deliver(number, event);
      captured.push(event);
      if (number % 3 === 0) {
        tallies.replays += 1;
        await sendOnce(/** @type {string} */ (captured[Math.floor(random() * captured.length)]));
      }
    }
  });
  const cutting = (async () => {
    while (cuts < CUTS) {
      const before = tallies.acknowledged;
      await until(() => tallies.acknowledged >= before + SENDERS, "events are acknowledged after a kill");
      const moment = MOMENTS[cuts % MOMENTS.length];
      await /** @type {Promise<void>} */ (
        new Promise((come) => {
          awaited = { moment: /** @type {string} */ (moment), come };
        })
      );
      // So that what follows on the moment is interrupted too.
      await pause(4 * random());
      await guarded.kill();
      cuts += 1;
      await guarded.restart();
    }
    isOver = true;
  })();
  try {
    await Promise.all([cutting, ...senders]);
    const { acknowledged, lost, replayed, arrivedTwice } = witness.verdict(next);
    t.diagnostic(`${next} events, ${CUTS} kills; ${JSON.stringify({ ...tallies, arrivedTwice })}`);
    assert.equal(acknowledged, next);
    assert.deepEqual(lost, []);
    assert.deepEqual(replayed, []);
    // Otherwise the kills interrupted nothing: an event that arrived and was not
    // answered must arrive again.
    assert.ok(arrivedTwice >= CUTS / MOMENTS.length, `${arrivedTwice} events arrived twice`);
  } finally {
    isOver = true;
    await Promise.all([guarded.stop(), witness.origin.stop()]);
  }
});
