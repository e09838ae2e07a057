// @ts-check
/** How many round trips to its Durable Objects the guard takes, on a real workerd. */

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { startOrigin } from "../harness/origin.js";
import { eventOf, startGuarded } from "./guarded.js";

/** @type {Awaited<ReturnType<typeof startOrigin>>} */
let origin;
/** @type {Awaited<ReturnType<typeof startGuarded>>} */
let guarded;
let number = 0;

before(async () => {
  origin = await startOrigin();
  guarded = await startGuarded({
    originAddress: origin.address,
    entry: "tests/replay/counting-worker.js",
    receivers: { receiver: {}, another: {} },
  });
});
after(() => Promise.all([guarded?.stop(), origin?.stop()]));
beforeEach(() => {
  number += 1;
  origin.answer = (response) => response.end("taken");
});

/** The calls of the objects since the last question. */
const calls = async () => (await fetch(`${guarded.url()}/calls`)).json();

/** @param {string} event @param {string} [name] */
const codeOf = async (event, name) => (await guarded.deliver(event, { name })).code;

test("an event that is accepted takes a claim and a commit, and a replay of it none", async () => {
  const event = eventOf(number);
  assert.equal(await codeOf(event), "accepted");
  assert.deepEqual(await calls(), ["claim", "commit"]);
  for (let replay = 0; replay < 3; replay++) {
    assert.equal(await codeOf(event), "event_duplicate");
  }
  assert.deepEqual(await calls(), []);
});

test("a replay at an instance that does not know the event takes a claim once", async () => {
  const event = eventOf(number);
  assert.equal(await codeOf(event), "accepted");
  await calls();
  for (const expected of [["claim"], [], []]) {
    assert.equal(await codeOf(event, "another"), "event_duplicate");
    assert.deepEqual(await calls(), expected);
  }
});

test("an event that its origin refuses takes a claim and a release, each time", async () => {
  const event = eventOf(number);
  origin.answer = (response) => response.writeHead(500).end();
  for (let time = 0; time < 2; time++) {
    assert.equal(await codeOf(event), "origin_refused");
    assert.deepEqual(await calls(), ["claim", "release"]);
  }
});

test("a forged event takes none", async () => {
  const headers = { "x-mia-signature": "0".repeat(64) };
  assert.equal((await guarded.send(eventOf(number), { headers })).status, 401);
  assert.deepEqual(await calls(), []);
});
