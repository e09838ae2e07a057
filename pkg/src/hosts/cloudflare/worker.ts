import { Verifier, parseEvent } from "../../index.js";
import { type Receiver, createReceiver } from "../../receiver.js";
import { decideClaim } from "../../replay.js";
import { inVariables, optionsOf, refuseMisspelled } from "../../receiver/environment.js";
import { misconfigured } from "../../receiver/misconfigured.js";
import { BINDINGS, type Env, withAddress } from "./env.js";
import { type Clients, replayStoreOf } from "./replay-store.js";

/** What a Worker is made with. */
export interface WorkerOptions {
  /** Clients of databases, for `REPLAY_URL`: packages by their names, as they were imported. */
  readonly clients?: Clients | undefined;
}

/** What Cloudflare calls for each request. */
export interface Worker {
  /** Answers a request. */
  fetch(request: Request, env: Env, context: { waitUntil(work: Promise<unknown>): void }): Promise<Response>;
}

// While the Worker starts.
warmUp();

/**
 * The Worker. Point `main` of `wrangler.jsonc` at a file that says
 * `export { default, ReplayStoreObject } from "mia-webhooks/cloudflare"`.
 *
 * With an environment that cannot be used, it answers 500 and logs why. Nothing
 * passes.
 */
export const worker: Worker = createWorker();

/**
 * Makes the Worker with clients of databases, which are not in this package: for a
 * `REPLAY_URL` that does not begin with `https://`.
 *
 * @throws TypeError for an unknown client.
 *
 * @example
 * ```ts no-run
 * import { createWorker } from "mia-webhooks/cloudflare";
 *
 * declare const pg: object; // import pg from "pg"
 * export default createWorker({ clients: { pg } });
 * ```
 */
export function createWorker(options: WorkerOptions = {}): Worker {
  const storeOf = replayStoreOf(options);
  // An isolate has one environment for all its requests.
  const receivers = new WeakMap<Env, Receiver>();
  return {
    async fetch(request, env, context) {
      let receiver = receivers.get(env);
      if (receiver === undefined) {
        try {
          refuseMisspelled(env, BINDINGS);
          const replayStore = storeOf(env);
          receiver = createReceiver(optionsOf(withAddress(env), { origin: env.ORIGIN, replayStore }));
        } catch (error) {
          return misconfigured(error, inVariables);
        }
        receivers.set(env, receiver);
      }
      return receiver(request, context);
    },
  };
}

/**
 * Compiles what the first request needs while the Worker starts. It is here and not
 * in verify-request.ts, where every entry point would carry it.
 */
function warmUp(): void {
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
}
