/**
 * A store in MongoDB for the receiver's guard against replay.
 *
 * @packageDocumentation
 */

export { type MongoClient, type MongoReplayStoreOptions, mongoReplayStore } from "./replay/stores/mongodb.js";
