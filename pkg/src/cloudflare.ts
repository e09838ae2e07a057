/**
 * A ready Cloudflare Worker: verify, keep replays out, then forward to the
 * origin.
 *
 * @packageDocumentation
 */

export { ReplayStoreObject, type ReplayStoreObjectState } from "./hosts/cloudflare/replay-store-object.js";
export { type Env, worker as default } from "./hosts/cloudflare/worker.js";
