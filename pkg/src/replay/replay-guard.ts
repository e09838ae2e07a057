/** The Durable Object that remembers the events of one scope, or of one shard of it. */

import { DurableObject } from "#durable-object";
import {
  DONE,
  OPEN,
  type ReplayBounds,
  type ReplayEntry,
  decideClaim,
  decideCommit,
  decidePrune,
  decideRelease,
} from "./decision.js";
import { type SqliteStorage, migrate } from "./schema.js";
import type { ReplayAnswer, ReplayClaim, ReplayLimits } from "./store.js";

/** What is used of a Durable Object's state. */
export interface ReplayGuardState {
  readonly storage: SqliteStorage;
  blockConcurrencyWhile<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * How long after a claim the object looks for what can be forgotten, in
 * milliseconds; and after how many claims, as a part of the cap, it does so at
 * once. To look is to read every entry, which is billed by the row: an object
 * that wakes up for each event, and so never sees many, looks once an hour.
 */
const PRUNE_AFTER_MS = 3_600_000;
const PRUNE_AFTER_CLAIMS = 0.1;

/** Entries that are looked at in one go: some milliseconds, in which no request is served. */
const PRUNE_AT_ONCE = 1_000;

/**
 * Remembers events in SQLite on Cloudflare. Export it from the Worker's main
 * file, and bind it in `wrangler.jsonc` with a migration that names it in
 * `new_sqlite_classes`.
 *
 * @example
 * ```ts no-run
 * export { ReplayGuard, default } from "mia-webhooks/cloudflare";
 * ```
 */
export class ReplayGuard extends DurableObject {
  readonly #storage: SqliteStorage;
  readonly #waiting: (() => void)[] = [];
  #latest: number | null | undefined;
  #limits!: ReplayLimits;
  #pruningAt = Number.POSITIVE_INFINITY;
  #claims = 0;

  constructor(state: ReplayGuardState, env: unknown) {
    super(state, env);
    this.#storage = state.storage;
    void state.blockConcurrencyWhile(async () => {
      migrate(state.storage);
      const [limits] = state.storage.sql.exec("SELECT * FROM limits");
      this.#limits = limits as unknown as ReplayLimits;
      this.#pruningAt = (await state.storage.getAlarm()) ?? Number.POSITIVE_INFINITY;
    });
  }

  /** See `ReplayStore`. */
  async claim(claim: ReplayClaim): Promise<ReplayAnswer> {
    const answer = await this.#transaction((): ReplayAnswer => {
      const bounds = this.#bounds();
      const decision = decideClaim(this.#entry(claim), bounds, claim);
      if (decision.code !== "claimed") {
        return decision;
      }
      this.#save(claim, decision.entry);
      return { code: decision.code, latest: bounds.latest };
    });
    if (answer.code === "claimed") {
      this.#remember(claim.limits);
      const isMany = ++this.#claims > PRUNE_AFTER_CLAIMS * claim.limits.cap;
      this.#pruneAt(isMany ? Date.now() : Date.now() + PRUNE_AFTER_MS);
    }
    return answer;
  }

