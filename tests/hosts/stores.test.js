// @ts-check
/**
 * The programs of docs/stores/, as they stand there: two of each over one real server.
 * MongoDB is an emulator where the machine has no `mongod`.
 */

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { root } from "../harness/checkout.js";
import { blocksOf, fileOf } from "../harness/code-blocks.js";
import { freePort } from "../harness/free-port.js";
import { startMongo } from "../harness/servers/mongodb.js";
import { startPostgres } from "../harness/servers/postgres.js";
import { startRedis } from "../harness/servers/redis.js";
import { until } from "../harness/waiting.js";
import { tokenOf } from "../harness/wire.js";
import { atPort, started } from "./start.js";

/** The first program of a page. @param {string[]} blocks */
const first = ([program = ""]) => program;

/** The first program of the page with the client of the second. @param {string[]} blocks */
function withSecondClient([program = "", client = ""]) {
  const [, imported = "", made = ""] = /^(import .*\n)\n([^]*)$/.exec(client) ?? [];
  const changed = program
    .replace(/^import .* from "ioredis";\n/m, imported)
    .replace(/^const client = [^]*?\n\n/m, `${made}\n`);
  assert.ok(made !== "" && changed.includes(made) && !changed.includes("new Redis("), changed);
  return changed;
}

/** @type {Record<string, { page: string, variable: string, start: () => Promise<import("../harness/servers/process.js").Server>, programOf: typeof first }>} */
const PROGRAMS = {
  MongoDB: { page: "mongodb", variable: "MONGODB_URL", start: startMongo, programOf: first },
  Postgres: { page: "postgres", variable: "DATABASE_URL", start: startPostgres, programOf: first },
  "Redis, with ioredis": { page: "redis", variable: "REDIS_URL", start: startRedis, programOf: first },
  "Redis, with node-redis": { page: "redis", variable: "REDIS_URL", start: startRedis, programOf: withSecondClient },
};
const SECRET = "the secret of this test";

// In the checkout, where `mia-webhooks` and the clients are found.
mkdirSync(join(root, "target/hosts"), { recursive: true });
const folder = mkdtempSync(join(root, "target/hosts/stores-"));
/** @type {(() => unknown)[]} */
const ending = [];
after(async () => {
  await Promise.all(ending.map((end) => end()));
  rmSync(folder, { recursive: true, force: true });
});

for (const [name, { page, variable, start, programOf }] of Object.entries(PROGRAMS)) {
  describe(name, () => {
    test("two programs of it handle an event once, and find their database again", async () => {
      const program = programOf(blocksOf(readFileSync(join(root, `docs/stores/${page}.md`), "utf8")));
      const server = await start();
      ending.push(server.stop);
      const replicas = await Promise.all(
        [1, 2].map(async () => {
          const [cwd, port] = [mkdtempSync(join(folder, "program-")), await freePort()];
          const file = /** @type {string} */ (fileOf(program));
          writeFileSync(join(cwd, file), atPort(program, port));
          const running = await started({
            command: [process.execPath, file],
            cwd,
            port,
            secret: SECRET,
            env: { [variable]: server.url },
          });
          ending.push(running.stop);
          return running;
        }),
      );
      const [one, other] = /** @type {[typeof replicas[0], typeof replicas[0]]} */ (replicas);
      /** @param {{ port: number }} replica @param {string} event */
      const send = async ({ port }, event) => {
        const headers = { "x-mia-token": tokenOf(event, SECRET) };
        const response = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", headers, body: event });
        await response.arrayBuffer();
        return response.status;
      };
      const handled = (/** @type {string} */ name) =>
        replicas.map(({ lines }) => lines.filter((line) => line === name).length);

      const event = JSON.stringify({ eventName: "tag_created", eventTimestamp: Date.now(), payload: {} });
      // It may not be connected yet.
      await until(async () => (await send(one, event)) === 200, "the event is accepted");
      await until(async () => (await send(other, event)) === 200, "its replay is acknowledged");
      assert.deepEqual(handled("tag_created"), [1, 0], one.lines.join("\n"));

      await server.kill();
      const late = JSON.stringify({ eventName: "tag_deleted", eventTimestamp: Date.now(), payload: {} });
      assert.equal(await send(one, late), 503);
      await server.restart();
      await until(async () => (await send(one, late)) === 200, "the event is accepted when the database is back");
      await until(async () => (await send(other, late)) === 200, "its replay is acknowledged");
      await until(() => handled("tag_deleted").join() === "1,0", "it was handled once");
      const printed = replicas.flatMap(({ lines }) => lines).join("\n");
      assert.ok(!printed.includes(server.url) && !printed.includes(SECRET), printed);
    });
  });
}
