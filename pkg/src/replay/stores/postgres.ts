/** A store in Postgres. */

import { type OptimisticReplayStore, optimisticReplayStore } from "../../replay.js";
import { type Kinds, TEXT, checkOptions } from "../../verify/options.js";
import type { ReplayBounds, ReplayEntry } from "../decision.js";
import type { ReplayClaim } from "../store.js";
import { isClass } from "./class.js";
import { VERSION, migration, quoted } from "./postgres-schema.js";

/** The rows of an answer, alone or with what else the client says of it. */
type Rows = readonly unknown[] | { readonly rows: readonly unknown[] };

/**
 * A client of Postgres: a pool of `pg` or a client that nobody else uses, the `sql` of
 * `postgres`, or a function that runs one statement without parameters and returns the rows.
 */
export type PostgresClient =
  | {
      /** Runs a statement. */
      query(text: string): PromiseLike<Rows>;
    }
  | {
      /** Runs a statement. */
      unsafe(text: string): PromiseLike<Rows>;
    }
  | ((text: string) => PromiseLike<Rows>);

/** Where events are kept in the database. */
export interface PostgresReplayStoreOptions {
  /** The schema with the tables; `mia_webhooks` by default. It is created where there is none. */
  readonly schema?: string | undefined;
}

/** How often a statement is tried that Postgres ends in favour of another one, and the longest pause between, in milliseconds. */
const ATTEMPTS = 16;
const LONGEST_PAUSE_MS = 50;

/**
 * Remembers events in Postgres, for any number of receivers. A claim is one
 * statement, and so is a commit. The tables are created with the first call.
 *
 * It must reach the primary: a replica answers with what was true before. Neither
 * prepared statements nor the state of a session are used, so a pooler such as
 * PgBouncer may share connections by transaction.
 *
 * @param client - A pool of `pg`, the `sql` of `postgres`, or a function that runs a
 * statement and returns its rows. A single client only if nobody else uses it: what the
 * store saves in a transaction of the application goes when that is rolled back.
 * @throws TypeError for anything else, and for options that cannot be used. The methods
 * of the store reject when the database cannot be reached, when its role may not do
 * what is needed, and when the schema was made by newer code.
 *
 * @example
 * ```ts no-run
 * import { type PostgresClient, postgresReplayStore } from "mia-webhooks/postgres";
 *
 * declare const pool: PostgresClient; // new Pool({ connectionString }) of pg
 * export const store = postgresReplayStore(pool);
 * ```
 */
export function postgresReplayStore(
  client: PostgresClient,
  options: PostgresReplayStoreOptions = {},
): OptimisticReplayStore {
  const name = nameOf(options);
  const schema = quoted(name);
  const run = runner(client);

  /** The first column of the first row. */
  async function ask(statement: string): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      try {
        const answer: unknown = await run(statement);
        const rows = Array.isArray(answer) ? answer : (answer as { rows?: unknown } | null | undefined)?.rows;
        if (!Array.isArray(rows)) {
          throw new TypeError("the client of postgresReplayStore returned no rows: return an array, or { rows }");
        }
        return rows.length === 0 ? undefined : Object.values(rows[0] as object)[0];
      } catch (error) {
        if (attempt === ATTEMPTS || !LOST.includes(String(codeOf(error)))) {
          throw error;
        }
        const longest = Math.min(2 ** attempt, LONGEST_PAUSE_MS);
        await new Promise((resolve) => setTimeout(resolve, longest * Math.random()));
      }
    }
  }

  async function versionOf(): Promise<number> {
    try {
      return Number((await ask(`SELECT number::text FROM ${schema}.version`)) ?? 0);
    } catch (error) {
      if (MISSING.includes(String(codeOf(error)))) {
        return 0;
      }
      throw error;
    }
  }

  async function migrate(): Promise<void> {
    let version = await versionOf();
    if (version < VERSION) {
      try {
        await ask(migration(name));
      } catch (error) {
        // Perhaps because another receiver was faster.
        version = await versionOf();
        if (version < VERSION) {
          throw error;
        }
      }
    }
    if (version > VERSION) {
      throw new Error(
        `the schema ${name} in Postgres is version ${version}, and this code knows ${VERSION}: deploy newer code`,
      );
    }
  }

  let migrated: Promise<void> | undefined;

  /** What a function of the schema answers; nothing instead of a null. */
  async function call(name: string, ...values: (string | number | null | undefined)[]): Promise<string> {
    await (migrated ??= migrate().catch((error: unknown) => {
      migrated = undefined;
      throw error;
    }));
    try {
      return String((await ask(`SELECT ${schema}.${name}(${values.map(literal).join()})`)) ?? "");
    } catch (error) {
      if (MISSING.includes(String(codeOf(error)))) {
        // Somebody has dropped the schema: the next call makes it again.
        migrated = undefined;
      }
      throw error;
    }
  }

  return optimisticReplayStore({
    async load(claim) {
      const [floor, latest, ...entry] = (await call("load", ...keyOf(claim))).split(" ");
      return { bounds: boundsOf(floor, latest), entry: entry[0] ? entryOf(entry) : undefined };
    },
    async save(claim, { before, after, maxFloor, latest }) {
      const saved = await call(
        "save",
        ...keyOf(claim),
        before?.state,
        before?.lease,
        before?.until,
        after.state,
        after.lease,
        after.until,
        maxFloor,
        latest,
      );
      return saved ? boundsOf(...saved.split(" ")) : undefined;
    },
    async oldest(claim, limit) {
      const [first = "", ...found] = (await call("oldest", hexOf(claim.partition), limit)).split(",");
      const [floor, latest, count] = first.split(" ");
      const records = found.map((record) => {
        const [id = "", timestamp, ...entry] = record.split(" ");
        return { id, timestamp: Number(timestamp), entry: entryOf(entry) };
      });
      return { bounds: boundsOf(floor, latest), count: Number(count), records };
    },
    async raiseFloor(claim, floor) {
      await call("raise_floor", hexOf(claim.partition), floor);
    },
    async forget(claim, records) {
      const list = (values: readonly (string | number)[]) => `{${values.join()}}`;
      await call(
        "forget",
        hexOf(claim.partition),
        list(records.map(({ id }) => id)),
        list(records.map(({ timestamp }) => timestamp)),
        list(records.map(({ entry }) => entry.state)),
        list(records.map(({ entry }) => entry.lease)),
        list(records.map(({ entry }) => entry.until)),
      );
    },
  });
}

