/**
 * A ready Cloudflare Worker: verify, keep replays out, then forward to the
 * origin.
 *
 * @packageDocumentation
 */

export { ReplayStoreObject, type ReplayStoreObjectState } from "./hosts/cloudflare/replay-store-object.js";
export type { Clients } from "./hosts/cloudflare/replay-store.js";
export type { Env } from "./hosts/cloudflare/env.js";
export { type Worker, type WorkerOptions, createWorker, worker as default } from "./hosts/cloudflare/worker.js";
