/** A receiver's options from an environment: variables that hold strings. */

import type { Origin, ReceiverOptions, ReplayStore } from "../receiver.js";

/** The variables. One that is not set has the default of its option. */
export interface Environment {
  /** The secret of the subscription. */
  readonly MIA_WEBHOOK_SECRET?: string;
  /** The previous secret, while it is being rotated out. */
  readonly MIA_WEBHOOK_SECRET_PREVIOUS?: string;
  /** Where verified events go: an absolute address. */
  readonly ORIGIN_URL?: string;
  /** The path to call, where the origin is a service and not an address; `/` by default. */
  readonly ORIGIN_PATH?: string;
  /** Only events of this company. */
  readonly TENANT_ID?: string;
  /** Only events of this project. */
  readonly PROJECT_ID?: string;
  /** Only events of these names, separated by commas. */
  readonly EVENT_NAMES?: string;
  /** The largest payload, in bytes; 1 MiB by default. */
  readonly MAX_BYTES?: string;
  /** How long the body may take to arrive, in milliseconds; 10,000 by default. */
  readonly BODY_TIMEOUT_MS?: string;
  /** How long the origin may take, in milliseconds; 10,000 by default. */
  readonly ORIGIN_TIMEOUT_MS?: string;
  /** `off` lets replays through; then no store is needed. */
  readonly REPLAY?: string;
  /** How much older than the newest event a remembered event may be, in milliseconds; 7 days by default. */
  readonly REPLAY_WINDOW_MS?: string;
  /** How many events are remembered; 100,000 by default. */
  readonly REPLAY_CAP?: string;
  /**
   * How long a claim holds without a commit, in milliseconds; by default twice the
   * sum of `ORIGIN_TIMEOUT_MS` and `REPLAY_STORE_TIMEOUT_MS`, and at least 60,000.
   */
  readonly REPLAY_LEASE_MS?: string;
  /** How far in the future an event may be, in milliseconds; 300,000 by default. */
  readonly REPLAY_MAX_SKEW_MS?: string;
  /** How old an event may be, in milliseconds; no limit by default. */
  readonly REPLAY_MAX_AGE_MS?: string;
  /** How long one call of the store may take, in milliseconds; 5,000 by default. */
  readonly REPLAY_STORE_TIMEOUT_MS?: string;
  /**
   * The part of the store that this receiver uses. Receivers of several
   * subscriptions that share a store need different names, because each
   * subscription gets its own copy of an event.
   */
  readonly REPLAY_PARTITION?: string;
  /** `true` lets events pass unguarded while the store cannot be reached. */
  readonly REPLAY_FAIL_OPEN?: string;
}

/** What an environment cannot hold as a string. */
export interface Bindings {
  /** Where verified events go, in place of `ORIGIN_URL`. */
  readonly origin?: Origin | undefined;
  /** Makes the replay guard's store; called unless `REPLAY` is `off`. */
  readonly replayStore: () => ReplayStore;
}

/**
 * The options of a receiver.
 *
 * @throws TypeError for a switch with an unknown value. `createReceiver` refuses
 * the other values that cannot be used.
 */
export function environmentOptions(env: Environment, { origin, replayStore }: Bindings): ReceiverOptions {
  const { MIA_WEBHOOK_SECRET: current, MIA_WEBHOOK_SECRET_PREVIOUS: previous } = env;
  return {
    // `createReceiver` refuses a missing secret, with a code of its own.
    secrets: (previous === undefined ? { current } : { current, previous }) as Record<string, string>,
    origin: origin ?? env.ORIGIN_URL,
    originPath: env.ORIGIN_PATH,
    tenantId: env.TENANT_ID,
    projectId: env.PROJECT_ID,
    eventName: env.EVENT_NAMES?.split(",").map((name) => name.trim()),
    maxBytes: integer(env.MAX_BYTES),
    bodyTimeoutMs: integer(env.BODY_TIMEOUT_MS),
    originTimeoutMs: integer(env.ORIGIN_TIMEOUT_MS),
    replay: isOn(env, "REPLAY", ["on", "off"], true)
      ? {
          store: replayStore(),
          windowMs: integer(env.REPLAY_WINDOW_MS),
          cap: integer(env.REPLAY_CAP),
          leaseMs: integer(env.REPLAY_LEASE_MS),
          maxSkewMs: integer(env.REPLAY_MAX_SKEW_MS),
          maxAgeMs: integer(env.REPLAY_MAX_AGE_MS),
          partition: env.REPLAY_PARTITION,
          storeTimeoutMs: integer(env.REPLAY_STORE_TIMEOUT_MS),
          failOpen: isOn(env, "REPLAY_FAIL_OPEN", ["true", "false"], false),
        }
      : undefined,
  };
}

/** The number that a variable holds; NaN, which no option accepts, if it is not a number. */
export const integer = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);

/** Reads a switch. A misspelled value must not count as the default. */
function isOn(
  env: Environment,
  name: "REPLAY" | "REPLAY_FAIL_OPEN",
  [on, off]: readonly [on: string, off: string],
  byDefault: boolean,
): boolean {
  const text = env[name];
  if (text !== undefined && text !== on && text !== off) {
    throw new TypeError(`${name} must be ${on} or ${off}`);
  }
  return text === undefined ? byDefault : text === on;
}
