/** The store whose memory are Durable Objects. */

import { positive } from "../settings.js";
import type { ReplayAnswer, ReplayClaim, ReplayStore } from "./store.js";

/** The binding of the class `ReplayGuard`, as Cloudflare hands it over. */
export interface ReplayGuardNamespace {
  idFromName(name: string): unknown;
  get(id: never): unknown;
}

export interface DurableObjectReplayStoreOptions {
  /**
   * Over how many objects the events of a scope are spread, by the first bytes
   * of their ids; 1 by default. One object serves some hundred events a second.
   * With several, none of them knows which event is the latest. Another number
   * leaves what is remembered where it was: for as long as it would be, a
   * replay of an earlier event can pass once.
   */
  readonly shards?: number | undefined;
}

interface Stub {
  claim(claim: ReplayClaim): Promise<ReplayAnswer>;
  commit(claim: ReplayClaim): Promise<boolean>;
  release(claim: ReplayClaim): Promise<boolean>;
}

/**
 * Remembers events in Durable Objects of the class `ReplayGuard`, which
 * `mia-webhooks/cloudflare` exports.
 *
 * @throws RangeError for a number of shards that is not an integer above 0.
 * @throws TypeError for what is no namespace.
 *
 * @example
 * ```ts no-run
 * import { createReceiver } from "mia-webhooks/receiver";
 * import { type ReplayGuardNamespace, durableObjectReplayStore } from "mia-webhooks/replay";
 *
 * declare const env: { SECRET: string; REPLAY_GUARD: ReplayGuardNamespace };
 * export const receiver = createReceiver({
 *   secrets: env.SECRET,
 *   origin: "https://origin.example.org/",
 *   replay: { store: durableObjectReplayStore(env.REPLAY_GUARD) },
 * });
 * ```
 */
export function durableObjectReplayStore(
  namespace: ReplayGuardNamespace,
  { shards = 1 }: DurableObjectReplayStoreOptions = {},
): ReplayStore {
  positive(shards, "shards");
  if (typeof namespace?.idFromName !== "function") {
    throw new TypeError("the namespace of the Durable Objects is missing: bind the class ReplayGuard");
  }
  const ask = <T>({ scope, id }: ReplayClaim, question: (stub: Stub) => Promise<T>): Promise<T> => {
    const shard = Number.parseInt(id.slice(0, 8), 16) % shards;
    const name = namespace.idFromName(`${shard}:${scope}`);
    return twice(() => question(namespace.get(name as never) as Stub));
  };
  return {
    async claim(claim) {
      const answer = await ask(claim, (stub) => stub.claim(claim));
      return shards === 1 ? answer : { code: answer.code };
    },
    commit: (claim) => ask(claim, (stub) => stub.commit(claim)),
    release: (claim) => ask(claim, (stub) => stub.release(claim)),
  };
}

/**
 * Asks once more where Cloudflare says that it may help, with a new stub: an
 * object that moves, or gets new code, fails what is under way. A claim that
 * was stored meanwhile is granted again to the same lease; of a commit that was,
 * the second one says that the claim was lost.
 */
async function twice<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const { retryable, overloaded } = error as { retryable?: unknown; overloaded?: unknown };
    if (retryable === true && overloaded !== true) {
      return ask();
    }
    throw error;
  }
}
