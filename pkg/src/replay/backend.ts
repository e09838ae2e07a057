/** What the optimistic store asks of a database. */

import type { ReplayBounds, ReplayEntry } from "./decision.js";
import type { ReplayClaim } from "./store.js";

type Awaitable<T> = T | PromiseLike<T>;

/** What a database remembers of one event, and of the partition that the event belongs to. */
export interface ReplayMemory {
  /** Absent if the event is not remembered. */
  readonly entry?: ReplayEntry | undefined;
  /** What is remembered of all events of the partition. */
  readonly bounds: ReplayBounds;
}

/** What is to be saved of one event, and what must be true for it. */
export interface ReplayChange {
  /** The entry that must still be there, the same in every field; absent if there must be none. */
  readonly before?: ReplayEntry | undefined;
  /** The entry to save. */
  readonly after: ReplayEntry;
  /**
   * The highest floor with which `after` may be saved, in milliseconds since the Unix
   * epoch; absent if the floor does not matter. Never there together with `before`.
   */
  readonly maxFloor?: number | undefined;
  /**
   * What the newest time is to be raised to, unless it is higher, in milliseconds since
   * the Unix epoch; absent if it stays. Never there without `before`.
   */
  readonly latest?: number | undefined;
}

/** An event that a database remembers. */
export interface ReplayRecord {
  /** The `id` of the claim that was saved. */
  readonly id: string;
  /** The `timestamp` of the claim that was saved. */
  readonly timestamp: number;
  /** What was saved of it. */
  readonly entry: ReplayEntry;
}

/** The oldest events of a partition. */
export interface ReplayOldest {
  /** What is remembered of all events of the partition. */
  readonly bounds: ReplayBounds;
  /** How many events the partition has. Must be counted after the records were read, or with them. */
  readonly count: number;
  /** The oldest events, the oldest first. */
  readonly records: readonly ReplayRecord[];
}

/**
 * A database, for {@link optimisticReplayStore}. It decides nothing: it saves a change
 * if what it finds is what the change expects. Each claim says which partition of the
 * database is meant, and `id` and `timestamp` say which event.
 *
 * Every function must see what other receivers saved before it was called: a database
 * that is only eventually consistent lets replays through. A function that throws means
 * that the database cannot be reached.
 *
 * `replayStoreTests` tests a backend, also for races.
 */
export interface ReplayBackend {
  /** What is remembered of the claim's event. The entry must be read before the floor, or with it. */
  load(claim: ReplayClaim): Awaitable<ReplayMemory>;
  /**
   * Saves a change of the claim's event, if the event's entry is `before` and the floor
   * is not above `maxFloor`: all in one step, so that nothing can happen in between.
   *
   * @returns The bounds, as they are before the change or after it; `undefined` if
   * nothing was saved. A change that saves what is there already counts as saved.
   */
  save(claim: ReplayClaim, change: ReplayChange): Awaitable<ReplayBounds | undefined>;
  /** The oldest events of the claim's partition, at most `limit` of them. */
  oldest(claim: ReplayClaim, limit: number): Awaitable<ReplayOldest>;
  /** Raises the floor of the claim's partition to `floor`, in milliseconds since the Unix epoch, unless it is higher. */
  raiseFloor(claim: ReplayClaim, floor: number): Awaitable<void>;
  /**
   * Deletes events of the claim's partition, each of them only if its entry is still
   * the same in every field.
   */
  forget(claim: ReplayClaim, records: readonly ReplayRecord[]): Awaitable<void>;
  /**
   * Whether `save` checks the floor after it has written an entry, and deletes the entry
   * again if the floor was too high: for databases without transactions. A crash in
   * between leaves a claim that was never granted. With `true`, such a claim protects
   * the event from nothing once its lease has ended.
   */
  readonly isFloorCheckedLate?: boolean | undefined;
}
