import { Verifier, parseEvent } from "../../index.js";
import { type Fetcher, type Receiver, createReceiver } from "../../receiver.js";
import { type ReplayStoreNamespace, decideClaim, durableObjectReplayStore } from "../../replay.js";
import { type Environment, optionsOf, integer, refuseMisspelled, inVariables } from "../../receiver/environment.js";
import { misconfigured } from "../../receiver/misconfigured.js";

/** The Worker's environment. Variables are strings. */
export interface Env extends Environment {
  /** The secret of the subscription. */
  readonly MIA_WEBHOOK_SECRET: string;
  /** Where verified events go: a service binding. Either this or `ORIGIN_URL`. */
  readonly ORIGIN?: Fetcher;
  /** The Durable Objects that remember events, of the class {@link ReplayStoreObject}. */
  readonly REPLAY_STORE?: ReplayStoreNamespace;
  /** Over how many objects events are spread; 1 by default. */
  readonly REPLAY_SHARDS?: string;
}

/** What an environment holds besides the variables of every receiver. */
const BINDINGS = ["ORIGIN", "REPLAY_STORE", "REPLAY_SHARDS"] satisfies Exclude<keyof Env, keyof Environment>[];

// An isolate has one environment for all its requests.
const receivers = warmUp();

/**
 * The Worker. Point `main` of `wrangler.jsonc` at a file that says
 * `export { default, ReplayStoreObject } from "mia-webhooks/cloudflare"`.
 *
 * With an environment that cannot be used, it answers 500 and logs why. Nothing
 * passes.
 */
export const worker = {
  async fetch(request: Request, env: Env, context: { waitUntil(work: Promise<unknown>): void }): Promise<Response> {
    let receiver = receivers.get(env);
    if (receiver === undefined) {
      try {
        refuseMisspelled(env, BINDINGS);
        const options = optionsOf(env, { origin: env.ORIGIN, replayStore: () => replayStore(env) });
        receiver = createReceiver(options);
      } catch (error) {
        return misconfigured(error, inVariables);
      }
      receivers.set(env, receiver);
    }
    return receiver(request, context);
  },
};

function replayStore({ REPLAY_STORE, REPLAY_SHARDS }: Env) {
  if (REPLAY_STORE === undefined) {
    throw new TypeError(
      'the binding REPLAY_STORE is missing: bind the class ReplayStoreObject, or set REPLAY to "off"',
    );
  }
  return durableObjectReplayStore(REPLAY_STORE, {
    shards: REPLAY_SHARDS === undefined ? undefined : integer(REPLAY_SHARDS, "REPLAY_SHARDS"),
  });
}

/**
 * Compiles what the first request needs while the Worker starts. It is here and not
 * in verify-request.ts, where every entry point would carry it.
 */
function warmUp(): WeakMap<Env, Receiver> {
  try {
    const event = '{"eventName":"e","eventTimestamp":0,"payload":{}}';
    new Verifier("secret").match(event, "0".repeat(64));
    parseEvent(event);
    const limits = { windowMs: 1, cap: 1, leaseMs: 1, maxSkewMs: 1 };
    const claim = { partition: "", id: "", timestamp: 0, lease: 0, now: 0, limits };
    decideClaim(undefined, { floor: 0, latest: null }, claim);
  } catch {
    // Where something is missing, such as WebAssembly, an import works and the first
    // request says it.
  }
  return new WeakMap();
}
