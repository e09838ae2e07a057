// @ts-check
/** Runs the published tests of stores on each store, and tests what only one store has. */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { memoryReplayStore, replayStoreTests } from "mia-webhooks/replay";
import { root } from "../harness/checkout.js";
import { bundleWorker } from "../harness/workerd/bundle.js";
import { startWorkerd } from "../harness/workerd/process.js";

const NOW = 1_767_225_600_000;
const LIMITS = { windowMs: 10_000, cap: 50, leaseMs: 1_000, maxSkewMs: 300_000 };

/** @type {string} */
let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "mia-webhooks-replay-"));
});
after(() => rm(folder, { recursive: true, force: true }));

/** All the tests ran, and none failed. @param {{ name: string, failure: string | null }[]} results */
function assertPassed(results) {
  const names = replayStoreTests(memoryReplayStore).map(({ name }) => name);
  assert.deepEqual(
    results,
    names.map((name) => ({ name, failure: null })),
  );
}

/** @param {number} event @param {object} [more] */
const claimOf = (event, more) => ({
  partition: "s",
  id: event.toString(16).padStart(64, "0"),
  timestamp: NOW + event,
  lease: event,
  now: NOW,
  limits: LIMITS,
  ...more,
});

describe("in memory", () => {
  const store = memoryReplayStore();
  for (const { name, run } of replayStoreTests(() => store)) {
    test(name, run);
  }
});

const deno = join(root, "node_modules/.bin/deno");
test("in Deno KV", { skip: !existsSync(deno) && !process.env["CI"] && "DENO IS NOT INSTALLED" }, async () => {
  const script = join(import.meta.dirname, "deno-kv.js");
  const args = ["run", "--quiet", "--allow-all", "--no-lock", "--unstable-kv", script, join(folder, "kv")];
  const { stdout } = await promisify(execFile)(deno, args, { cwd: root });
  const { results, left, counted, raced } = JSON.parse(stdout);
  assertPassed(results);
  assert.deepEqual([left, counted], [LIMITS.cap, LIMITS.cap]);
  // Without a check of the floor the event would be claimed twice.
  assert.equal(raced, "event_stale");
});

