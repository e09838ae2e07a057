/** The pruning of a store, which no call waits for, and the end of its connection, which must. */

import { type OptimisticReplayStore, optimisticReplayStore } from "../../replay.js";
import type { Connection } from "./connection.js";

/** A client, and the store over it. */
export interface ClientStore {
  readonly store: OptimisticReplayStore;
  /** Ends the client. */
  close(): unknown;
}

/** Makes it known when the pruning has ended that calls of the store began. */
export function pruningConnection({ store: { backend }, close }: ClientStore): Connection {
  const underWay = new Set<Promise<unknown>>();
  let hasPruned = false;

  /** One of the steps that only a pruning takes. */
  function step<Args extends unknown[], T>(take: (...args: Args) => T | PromiseLike<T>) {
    return async (...args: Args): Promise<T> => {
      hasPruned = true;
      const taken = (async () => take(...args))();
      underWay.add(taken);
      try {
        return await taken;
      } finally {
        underWay.delete(taken);
      }
    };
  }

  return {
    store: optimisticReplayStore({
      ...backend,
      oldest: step(backend.oldest),
      raiseFloor: step(backend.raiseFloor),
      forget: step(backend.forget),
    }),
    async pruned() {
      while (hasPruned) {
        await Promise.allSettled(underWay);
        // The next step begins before a timer runs.
        await new Promise((resolve) => setTimeout(resolve));
        hasPruned = underWay.size > 0;
      }
    },
    close,
  };
}
