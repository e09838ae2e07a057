// @ts-check
/** Runs the published tests of stores over Bun's own client of Redis, in Bun. */

import { redisReplayStore } from "mia-webhooks/redis";
import { replayStoreTests } from "mia-webhooks/replay";

const { RedisClient } = /** @type {any} */ (globalThis).Bun;
const client = new RedisClient(process.argv[2]);
const store = redisReplayStore(([name, ...args]) => client.send(name, args));
const failures = await Promise.all(
  replayStoreTests(
    () => store,
    () => store.backend,
  ).map(({ name, run }) =>
    run().then(
      () => [],
      (error) => [`${name}: ${error}`],
    ),
  ),
);
client.close();
console.log(JSON.stringify({ count: failures.length, failures: failures.flat() }));
