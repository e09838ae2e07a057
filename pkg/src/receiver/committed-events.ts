/** The events that a receiver knows to be committed. */

import type { ReplayClaim } from "../replay/store.js";

/** About 1 MB, where the names of partitions are short. */
const MOST = 8_192;

/**
 * Remembers the last events that were committed, or were found to be. Who sends one
 * captured event again and again is answered from here, and costs the store nothing.
 * It only ever says that an event was committed, so a store has the last word on
 * every event that is not here.
 */
export class CommittedEvents {
  // In the order in which they were last asked for.
  readonly #keys = new Set<string>();

  has(claim: ReplayClaim): boolean {
    const key = keyOf(claim);
    const isCommitted = this.#keys.delete(key);
    if (isCommitted) {
      this.#keys.add(key);
    }
    return isCommitted;
  }

  add(claim: ReplayClaim): void {
    this.#keys.add(keyOf(claim));
    if (this.#keys.size > MOST) {
      const [oldest] = this.#keys;
      this.#keys.delete(oldest as string);
    }
  }
}

/** An id always has 64 digits, so that no two pairs have one key. */
const keyOf = ({ id, partition }: ReplayClaim): string => id + partition;
