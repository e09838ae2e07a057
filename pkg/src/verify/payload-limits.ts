import { positive } from "./settings.js";

/** How much a receiver reads, and for how long. */
export interface PayloadLimits {
  /**
   * The largest payload, in bytes; 1 MiB (1,048,576) by default. With its event, a large
   * one takes 2 to 4 times as much memory at the peak.
   */
  readonly maxBytes?: number | undefined;
  /** How long the body may take to arrive, in milliseconds; 10,000 by default. */
  readonly bodyTimeoutMs?: number | undefined;
}

/** Checks the limits, and fills in the defaults. */
export function payloadLimits({ maxBytes = 1_048_576, bodyTimeoutMs = 10_000 }: PayloadLimits) {
  return { maxBytes: positive(maxBytes, "maxBytes"), bodyTimeoutMs: positive(bodyTimeoutMs, "bodyTimeoutMs") };
}
