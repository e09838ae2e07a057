/** A store in Durable Objects. */

import { CHECKED_LATER, type Kinds, checkOptions } from "../../verify/options.js";
import { positive } from "../../verify/settings.js";
import type { ReplayAnswer, ReplayClaim, ReplayStore } from "../store.js";

/** The binding of the class `ReplayStoreObject`, as Cloudflare passes it. */
export interface ReplayStoreNamespace {
  idFromName(name: string): unknown;
  get(id: never): unknown;
}

/** How events are spread over objects. */
export interface DurableObjectReplayStoreOptions {
  /**
   * Over how many objects the events of a partition are spread, by the first bytes
   * of their ids; 1 by default. One object serves some hundred events a second.
   * With several, none of them knows which event is the latest. If you change the
   * number, remembered events stay in their old objects: for as long as they would
   * have been remembered, a replay of an earlier event can pass once.
   */
  readonly shards?: number | undefined;
}

interface Stub {
  claim(claim: ReplayClaim): Promise<ReplayAnswer>;
  commit(claim: ReplayClaim): Promise<boolean>;
  release(claim: ReplayClaim): Promise<boolean>;
}

/**
 * Remembers events in Durable Objects of the class `ReplayStoreObject`, which
 * `mia-webhooks/cloudflare` exports.
 *
 * @throws RangeError for a number of shards that is not an integer above 0.
 * @throws TypeError for anything that is not a namespace, and for an option that
 * there is not.
 *
 * @example
 * ```ts no-run
 * import { createReceiver } from "mia-webhooks/receiver";
 * import { type ReplayStoreNamespace, durableObjectReplayStore } from "mia-webhooks/replay";
 *
 * declare const env: { SECRET: string; REPLAY_STORE: ReplayStoreNamespace };
 * export const receiver = createReceiver({
 *   secrets: env.SECRET,
 *   origin: "https://origin.example.org/",
 *   replay: { store: durableObjectReplayStore(env.REPLAY_STORE) },
 * });
 * ```
 */
export function durableObjectReplayStore(
  namespace: ReplayStoreNamespace,
  options: DurableObjectReplayStoreOptions = {},
): ReplayStore {
  checkOptions(options, { shards: CHECKED_LATER } satisfies Kinds<DurableObjectReplayStoreOptions>, "the store");
  const { shards = 1 } = options;
  positive(shards, "shards");
  if (typeof namespace?.idFromName !== "function") {
    throw new TypeError("the namespace of the Durable Objects is missing: bind the class ReplayStoreObject");
  }
  const ask = <T>({ partition, id }: ReplayClaim, question: (stub: Stub) => Promise<T>): Promise<T> => {
    const shard = Number.parseInt(id.slice(0, 8), 16) % shards;
    const name = namespace.idFromName(`${shard}:${partition}`);
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
 * Asks once more, with a new stub, where Cloudflare says that it may help: calls
 * fail while an object moves or gets new code. If the first call was stored after
 * all, the second claim is granted again, because it has the same lease; but the
 * second commit says that the claim was lost.
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
