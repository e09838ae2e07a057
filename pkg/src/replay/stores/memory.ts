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
  readonly #timeline = new Timeline();
  #bounds: ReplayBounds = { floor: 0, latest: null };
  #claims = 0;

  claim(claim: ReplayClaim): ReplayAnswer {
    const key = keyOf(claim.id);
    const entry = this.#entries.get(key);
    const decision = decideClaim(entry, this.#bounds, claim);
    if (decision.code !== "claimed") {
      return decision;
    }
    if (entry === undefined) {
      this.#timeline.add(claim.timestamp, key);
    }
    this.#entries.set(key, decision.entry);
    if (++this.#claims % PRUNE_EVERY === 0) {
      this.#prune(claim);
    }
    return { code: decision.code, latest: this.#bounds.latest };
  }

  commit(claim: ReplayClaim): boolean {
    const key = keyOf(claim.id);
    const bounds = decideCommit(this.#entries.get(key), this.#bounds, claim);
    if (bounds === undefined) {
      return false;
    }
    this.#entries.set(key, DONE_ENTRY);
    this.#bounds = bounds;
    return true;
  }

  release(claim: ReplayClaim): boolean {
    const key = keyOf(claim.id);
    const isHeld = decideRelease(this.#entries.get(key), claim);
    if (isHeld) {
      this.#entries.set(key, OPEN_ENTRY);
    }
    return isHeld;
  }

  #prune({ now, limits }: ReplayClaim): void {
    this.#timeline.forget(PRUNE_AT_ONCE, (timestamp, key) => {
      const entry = this.#entries.get(key) as ReplayEntry;
      const bounds = decidePrune(entry, timestamp, this.#entries.size, this.#bounds, now, limits);
      if (bounds === undefined) {
        return false;
      }
      this.#entries.delete(key);
      this.#bounds = bounds;
      return true;
    });
  }
}

/** How many entries a block holds at most: V8's arrays grow to 517 places, so none of them lies idle. */
const BLOCK = 512;

/** Entries that follow each other, by their times and keys. An object for each of them would take 56 bytes more. */
interface Block {
  readonly times: number[];
  readonly keys: string[];
}

/**
 * The keys of the entries, the oldest first, and those of one time as they came. They
 * stand in blocks, so that an event that comes late moves the entries of one block
 * alone. No block is empty.
 */
class Timeline {
  #blocks: Block[] = [];

  add(timestamp: number, key: string): void {
    const blocks = this.#blocks;
    const last = blocks.at(-1);
    // Nearly every event is newer than all before it.
    if (last === undefined || (last.times.at(-1) as number) <= timestamp) {
      if (last !== undefined && last.keys.length < BLOCK) {
        last.times.push(timestamp);
        last.keys.push(key);
      } else {
        blocks.push({ times: [timestamp], keys: [key] });
      }
      return;
    }
    const place = Math.max(0, firstAfter(timestamp, blocks.length, (i) => (blocks[i] as Block).times[0]) - 1);
    const { times, keys } = blocks[place] as Block;
    const at = firstAfter(timestamp, times.length, (i) => times[i]);
    times.splice(at, 0, timestamp);
    keys.splice(at, 0, key);
    if (keys.length > BLOCK) {
      blocks.splice(place + 1, 0, { times: times.splice(BLOCK / 2), keys: keys.splice(BLOCK / 2) });
    }
  }

  /** Asks about so many of the oldest entries, and forgets those for which the answer is `true`. */
  forget(count: number, isForgotten: (timestamp: number, key: string) => boolean): void {
    let left = count;
    for (const { times, keys } of this.#blocks) {
      const asked = Math.min(left, keys.length);
      let kept = 0;
      for (let i = 0; i < asked; i++) {
        const [timestamp, key] = [times[i] as number, keys[i] as string];
        if (!isForgotten(timestamp, key)) {
          times[kept] = timestamp;
          keys[kept++] = key;
        }
      }
      times.splice(kept, asked - kept);
      keys.splice(kept, asked - kept);
      left -= asked;
      if (left === 0) {
        break;
      }
    }
    this.#blocks = this.#blocks.filter(({ keys }) => keys.length > 0);
  }
}

/** The first place, of so many in order, whose time is after this one; their count if there is none. */
function firstAfter(timestamp: number, count: number, timeAt: (place: number) => number | undefined): number {
  let [from, to] = [0, count];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((timeAt(middle) as number) <= timestamp) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return from;
}

/**
 * An id as the 32 characters of its bytes, which take half as much memory: 48 bytes with
 * what a string takes by itself. What is no id of an event stays as it is, behind a
 * character that no byte is.
 */
function keyOf(id: string): string {
  let seen = 0;
  for (let i = 0; i < 32; i++) {
    const byte = (digit(id.charCodeAt(2 * i)) << 4) | digit(id.charCodeAt(2 * i + 1));
    seen |= byte;
    bytes[i] = byte;
  }
  return seen < 0 || id.length !== 64 ? `\u2026${id}` : String.fromCharCode.apply(null, bytes);
}

// Used again: a new list takes as long as the rest.
const bytes = /* @__PURE__ */ Array<number>(32).fill(0);

/** The value of a lower-case hexadecimal digit; below 0 for anything else. */
const digit = (code: number): number =>
  code >= 48 && code <= 57 ? code - 48 : code >= 97 && code <= 102 ? code - 87 : -1;
