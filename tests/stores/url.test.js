// @ts-check
/**
 * Receivers that find their database by REPLAY_URL, with each client as it comes from npm,
 * on real servers; MongoDB is an emulator where this machine has no mongod.
 */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { after, before, describe, test } from "node:test";
import { createClient } from "redis";
import { root } from "../harness/checkout.js";
import { installed } from "../harness/installed.js";
import { PASSWORD, startDatabases } from "../harness/servers/databases.js";
import { pathTo } from "../harness/servers/path-to.js";
import { startRedis } from "../harness/servers/redis.js";
import { tokenOf } from "../harness/wire.js";
import { until } from "../harness/workerd/receiver.js";

const SECRET = "the secret of the subscription";

/** Two replicas in one program, with a store each. It ends by itself when its server has closed. */
const REPLICAS = `
import { createServer } from "node:http";
import { environmentOptions, nodeListener } from "mia-webhooks/node";
import { createReceiver } from "mia-webhooks/receiver";

const replicas = ["/0", "/1"].map(() => nodeListener(createReceiver({
  ...environmentOptions(),
  on: { "*": () => {} },
})));
const server = createServer((request, response) => replicas[Number(request.url[1])](request, response));
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.once("SIGTERM", () => server.close());
`;

/** @type {Awaited<ReturnType<typeof installed>>} */
let place;
/** @type {Awaited<ReturnType<typeof startDatabases>>} */
let databases;

before(async () => {
  [place, databases] = await Promise.all([installed(), startDatabases()]);
});
after(() => databases?.stop());

/** A folder in which a program finds the package, and of the clients this one alone. @param {string} [client] */
async function folderWith(client) {
  const folder = await mkdtemp(join(place.folder, `with-${client}-`));
  await mkdir(join(folder, "node_modules"));
  if (client !== undefined) {
    await symlink(join(root, "node_modules", client), join(folder, "node_modules", client));
  }
  return folder;
}

