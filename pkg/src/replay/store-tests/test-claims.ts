/** What the published tests of stores and of backends share. */

import type { ReplayAnswer, ReplayClaim, ReplayLimits } from "../store.js";

export const NOW = 1_767_225_600_000;
export const LIMITS: ReplayLimits = { windowMs: 10_000, cap: 20, leaseMs: 1_000, maxSkewMs: 300_000 };

/** The numbers below `count`. */
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

/** Makes claims in a partition that nobody else uses, each with its own lease. */
export class Claims {
  constructor(readonly partition = `conformance-${crypto.randomUUID()}`) {}

  /** A delivery of the event of this number, at this time. */
  of(event: number, timestamp = NOW, more: Partial<ReplayClaim> = {}): ReplayClaim {
    const id = event.toString(16).padStart(8, "0").repeat(8);
    const lease = crypto.getRandomValues(new Uint32Array(1))[0] as number;
    return { partition: this.partition, id, timestamp, lease, now: NOW, limits: LIMITS, ...more };
  }
}

/** @param where - Which of many cases it is, where a test has many. */
export function equal(got: ReplayAnswer | boolean | number | string | null | undefined, expected: unknown, where = "") {
  const value = typeof got === "object" && got !== null ? got.code : got;
  if (value !== expected) {
    throw new Error(`expected ${String(expected)}, got ${String(value)}${where && `: ${where}`}`);
  }
}

export function oneOf({ code }: ReplayAnswer, expected: readonly string[], where = ""): void {
  if (!expected.includes(code)) {
    throw new Error(`expected ${expected.join(" or ")}, got ${code}${where && `: ${where}`}`);
  }
}
