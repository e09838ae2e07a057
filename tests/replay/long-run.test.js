// @ts-check
/**
 * Many events as a network delivers them: late, twice, in any order, with lost answers.
 *
 * Takes long, because the object writes each of 2,000 events to the disk twice.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { seeded, until } from "../harness/waiting.js";
import { eventOf, post, startGuarded } from "./guarded.js";
import { startWitness } from "./witness.js";

const CAP = 400;
/** The cap may be exceeded by a tenth before the object forgets. */
const MOST_ROWS = CAP + CAP / 10;
const EVENTS = 5 * CAP;
/** At the end of each block nothing is under way. */
const BLOCK = CAP / 4;
const SENDERS = 24;
const SHARE = { replayed: 0.2, doubled: 0.05, answerLost: 0.01, refused: 0.01 };

test(`of ${EVENTS} events none is lost, none is forwarded after its commit, and the store stays small`, async (t) => {
  const random = seeded(7);
  const witness = await startWitness();
  const tallies = {
    requests: 0,
    replays: 0,
    doubles: 0,
    answersLost: 0,
    originsAnswersLost: 0,
    refused: 0,
    retries: 0,
  };
  witness.origin.answer = (response) => {
    const fate = random();
    if (fate < SHARE.answerLost) {
      // The origin accepted it, and its answer gets lost.
      tallies.originsAnswersLost += 1;
      response.socket?.destroy();
    } else if (fate < SHARE.answerLost + SHARE.refused) {
      tallies.refused += 1;
      response.writeHead(503).end();
    } else {
      response.end("taken");
    }
  };
  const guarded = await startGuarded({
    originAddress: witness.origin.address,
    // What the first one knows to be committed, it answers by itself; the other one
    // has to ask the store.
    receivers: { receiver: { REPLAY_CAP: String(CAP) }, other: { REPLAY_CAP: String(CAP) } },
  });
  const beginning = Date.now();
  /** @type {string[]} */
  const captured = [];
  let next = 0;
  /** How many rows the object has after each block. @type {number[]} */
  const rows = [];

  /** @param {string} event */
  async function sendOnce(event) {
    tallies.requests += 1;
    const answer = await guarded.send(event);
    if (random() < SHARE.answerLost) {
      tallies.answersLost += 1;
      return { status: 0, text: "" };
    }
    return answer;
  }

  /** @param {number} number @param {string} event */
  const deliver = (number, event) =>
    until(async () => {
      const { status } = await sendOnce(event);
      const isAcknowledged = status >= 200 && status < 300;
      if (isAcknowledged) {
        witness.acknowledge(number);
      } else {
        tallies.retries += 1;
      }
      return isAcknowledged;
    }, `event ${number} is acknowledged`);

  /** @param {number} end */
  async function sender(end) {
    while (next < end) {
      const number = next++;
      // Five events in a millisecond, and up to 200 out of order. With a block that
      // is less than the cap.
      const event = eventOf(number, beginning + Math.floor(number / 5) + Math.floor(40 * (random() - 0.5)));
      if (random() < SHARE.doubled) {
        tallies.doubles += 1;
        await Promise.all([deliver(number, event), deliver(number, event)]);
      } else {
        await deliver(number, event);
      }
      captured.push(event);
      if (random() < SHARE.replayed) {
        tallies.replays += 1;
        const replay = /** @type {string} */ (captured[Math.floor(random() * captured.length)]);
        const { status, text } = await guarded.send(replay, { name: "other" });
        // Acknowledged as a duplicate or refused as stale; never the origin's answer.
        assert.ok(text !== "taken" && [200, 400].includes(status), `${status} ${text}`);
      }
    }
  }

  try {
    for (let end = BLOCK; end <= EVENTS; end += BLOCK) {
      await Promise.all(Array.from({ length: SENDERS }, () => sender(end)));
      let count = 0;
      await until(async () => {
        count = await (await post(`${guarded.url()}/rows`, "")).json();
        return count <= MOST_ROWS;
      }, `after ${end} events at most ${MOST_ROWS} rows are stored`);
      rows.push(count);
    }
    const { acknowledged, lost, replayed, arrivedTwice } = witness.verdict(EVENTS);
    t.diagnostic(
      `${JSON.stringify({ ...tallies, arrivedTwice, rows })}, ${Math.round((Date.now() - beginning) / 1000)} s`,
    );
    assert.equal(acknowledged, EVENTS);
    assert.deepEqual(lost, []);
    assert.deepEqual(replayed, []);
    // Once there are more events than the cap, no fewer are remembered.
    assert.ok(Math.min(...rows.slice(CAP / BLOCK)) >= CAP, `rows: ${rows.join(", ")}`);
    for (const [what, count] of Object.entries(tallies)) {
      assert.ok(count > 0, `nothing was tried of this: ${what}`);
    }
  } finally {
    await Promise.all([guarded.stop(), witness.origin.stop()]);
  }
});
