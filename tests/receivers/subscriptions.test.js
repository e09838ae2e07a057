// @ts-check
/** Several subscriptions by path on one receiver, on a real workerd. */

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { startOrigin } from "../harness/origin.js";
import { tokenOf } from "../harness/wire.js";
import { startWorker, until } from "../harness/workerd/receiver.js";

/** @type {Awaited<ReturnType<typeof startOrigin>>} */
let origin;
/** @type {Awaited<ReturnType<typeof startWorker>>} */
let worker;

before(async () => {
  origin = await startOrigin();
  worker = await startWorker("tests/receivers/subscriptions-worker.js", {}, origin.address);
});
after(() => Promise.all([worker?.stop(), origin?.stop()]));
beforeEach(() => {
  origin.arrivals.length = 0;
});

/** @param {string} eventName @param {object} [payload] */
const eventOf = (eventName, payload = {}) => JSON.stringify({ eventName, eventTimestamp: 1, payload });

/**
 * Sends an event; the status is what the sender got, the rest is from the log.
 *
 * @param {string} path @param {string} secret @param {string} body
 */
async function deliver(path, secret, body) {
  const headers = { "x-mia-token": tokenOf(body, secret) };
  const { answer, result } = await worker.logged(() => fetch(worker.address + path, { method: "POST", body, headers }));
  assert.equal(result.status, answer.status, "the log says what the sender got");
  return result;
}

test("each path has its own secret", async () => {
  const event = eventOf("project_created", { tenantId: "acme" });
  assert.equal((await deliver("/acme", "acme's secret", event)).status, 200);
  assert.equal(origin.arrivals.length, 1);
  assert.equal((await deliver("/acme", "tags' secret", event)).code, "token_mismatch");
  assert.equal(origin.arrivals.length, 1);
});

test("each path has its own scope", async () => {
  const other = await deliver("/acme", "acme's secret", eventOf("project_created", { tenantId: "other" }));
  assert.deepEqual([other.status, other.code], [403, "event_out_of_scope"]);
  const saved = await deliver("/tags", "tags' secret", eventOf("configuration_saved"));
  assert.deepEqual([saved.status, saved.code], [403, "event_out_of_scope"]);
  assert.equal(origin.arrivals.length, 0);
});

test("the scope of a subscription's record is enforced, and the log says which filter does not match", async () => {
  const secret = "a record's secret of 32 bytes ...";
  const shop = { tenantId: "acme", projectId: "65f1c0ffee0123456789abcd", project: { projectId: "shop" } };
  assert.equal((await deliver("/record", secret, eventOf("project_created", shop))).status, 200);
  const older = { companyId: "acme", resource: { projectId: "shop" } };
  assert.equal((await deliver("/record", secret, eventOf("company_user_added", older))).status, 200);
  assert.equal(origin.arrivals.length, 2);
  for (const [name, payload, reason] of /** @type {const} */ ([
    ["tag_created", shop, "event_name_differs"],
    ["project_created", { ...shop, tenantId: "other" }, "company_differs"],
    ["project_created", { projectId: "shop" }, "company_absent"],
    ["project_created", { tenantId: "acme", projectId: "other" }, "project_differs"],
    ["project_created", { tenantId: "acme" }, "project_absent"],
  ])) {
    const refused = await deliver("/record", secret, eventOf(name, payload));
    assert.deepEqual([refused.status, refused.code, refused.reason], [403, "event_out_of_scope", reason]);
  }
  assert.equal(origin.arrivals.length, 2);
});

test("an unknown path is a 404, also with a query or an extra slash", async () => {
  for (const path of ["/", "/acme/", "/ACME", "/acme//", "/toString", "/__proto__"]) {
    const { status, code } = await deliver(path, "acme's secret", eventOf("project_created", { tenantId: "acme" }));
    assert.deepEqual([status, code], [404, "path_unknown"], path);
  }
  const known = await deliver("/acme?query", "acme's secret", eventOf("project_created", { tenantId: "acme" }));
  assert.equal(known.status, 200);
});

test("a handler acknowledges the event, and its later work is done", async () => {
  const { status, code, secretId, path } = await deliver(
    "/tags",
    "tags' secret",
    eventOf("tag_created", { tagName: "v1" }),
  );
  assert.deepEqual([status, code, secretId, path], [200, "accepted", "current", "/tags"]);
  await until(() => worker.lines.includes("later: v1"), "the later work was not done");
});

test("a handler that throws is a 500, and the log says what it threw", async () => {
  const { status, code, detail } = await deliver("/tags", "tags' secret", eventOf("tag_deleted"));
  assert.deepEqual([status, code], [500, "handler_failed"]);
  assert.match(detail, /^Error: canary in an error\n +at /);
});

test("an event without a handler is acknowledged, and the log says so", async () => {
  for (const name of ["project_created", "toString", "__proto__", "constructor"]) {
    const { status, code } = await deliver("/handlers", "handlers' secret", eventOf(name));
    assert.deepEqual([status, code], [204, "unhandled"], name);
  }
});
