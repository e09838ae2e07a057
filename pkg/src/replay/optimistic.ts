/** A store over any database that can compare and set one record. */

import type { ReplayBackend, ReplayMemory, ReplayRecord } from "./backend.js";
import {
  DONE_ENTRY,
  OPEN_ENTRY,
  type ClaimDecision,
  type ReplayBounds,
  type ReplayEntry,
  decideClaim,
  decideCommit,
  decidePrune,
  decideRelease,
} from "./decision.js";
import { kindOf } from "../receiver/thrown.js";
import type { ReplayClaim, ReplayLimits, ReplayStore } from "./store.js";

/**
 * How many claims there are between two prunings, on average, at least and as a part of
 * the cap: a pruning counts all events, which takes some databases 10 ms for 100,000. It
 * checks twice as many records, so that it always catches up.
 */
const PRUNE_EVERY = 32;
const PRUNE_EVERY_OF_CAP = 1 / 400;
/** More records in one call would be a burden for the database. */
const PRUNE_EVERY_AT_MOST = 1_000;
const pruneEvery = ({ cap }: ReplayLimits) =>
  Math.min(Math.max(PRUNE_EVERY, Math.floor(cap * PRUNE_EVERY_OF_CAP)), PRUNE_EVERY_AT_MOST);

/**
 * How often a change is tried. Each failure means that another receiver changed the same
 * event, or forgot events, in the meantime.
 */
const ATTEMPTS = 16;

/** The longest pause before a change is tried again, in milliseconds. */
const LONGEST_PAUSE_MS = 50;

const FUNCTIONS = ["load", "save", "oldest", "raiseFloor", "forget"] as const;

/** What is remembered of an event that is new. */
const NEW: ReplayMemory = { bounds: { floor: 0, latest: null } };

/** A store, and the database behind it. */
export interface OptimisticReplayStore extends ReplayStore {
  /** The backend that the store was made with; for `replayStoreTests`. */
  readonly backend: ReplayBackend;
}

/**
 * Remembers events in a database that can save a change only if nothing else has
 * changed. It asks for every decision and saves the answer, and tries again, with
 * what is there now, if another receiver was faster: 16 times at most. A claim and a
 * commit are one call of `save` each, unless the event is known or another receiver
 * intervenes.
 *
 * @throws TypeError for a backend that lacks a function. The methods of the store reject
 * when the backend throws, and when other receivers were faster each time.
 *
 * @example
 * ```ts no-run
 * import { type ReplayBackend, optimisticReplayStore } from "mia-webhooks/replay";
 *
 * declare const backend: ReplayBackend;
 * export const store = optimisticReplayStore(backend);
 * ```
 */
