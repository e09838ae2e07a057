/** The guard against replay, around the delivery of an event. */

import { REPLAY_LIMITS } from "../generated/tables.js";
import type { Code, Delivery } from "../index.js";
import { STORE_TIMEOUT_MS } from "../replay/address/connection.js";
import type { ReplayAnswer, ReplayClaim, ReplayLimits, ReplayStore } from "../replay/store.js";
import type { ScopeMismatch } from "../subscription/scope.js";
import { CHECKED_LATER, FUNCTION, type Kinds, SWITCH, checkOptions } from "../verify/options.js";
import { positive } from "../verify/settings.js";
import { refusal } from "./answer.js";
import { failure } from "./codes.js";
import { CommittedEvents } from "./committed-events.js";
import { duration } from "./duration.js";
import type { Answer } from "./host-request.js";
import { within } from "./within.js";

type Settings<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

/** How replays are kept out. All times are in milliseconds. */
export interface ReplayOptions extends Settings<ReplayLimits> {
  /** Where events are remembered; see `mia-webhooks/replay`. */
  readonly store: ReplayStore;
  /**
   * The part of the store that this receiver uses: a name, or a function that names
   * the part for each delivery. In one partition, equal payloads are the same
   * event. Unless this is a function, each subscription of a receiver has its own
   * partition, because each gets its own copy of an event.
   */
  readonly partition?: string | ((delivery: Delivery) => string) | undefined;
  /**
   * Whether events pass unguarded while the store cannot be reached. By default
   * they do not: the sender gets 503, and has to send them again.
   */
  readonly failOpen?: boolean | undefined;
  /** How long one call of the store may take; 5,000 by default. */
  readonly storeTimeoutMs?: number | undefined;
  /** Tells the time, in milliseconds since the Unix epoch; `Date.now` by default. For tests: see `testClock` of `mia-webhooks/testing`. */
  readonly clock?: (() => number) | undefined;
}

/** What each option must be; limits are checked with the defaults that they replace. */
const OPTIONS = {
  store: CHECKED_LATER,
  partition: [
    "a string, or a function that returns one",
    (value) => typeof value === "string" || typeof value === "function",
  ],
  failOpen: SWITCH,
  storeTimeoutMs: CHECKED_LATER,
  clock: FUNCTION,
  windowMs: CHECKED_LATER,
  cap: CHECKED_LATER,
  leaseMs: CHECKED_LATER,
  maxSkewMs: CHECKED_LATER,
  maxAgeMs: CHECKED_LATER,
} satisfies Kinds<ReplayOptions>;

/** The names of the options, for who writes them in a wrong place. */
export const REPLAY_OPTIONS: readonly string[] = /* @__PURE__ */ Object.keys(OPTIONS);

/** What a guard knows about the time of an event. */
export interface Recency {
  /** Whether no newer event was committed before; absent without a guard, or if its store does not know. */
  readonly isLatest?: boolean | undefined;
  /** The `eventTimestamp` of the newest event that was committed before; absent for the first. */
  readonly latestEventTimestamp?: number | undefined;
}

/** What became of an event that verified. */
export interface Outcome {
  readonly code: Code;
  readonly answer: Answer;
  readonly reason?: ScopeMismatch | undefined;
  readonly isUnguarded?: boolean | undefined;
  /** The error that led to the code. The event may have been delivered all the same. */
  readonly error?: unknown;
}

/** Delivers an event, unless it was delivered before. `deliver` must never reject. */
export type Guard = (delivery: Delivery, deliver: (recency: Recency) => Promise<Outcome>) => Promise<Outcome>;

/**
 * Makes the guard of one subscription.
 *
 * @param path - Its path, where there are `subscriptions`.
 * @param longestMs - How long a delivery may take, in milliseconds; 0 if nothing
 * limits it.
 * @param committed - What all guards of a receiver know.
 * @throws TypeError, RangeError for options that cannot be used.
 */
