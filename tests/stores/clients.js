// @ts-check
/**
 * Each store over the real clients, set so that a server that is gone or hangs is an
 * error in time, and so that they recover. Only the client that is asked for is
 * imported: a receiver that was killed should be back soon.
 */

/** How long a client waits for the server, in milliseconds. Less than `storeTimeoutMs` of the receivers, so that nothing is under way any more when that ends. */
const PATIENCE_MS = 1000;

/** Connections are cut on purpose. */
const ignore = () => {};

/**
 * @typedef {object} Opened
 * @property {import("mia-webhooks/replay").OptimisticReplayStore} store
 * @property {() => unknown} close
 */

/** @type {Record<string, (url: string) => Promise<Opened>>} */
export const STORES = {
  async ioredis(url) {
    const [{ Redis }, { redisReplayStore }] = await Promise.all([import("ioredis"), import("mia-webhooks/redis")]);
    const client = new Redis(url, {
      // By default a command waits for 20 connections, and then for the next server.
      maxRetriesPerRequest: 1,
      commandTimeout: PATIENCE_MS,
      // commandTimeout keeps the connection, on which nothing may ever come again.
      socketTimeout: PATIENCE_MS,
      connectTimeout: PATIENCE_MS,
      retryStrategy: () => 50,
    });
    return { store: redisReplayStore(client.on("error", ignore)), close: () => client.disconnect() };
  },
  async redis(url) {
    const [{ createClient }, { redisReplayStore }] = await Promise.all([import("redis"), import("mia-webhooks/redis")]);
    const client = createClient({
      url,
      // Otherwise a command waits for a connection, for any time.
      disableOfflineQueue: true,
      socket: { connectTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS, reconnectStrategy: () => 50 },
    });
    // Without a listener, an error ends the process.
    client.on("error", ignore).connect().catch(ignore);
    return { store: redisReplayStore(client), close: () => client.destroy() };
  },
  async pg(connectionString) {
    const [{ default: pg }, { postgresReplayStore }] = await Promise.all([
      import("pg"),
      import("mia-webhooks/postgres"),
    ]);
    const pool = new pg.Pool({
      connectionString,
      max: 8,
      // By default both wait for any time.
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
    });
    // Without a listener, an idle connection that is cut ends the process.
    return { store: postgresReplayStore(pool.on("error", ignore)), close: () => pool.end() };
  },
  async mongodb(url) {
    const [{ MongoClient }, { mongoReplayStore }] = await Promise.all([
      import("mongodb"),
      import("mia-webhooks/mongodb"),
    ]);
    const client = new MongoClient(url, {
      // 30 seconds by default.
      serverSelectionTimeoutMS: PATIENCE_MS,
      connectTimeoutMS: PATIENCE_MS,
      // By default it waits for any time.
      socketTimeoutMS: PATIENCE_MS,
      maxPoolSize: 8,
    });
    return { store: mongoReplayStore(client), close: () => client.close() };
  },
};
