/**
 * A store in Postgres for the receiver's guard against replay.
 *
 * @packageDocumentation
 */

export {
  type PostgresClient,
  type PostgresReplayStoreOptions,
  postgresReplaySchema,
  postgresReplayStore,
} from "./replay/stores/postgres.js";
