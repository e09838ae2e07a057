// @ts-check
/** A client of each kind, with its store and with two bare writes. */

import { randomBytes } from "node:crypto";
import { Redis } from "ioredis";
import { postgresReplayStore } from "mia-webhooks/postgres";
import { redisReplayStore } from "mia-webhooks/redis";
import pg from "pg";
import { createClient } from "redis";

/** What a committed entry is, for the bare writes. */
const [CLAIMED, DONE] = ["2:9007199254740991:1767225600000", "3"];

const newId = () => randomBytes(32);

/**
 * @typedef {object} Client
 * @property {string} name
 * @property {import("mia-webhooks/replay").ReplayStore} store
 * @property {() => Promise<unknown>} bare Two writes of one key or row, one after the other.
 * @property {() => Promise<unknown>} [empty] Two calls as the store makes them, of scripts that do nothing.
 * @property {() => Promise<number>} bytes What the server's data take.
 * @property {() => Promise<unknown>} close
 */

/** A script that does nothing, with as many keys and arguments as that of the store. */
const NOTHING = "return {}";
const KEYS = ["mia-webhooks:{nothing}:events", "mia-webhooks:{nothing}:claims"];
const claiming = (/** @type {string} */ id) => [id, "1767225600000", "", CLAIMED, "1767225600000", ""];
const committing = (/** @type {string} */ id) => [id, "1767225600000", CLAIMED, DONE, "", "1767225600000"];

const bytesOf = (/** @type {string} */ info) => Number(/used_memory:(\d+)/.exec(info)?.[1]);

/** @param {string} url @returns {Promise<Client>} */
export async function openIoredis(url) {
  const client = new Redis(url);
  const sha = String(await client.script("LOAD", NOTHING));
  return {
    name: "ioredis",
    store: redisReplayStore(client),
    async empty() {
      const id = newId().toString("base64url");
      await client.evalsha(sha, 2, ...KEYS, ...claiming(id));
      await client.evalsha(sha, 2, ...KEYS, ...committing(id));
    },
    async bare() {
      const id = newId();
      await client.set(id, CLAIMED);
      await client.set(id, DONE);
    },
    bytes: async () => bytesOf(await client.info("memory")),
    close: () => client.quit(),
  };
}

/** @param {string} url @returns {Promise<Client>} */
export async function openNodeRedis(url) {
  const client = createClient({ url });
  await client.connect();
  const sha = await client.scriptLoad(NOTHING);
  return {
    name: "node-redis",
    store: redisReplayStore(client),
    async empty() {
      const id = newId().toString("base64url");
      await client.evalSha(sha, { keys: KEYS, arguments: claiming(id) });
      await client.evalSha(sha, { keys: KEYS, arguments: committing(id) });
    },
    async bare() {
      const id = newId().toString("latin1");
      await client.set(id, CLAIMED);
      await client.set(id, DONE);
    },
    bytes: async () => bytesOf(await client.info("memory")),
    close: async () => client.close(),
  };
}

/** @param {string} url @param {number} atOnce @returns {Promise<Client>} */
export async function openPg(url, atOnce) {
  const pool = new pg.Pool({ connectionString: url, max: atOnce });
  await pool.query("CREATE TABLE bare (id bytea PRIMARY KEY, value text NOT NULL)");
  const upsert = "INSERT INTO bare VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET value = excluded.value";
  return {
    name: "pg",
    store: postgresReplayStore(pool),
    async bare() {
      const id = newId();
      await pool.query(upsert, [id, CLAIMED]);
      await pool.query(upsert, [id, DONE]);
    },
    async bytes() {
      const sum = `SELECT sum(pg_total_relation_size(oid))::float8 AS bytes FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'mia_webhooks'::regnamespace`;
      return (await pool.query(sum)).rows[0].bytes;
    },
    close: () => pool.end(),
  };
}