export function replayGuard(
  options: ReplayOptions,
  path: string | undefined,
  longestMs: number,
  committed = new CommittedEvents(),
): Guard {
  const {
    store,
    partition = "",
    failOpen = false,
    storeTimeoutMs = STORE_TIMEOUT_MS,
    clock = () => Date.now(),
  } = options;
  if ("claim" in options && options.store === undefined) {
    throw new TypeError("replay is a store itself: write replay: { store: memoryReplayStore() }, with your store");
  }
  checkOptions(options, OPTIONS, "replay");
  for (const method of ["claim", "commit", "release"] as const) {
    if (typeof store?.[method] !== "function") {
      throw new TypeError(`replay.store has no ${method}; use for example memoryReplayStore() of mia-webhooks/replay`);
    }
  }
  // As JSON, so that no two pairs of name and path are one partition.
  const own = JSON.stringify(path === undefined ? [partition] : [partition, path]);
  const partitionOf = typeof partition === "function" ? named(partition) : () => own;
  duration(storeTimeoutMs, "storeTimeoutMs");
  const limits = replayLimits(options, longestMs + storeTimeoutMs);
  const ask = <T>(answer: T | PromiseLike<T>) => within(storeTimeoutMs, answer, "the replay store");

  return async (delivery, deliver) => {
    const claim: ReplayClaim = {
      partition: partitionOf(delivery),
      id: delivery.id,
      timestamp: delivery.event.eventTimestamp,
      lease: randomInteger(),
      now: clock(),
      limits,
    };
    if (committed.has(claim)) {
      return notDelivered("event_duplicate");
    }
    // In an async function, so that a synchronous throw becomes a rejection too.
    const claiming = (async () => store.claim(claim))();
    let answer: ReplayAnswer;
    try {
      answer = await ask(claiming);
    } catch (cause) {
      // A claim that is granted too late would block the event until its lease
      // ends.
      claiming.then(({ code }) => code === "claimed" && store.release(claim)).catch(() => {});
      if (failOpen) {
        return { error: cause, ...(await deliver({})), isUnguarded: true };
      }
      throw failure("replay_store_unreachable", cause);
    }
    if (answer.code !== "claimed") {
      if (answer.code === "event_duplicate") {
        committed.add(claim);
      }
      return notDelivered(answer.code);
    }
    const outcome = await deliver(recency(claim, answer));
    if (outcome.code !== "accepted") {
      try {
        await ask(store.release(claim));
      } catch {
        // The lease ends by itself, and the operator needs to know the outcome.
      }
      return outcome;
    }
    try {
      if (!(await ask(store.commit(claim)))) {
        return { ...outcome, code: "claim_lost" };
      }
      committed.add(claim);
      return outcome;
    } catch (error) {
      return { ...outcome, code: "commit_failed", error };
    }
  };
}

function replayLimits(options: ReplayOptions, longestMs: number): ReplayLimits {
  const { windowMs, cap, leaseMs, maxSkewMs } = REPLAY_LIMITS;
  const limits = {
    windowMs: positive(options.windowMs ?? windowMs, "windowMs"),
    cap: positive(options.cap ?? cap, "cap"),
    leaseMs: positive(options.leaseMs ?? Math.max(leaseMs, 2 * longestMs), "leaseMs"),
    maxSkewMs: positive(options.maxSkewMs ?? maxSkewMs, "maxSkewMs"),
    ...(options.maxAgeMs !== undefined && { maxAgeMs: positive(options.maxAgeMs, "maxAgeMs") }),
  };
  if (limits.leaseMs < longestMs) {
    // If a claim ends before its delivery, a second delivery can begin.
    throw new RangeError("leaseMs must be at least storeTimeoutMs and originTimeoutMs together");
  }
  return limits;
}

function recency({ timestamp }: ReplayClaim, { latest }: ReplayAnswer): Recency {
  return latest === undefined
    ? {}
    : { isLatest: timestamp >= (latest ?? 0), latestEventTimestamp: latest ?? undefined };
}

/** A part of the store that the application names for each delivery. */
const named = (partition: (delivery: Delivery) => unknown) => (delivery: Delivery) => {
  try {
    // A copy: what it keeps must not change when the event is forwarded.
    const name = partition({ ...delivery });
    if (typeof name === "string") {
      return JSON.stringify([name]);
    }
    throw new TypeError("replay.partition returned something that is not a string");
  } catch (cause) {
    throw failure("configuration_invalid", cause);
  }
};

const notDelivered = (code: Exclude<ReplayAnswer["code"], "claimed">): Outcome => ({
  code,
  answer: refusal(failure(code)),
});

/** From 0 to 2⁵³ − 1. */
function randomInteger(): number {
  const [high, low] = crypto.getRandomValues(new Uint32Array(2)) as unknown as [number, number];
  return (high & 0x1f_ffff) * 2 ** 32 + low;
}
