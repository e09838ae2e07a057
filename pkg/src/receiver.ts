/**
 * Receive webhooks wherever a `Request` comes in and a `Response` goes out: verify,
 * then forward or handle.
 *
 * @packageDocumentation
 */

export type { Code, EventProblem, Secret, Secrets } from "./index.js";
export type { SecretsFunction } from "./receiver/asked-secrets.js";
export {
  type Handler,
  type HandlerContext,
  type Handlers,
  type Receiver,
  type ReceiverOptions,
  type ReceiverSubscription,
  type Result,
  createReceiver,
} from "./receiver/create-receiver.js";
export type { Fetcher, Origin, OriginHeaders } from "./receiver/forward.js";
export type { Recency, ReplayOptions } from "./receiver/guard.js";
export type { ReplayStore } from "./replay/store.js";
export type { Scope, ScopeMismatch } from "./subscription/scope.js";
