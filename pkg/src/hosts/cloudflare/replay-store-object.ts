/** The Durable Object that remembers the events of one partition, or of one shard of it. */

import { DurableObject } from "#durable-object";
import { REPLAY_LIMITS } from "../../generated/tables.js";
import {
  DONE_ENTRY,
  OPEN_ENTRY,
  type ReplayBounds,
  type ReplayEntry,
  decideClaim,
  decideCommit,
  decidePrune,
  decideRelease,
  type ReplayAnswer,
  type ReplayClaim,
  type ReplayLimits,
} from "../../replay.js";
import { type SqliteStorage, migrate } from "./schema.js";

/** The part of a Durable Object's state that is used. */
export interface ReplayStoreObjectState {
  readonly storage: SqliteStorage;
  blockConcurrencyWhile<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * How long after a claim the object prunes, in milliseconds; and after how many
 * claims, as a part of the cap, it prunes at once. Pruning reads every entry, which
 * is billed by the row. An object that wakes up for each event never counts many
 * claims, so it prunes once an hour.
 */
const PRUNE_AFTER_MS = 3_600_000;
const PRUNE_AFTER_CLAIMS = 0.1;

/** How many entries are checked in one go: some milliseconds, in which no request is served. */
const PRUNE_AT_ONCE = 1_000;

/** The columns of the table of limits. */
const LIMITS = Object.keys(REPLAY_LIMITS) as (keyof typeof REPLAY_LIMITS)[];

/**
 * Remembers events in SQLite on Cloudflare. Export it from the Worker's main
 * file, and bind it in `wrangler.jsonc` with a migration that names it in
 * `new_sqlite_classes`.
 *
 * @example
 * ```ts no-run
 * export { ReplayStoreObject, default } from "mia-webhooks/cloudflare";
 * ```
 */
export class ReplayStoreObject extends DurableObject {
  readonly #storage: SqliteStorage;
  readonly #waiting: (() => void)[] = [];
  #latest: number | null | undefined;
  #limits!: ReplayLimits;
  #pruningAt = Number.POSITIVE_INFINITY;
  #claims = 0;

  constructor(state: ReplayStoreObjectState, env: unknown) {
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
      this.#save(claim, DONE_ENTRY);
      this.#latest = bounds.latest;
      return true;
    });
  }

  /** See `ReplayStore`. */
  release(claim: ReplayClaim): Promise<boolean> {
    return this.#transaction(() => {
      const isHeld = decideRelease(this.#entry(claim), claim);
      if (isHeld) {
        this.#save(claim, OPEN_ENTRY);
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
   * Runs the work of all calls that are waiting, each in its own transaction,
   * before anything else. The disk is synced once for all of them and not for each,
   * which makes 2.4 times the requests per second (docs/decisions/0008).
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

  /** Forgets what can be forgotten among the oldest entries, and returns whether there may be more. */
  #prune(now: number): boolean {
    const { sql } = this.#storage;
    const [counted] = sql.exec("SELECT COUNT(*) AS count FROM entries");
    const oldest = [
      ...sql.exec(
        "SELECT timestamp, id, state, lease, until FROM entries ORDER BY timestamp, id LIMIT ?",
        PRUNE_AT_ONCE,
      ),
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
      // Not INSERT OR REPLACE, which deletes first and so writes two rows.
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
      // Not stored: that would write a fourth row for each event. A committed event
      // that is no longer an entry lies below the floor, and the newest of them
      // directly below; open entries may have pushed it out. Looked up once each
      // time the object wakes up: while an origin is down, every newer entry is
      // open.
      const [row] = sql.exec(
        "SELECT timestamp FROM entries WHERE state = ? ORDER BY timestamp DESC LIMIT 1",
        DONE_ENTRY.state,
      );
      const latest = Math.max((row?.["timestamp"] as number | undefined) ?? -1, floor - 1);
      this.#latest = latest < 0 ? null : latest;
    }
    return { floor, latest: this.#latest };
  }

  #remember(limits: ReplayLimits): void {
    if (LIMITS.some((name) => limits[name] !== this.#limits[name])) {
      const values = LIMITS.map((name) => limits[name]);
      this.#storage.sql.exec(`UPDATE limits SET ${LIMITS.map((name) => `${name} = ?`).join()}`, ...values);
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
