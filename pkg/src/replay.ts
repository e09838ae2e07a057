/**
 * Stores for the receiver's guard against replay, and what you need to write your
 * own.
 *
 * @packageDocumentation
 */

export { type ReplayStoreTest, replayStoreTests } from "./replay/store-tests/store-tests.js";
export {
  type ClaimDecision,
  DONE_ENTRY,
  OPEN_ENTRY,
  type ReplayBounds,
  type ReplayEntry,
  decideClaim,
  decideCommit,
  decidePrune,
  decideRelease,
} from "./replay/decision.js";
export type { ReplayBackend, ReplayChange, ReplayMemory, ReplayOldest, ReplayRecord } from "./replay/backend.js";
export { type OptimisticReplayStore, optimisticReplayStore } from "./replay/optimistic.js";
export { type DenoKv, type DenoKvReplayStoreOptions, denoKvReplayStore } from "./replay/stores/deno-kv.js";
export {
  type DurableObjectReplayStoreOptions,
  type ReplayStoreNamespace,
  durableObjectReplayStore,
} from "./replay/stores/durable-object.js";
export { memoryReplayStore } from "./replay/stores/memory.js";
export type { ReplayAnswer, ReplayClaim, ReplayLimits, ReplayRefusal, ReplayStore } from "./replay/store.js";
