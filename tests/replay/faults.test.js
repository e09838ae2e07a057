// @ts-check
/** Failures of the guarded Worker on a real workerd, with its Durable Objects on disk. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { after, before, beforeEach, describe, test } from "node:test";
import { startOrigin } from "../harness/origin.js";
import { head, tokenOf } from "../harness/wire.js";
import { LEASE_MS, SECRET, eventOf, post, startGuarded } from "./guarded.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** @typedef {import("node:http").ServerResponse} Answer */

/** @type {Awaited<ReturnType<typeof startOrigin>>} */
let origin;
/** @type {Awaited<ReturnType<typeof startGuarded>>} */
let guarded;
let number = 0;

before(async () => {
  origin = await startOrigin();
  guarded = await startGuarded({
    originAddress: origin.address,
    receivers: { receiver: {}, another: {}, impatient: { ORIGIN_TIMEOUT_MS: "100" } },
  });
});
after(() => Promise.all([guarded?.stop(), origin?.stop()]));
beforeEach(() => {
  number += 1;
  origin.arrivals.length = 0;
  origin.answer = (response) => response.end("taken");
});

/** @param {string} event @param {Record<string, string>} [headers] @param {string} [name] */
const deliver = (event, headers = {}, name = "receiver") => guarded.deliver(event, { headers, name });

/** The event was delivered once, so a replay must not pass. @param {string} event */
async function assertIsCommitted(event) {
  const before = origin.arrivals.length;
  const replay = await deliver(event);
  assert.deepEqual([replay.status, replay.code, replay.text], [200, "event_duplicate", ""]);
  assert.equal(origin.arrivals.length, before);
}

describe("the origin", () => {
  test("gets the id, and whether the event is the latest", async () => {
    const now = Date.now();
    const [newer, late] = [eventOf(number, now + 1000), eventOf(number, now - 1000)];
    for (const [event, isLatest] of /** @type {const} */ ([
      [newer, "true"],
      [late, "false"],
    ])) {
      await deliver(event);
      const { headers } = /** @type {import("../harness/origin.js").Arrival} */ (origin.arrivals.at(-1));
      assert.equal(headers["x-mia-event-id"], tokenOf(event, ""));
      assert.equal(headers["x-mia-event-latest"], isLatest);
    }
  });

  test("gets none of these headers from the sender, in any spelling", async () => {
    const names = [
      "X-Mia-Event-Id",
      "X_MIA_EVENT_ID",
      "x-mia_event-id",
      "X-Mia-Event-Latest",
      "x_mia_event_latest",
      "X_Mia-Event_Latest",
      "X.Mia.Event.Latest",
    ];
    const event = eventOf(number);
    await deliver(event, Object.fromEntries(names.map((name) => [name, "forged"])));
    const { headers } = /** @type {import("../harness/origin.js").Arrival} */ (origin.arrivals[0]);
    assert.equal(headers["x-mia-event-id"], tokenOf(event, ""));
    assert.ok(!JSON.stringify(headers).includes("forged"), JSON.stringify(headers));
  });
});

