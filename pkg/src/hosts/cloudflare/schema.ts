/** The tables of the Durable Object, and the migrations between their versions. */

/** The part of a Durable Object's SQLite storage that is used. */
export interface SqliteStorage {
  readonly sql: {
    exec(query: string, ...bindings: (ArrayBuffer | string | number | null)[]): Iterable<Record<string, unknown>>;
  };
  transactionSync<T>(work: () => T): T;
  getAlarm(): Promise<number | null>;
  setAlarm(scheduledTime: number): Promise<void>;
}

/** The statements that lead from each version of the schema to the next. Only append to it. */
export const MIGRATIONS: readonly (readonly string[])[] = [
  [
    // By time first: an event's time follows from its id, so one tree serves the
    // look-up and the order in which events are forgotten, and an insertion
    // writes one row. A second index doubles what is written and stored.
    `CREATE TABLE entries (
      timestamp INTEGER NOT NULL,
      id BLOB NOT NULL,
      state INTEGER NOT NULL,
      lease INTEGER NOT NULL,
      until INTEGER NOT NULL,
      PRIMARY KEY (timestamp, id)
    ) WITHOUT ROWID`,
    // The newest time is not here: it follows from the entries and the floor.
    "CREATE TABLE floor (timestamp INTEGER NOT NULL)",
    "INSERT INTO floor VALUES (0)",
    // The limits of the newest claim: the alarm prunes by them.
    "CREATE TABLE limits (windowMs INTEGER, cap INTEGER, leaseMs INTEGER, maxSkewMs INTEGER)",
    "INSERT INTO limits VALUES (0, 0, 0, 0)",
  ],
];

/**
 * Brings the tables up to date, in one transaction.
 *
 * @throws Error for tables of a newer version: older code must not write into them.
 */
export function migrate(storage: SqliteStorage, migrations = MIGRATIONS): void {
  storage.transactionSync(() => {
    const { sql } = storage;
    sql.exec("CREATE TABLE IF NOT EXISTS schema (version INTEGER NOT NULL)");
    const [row] = sql.exec("SELECT version FROM schema");
    const version = Number(row?.["version"] ?? 0);
    if (version > migrations.length) {
      throw new Error(
        `the stored schema is version ${version}, and this code knows ${migrations.length}: deploy newer code`,
      );
    }
    if (version === migrations.length) {
      return;
    }
    for (const statement of migrations.slice(version).flat()) {
      sql.exec(statement);
    }
    sql.exec("DELETE FROM schema");
    sql.exec("INSERT INTO schema VALUES (?)", migrations.length);
  });
}
