/**
 * A Durable Object's state for tests. The SQLite behind it is real: the statements
 * run, and a transaction that throws is rolled back. The alarm rings when a test
 * says so.
 */

import sqlite from "node-sqlite3-wasm";
import { ReplayStoreObject } from "../../../../pkg/src/hosts/cloudflare/replay-store-object.js";
import type { SqliteStorage } from "../../../../pkg/src/hosts/cloudflare/schema.js";

type Row = Record<string, unknown>;

export class DurableState {
  readonly #database = new sqlite.Database(":memory:");
  readonly #prepared = new Map<string, InstanceType<typeof sqlite.Statement>>();

  /** Every statement that ran, transactions as `BEGIN`, `COMMIT` and `ROLLBACK`. */
  readonly statements: string[] = [];
  /** Every time that an alarm was set for. */
  readonly alarms: number[] = [];
  /** When the alarm will ring. */
  alarm: number | null = null;
  /** After how many more statements one fails. */
  failsAfter = Number.POSITIVE_INFINITY;

  readonly storage: SqliteStorage = {
    sql: {
      exec: (query, ...bindings) => {
        if (this.failsAfter-- === 0) {
          throw new Error("the disk is full");
        }
        return this.run(query, ...bindings);
      },
    },
    transactionSync: (work) => {
      this.#control("BEGIN");
      try {
        const result = work();
        this.#control("COMMIT");
        return result;
      } catch (error) {
        this.#control("ROLLBACK");
        throw error;
      }
    },
    getAlarm: async () => this.alarm,
    setAlarm: async (time) => {
      this.alarms.push(time);
      this.alarm = time;
    },
  };

  /** Runs a statement, and returns its rows as workerd does. */
  run(query: string, ...bindings: (ArrayBuffer | string | number | null)[]): Row[] {
    this.statements.push(query);
    let statement = this.#prepared.get(query);
    if (statement === undefined) {
      this.#prepared.set(query, (statement = this.#database.prepare(query)));
    }
    const values = bindings.map((value) => (value instanceof ArrayBuffer ? new Uint8Array(value) : value));
    return statement.all(values).map((row) => {
      const entries = Object.entries(row as Row);
      return Object.fromEntries(
        entries.map(([name, value]) => [name, value instanceof Uint8Array ? value.slice().buffer : value]),
      );
    });
  }

  /** The object, as it is after it woke up: a new one over the same storage. */
  async wake(): Promise<ReplayStoreObject> {
    let opened: Promise<unknown> | undefined;
    const blockConcurrencyWhile = <T>(work: () => Promise<T>): Promise<T> => {
      const working = work();
      opened = working;
      // Nobody but the runtime waits for it.
      working.catch(() => {});
      return working;
    };
    const object = new ReplayStoreObject({ storage: this.storage, blockConcurrencyWhile }, {});
    await opened;
    return object;
  }

  /** Rings the alarm, and returns whether there was one. */
  ring(object: ReplayStoreObject): boolean {
    const isSet = this.alarm !== null;
    this.alarm = null;
    if (isSet) {
      object.alarm();
    }
    return isSet;
  }

  get entries(): number {
    return this.run("SELECT COUNT(*) AS count FROM entries")[0]?.["count"] as number;
  }

  #control(statement: string): void {
    this.statements.push(statement);
    this.#database.exec(statement);
  }
}
