// @ts-check
/**
 * Variables of the ready Worker on a real workerd, with its Durable Objects: those
 * whose effect one or two requests show. tests/unit/hosts/cloudflare has all of them.
 */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startOrigin } from "../harness/origin.js";
import { head, sendRaw, tokenOf } from "../harness/wire.js";
import { startWorkers } from "../harness/workerd/receiver.js";

const SECRET = "canary-secret";
const HOUR = 3_600_000;

/**
 * A variable, its value, what the event has that matters, and the code that it gets
 * with the variable. Without it, the event is accepted.
 *
 * @type {readonly [variable: string, value: string, code: string, event?: object][]}
 */
const ROWS = [
  ["MAX_BYTES", "10", "payload_too_large"],
  ["TENANT_ID", "acme", "event_out_of_scope"],
  ["PROJECT_ID", "shop", "event_out_of_scope"],
  ["EVENT_NAMES", " user_added , tag_deleted ", "event_out_of_scope"],
  ["EVENT_NAMES", " tag_created , tag_deleted ", "accepted"],
  ["EVENT_NAMES", "tag_deleted , tag_created", "accepted"],
  ["REPLAY_MAX_SKEW_MS", "1000", "event_from_future", { eventTimestamp: Date.now() + 120_000 }],
  ["REPLAY_MAX_AGE_MS", String(HOUR), "event_expired", { eventTimestamp: Date.now() - 2 * HOUR }],
];

/** @type {Awaited<ReturnType<typeof startOrigin>>} */
let origin;
/** @type {Awaited<ReturnType<typeof startWorkers>>} */
let workers;
let number = 0;

before(async () => {
  origin = await startOrigin();
  const receiver = (/** @type {Record<string, string>} */ text) => ({
    entry: "edge/cloudflare/src/index.ts",
    text: { MIA_WEBHOOK_SECRET: SECRET, ...text },
    services: { ORIGIN: origin.address },
    objects: { REPLAY_STORE: { class: "ReplayStoreObject", worker: "default" } },
  });
  workers = await startWorkers({
    default: { ...receiver({}), classes: { ReplayStoreObject: "replay-store" } },
    ...Object.fromEntries(
      ROWS.map(([name, value], i) => [`row ${i}`, receiver({ [name]: value, REPLAY_PARTITION: `row ${i}` })]),
    ),
    hasty: receiver({ BODY_TIMEOUT_MS: "100" }),
    twin: receiver({}),
    apart: receiver({ REPLAY_PARTITION: "apart" }),
    off: receiver({ REPLAY: "off" }),
    sharded: receiver({ REPLAY_SHARDS: "2", REPLAY_PARTITION: "sharded" }),
  });
});
after(() => Promise.all([workers?.stop(), origin?.stop()]));

/** @param {object} [event] */
const eventOf = (event) =>
  JSON.stringify({ eventName: "tag_created", eventTimestamp: Date.now(), payload: { number: number++ }, ...event });

/** The code that an event gets from a Worker. @param {string} worker @param {string} body */
async function deliver(worker, body, length = body.length) {
  const { answer, result } = await workers.logged(() =>
    sendRaw(workers.port(worker), [head([`X-Mia-Token: ${tokenOf(body, SECRET)}`, `Content-Length: ${length}`]), body]),
  );
  assert.equal(result.status, answer.status, "the log says what the sender got");
  return result.code;
}

for (const [i, [name, value, code, event]] of ROWS.entries()) {
  test(`${name}="${value}" makes an event ${code}`, async () => {
    const body = eventOf(event);
    assert.equal(await deliver("default", body), "accepted");
    assert.equal(await deliver(`row ${i}`, body), code);
  });
}

test("BODY_TIMEOUT_MS ends the wait for a body", async () => {
  const body = eventOf();
  assert.equal(await deliver("hasty", body, body.length + 1), "payload_timeout");
});

test("REPLAY_PARTITION keeps what a Worker remembers apart, and only that", async () => {
  const body = eventOf();
  assert.equal(await deliver("default", body), "accepted");
  assert.equal(await deliver("twin", body), "event_duplicate");
  assert.equal(await deliver("apart", body), "accepted");
  assert.equal(await deliver("apart", body), "event_duplicate");
});

test("REPLAY=off lets a replay through", async () => {
  const body = eventOf();
  assert.equal(await deliver("off", body), "accepted");
  assert.equal(await deliver("off", body), "accepted");
});

test("REPLAY_SHARDS spreads events over objects, none of which knows the latest", async () => {
  for (const [worker, latest] of /** @type {const} */ ([
    ["apart", "true"],
    ["sharded", undefined],
  ])) {
    const body = eventOf();
    assert.equal(await deliver(worker, body), "accepted");
    assert.equal(origin.arrivals.at(-1)?.headers["x-mia-event-latest"], latest);
    assert.equal(await deliver(worker, body), "event_duplicate");
  }
});