describe("in Durable Objects on disk", () => {
  /** @type {import("../harness/workerd/process.js").Worker} */
  let worker;
  /** @type {import("../harness/workerd/process.js").Workerd} */
  let workerd;
  const start = async () => {
    workerd = await startWorkerd({ worker }, { state: join(folder, "objects") });
  };
  before(async () => {
    worker = {
      ...(await bundleWorker("tests/replay/guard-worker.js")),
      classes: { Guard: "guard" },
      objects: { REPLAY_STORE: { class: "Guard", worker: "worker" } },
    };
    await start();
  });
  after(() => workerd?.stop());

  /** @param {string} path @param {...unknown} args */
  async function ask(path, ...args) {
    const response = await fetch(`${workerd.urls["worker"]}/${path}`, { method: "POST", body: JSON.stringify(args) });
    return response.json();
  }

  for (const shards of [1, 4]) {
    test(`with shards: ${shards}`, async () => assertPassed(await ask(`tests?shards=${shards}`)));
  }

  test("commits and claims survive a kill", async () => {
    await ask("killed/many", [claimOf(1)]);
    assert.equal((await ask("killed/claim", claimOf(2))).code, "claimed");
    await workerd.stop();
    await start();
    assert.equal((await ask("killed/claim", claimOf(1, { lease: 9 }))).code, "event_duplicate");
    assert.equal((await ask("killed/claim", claimOf(2, { lease: 9 }))).code, "event_in_progress");
  });

  test("an event beyond the cap is forgotten, and still refused", async () => {
    await ask(
      "capped/many",
      Array.from({ length: 500 }, (_, event) => claimOf(event)),
    );
    assert.equal((await ask("capped/measure")).count, 500);
    await ask("capped/prune");
    assert.equal((await ask("capped/measure")).count, LIMITS.cap);
    assert.equal((await ask("capped/claim", claimOf(449, { lease: 9999 }))).code, "event_stale");
    assert.equal((await ask("capped/claim", claimOf(450, { lease: 9999 }))).code, "event_duplicate");
  });

  test("an event older than the window is forgotten, and still refused", async () => {
    await ask("windowed/many", [claimOf(0), claimOf(1), claimOf(20_000)]);
    await ask("windowed/prune");
    assert.equal((await ask("windowed/measure")).count, 1);
    assert.equal((await ask("windowed/claim", claimOf(1, { lease: 9 }))).code, "event_stale");
    assert.equal((await ask("windowed/claim", claimOf(2))).code, "claimed");
  });

  // Without a transaction the entries would be gone, but the floor would not have
  // risen.
  test("pruning that fails halfway forgets nothing", async () => {
    await ask(
      "broken/many",
      Array.from({ length: 60 }, (_, event) => claimOf(event)),
    );
    for (let statements = 0; statements < 13; statements++) {
      await ask("broken/breakAfter", statements);
      assert.match((await ask("broken/prune")).thrown, /the disk is full/);
      await ask("broken/repair");
      assert.equal((await ask("broken/measure")).count, 60, `after ${statements} statements`);
      assert.equal((await ask("broken/claim", claimOf(0, { lease: 9999 }))).code, "event_duplicate");
    }
    await ask("broken/prune");
    assert.equal((await ask("broken/measure")).count, LIMITS.cap);
  });

  test("a commit that fails leaves the claim unchanged", async () => {
    for (let statements = 0; statements < 3; statements++) {
      const claim = claimOf(statements);
      assert.equal((await ask("half/claim", claim)).code, "claimed");
      await ask("half/breakAfter", statements);
      assert.match((await ask("half/commit", claim)).thrown, /the disk is full/);
      await ask("half/repair");
      assert.equal((await ask("half/claim", { ...claim, lease: 9999 })).code, "event_in_progress");
      assert.equal(await ask("half/commit", claim), true);
    }
  });

  test("an entry takes 200 bytes at most", async (t) => {
    const empty = (await ask("large/measure")).bytes;
    const ids = Array.from({ length: 4_000 }, (_, event) => ({
      ...claimOf(event, { lease: 9_007_199_254_740_991 }),
      id: Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("hex"),
    }));
    for (let i = 0; i < ids.length; i += 1_000) {
      await ask("large/many", ids.slice(i, i + 1_000));
    }
    const { count, bytes } = await ask("large/measure");
    t.diagnostic(`${(bytes - empty) / count} bytes an entry`);
    assert.equal(count, ids.length);
    assert.ok((bytes - empty) / count <= 200);
  });

  test("tables are migrated to a newer version once, and keep their rows", async () => {
    await ask("migrated/many", [claimOf(1)]);
    await ask("migrated/migrateOn");
    assert.deepEqual(
      await ask("migrated/execute", "SELECT note, (SELECT version FROM schema) AS version FROM entries"),
      [{ note: "kept", version: 2 }],
    );
  });

  test("a migration that fails halfway leaves the tables unchanged", async () => {
    await ask("unmigrated/many", [claimOf(1)]);
    for (const statements of [2, 3, 4, 5]) {
      await ask("unmigrated/breakAfter", statements);
      assert.match((await ask("unmigrated/migrateOn")).thrown, /the disk is full/);
      await ask("unmigrated/repair");
      assert.deepEqual(await ask("unmigrated/execute", "SELECT version FROM schema"), [{ version: 1 }]);
      assert.equal((await ask("unmigrated/claim", claimOf(1, { lease: 9 }))).code, "event_duplicate");
    }
  });

  test("tables of an unknown, newer version are refused, and not changed", async () => {
    await ask("newer/many", [claimOf(1)]);
    await ask("newer/execute", "UPDATE schema SET version = 99");
    await workerd.stop();
    await start();
    assert.match((await ask("newer/claim", claimOf(1))).thrown, /version 99.*deploy newer code/);
  });
});
