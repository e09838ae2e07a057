// @ts-check
/**
 * The ready Worker with a REPLAY_URL: bundled by wrangler with each client as it comes
 * from npm, on a real workerd, with real databases; MongoDB is an emulator where this
 * machine has no mongod.
 */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { root } from "../harness/checkout.js";
import { startOrigin } from "../harness/origin.js";
import { PASSWORD, startDatabases } from "../harness/servers/databases.js";
import { tokenOf } from "../harness/wire.js";
import { startWorkerd } from "../harness/workerd/process.js";
import { MARKER, logged, until } from "../harness/workerd/receiver.js";

const SECRET = "the secret of the subscription";

/** Workers with one client each, and the one without any. */
const PROGRAM = `
import * as ioredis from "ioredis";
import * as mongodb from "mongodb";
import pg from "pg";
import postgres from "postgres";
import redis from "redis";
import worker, { createWorker } from "mia-webhooks/cloudflare";

const workers = { none: worker };
for (const [name, client] of Object.entries({ ioredis, mongodb, pg, postgres, redis })) {
  workers[name] = createWorker({ clients: { [name]: client } });
}
const random = Math.random;
export default {
  fetch(request, env, context) {
    // With 0, each claim begins a pruning.
    Math.random = env.PRUNES ? () => 0 : random;
    return workers[env.CLIENT].fetch(request, env, context);
  },
};
`;

/** @type {Awaited<ReturnType<typeof startOrigin>>} */
let origin;
/** @type {Awaited<ReturnType<typeof startWorkerd>>} */
let workerd;
/** @type {Awaited<ReturnType<typeof startDatabases>>} */
let databases;
/** @type {Record<"redis" | "postgres" | "mongodb" | "http", Awaited<ReturnType<typeof databases.open>>>} */
let to;

/** Paths on which each step of a pruning takes longer than a whole delivery on a short one. */
/** @type {Record<string, Awaited<ReturnType<typeof databases.open>>>} */
let slow;

before(async () => {
  databases = await startDatabases();
  to = {
    redis: await databases.open("redis"),
    postgres: await databases.open("postgres"),
    mongodb: await databases.open("mongodb"),
    http: await databases.open("http"),
  };
  origin = await startOrigin();
  const bundle = await bundled(PROGRAM);
  slow = {
    ioredis: await databases.open("redis", 50),
    none: await databases.open("http", 50),
  };
  /** @type {(CLIENT: string, REPLAY_URL: string, more?: Record<string, string>) => import("../harness/workerd/process.js").Worker} */
  const worker = (CLIENT, REPLAY_URL, more) => ({
    ...bundle,
    services: { ORIGIN: origin.address },
    text: { MIA_WEBHOOK_SECRET: SECRET, CLIENT, REPLAY_URL, ...more },
  });
  workerd = await startWorkerd({
    ...MARKER,
    ioredis: worker("ioredis", to.redis.url),
    redis: worker("redis", to.redis.url),
    pg: worker("pg", to.postgres.url),
    postgres: worker("postgres", to.postgres.url),
    mongodb: worker("mongodb", to.mongodb.url),
    "mongodb again": worker("mongodb", to.mongodb.url),
    fetch: worker("none", to.http.url, { REPLAY_TOKEN: PASSWORD }),
    ...Object.fromEntries(
      Object.entries(slow).map(([client, { url }]) => {
        const more = { PRUNES: "1", REPLAY_CAP: "2", REPLAY_PARTITION: `pruned by ${client}` };
        const token = client === "none" ? { REPLAY_TOKEN: PASSWORD } : {};
        return [`pruning by ${client}`, worker(client, url, { ...more, ...token })];
      }),
    ),
    "without a client": worker("none", to.postgres.url),
  });
});
after(async () => {
  await Promise.all([workerd?.stop(), origin?.stop()]);
  await databases?.stop();
});