/** @param {string} folder @param {Record<string, string>} variables */
async function startReplicas(folder, variables) {
  await writeFile(join(folder, "replicas.mjs"), REPLICAS);
  const child = spawn(process.execPath, ["replicas.mjs"], {
    cwd: folder,
    env: { PATH: process.env["PATH"], MIA_WEBHOOK_SECRET: SECRET, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  const ended = once(child, "exit").finally(() => process.off("exit", end));
  /** @type {string[]} */
  const lines = [];
  let errors = "";
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  child.stderr.setEncoding("utf8").on("data", (piece) => (errors += piece));
  await until(() => lines.length > 0 || child.exitCode !== null, "the replicas did not start");
  assert.equal(child.exitCode, null, errors);
  const port = lines.shift();
  return {
    /** Everything that it wrote. */
    written: () => lines.join("\n") + errors,
    errors: () => errors,
    /** What a replica answers to an event, and what it logs. @param {0 | 1} replica @param {string} body */
    async deliver(replica, body) {
      const headers = { "x-mia-token": tokenOf(body, SECRET) };
      const { status } = await fetch(`http://127.0.0.1:${port}/${replica}`, { method: "POST", body, headers });
      await until(() => lines.length > 0, "nothing was logged");
      return `${status} ${JSON.parse(/** @type {string} */ (lines.pop())).code}`;
    },
    /** Asks it to end, as Kubernetes does, and waits until it has ended by itself. */
    async stop() {
      child.kill("SIGTERM");
      await until(() => child.exitCode !== null || child.signalCode !== null, "the replicas did not end by themselves");
      return child.exitCode;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

let number = 0;
const newEvent = () =>
  JSON.stringify({ eventName: "tag_created", eventTimestamp: Date.now(), payload: { number: number++ } });

describe("replicas that share a database by REPLAY_URL", { concurrency: true }, () => {
  for (const [database, client] of /** @type {const} */ ([
    ["redis", "redis"],
    ["redis", "ioredis"],
    ["postgres", "pg"],
    ["postgres", "postgres"],
    ["mongodb", "mongodb"],
    ["http", undefined],
  ])) {
    test(`${database}, by ${client ?? "fetch"}`, async () => {
      const { path, url } = await databases.open(database);
      // The program starts before its database.
      await path.close();
      const replicas = await startReplicas(await folderWith(client), {
        // ioredis knows no valkey:// by itself.
        REPLAY_URL: client === "ioredis" ? url.replace("redis", "valkey") : url,
        // Many times what a call takes, and short enough to wait for.
        REPLAY_STORE_TIMEOUT_MS: "3000",
        ...(client === undefined && { REPLAY_TOKEN: PASSWORD }),
      });
      const { deliver } = replicas;
      /** Until it passes: a busy machine may need several attempts. @param {string} event */
      const recovers = async (event) => {
        let answer = "";
        await until(
          async () => (answer = await deliver(0, event)) !== "503 replay_store_unreachable",
          "it did not recover",
        );
        // Not at the first attempt, where the answer of the database came too late.
        assert.match(answer, /^(200 accepted|409 event_in_progress)$/);
      };
      try {
        const event = newEvent();
        assert.equal(await deliver(0, event), "503 replay_store_unreachable");
        await path.open();
        await recovers(event);
        assert.equal(await deliver(1, event), "200 event_duplicate", "it was not delivered again");

        // The database restarts, and is gone for a while.
        await path.close();
        const other = newEvent();
        assert.equal(await deliver(0, other), "503 replay_store_unreachable");
        assert.equal(await deliver(1, other), "503 replay_store_unreachable");
        await path.open();
        await recovers(other);

        // It moves to another machine: nothing closes the old connections.
        path.silence();
        await recovers(newEvent());

        // It closes connections that nobody uses.
        path.cut();
        await recovers(newEvent());
        assert.equal(await replicas.stop(), 0, "it ended by itself");
        assert.equal(replicas.errors(), "");
        assert.ok(!replicas.written().includes(PASSWORD));
      } finally {
        await replicas.kill();
      }
    });
  }
});

test("Redis fails over, and the old primary stays as a replica", async () => {
  const [primary, replica] = await Promise.all([startRedis({ appendfsync: "no" }), startRedis({ appendfsync: "no" })]);
  const path = await pathTo(primary.port);
  const replicas = await startReplicas(await folderWith("ioredis"), { REPLAY_URL: `redis://127.0.0.1:${path.port}` });
  const admin = createClient({ url: primary.url });
  try {
    assert.equal(await replicas.deliver(0, newEvent()), "200 accepted");
    await admin.connect();
    await admin.sendCommand(["REPLICAOF", "127.0.0.1", String(replica.port)]);
    path.leadTo(replica.port);
    const event = newEvent();
    assert.equal(await replicas.deliver(0, event), "503 replay_store_unreachable");
    // Never without a call for so long that the connection would be closed for that.
    let answer = "";
    await until(
      async () => (answer = await replicas.deliver(0, event)) !== "503 replay_store_unreachable",
      "it stayed",
    );
    assert.match(answer, /^(200 accepted|409 event_in_progress)$/);
  } finally {
    admin.destroy();
    await replicas.kill();
    await path.close();
    await Promise.all([primary.stop(), replica.stop()]);
  }
});

/** What calls of a store at these addresses are rejected with. @param {string} client @param {string[]} urls */
async function rejections(client, urls) {
  const folder = await folderWith(client);
  const program = `
    import { inspect } from "node:util";
    import { replayStoreAt } from "mia-webhooks/node";
    const limits = { windowMs: 1e9, cap: 10, leaseMs: 1e5, maxSkewMs: 1e5 };
    const claim = { partition: "", id: "0".repeat(64), timestamp: Date.now(), lease: 1, now: Date.now(), limits };
    for (const url of ${JSON.stringify(urls)}) {
      const store = replayStoreAt(url);
      const how = (error) => inspect(error, { depth: 9, showHidden: true });
      // Twice the time of a call.
      const late = new Promise((resolve) => setTimeout(resolve, 10_000, "it went on").unref());
      console.log(JSON.stringify(await Promise.race([store.claim(claim).then(JSON.stringify, how), late])));
      await store.close();
    }
  `;
  await writeFile(join(folder, "rejections.mjs"), program);
  const child = spawn(process.execPath, ["rejections.mjs"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const [printed, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  assert.equal(errors, "");
  return printed
    .trim()
    .split("\n")
    .map((line) => /** @type {string} */ (JSON.parse(line)));
}

for (const client of ["redis", "ioredis"]) {
  test(`${client} passes no event where Redis refuses the login or has no such database`, async () => {
    const { url } = await databases.open("redis");
    const wrong = "an0ther-passw0rd";
    const [passed, ...errors] = await rejections(client, [
      // From now on the server has the script.
      url,
      url.replace(PASSWORD, wrong),
      url.replace("redis:", "VALKEY:").replace(/0$/, "99"),
    ]);
    assert.match(passed ?? "", /^\{"code":/);
    assert.match(errors[0] ?? "", /WRONGPASS/);
    assert.match(errors[1] ?? "", /DB index is out of range/);
    assert.doesNotMatch(errors.join(), new RegExp(`${PASSWORD}|${wrong}`));
  });
}

test("postgres tries no longer than it may where a server closes every connection at once", async (t) => {
  let count = 0;
  const server = createServer((socket) => {
    count += 1;
    socket.on("error", () => {}).resume();
    socket.end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  try {
    // The default: it is given 3 seconds to connect, and otherwise it would try for 11.
    const [error] = await rejections("postgres", [`postgres://user:${PASSWORD}@127.0.0.1:${port}/`]);
    assert.match(error ?? "", /CONNECTION_DESTROYED/);
    assert.ok(count > 0);
    t.diagnostic(`${count} connections`);
  } finally {
    server.close();
  }
});

test("without its client, a program does not start, and says what to install and not the password", async () => {
  const folder = await folderWith(undefined);
  const program = `
    import { replayStoreAt } from "mia-webhooks/node";
    for (const scheme of ["mongodb+srv", "valkeys", "postgresql"]) {
      try {
        replayStoreAt(scheme + "://user:${PASSWORD}@database.example/");
      } catch (error) {
        console.log(error.message);
      }
    }
    replayStoreAt("redis://user:${PASSWORD}@database.example/");
  `;
  await writeFile(join(folder, "program.mjs"), program);
  const child = spawn(process.execPath, ["program.mjs"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const [printed, failure, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  const place = `(none is found from ${join(folder, "program.mjs")} or ${folder})`;
  const begins = "the address of the replay store begins with";
  assert.deepEqual(printed.trim().split("\n"), [
    `${begins} mongodb+srv:// and needs a client: npm install mongodb ${place}`,
    `${begins} valkeys:// and needs a client: npm install ioredis, or npm install redis ${place}`,
    `${begins} postgresql:// and needs a client: npm install pg, or npm install postgres ${place}`,
  ]);
  assert.match(failure, /TypeError: the address of the replay store begins with redis:\/\/ and needs a client/);
  assert.equal(status, 1);
  assert.ok(!failure.includes(PASSWORD));
});