describe("an event whose origin", () => {
  /** @type {[string, (response: Answer) => void, number, string, string?][]} */
  const faults = [
    ["answers 500", (response) => response.writeHead(500).end(), 500, "origin_refused"],
    ["hangs", () => {}, 504, "origin_timeout", "impatient"],
    ["closes half-way", (response) => response.socket?.destroy(), 502, "origin_unreachable"],
    [
      "closes in the middle of its headers",
      (response) => response.socket?.end("HTTP/1.1 200 OK\r\nx"),
      502,
      "origin_unreachable",
    ],
    ["redirects", (response) => response.writeHead(302, { location: "/" }).end(), 302, "origin_refused"],
  ];
  for (const [name, answer, status, code, receiver] of faults) {
    test(`${name} can be delivered again at once, and then never again`, async () => {
      const event = eventOf(number);
      origin.answer = answer;
      for (let attempt = 0; attempt < 2; attempt++) {
        const failed = await deliver(event, {}, receiver);
        assert.deepEqual([failed.status, failed.code], [status, code]);
      }
      origin.answer = (response) => response.writeHead(202).end("taken");
      const taken = await deliver(event);
      assert.deepEqual([taken.status, taken.code, taken.text], [202, "accepted", "taken"]);
      await assertIsCommitted(event);
    });
  }

  test("cuts off its 200 is committed, because the origin said that it accepted the event", async () => {
    const event = eventOf(number);
    /** @type {Promise<Answer>} */
    const begun = new Promise((resolve) => {
      origin.answer = (response) => {
        response.writeHead(200, { "content-length": "100" });
        response.write("half of");
        resolve(response);
      };
    });
    const code = guarded.nextCode(event);
    const received = await post(guarded.url(), event);
    assert.equal(received.status, 200);
    // The sender has the head of the answer, so the receiver has it too.
    (await begun).socket?.destroy();
    await assert.rejects(received.text());
    assert.equal(await code, "accepted");
    await assertIsCommitted(event);
  });

  test("is down can be delivered when the origin is up", async () => {
    const event = eventOf(number);
    let other = await startOrigin();
    const alone = await startGuarded({
      originAddress: other.address,
      entry: "edge/cloudflare/src/index.ts",
      guard: "ReplayStoreObject",
    });
    try {
      await other.stop();
      assert.equal((await alone.send(event)).status, 502);
      assert.equal((await alone.send(event)).status, 502);
      other = await startOrigin(Number(other.address.split(":")[1]));
      assert.deepEqual(await alone.send(event), { status: 200, text: "taken" });
      assert.deepEqual(await alone.send(event), { status: 200, text: "" });
      assert.equal(other.arrivals.length, 1);
    } finally {
      await Promise.all([alone.stop(), other.stop()]);
    }
  });
});

describe("copies at the same time:", () => {
  /**
   * Sends copies to receivers in turn. The origin answers when every copy has either
   * arrived there or been answered.
   *
   * @param {string} event @param {number} copies @param {readonly string[]} receivers
   */
  async function sendCopies(event, copies, receivers) {
    /** @type {Answer[]} */
    const held = [];
    let answered = 0;
    const release = () => {
      if (held.length + answered === copies) {
        held.forEach((response) => response.end("taken"));
      }
    };
    origin.answer = (response) => {
      held.push(response);
      release();
    };
    return Promise.all(
      Array.from({ length: copies }, async (_, i) => {
        const code = guarded.nextCode(event);
        const answer = await guarded.send(event, { name: receivers[i % receivers.length] });
        answered += 1;
        release();
        await code;
        return answer;
      }),
    );
  }

  for (const [copies, receivers] of /** @type {const} */ ([
    [2, ["receiver"]],
    [50, ["receiver"]],
    [50, ["receiver", "another"]],
  ])) {
    const by = receivers.length === 1 ? "" : " by two receivers that share a Durable Object";
    test(`only one of ${copies} is forwarded${by}`, async () => {
      const event = eventOf(number);
      const answers = await sendCopies(event, copies, receivers);
      assert.equal(origin.arrivals.length, 1);
      assert.equal(answers.filter(({ status, text }) => status === 200 && text === "taken").length, 1);
      assert.equal(answers.filter(({ status }) => status === 409).length, copies - 1);
      await assertIsCommitted(event);
      assert.equal((await deliver(event, {}, receivers.at(-1))).code, "event_duplicate");
    });
  }
});

test("a sender that hangs up does not stop the delivery to the origin", async () => {
  const event = eventOf(number);
  /** @type {Promise<Answer>} */
  const arrived = new Promise((resolve) => {
    origin.answer = resolve;
  });
  const code = guarded.nextCode(event);
  const socket = connect(Number(new URL(guarded.url()).port), "127.0.0.1");
  socket.write(head([`X-Mia-Token: ${tokenOf(event, SECRET)}`, `Content-Length: ${event.length}`]) + event);
  const response = await arrived;
  // workerd ends a request whose connection is reset.
  socket.resetAndDestroy();
  await once(socket, "close");
  // It has noticed the reset before it answers a request that came later.
  for (let later = 0; later < 3; later++) {
    assert.equal((await fetch(guarded.url())).status, 405);
  }
  response.end("taken");
  assert.equal(await code, "accepted");
  await assertIsCommitted(event);
});