/** What wrangler uploads for a program. @param {string} program */
async function bundled(program) {
  await mkdir(join(root, "target"), { recursive: true });
  // Here, where the packages are found.
  const folder = await mkdtemp(join(root, "target/worker-"));
  try {
    await writeFile(join(folder, "index.js"), program);
    const config = {
      name: "receiver",
      main: "index.js",
      compatibility_date: "2026-03-01",
      compatibility_flags: ["nodejs_compat"],
    };
    await writeFile(join(folder, "wrangler.json"), JSON.stringify(config));
    await promisify(execFile)(
      join(root, "node_modules/.bin/wrangler"),
      ["deploy", "--dry-run", "--outdir", "out"],
      // Only what hangs reaches the limit.
      { cwd: folder, env: { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "true" }, timeout: 5 * 60_000 },
    );
    const out = join(folder, "out");
    const wasm = (await readdir(out)).filter((file) => file.endsWith(".wasm"));
    return {
      script: await readFile(join(out, "index.js"), "utf8"),
      wasm: Object.fromEntries(
        await Promise.all(wasm.map(async (file) => /** @type {const} */ ([file, await readFile(join(out, file))]))),
      ),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

let number = 0;
const newEvent = () =>
  JSON.stringify({ eventName: "tag_created", eventTimestamp: Date.now(), payload: { number: number++ } });

/** @param {string} worker @param {string} body */
async function deliver(worker, body) {
  const headers = { "x-mia-token": tokenOf(body, SECRET) };
  const { answer, result } = await logged(workerd, () =>
    fetch(/** @type {string} */ (workerd.urls[worker]), { method: "POST", body, headers }),
  );
  await answer.text();
  return { answer: `${answer.status} ${result.code}`, detail: result.detail };
}

// Each shares its database with the next, which has a guard of its own.
for (const [worker, twin, database] of /** @type {const} */ ([
  ["ioredis", "redis", "redis"],
  ["redis", "fetch", "redis"],
  ["fetch", "ioredis", "http"],
  ["pg", "postgres", "postgres"],
  ["postgres", "pg", "postgres"],
  ["mongodb", "mongodb again", "mongodb"],
])) {
  test(`${worker} lets an event through that no other Worker has, and finds its database again`, async () => {
    const { path } = to[database];
    const event = newEvent();
    assert.equal((await deliver(worker, event)).answer, "200 accepted");
    assert.equal((await deliver(twin, event)).answer, "200 event_duplicate");
    assert.equal(origin.arrivals.filter(({ payload }) => payload.toString() === event).length, 1);
    await path.close();
    const other = newEvent();
    assert.equal((await deliver(worker, other)).answer, "503 replay_store_unreachable");
    await path.open();
    assert.equal((await deliver(worker, other)).answer, "200 accepted");
    assert.ok(!workerd.lines.join("\n").includes(PASSWORD));
  });
}

for (const client of ["ioredis", "none"]) {
  test(`a pruning ends before its delivery, by ${client === "none" ? "fetch" : client}`, async () => {
    const before = newEvent();
    for (let count = 0; count < 5; count++) {
      // Events of one millisecond are forgotten together.
      await new Promise((resolve) => setTimeout(resolve, 2));
      assert.equal((await deliver(`pruning by ${client}`, newEvent())).answer, "200 accepted");
    }
    // There is room for two, and what is forgotten is below the floor.
    assert.equal((await deliver(`pruning by ${client}`, before)).answer, "400 event_stale");
  });
}

test("a connection ends with its delivery", async () => {
  await deliver("pg", newEvent());
  await until(() => to.postgres.path.count() === 0, "a connection is left");
});

test("without the client nothing passes, and the log says what to install and to write", async () => {
  const { answer, detail } = await deliver("without a client", newEvent());
  assert.equal(answer, "500 configuration_invalid");
  assert.equal(
    detail,
    "REPLAY_URL begins with postgres:// and needs a client: npm install pg, or npm install postgres; then make the Worker with it: createWorker({ clients: { pg } })",
  );
});
