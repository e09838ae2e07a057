/**
 * Receive webhooks on Node: with its own servers, Express, Koa, NestJS and others.
 *
 * @packageDocumentation
 */

export { environmentOptions } from "./hosts/node/environment.js";
export { type NodeListener, nodeListener } from "./hosts/node/listener.js";
export { type ReplayStoreAtOptions, replayStoreAt } from "./hosts/node/replay-store.js";
export { secretFile } from "./hosts/node/secret-file.js";
export type { NodeRequest, NodeResponse } from "./hosts/node/streams.js";
export type { Environment, EnvironmentOptions } from "./receiver/environment.js";
export type { ServerEnvironment } from "./receiver/server-environment.js";
export type { SecretFileOptions } from "./receiver/secret-files.js";
export type { ConnectedReplayStore } from "./replay/address/connection.js";