describe("a clock that", () => {
  test("steps back an hour lets no replay pass, and loses no event", async () => {
    const committed = eventOf(number, Date.now() - 1000);
    const failed = eventOf(-number, Date.now() - 1000);
    await deliver(committed);
    origin.answer = (response) => response.writeHead(500).end();
    await deliver(failed);
    origin.answer = (response) => response.end("taken");
    const back = { "x-test-step": String(-HOUR) };
    assert.equal((await deliver(committed, back)).code, "event_duplicate");
    // An hour ahead of this clock: the event is refused, and not remembered.
    assert.equal((await deliver(failed, back)).code, "event_from_future");
    assert.equal((await deliver(failed)).code, "accepted");
    await assertIsCommitted(failed);
  });

  test("was an hour ahead when it made a claim does not hold the event back for an hour", async () => {
    const event = eventOf(number);
    origin.answer = (response) => response.writeHead(500).end();
    const ahead = { "x-test-step": String(HOUR), "x-test-failures": "release" };
    assert.equal((await deliver(event, ahead)).code, "origin_refused");
    origin.answer = (response) => response.end("taken");
    assert.equal((await deliver(event)).code, "accepted");
    await assertIsCommitted(event);
  });

  test("steps forward a day lets no replay pass, and loses no event", async () => {
    const [committed, late] = [eventOf(number), eventOf(-number)];
    await deliver(committed);
    const ahead = { "x-test-step": String(DAY) };
    assert.equal((await deliver(eventOf(number, Date.now() + DAY), ahead)).code, "accepted");
    assert.equal((await deliver(committed, ahead)).code, "event_duplicate");
    assert.equal((await deliver(late, ahead)).code, "accepted");
    assert.equal((await deliver(committed)).code, "event_duplicate");
    assert.equal((await deliver(late)).code, "event_duplicate");
  });
});

describe("storage that throws", () => {
  test("on a claim lets nothing pass, and the sender can retry", async () => {
    const event = eventOf(number);
    const refused = await deliver(event, { "x-test-failures": "claim" });
    assert.deepEqual([refused.status, refused.code], [503, "replay_store_unreachable"]);
    assert.equal(origin.arrivals.length, 0);
    assert.equal((await deliver(event)).code, "accepted");
    await assertIsCommitted(event);
  });

  test("on a commit keeps the origin's answer, is logged, and holds the event until its lease ends", async () => {
    const event = eventOf(number);
    const taken = await deliver(event, { "x-test-failures": "commit" });
    assert.deepEqual([taken.status, taken.text, taken.code], [200, "taken", "commit_failed"]);
    const copy = await deliver(event);
    assert.deepEqual([copy.status, copy.code], [409, "event_in_progress"]);
    assert.equal((await deliver(event, { "x-test-step": String(LEASE_MS) })).code, "accepted");
    await assertIsCommitted(event);
  });

  test("on a release holds the event until its lease ends", async () => {
    const event = eventOf(number);
    origin.answer = (response) => response.writeHead(500).end();
    assert.equal((await deliver(event, { "x-test-failures": "release" })).code, "origin_refused");
    origin.answer = (response) => response.end("taken");
    assert.equal((await deliver(event)).code, "event_in_progress");
    assert.equal((await deliver(event, { "x-test-step": String(LEASE_MS) })).code, "accepted");
    await assertIsCommitted(event);
  });
});

test("the log never shows a payload, a token or a secret", () => {
  const printed = guarded.lines().join("\n");
  assert.ok(printed.includes('"code":"event_duplicate"'));
  for (const hidden of [SECRET, '"number"', tokenOf(eventOf(1), SECRET)]) {
    assert.ok(!printed.includes(hidden), hidden);
  }
});
