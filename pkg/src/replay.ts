/**
 * Stores for the receiver's guard against replay, and what it takes to make
 * another one.
 *
 * @packageDocumentation
 */

export { type ReplayStoreTest, replayStoreTests } from "./replay/conformance.js";
export {
  type ClaimDecision,
  DONE,
  OPEN,
  type ReplayBounds,
  type ReplayEntry,
  decideClaim,
  decideCommit,
  decidePrune,
  decideRelease,
} from "./replay/decision.js";
export { type DenoKv, type DenoKvReplayStoreOptions, denoKvReplayStore } from "./replay/deno-kv.js";
export {
  type DurableObjectReplayStoreOptions,
  type ReplayGuardNamespace,
  durableObjectReplayStore,
} from "./replay/durable-object-store.js";
export { memoryReplayStore } from "./replay/memory.js";
export type { ReplayAnswer, ReplayClaim, ReplayLimits, ReplayRefusal, ReplayStore } from "./replay/store.js";