/**
 * The SQL that creates or updates the tables of {@link postgresReplayStore}, to be run by
 * a role that may create a schema. The role of the store then needs `USAGE` on the schema
 * and `SELECT, INSERT, UPDATE, DELETE` on its tables.
 *
 * @throws TypeError for options that cannot be used.
 *
 * @example
 * ```ts
 * import { postgresReplaySchema } from "mia-webhooks/postgres";
 *
 * postgresReplaySchema().includes('CREATE SCHEMA IF NOT EXISTS "mia_webhooks"'); // true
 * ```
 */
export function postgresReplaySchema(options: PostgresReplayStoreOptions = {}): string {
  return migration(nameOf(options));
}

function nameOf(options: PostgresReplayStoreOptions): string {
  checkOptions(options, { schema: SCHEMA } satisfies Kinds<PostgresReplayStoreOptions>, "the store");
  return options.schema ?? "mia_webhooks";
}

// Postgres cuts off longer names without an error, and keeps others for itself.
const SCHEMA = [
  "a name of at most 63 small letters, digits and underscores, with no digit and no pg_ first",
  (value: unknown) =>
    TEXT[1](value) && /^[a-z_][a-z0-9_]{0,62}$/.test(value as string) && !/^pg_/.test(value as string),
] as const;

/** How a client runs a statement. */
function runner(client: PostgresClient): (text: string) => PromiseLike<Rows> {
  const { unsafe, query } = (client ?? {}) as { unsafe?: unknown; query?: unknown };
  if (typeof unsafe === "function") {
    return (text) => (client as { unsafe(text: string): PromiseLike<Rows> }).unsafe(text);
  }
  if (typeof query === "function") {
    return (text) => (client as { query(text: string): PromiseLike<Rows> }).query(text);
  }
  if (typeof client === "function" && !isClass(client)) {
    return client;
  }
  throw new TypeError(
    "postgresReplayStore needs a Pool of pg (new Pool), the sql of postgres, or a function that runs a statement",
  );
}

/** Another transaction was faster, and this one did nothing: `serialization_failure` and `deadlock_detected`. */
const LOST = ["40001", "40P01"];
/** There is no such schema, table or function: `invalid_schema_name`, `undefined_table` and `undefined_function`. */
const MISSING = ["3F000", "42P01", "42883"];

interface Failure {
  readonly code?: unknown;
  readonly cause?: Failure | undefined;
}

/** The code of an error of Postgres, also in an error that another library made of it. */
const codeOf = (error: unknown): unknown => (error as Failure)?.code ?? (error as Failure)?.cause?.code;

// What the functions answer is one text, with spaces between: clients read large integers
// in different ways.

const boundsOf = (floor?: string, latest?: string): ReplayBounds => ({
  floor: Number(floor),
  latest: latest ? Number(latest) : null,
});

const entryOf = ([state, lease, until]: string[]): ReplayEntry => ({
  state: Number(state) as ReplayEntry["state"],
  lease: Number(lease),
  until: Number(until),
});

/** A text in digits: whatever it holds, it cannot end a literal. */
const hexOf = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * A value as SQL writes it. It is written into the statement because some clients need a
 * second round trip for parameters.
 */
function literal(value: string | number | null | undefined): string {
  const text = String(value ?? "NULL");
  // All that a list of numbers or of ids consists of. Nothing of it ends a literal.
  if (!/^[\w,{}+.-]*$/.test(text)) {
    throw new TypeError("a claim for Postgres may only hold numbers and an id in hexadecimal digits");
  }
  return typeof value === "string" ? `'${text}'` : text;
}

const keyOf = ({ partition, id, timestamp }: ReplayClaim) => [hexOf(partition), id, timestamp] as const;
