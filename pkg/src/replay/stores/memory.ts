/** A store in the memory of one process. */

import {
  DONE_ENTRY,
  OPEN_ENTRY,
  type ReplayBounds,
  type ReplayEntry,
  decideClaim,
  decideCommit,
  decidePrune,
  decideRelease,
} from "../decision.js";
import type { ReplayAnswer, ReplayClaim, ReplayStore } from "../store.js";

/**
 * Remembers events in this process: for one receiver that runs all the time, and
 * for tests. It forgets everything when the process ends.
 *
 * @throws TypeError for any argument: the limits are options of the receiver.
 *
 * @example
 * ```ts
 * import { createReceiver } from "mia-webhooks/receiver";
 * import { memoryReplayStore } from "mia-webhooks/replay";
 *
 * const receiver = createReceiver({
 *   secrets: "it's a secret to everybody",
 *   on: { "*": (event) => console.log(event.eventName) },
 *   replay: { store: memoryReplayStore() },
 * });
 * const response = await receiver(new Request("https://example.org/", { method: "POST", body: "{}" }));
 * response.status; // 401
 * ```
 */
export function memoryReplayStore(...options: readonly never[]): ReplayStore {
  if (options[0] !== undefined) {
    // Lost without a word, a limit would be another one.
    throw new TypeError("memoryReplayStore takes no options: cap, windowMs and the other limits stand in replay");
  }
  const partitions = new Map<string, Partition>();
  const partitionOf = (claim: ReplayClaim): Partition => {
    let partition = partitions.get(claim.partition);
    if (partition === undefined) {
      partitions.set(claim.partition, (partition = new Partition()));
    }
    return partition;
  };
  return {
    claim: (claim) => partitionOf(claim).claim(claim),
    commit: (claim) => partitionOf(claim).commit(claim),
    release: (claim) => partitionOf(claim).release(claim),
  };
}

/** How many claims there are between two prunings, and how many entries one pruning checks. */
const PRUNE_EVERY = 64;
const PRUNE_AT_ONCE = 256;

// No method waits for anything, so each one is a transaction.
class Partition {
  readonly #entries = new Map<string, ReplayEntry>();
  /** The times and ids of the entries, the oldest first. */
  readonly #order: { readonly timestamp: number; readonly id: string }[] = [];
  #bounds: ReplayBounds = { floor: 0, latest: null };
  #claims = 0;

  claim(claim: ReplayClaim): ReplayAnswer {
    const entry = this.#entries.get(claim.id);
    const decision = decideClaim(entry, this.#bounds, claim);
    if (decision.code !== "claimed") {
      return decision;
    }
    if (entry === undefined) {
      this.#insert(claim);
    }
    this.#entries.set(claim.id, decision.entry);
    if (++this.#claims % PRUNE_EVERY === 0) {
      this.#prune(claim);
    }
    return { code: decision.code, latest: this.#bounds.latest };
  }

  commit(claim: ReplayClaim): boolean {
    const bounds = decideCommit(this.#entries.get(claim.id), this.#bounds, claim);
    if (bounds === undefined) {
      return false;
    }
    this.#entries.set(claim.id, DONE_ENTRY);
    this.#bounds = bounds;
    return true;
  }

  release(claim: ReplayClaim): boolean {
    const isHeld = decideRelease(this.#entries.get(claim.id), claim);
    if (isHeld) {
      this.#entries.set(claim.id, OPEN_ENTRY);
    }
    return isHeld;
  }

  #insert({ timestamp, id }: ReplayClaim): void {
    // From the end: nearly every event is newer than all before it.
    let place = this.#order.length;
    while (place > 0 && (this.#order[place - 1] as { timestamp: number }).timestamp > timestamp) {
      place--;
    }
    this.#order.splice(place, 0, { timestamp, id });
  }

  #prune({ now, limits }: ReplayClaim): void {
    const oldest = this.#order.splice(0, PRUNE_AT_ONCE);
    const kept = oldest.filter(({ timestamp, id }) => {
      const entry = this.#entries.get(id) as ReplayEntry;
      const bounds = decidePrune(entry, timestamp, this.#entries.size, this.#bounds, now, limits);
      if (bounds === undefined) {
        return true;
      }
      this.#entries.delete(id);
      this.#bounds = bounds;
      return false;
    });
    this.#order.unshift(...kept);
  }
}
