/**
 * A store in Redis or Valkey for the receiver's guard against replay.
 *
 * @packageDocumentation
 */

export { type RedisReplayStoreOptions, redisReplayStore } from "./replay/stores/redis.js";
export type {
  IoRedisClient,
  NodeRedisClient,
  RedisClient,
  SendRedisCommand,
  UpstashRedisClient,
} from "./replay/stores/redis-client.js";
/** @internal For stores by the address of a database. */
export { redisStore } from "./replay/stores/redis.js";
