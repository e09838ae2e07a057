// @ts-check
/** Every kind of database that a `REPLAY_URL` can name, each behind a path that can be cut. */

import { createClient } from "redis";
import { startMongo } from "./mongodb.js";
import { pathTo } from "./path-to.js";
import { startPostgres } from "./postgres.js";
import { startRedisOverHttp } from "./redis-over-http.js";
import { startRedis } from "./redis.js";

/** What no error and no line of a log may show. */
export const PASSWORD = "the-passw0rd-of-the-database";

export async function startDatabases() {
  const [redis, postgres, mongo] = await Promise.all([
    startRedis({ appendfsync: "no" }),
    startPostgres(),
    startMongo(),
  ]);
  const client = createClient({ url: redis.url });
  await client.connect();
  await client.sendCommand(["ACL", "SETUSER", "receiver", "on", `>${PASSWORD}`, "~*", "&*", "+@all"]);
  client.destroy();
  const login = `receiver:${PASSWORD}`;
  const http = await startRedisOverHttp(`redis://${login}@127.0.0.1:${redis.port}`, PASSWORD);
  const addresses = {
    redis: { port: redis.port, url: (/** @type {string} */ at) => `redis://${login}@${at}/0` },
    postgres: {
      port: postgres.port,
      url: (/** @type {string} */ at) => `postgres://postgres:${PASSWORD}@${at}/postgres`,
    },
    mongodb: { port: mongo.port, url: (/** @type {string} */ at) => `mongodb://${at}/test?directConnection=true` },
    http: { port: http.port, url: (/** @type {string} */ at) => `http://${at}` },
  };
  const servers = [http, redis, postgres, mongo];
  /** @type {Awaited<ReturnType<typeof pathTo>>[]} */
  const paths = [];
  return {
    /** A new path to a database, and the address at its end. @param {keyof typeof addresses} name @param {number} [delayMs] */
    async open(name, delayMs) {
      const { port, url } = addresses[name];
      const path = await pathTo(port, delayMs);
      paths.push(path);
      return { path, url: url(`127.0.0.1:${path.port}`) };
    },
    async stop() {
      await Promise.all(paths.map((path) => path.close()));
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}
