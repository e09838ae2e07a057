/** A clock for the replay guard, which stands still. */

import { typeName } from "../verify/bytes.js";

/** A clock that stands still until it is set: call it for the time, in milliseconds since the Unix epoch. */
export interface TestClock {
  (): number;
  /**
   * Sets the time, in milliseconds since the Unix epoch.
   *
   * @throws TypeError for a time that is not a whole number from 0.
   */
  set(ms: number): void;
  /**
   * Moves the time by so many milliseconds: back, if it is negative.
   *
   * @throws TypeError for anything but a whole number, and for a time that would be below 0.
   */
  advance(ms: number): void;
}

/** When the events of the catalogue's examples were emitted: the start of 2026. */
const EXAMPLES = 1_767_225_600_000;

/**
 * A clock for `replay.clock`, so that a test of a guarded receiver gives the same answer
 * on every day.
 *
 * @param now - The time, in milliseconds since the Unix epoch; by default the time of
 * the events of {@link exampleEvent}.
 * @throws TypeError for a time that is not a whole number from 0.
 *
 * @example
 * ```ts
 * import { testClock } from "mia-webhooks/testing";
 *
 * const clock = testClock();
 * clock.advance(60_000);
 * clock(); // 1767225660000
 * clock.set(0);
 * clock(); // 0
 * ```
 */
export function testClock(now: number = EXAMPLES): TestClock {
  let time = checked(now, "now");
  return Object.assign(() => time, {
    set: (ms: number) => void (time = checked(ms, "ms")),
    advance: (ms: number) => void (time = checked(time + checked(ms, "ms", -time), "ms")),
  });
}

function checked(ms: number, name: string, least = 0): number {
  if (!Number.isSafeInteger(ms) || ms < least) {
    const given = typeof ms === "number" ? ms : typeName(ms);
    throw new TypeError(`${name} must be a whole number of milliseconds from ${least}, not ${given}`);
  }
  return ms;
}
