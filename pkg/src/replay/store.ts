/** What a receiver asks of a store, which remembers events. */

import type { Code } from "../index.js";

/** How much is remembered, and for how long. */
export interface ReplayLimits {
  /**
   * How old an event may be when it first comes, and how much older than the newest
   * event it may become before it is forgotten, in milliseconds; 7 days by default.
   */
  readonly windowMs: number;
  /** How many events are remembered in each partition, or in each shard of one; 100,000 by default. */
  readonly cap: number;
  /**
   * How long a claim holds without a commit, in milliseconds; by default twice the
   * sum of `originTimeoutMs` and `storeTimeoutMs`, and at least 60,000.
   */
  readonly leaseMs: number;
  /** How far in the future an event may be, in milliseconds; 300,000 by default. */
  readonly maxSkewMs: number;
  /** How old an event may be, in milliseconds; no limit by default. */
  readonly maxAgeMs?: number | undefined;
}

/** One delivery of one event, as a store is asked about it. */
export interface ReplayClaim {
  /** The part of the store to use. Partitions share nothing. */
  readonly partition: string;
  /** The SHA-256 of the payload, in 64 lower-case hexadecimal digits. */
  readonly id: string;
  /** The event's `eventTimestamp`. One id has one timestamp: both come from the payload. */
  readonly timestamp: number;
  /** An id of this delivery: a random integer from 0 to 2⁵³ − 1. */
  readonly lease: number;
  /** The time now, in milliseconds since the Unix epoch. */
  readonly now: number;
  /** How much the store remembers, and for how long. */
  readonly limits: ReplayLimits;
}

/** Why a claim is not granted. */
export type ReplayRefusal = Extract<
  Code,
  "event_duplicate" | "event_in_progress" | "event_stale" | "event_from_future" | "event_expired" | "event_malformed"
>;

/** Whether a delivery may go on. */
export interface ReplayAnswer {
  /** `claimed` if the delivery may go on; otherwise why not. */
  readonly code: "claimed" | ReplayRefusal;
  /**
   * The time of the newest event of the partition that was committed before; `null`
   * if there is none, absent if the store does not know.
   */
  readonly latest?: number | null | undefined;
}

type Awaitable<T> = T | PromiseLike<T>;

/**
 * Remembers events, so that each is committed once. The package makes the
 * decisions: `decideClaim`, `decideCommit`, `decideRelease` and `decidePrune`. A
 * store loads, asks and saves, all in one transaction. `replayStoreTests` finds
 * most mistakes of a store; races inside it need tests of their own, unless the store is
 * an `optimisticReplayStore`.
 *
 * A method that throws means that the store cannot be reached. If `claim` is called
 * twice with the same lease, it gives the same answer.
 */
export interface ReplayStore {
  /** Claims an event before it is delivered. */
  claim(claim: ReplayClaim): Awaitable<ReplayAnswer>;
  /**
   * Records that the event was delivered; `false` if another delivery took over the
   * claim. Only for a claim that was granted.
   */
  commit(claim: ReplayClaim): Awaitable<boolean>;
  /** Gives the claim back after a failure; `false` if it was lost. Only for a claim that was granted. */
  release(claim: ReplayClaim): Awaitable<boolean>;
}
