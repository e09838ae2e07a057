/** What a receiver asks of a store that remembers events. */

import type { Code } from "../error.js";

/** How much is remembered, and for how long. */
export interface ReplayLimits {
  /** How far behind the newest committed event one is remembered, in milliseconds; 7 days by default. */
  readonly windowMs: number;
  /** How many events are remembered for each scope, or for each shard of one; 100,000 by default. */
  readonly cap: number;
  /** How long a claim holds without a commit, in milliseconds; 60,000 by default, or twice `originTimeoutMs`. */
  readonly leaseMs: number;
  /** How far in the future an event may be, in milliseconds; 300,000 by default. */
  readonly maxSkewMs: number;
  /** How old an event may be, in milliseconds; no limit by default. */
  readonly maxAgeMs?: number | undefined;
}

/** One delivery of one event, as a store is asked about it. */
export interface ReplayClaim {
  /** Whose events these are: nothing is shared between scopes. */
  readonly scope: string;
  /** The SHA-256 of the payload, in 64 lower-case hexadecimal digits. */
  readonly id: string;
  /** The event's `eventTimestamp`. One id has one timestamp: both come from the payload. */
  readonly timestamp: number;
  /** An id of this delivery: a random integer from 0 to 2⁵³ − 1. */
  readonly lease: number;
  /** The time now, in milliseconds since the Unix epoch. */
  readonly now: number;
  readonly limits: ReplayLimits;
}

/** Why a claim is not granted. */
export type ReplayRefusal = Extract<
  Code,
  "event_duplicate" | "event_in_progress" | "event_stale" | "event_from_future" | "event_expired" | "event_malformed"
>;

/** Whether a delivery may go on. */
export interface ReplayAnswer {
  readonly code: "claimed" | ReplayRefusal;
  /**
   * The time of the newest event of the scope that was committed before; `null`
   * for none, and not there where the store does not know.
   */
  readonly latest?: number | null | undefined;
}

type Awaitable<T> = T | PromiseLike<T>;

/**
 * Remembers events, so that each is committed once. What a store decides by
 * comes with the package: `decideClaim` and its like. A store loads, asks and
 * saves, all in one transaction. `replayStoreTests` find most of what can be
 * wrong with one; races inside of it need tests of its own.
 *
 * A method that throws stands for a store that cannot be reached. Asked twice
 * with the same lease, `claim` answers the same.
 */
export interface ReplayStore {
  /** Claims an event before it is delivered. */
  claim(claim: ReplayClaim): Awaitable<ReplayAnswer>;
  /** Records that it was delivered; `false` when the claim was lost to another delivery. */
  commit(claim: ReplayClaim): Awaitable<boolean>;
  /** Gives the claim back after a failure; `false` when it was lost. */
  release(claim: ReplayClaim): Awaitable<boolean>;
}
