/** Lets tests stand between two calls that a store makes of its backend. */

import type { ReplayBackend } from "../backend.js";
import type { ReplayClaim, ReplayStore } from "../store.js";

/** A function of a backend that a store calls. */
export type Call = "load" | "save" | "oldest" | "raiseFloor" | "forget";

/**
 * Is awaited before and after each call. If it throws before, the database was gone;
 * if it throws after, only the answer was lost.
 */
export type Intruder = (when: "before" | "after", call: Call) => void | Promise<void>;

/** Makes a store over a backend, as `optimisticReplayStore` does. */
export type Loop = (backend: ReplayBackend) => ReplayStore;

/** Does something once, at the step of this number: `before` and `after` each call is one. */
export class AtStep {
  #steps = -1;

  constructor(
    readonly step: number,
    readonly act: (when: "before" | "after", call: Call) => void | Promise<void>,
  ) {}

  readonly intruder: Intruder = async (when, call) => {
    this.#steps += 1;
    if (this.#steps === this.step) {
      await this.act(when, call);
    }
  };

  /** Whether there was a step of this number. */
  get wasThere(): boolean {
    return this.#steps >= this.step;
  }
}

function intruded(backend: ReplayBackend, intruder: Intruder): ReplayBackend {
  const call =
    <Arguments extends readonly unknown[], T>(name: Call, run: (...rest: Arguments) => T | PromiseLike<T>) =>
    async (...rest: Arguments): Promise<T> => {
      await intruder("before", name);
      const answer = await run(...rest);
      await intruder("after", name);
      return answer;
    };
  return {
    load: call("load", (claim) => backend.load(claim)),
    save: call("save", (claim, change) => backend.save(claim, change)),
    oldest: call("oldest", (claim, limit) => backend.oldest(claim, limit)),
    raiseFloor: call("raiseFloor", (claim, floor) => backend.raiseFloor(claim, floor)),
    forget: call("forget", (claim, records) => backend.forget(claim, records)),
    isFloorCheckedLate: backend.isFloorCheckedLate,
  };
}

const EMPTY = { floor: 0, latest: null };

/** A store that never forgets: it would do so by chance, and tests must not. */
export function remembering(loop: Loop, backend: ReplayBackend, intruder: Intruder = () => {}): ReplayStore {
  return loop({ ...intruded(backend, intruder), oldest: () => ({ bounds: EMPTY, count: 0, records: [] }) });
}

/**
 * Lets a store forget, and waits for it. A store does so by chance, after one claim in
 * 32. So it gets claims, which are not saved, until it asks for the oldest events.
 */
export async function forgetting(
  loop: Loop,
  backend: ReplayBackend,
  claim: ReplayClaim,
  intruder: Intruder = () => {},
): Promise<void> {
  let last: Promise<unknown> | undefined;
  const { oldest, raiseFloor, forget, ...others } = intruded(backend, intruder);
  const store = loop({
    ...others,
    save: () => EMPTY,
    oldest: (...rest) => (last = oldest(...rest) as Promise<never>) as never,
    raiseFloor: (...rest) => (last = raiseFloor(...rest) as Promise<never>),
    forget: (...rest) => (last = forget(...rest) as Promise<never>),
  });
  // That so many claims are not enough is less likely than 1 in 10^130.
  for (let claims = 0; claims < 10_000 && last === undefined; claims++) {
    await store.claim(claim);
  }
  if (last === undefined) {
    throw new Error("expected a look for the oldest events, got none in 10,000 claims");
  }
  // Nobody waits for a pruning. It has ended when a call has, and no other has begun.
  let ended: Promise<unknown> | undefined;
  while (last !== ended) {
    ended = last;
    await Promise.resolve(ended).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
