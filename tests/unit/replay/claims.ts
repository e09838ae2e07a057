/** Claims for the tests of stores. */

import type { ReplayClaim, ReplayLimits } from "../../../pkg/src/replay/store.js";

export const NOW = 1_767_225_600_000;
export const LIMITS: ReplayLimits = { windowMs: 10_000, cap: 50, leaseMs: 1_000, maxSkewMs: 300_000 };

/** A delivery of the event of this number, which is this many milliseconds younger than the first. */
export const claimOf = (event: number, more: Partial<ReplayClaim> = {}): ReplayClaim => ({
  partition: "s",
  id: event.toString(16).padStart(8, "0").repeat(8),
  timestamp: NOW + event,
  lease: event,
  now: NOW,
  limits: LIMITS,
  ...more,
});

/** Another delivery of the same event. */
export const copyOf = (event: number, more: Partial<ReplayClaim> = {}): ReplayClaim =>
  claimOf(event, { lease: 1_000_000 + event, ...more });

/** The numbers below `count`. */
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, number) => number);