  /** See `ReplayStore`. */
  commit(claim: ReplayClaim): Promise<boolean> {
    return this.#transaction(() => {
      const bounds = decideCommit(this.#entry(claim), this.#bounds(), claim);
      if (bounds === undefined) {
        return false;
      }
      this.#save(claim, DONE);
      this.#latest = bounds.latest;
      return true;
    });
  }

  /** See `ReplayStore`. */
  release(claim: ReplayClaim): Promise<boolean> {
    return this.#transaction(() => {
      const isHeld = decideRelease(this.#entry(claim), claim);
      if (isHeld) {
        this.#save(claim, OPEN);
      }
      return isHeld;
    });
  }

  /** Forgets what can be forgotten, a part at a time. */
  alarm(): void {
    this.#pruningAt = Number.POSITIVE_INFINITY;
    this.#claims = 0;
    if (this.#storage.transactionSync(() => this.#prune(Date.now()))) {
      this.#pruneAt(Date.now());
    }
  }

  /**
   * Runs what the calls that have arrived by now have to do, each in a
   * transaction of its own, before anything else: the disk is synced once for
   * all of them and not for each, which is 2.4 times the requests per second
   * (docs/decisions/0008).
   */
  #transaction<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => {
        try {
          resolve(this.#storage.transactionSync(work));
        } catch (error) {
          reject(error);
        }
      });
      if (this.#waiting.length === 1) {
        setTimeout(() => this.#waiting.splice(0).forEach((run) => run()), 0);
      }
    });
  }

  /** Whether there may be more to forget. */
  #prune(now: number): boolean {
    const { sql } = this.#storage;
    const [counted] = sql.exec("SELECT COUNT(*) AS count FROM entries");
    const oldest = [
      ...sql.exec("SELECT timestamp, id, state, lease, until FROM entries ORDER BY timestamp, id LIMIT ?", PRUNE_AT_ONCE),
    ] as unknown as (ReplayEntry & { timestamp: number; id: ArrayBuffer })[];
    let count = counted?.["count"] as number;
    let bounds = this.#bounds();
    let forgotten = 0;
    for (const { timestamp, id, ...entry } of oldest) {
      const left = decidePrune(entry, timestamp, count, bounds, now, this.#limits);
      if (left !== undefined) {
        sql.exec("DELETE FROM entries WHERE timestamp = ? AND id = ?", timestamp, id);
        bounds = left;
        count -= 1;
        forgotten += 1;
      }
    }
    if (forgotten > 0) {
      sql.exec("UPDATE floor SET timestamp = ?", bounds.floor);
    }
    return forgotten > 0 && oldest.length === PRUNE_AT_ONCE;
  }

  #entry({ timestamp, id }: ReplayClaim): ReplayEntry | undefined {
    const [row] = this.#storage.sql.exec(
      "SELECT state, lease, until FROM entries WHERE timestamp = ? AND id = unhex(?)",
      timestamp,
      id,
    );
    return row as unknown as ReplayEntry | undefined;
  }

  #save({ timestamp, id }: ReplayClaim, { state, lease, until }: ReplayEntry): void {
    this.#storage.sql.exec(
      // Not INSERT OR REPLACE, which deletes first: two rows written.
      `INSERT INTO entries (timestamp, id, state, lease, until) VALUES (?, unhex(?), ?, ?, ?)
        ON CONFLICT DO UPDATE SET state = excluded.state, lease = excluded.lease, until = excluded.until`,
      timestamp,
      id,
      state,
      lease,
      until,
    );
  }

  #bounds(): ReplayBounds {
    const { sql } = this.#storage;
    const [{ floor }] = sql.exec("SELECT timestamp AS floor FROM floor") as unknown as [{ floor: number }];
    if (this.#latest === undefined) {
      // To store it would be a fourth row written for each event. Whatever was
      // committed and is not an entry lies below the floor, the newest of it
      // directly; open entries may have pushed it out. Looked up once for each
      // object that wakes up: while an origin is down, every newer entry is open.
      const [row] = sql.exec("SELECT timestamp FROM entries WHERE state = 3 ORDER BY timestamp DESC LIMIT 1");
      const latest = Math.max((row?.["timestamp"] as number | undefined) ?? -1, floor - 1);
      this.#latest = latest < 0 ? null : latest;
    }
    return { floor, latest: this.#latest };
  }

  #remember(limits: ReplayLimits): void {
    const { windowMs, cap, leaseMs, maxSkewMs } = limits;
    const before = this.#limits;
    if (
      before.windowMs !== windowMs ||
      before.cap !== cap ||
      before.leaseMs !== leaseMs ||
      before.maxSkewMs !== maxSkewMs
    ) {
      const { sql } = this.#storage;
      sql.exec("UPDATE limits SET windowMs = ?, cap = ?, leaseMs = ?, maxSkewMs = ?", windowMs, cap, leaseMs, maxSkewMs);
      this.#limits = limits;
    }
  }

  #pruneAt(time: number): void {
    if (time < this.#pruningAt) {
      this.#pruningAt = time;
      void this.#storage.setAlarm(time);
    }
  }
}