export function optimisticReplayStore(backend: ReplayBackend): OptimisticReplayStore {
  for (const name of FUNCTIONS) {
    if (typeof backend?.[name] !== "function") {
      throw new TypeError(`the backend of optimisticReplayStore has no function ${name}`);
    }
  }

  /** The decision about a claim, given what is remembered. */
  function decide({ entry, bounds }: ReplayMemory, claim: ReplayClaim): ClaimDecision {
    const decision = decideClaim(entry, bounds, claim);
    return decision.code === "claimed" && entry?.state === CLAIMED && backend.isFloorCheckedLate
      ? // The claim may be one that was never granted.
        decideClaim(undefined, bounds, claim)
      : decision;
  }

  /**
   * Changes the entry of a claim that is held.
   *
   * @returns Whether it was still held.
   */
  async function settle(
    claim: ReplayClaim,
    after: ReplayEntry,
    isHeld: (memory: ReplayMemory) => boolean,
    latest?: number,
  ): Promise<boolean> {
    // What the claim saved, if it was not claimed twice: then nothing need be loaded.
    const granted = decideClaim(OPEN_ENTRY, NEW.bounds, claim);
    if (granted.code === "claimed" && (await backend.save(claim, { before: granted.entry, after, latest }))) {
      return true;
    }
    for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
      // The first time, the claim was probably lost.
      await pause(attempt - 1);
      const memory = await backend.load(claim);
      if (!isHeld(memory)) {
        return false;
      }
      if (await backend.save(claim, { before: memory.entry, after, latest })) {
        return true;
      }
    }
    throw tooMany();
  }

  return {
    backend,
    async claim(claim) {
      // Nearly every event is new, so this is tried first, without a look at the
      // database. No event is refused unseen.
      let memory = NEW;
      let decision = decide(memory, claim);
      if (decision.code !== "claimed") {
        memory = await backend.load(claim);
        decision = decide(memory, claim);
      }
      for (let attempt = 1; decision.code === "claimed"; attempt++) {
        const saved = await backend.save(claim, {
          // Databases say null where there is nothing.
          before: memory.entry ?? undefined,
          after: decision.entry,
          // Whoever forgets an event raises the floor first. So an event that was
          // forgotten in the meantime is not taken for a new one.
          maxFloor: memory.entry ? undefined : claim.timestamp,
        });
        if (saved !== undefined) {
          // By chance, not by count: a process may live for only a few claims. Nobody
          // waits for the pruning, and the claim holds if it fails.
          if (Math.random() < 1 / pruneEvery(claim.limits)) {
            void prune(claim).then(hasPruned, hasNotPruned);
          }
          return { code: "claimed", latest: saved.latest };
        }
        if (attempt === ATTEMPTS) {
          throw tooMany();
        }
        // The first time, the event is probably known.
        await pause(attempt - 1);
        memory = await backend.load(claim);
        decision = decide(memory, claim);
      }
      return decision;
    },
    commit: (claim) =>
      settle(
        claim,
        DONE_ENTRY,
        ({ entry, bounds }) => decideCommit(entry, bounds, claim) !== undefined,
        claim.timestamp,
      ),
    release: (claim) => settle(claim, OPEN_ENTRY, ({ entry }) => decideRelease(entry, claim)),
  };

  /** Forgets what can be forgotten. */
  async function prune(claim: ReplayClaim): Promise<void> {
    const { bounds: before, count, records } = await backend.oldest(claim, 2 * pruneEvery(claim.limits));
    let bounds: ReplayBounds = before;
    const forgotten: ReplayRecord[] = [];
    for (const record of records) {
      const left = decidePrune(
        record.entry,
        record.timestamp,
        count - forgotten.length,
        bounds,
        claim.now,
        claim.limits,
      );
      if (left !== undefined) {
        forgotten.push(record);
        bounds = left;
      }
    }
    // In this order: a committed event that is neither remembered nor below the floor
    // would count as new.
    if (bounds.floor > before.floor) {
      await backend.raiseFloor(claim, bounds.floor);
    }
    if (forgotten.length > 0) {
      await backend.forget(claim, forgotten);
    }
  }
}

const CLAIMED: ReplayEntry["state"] = 2;

/** How many prunings of this process failed in a row, and after how many the operator should know. */
let failedPrunings = 0;
const TOO_MANY_FAILED = 10;

function hasPruned(): void {
  failedPrunings = 0;
}

/** What cannot be forgotten now is forgotten later. But if it never can be, the database grows. */
function hasNotPruned(error: unknown): void {
  failedPrunings += 1;
  if (failedPrunings === TOO_MANY_FAILED) {
    console.warn(
      `mia-webhooks: the replay store could not forget old events ${TOO_MANY_FAILED} times in a row (${kindOf(error)}), so the database grows. Check what its user may do.`,
    );
  }
}

/** Waits for a moment, which is longer, and less likely the same for two receivers, with each attempt. */
async function pause(attempt: number): Promise<void> {
  const longest = Math.min(2 ** attempt - 1, LONGEST_PAUSE_MS);
  if (longest > 0) {
    await new Promise((resolve) => setTimeout(resolve, longest * Math.random()));
  }
}

const tooMany = () =>
  new Error(`other receivers changed what is remembered of this event ${ATTEMPTS} times while it was being changed`);
