/**
 * The decisions of src/replay.rs, made by the `replay` wasm module, which has no
 * memory and no state. No other TypeScript touches it.
 */

import { load } from "#replay-module";
import { CODES, RECEIVER_CODES } from "../generated/tables.js";
import { WebhookError } from "../index.js";
import type { ReplayClaim, ReplayLimits, ReplayRefusal } from "./store.js";

/** What a store saves about one event. */
export interface ReplayEntry {
  /** 1 for an event that may be claimed again, 2 for one that is claimed, 3 for one that is committed. */
  readonly state: 1 | 2 | 3;
  /** The `lease` of the delivery that holds the claim. Has a meaning only while the event is claimed. */
  readonly lease: number;
  /** When the claim ends, in milliseconds since the Unix epoch. Has a meaning only while the event is claimed. */
  readonly until: number;
}

/** What a store saves about all events of a partition. */
export interface ReplayBounds {
  /** An event before this time is refused, unless it is remembered; 0 at first. */
  readonly floor: number;
  /** The time of the newest committed event; `null` at first. */
  readonly latest: number | null;
}

/** The entry to save, or why the claim is refused. */
export type ClaimDecision =
  | {
      /** The delivery may go on. */
      readonly code: "claimed";
      /** What to save. */
      readonly entry: ReplayEntry;
    }
  | {
      /** Why the delivery may not go on. */
      readonly code: ReplayRefusal;
    };

interface Exports {
  claim(...numbers: number[]): number;
  commit(state: number, holder: number, latest: number, timestamp: number, lease: number): number;
  release(state: number, holder: number, lease: number): number;
  prune(...numbers: number[]): number;
}

let instance: Exports | undefined;

/** @throws WebhookError `engine_unavailable` */
function wasm(): Exports {
  try {
    return (instance ??= new WebAssembly.Instance(load()).exports as unknown as Exports);
  } catch (cause) {
    throw new WebhookError("engine_unavailable", { cause, detail: (cause as Error).message });
  }
}

const NO_ENTRY = { state: 0, lease: 0, until: 0 };

/** What to save for an event that was committed. */
export const DONE_ENTRY: ReplayEntry = { state: 3, lease: 0, until: 0 };

/** What to save for a claim that was released. */
export const OPEN_ENTRY: ReplayEntry = { state: 1, lease: 0, until: 0 };

/**
 * Whether a delivery may go on, and what to save if it may.
 *
 * @example
 * ```ts
 * import { DONE_ENTRY, decideClaim, decideCommit } from "mia-webhooks/replay";
 *
 * const limits = { windowMs: 604_800_000, cap: 100_000, leaseMs: 60_000, maxSkewMs: 300_000 };
 * const claim = { partition: "", id: "", timestamp: 1767225600000, lease: 7, now: 1767225600250, limits };
 *
 * const first = decideClaim(undefined, { floor: 0, latest: null }, claim);
 * const entry = first.code === "claimed" ? first.entry : undefined; // to be saved
 * decideClaim(entry, { floor: 0, latest: null }, { ...claim, lease: 8 }).code; // "event_in_progress"
 * decideCommit(entry, { floor: 0, latest: null }, claim)?.latest; // 1767225600000
 * decideClaim(DONE_ENTRY, { floor: 0, latest: 1767225600000 }, { ...claim, lease: 8 }).code; // "event_duplicate"
 * ```
 */
export function decideClaim(entry: ReplayEntry | undefined, bounds: ReplayBounds, claim: ReplayClaim): ClaimDecision {
  const { state, lease: holder, until } = entry ?? NO_ENTRY;
  const { timestamp, lease, now, limits } = claim;
  const { windowMs, leaseMs, maxSkewMs, maxAgeMs = -1 } = limits;
  const answer = wasm().claim(
    state,
    holder,
    until,
    bounds.floor,
    timestamp,
    lease,
    now,
    windowMs,
    leaseMs,
    maxSkewMs,
    maxAgeMs,
  );
  return answer < 0
    ? { code: (RECEIVER_CODES[-answer] ?? CODES[-answer])?.[0] as ReplayRefusal }
    : { code: "claimed", entry: { state: 2, lease, until: answer } };
}

/** The bounds to save with {@link DONE_ENTRY}; `undefined` if the claim was lost. */
export function decideCommit(
  entry: ReplayEntry | undefined,
  bounds: ReplayBounds,
  { timestamp, lease }: ReplayClaim,
): ReplayBounds | undefined {
  const { state, lease: holder } = entry ?? NO_ENTRY;
  const latest = wasm().commit(state, holder, bounds.latest ?? -1, timestamp, lease);
  return latest < 0 ? undefined : { ...bounds, latest };
}

/**
 * Whether to save {@link OPEN_ENTRY}; `false` if the claim was lost.
 *
 * @example
 * ```ts
 * import { decideRelease } from "mia-webhooks/replay";
 *
 * const limits = { windowMs: 604_800_000, cap: 100_000, leaseMs: 60_000, maxSkewMs: 300_000 };
 * const claim = { partition: "", id: "", timestamp: 1767225600000, lease: 7, now: 1767225600250, limits };
 * decideRelease({ state: 2, lease: 7, until: 1767225660250 }, claim); // true
 * decideRelease({ state: 2, lease: 8, until: 1767225660250 }, claim); // false
 * ```
 */
export function decideRelease(entry: ReplayEntry | undefined, { lease }: ReplayClaim): boolean {
  const { state, lease: holder } = entry ?? NO_ENTRY;
  return wasm().release(state, holder, lease) >= 0;
}

/**
 * The bounds to save when an entry is forgotten; `undefined` if it must stay. Ask
 * about the oldest entries first.
 *
 * @param count - How many entries there are now.
 *
 * @example
 * ```ts
 * import { DONE_ENTRY, decidePrune } from "mia-webhooks/replay";
 *
 * const limits = { windowMs: 604_800_000, cap: 2, leaseMs: 60_000, maxSkewMs: 300_000 };
 * const bounds = { floor: 0, latest: 1767225600002 };
 * decidePrune(DONE_ENTRY, 1767225600000, 2, bounds, 1767225600250, limits); // undefined
 * decidePrune(DONE_ENTRY, 1767225600000, 3, bounds, 1767225600250, limits)?.floor; // 1767225600001
 * ```
 */
export function decidePrune(
  entry: ReplayEntry,
  timestamp: number,
  count: number,
  bounds: ReplayBounds,
  now: number,
  { windowMs, cap, leaseMs, maxSkewMs }: ReplayLimits,
): ReplayBounds | undefined {
  const { state, until } = entry;
  const floor = wasm().prune(
    state,
    until,
    timestamp,
    count,
    bounds.floor,
    bounds.latest ?? -1,
    now,
    windowMs,
    cap,
    leaseMs,
    maxSkewMs,
  );
  return floor < 0 ? undefined : { ...bounds, floor };
}
