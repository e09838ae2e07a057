/** Stores that open their connections to a database by themselves, and close them. */

import type { ReplayClaim, ReplayStore } from "../store.js";

/** A store with connections to a database. */
export interface ConnectedReplayStore extends ReplayStore {
  /**
   * Closes all connections as soon as the calls under way have ended, and waits until they
   * are closed. A later call opens one again, so that an event which is still being
   * delivered can be committed.
   */
  close(): Promise<void>;
}

/** A client of a database, and the store over it. */
export interface Connection {
  readonly store: ReplayStore;
  /** Waits for what calls of the store began and did not wait for. */
  pruned(): Promise<void>;
  /** Ends the client. */
  close(): unknown;
}

/** @param onLost - To be called when the connection has ended, if it does not come back by itself. */
export type Open = (onLost: () => void) => Connection;

/** How long one call of a store may take, in milliseconds, where nothing else is said. */
export const STORE_TIMEOUT_MS = 5_000;

/**
 * For how long connections are kept without a call, in milliseconds. After that they no
 * longer keep a process alive which has closed its server and would end by itself. And a
 * connection that was silent for longer may be one that a firewall has cut without a
 * word, or that has ended while the process was frozen.
 */
export const IDLE_MS = 5_000;

/** A connection, and the calls that use it. */
interface Held {
  readonly connection: Connection;
  calls: number;
  usedAt: number;
  timer?: ReturnType<typeof setTimeout>;
  /** Closes the connection, once. */
  end(): void;
  /** When it is closed. */
  readonly ended: Promise<void>;
}

/**
 * Keeps one connection for all calls. It is given up when it is lost or idle, and when a
 * call fails or takes too long, and the next call opens a new one: so a database is found
 * again that was gone, or whose address moved to another machine. The old machine may
 * still answer there, and refuse all changes.
 *
 * @param timeoutMs - How long a call may take, in milliseconds.
 * @throws What `open` throws: it is called at once.
 */
export function heldStore(open: Open, timeoutMs: number, idleMs = IDLE_MS): ConnectedReplayStore {
  let held: Held | undefined = opened();
  const ending = new Set<Promise<void>>();

  function opened(): Held {
    const connection = open(() => giveUp(own));
    let end = () => {};
    const ended = new Promise<void>((resolve) => (end = resolve))
      .then(() => atMost(timeoutMs, connection.pruned()))
      .then(() => atMost(timeoutMs, (async () => void (await connection.close()))()))
      .then(nothing, nothing);
    const own: Held = { connection, calls: 0, usedAt: Date.now(), end, ended };
    return own;
  }

  /** Gives a connection no more calls, and closes it when its last call has ended. */
  function giveUp(own: Held): void {
    if (held === own) {
      held = undefined;
      ending.add(own.ended);
      void own.ended.then(() => ending.delete(own.ended));
      clearTimeout(own.timer);
      if (own.calls === 0) {
        own.end();
      } else {
        // What hangs does not end by itself.
        own.timer = setTimeout(own.end, timeoutMs);
      }
    }
  }

  async function call<T>(ask: (store: ReplayStore) => T | PromiseLike<T>): Promise<T> {
    if (held?.calls === 0 && Date.now() - held.usedAt > idleMs) {
      giveUp(held);
    }
    const own = (held ??= opened());
    own.calls += 1;
    clearTimeout(own.timer);
    const late = setTimeout(() => giveUp(own), timeoutMs);
    try {
      return await ask(own.connection.store);
    } catch (error) {
      giveUp(own);
      throw error;
    } finally {
      clearTimeout(late);
      own.usedAt = Date.now();
      if (--own.calls === 0) {
        clearTimeout(own.timer);
        if (held === own) {
          own.timer = setTimeout(() => giveUp(own), idleMs);
          // On Node, only what is open may keep the process alive.
          (own.timer as { unref?(): void }).unref?.();
        } else {
          own.end();
        }
      }
    }
  }

  return {
    claim: (claim) => call((store) => store.claim(claim)),
    commit: (claim) => call((store) => store.commit(claim)),
    release: (claim) => call((store) => store.release(claim)),
    async close() {
      if (held !== undefined) {
        giveUp(held);
      }
      await Promise.all(ending);
    },
  };
}

/**
 * Opens a connection for each delivery, from its claim until it is committed or released:
 * for hosts where a connection can be used only by the request that opened it. There the
 * end of the request cuts what is under way, so the commit waits for the pruning that the
 * claim began.
 *
 * @param timeoutMs - How long a call may take, in milliseconds.
 * @throws What `open` throws: it is called once at once.
 */
export function storeOfEachDelivery(open: Open, timeoutMs: number): ReplayStore {
  const connections = new WeakMap<ReplayClaim, Connection>();
  // Nobody waits for it: the host closes what is left when the request ends.
  const end = (connection: Connection) =>
    void atMost(timeoutMs, connection.pruned())
      .then(() => connection.close())
      .catch(nothing);

  async function settle(claim: ReplayClaim, how: "commit" | "release"): Promise<boolean> {
    const connection = connections.get(claim) ?? open(nothing);
    connections.delete(claim);
    // Late it would be a failure, of an event that was committed.
    const pruned = atMost(timeoutMs / 2, connection.pruned());
    try {
      const isSettled = await connection.store[how](claim);
      await pruned;
      return isSettled;
    } finally {
      end(connection);
    }
  }

  end(open(nothing));
  return {
    async claim(claim) {
      const connection = open(nothing);
      try {
        const answer = await connection.store.claim(claim);
        if (answer.code === "claimed") {
          connections.set(claim, connection);
        }
        return answer;
      } finally {
        if (!connections.has(claim)) {
          end(connection);
        }
      }
    },
    commit: (claim) => settle(claim, "commit"),
    release: (claim) => settle(claim, "release"),
  };
}

/** Waits for something, but no longer than this, in milliseconds. */
async function atMost(limitMs: number, waited: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, limitMs)));
  try {
    await Promise.race([waited, late]);
  } finally {
    clearTimeout(timer);
  }
}

function nothing(): void {}
