/**
 * A ready Cloudflare Worker: verify, keep replays out, then forward to the
 * origin.
 *
 * @packageDocumentation
 */

import { parseEvent } from "./event.js";
import { misconfigured } from "./misconfigured.js";
import { type Fetcher, type Receiver, type ReplayOptions, createReceiver } from "./receiver.js";
import { decideClaim } from "./replay/decision.js";
import { type ReplayGuardNamespace, durableObjectReplayStore } from "./replay/durable-object-store.js";
import { Verifier } from "./verifier.js";

export { ReplayGuard } from "./replay/replay-guard.js";

/** The Worker's environment. */
export interface Env {
  /** The secret of the subscription. */
  readonly MIA_WEBHOOK_SECRET: string;
  /** The secret before, while it is being rotated out. */
  readonly MIA_WEBHOOK_SECRET_PREVIOUS?: string;
  /** Where verified events go: a service binding … */
  readonly ORIGIN?: Fetcher;
  /** The path that the binding is called with; `/` by default. */
  readonly ORIGIN_PATH?: string;
  /** … or an absolute address. */
  readonly ORIGIN_URL?: string;
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
  /** The Durable Objects that remember events, of the class {@link ReplayGuard}. */
  readonly REPLAY_GUARD?: ReplayGuardNamespace;
  /** `off` lets replays through; then `REPLAY_GUARD` is not needed. */
  readonly REPLAY?: string;
  /** How far behind the newest event one is remembered, in milliseconds; 7 days by default. */
  readonly REPLAY_WINDOW_MS?: string;
  /** How many events each object remembers; 100,000 by default. */
  readonly REPLAY_CAP?: string;
  /** How long a claim holds without a commit, in milliseconds; 60,000 by default, or twice ORIGIN_TIMEOUT_MS. */
  readonly REPLAY_LEASE_MS?: string;
  /** How far in the future an event may be, in milliseconds; 300,000 by default. */
  readonly REPLAY_MAX_SKEW_MS?: string;
  /** How old an event may be, in milliseconds; no limit by default. */
  readonly REPLAY_MAX_AGE_MS?: string;
  /** How long one call of an object may take, in milliseconds; 5,000 by default. */
  readonly REPLAY_STORE_TIMEOUT_MS?: string;
  /** Over how many objects events are spread; 1 by default. */
  readonly REPLAY_SHARDS?: string;
  /**
   * What shares a memory; needed where Workers of several subscriptions share
   * their objects, because each of them gets its own copy of an event.
   */
  readonly REPLAY_SCOPE?: string;
  /** `true` lets events pass unguarded while the objects cannot be reached. */
  readonly REPLAY_FAIL_OPEN?: string;
}

// An isolate has one environment for all its requests.
const receivers = warmUp();

/**
 * The Worker. Point `main` of `wrangler.jsonc` at a file that says
 * `export { default, ReplayGuard } from "mia-webhooks/cloudflare"`.
 *
 * With an environment that cannot be used it answers 500 and logs why: nothing
 * passes.
 */
export default {
  async fetch(request: Request, env: Env, context: { waitUntil(work: Promise<unknown>): void }): Promise<Response> {
    let receiver = receivers.get(env);
    if (receiver === undefined) {
      try {
        receiver = receiverFor(env);
      } catch (error) {
        return misconfigured(error);
      }
      receivers.set(env, receiver);
    }
    return receiver(request, context);
  },
};

function receiverFor(env: Env): Receiver {
  const { MIA_WEBHOOK_SECRET: current, MIA_WEBHOOK_SECRET_PREVIOUS: previous } = env;
  return createReceiver({
    secrets: previous === undefined ? { current } : { current, previous },
    origin: env.ORIGIN ?? env.ORIGIN_URL,
    originPath: env.ORIGIN_PATH,
    tenantId: env.TENANT_ID,
    projectId: env.PROJECT_ID,
    eventName: env.EVENT_NAMES?.split(",").map((name) => name.trim()),
    maxBytes: integer(env.MAX_BYTES),
    bodyTimeoutMs: integer(env.BODY_TIMEOUT_MS),
    originTimeoutMs: integer(env.ORIGIN_TIMEOUT_MS),
    replay: oneOf("REPLAY", env.REPLAY, ["on", "off"]) === "off" ? undefined : replayOptions(env),
  });
}

function replayOptions(env: Env): ReplayOptions {
  if (env.REPLAY_GUARD === undefined) {
    throw new TypeError('the binding REPLAY_GUARD is missing: bind the class ReplayGuard, or set REPLAY to "off"');
  }
  return {
    store: durableObjectReplayStore(env.REPLAY_GUARD, { shards: integer(env.REPLAY_SHARDS) }),
    windowMs: integer(env.REPLAY_WINDOW_MS),
    cap: integer(env.REPLAY_CAP),
    leaseMs: integer(env.REPLAY_LEASE_MS),
    maxSkewMs: integer(env.REPLAY_MAX_SKEW_MS),
    maxAgeMs: integer(env.REPLAY_MAX_AGE_MS),
    scope: env.REPLAY_SCOPE,
    storeTimeoutMs: integer(env.REPLAY_STORE_TIMEOUT_MS),
    failOpen: oneOf("REPLAY_FAIL_OPEN", env.REPLAY_FAIL_OPEN, ["true", "false"]) === "true",
  };
}

/**
 * As in verify.ts: what the first request needs is compiled while the Worker
 * starts. Here and not in verify-request.ts, where every entry would carry it.
 */
function warmUp(): WeakMap<Env, Receiver> {
  const event = '{"eventName":"e","eventTimestamp":0,"payload":{}}';
  new Verifier("secret").match(event, "0".repeat(64));
  parseEvent(event);
  const limits = { windowMs: 1, cap: 1, leaseMs: 1, maxSkewMs: 1 };
  decideClaim(undefined, { floor: 0, latest: null }, { scope: "", id: "", timestamp: 0, lease: 0, now: 0, limits });
  return new WeakMap();
}

const integer = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

/** A misspelled switch must not be taken for its default. */
function oneOf(name: string, text: string | undefined, allowed: readonly string[]): string | undefined {
  if (text !== undefined && !allowed.includes(text)) {
    throw new TypeError(`${name} must be ${allowed.join(" or ")}`);
  }
  return text;
}
