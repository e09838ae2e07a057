// @ts-check
/**
 * A Worker that runs the tests of stores on Durable Objects, which the tests can
 * inspect and break.
 */

import { ReplayStoreObject } from "mia-webhooks/cloudflare";
import { durableObjectReplayStore, replayStoreTests } from "mia-webhooks/replay";
// From the sources: no published schema has a second version yet.
import { MIGRATIONS, migrate } from "../../pkg/src/hosts/cloudflare/schema.ts";

/**
 * The guard with access to its storage. A failure is thrown where the real storage
 * throws: the statements before it were executed.
 */
export class Guard extends ReplayStoreObject {
  #sql;
  #storage;
  #faults;

  /** @param {any} state @param {unknown} env */
  constructor(state, env) {
    const faults = { after: Infinity };
    const { storage } = state;
    const { sql } = storage;
    const breakable = {
      /** @param {string} query @param {unknown[]} bindings */
      exec(query, ...bindings) {
        if (faults.after-- <= 0) {
          throw new Error("the disk is full");
        }
        return sql.exec(query, ...bindings);
      },
    };
    Object.defineProperty(storage, "sql", { value: breakable });
    super(state, env);
    this.#sql = sql;
    this.#storage = storage;
    this.#faults = faults;
  }

  /** Lets this number of statements pass, and no more. @param {number} statements */
  breakAfter(statements) {
    this.#faults.after = statements;
  }

  repair() {
    this.#faults.after = Infinity;
  }

  /** The long run uses the real alarm; here the tests decide when to prune. @override */
  alarm() {}

  prune() {
    super.alarm();
  }

  /** Adds a version to the schema, as newer code does. */
  migrateOn() {
    const added = ["ALTER TABLE entries ADD COLUMN note TEXT", "UPDATE entries SET note = 'kept'"];
    const storage = this.#storage;
    const steps = [...MIGRATIONS, added];
    migrate(storage, steps);
    migrate(storage, steps);
  }

  measure() {
    const [{ count }] = [...this.#sql.exec("SELECT COUNT(*) AS count FROM entries")];
    return { count, bytes: this.#sql.databaseSize };
  }

  /** @param {string} statement */
  execute(statement) {
    return [...this.#sql.exec(statement)];
  }

  /** @param {any} claims */
  async many(claims) {
    await Promise.all(claims.map((/** @type {any} */ claim) => this.claim(claim)));
    await Promise.all(claims.map((/** @type {any} */ claim) => this.commit(claim)));
  }
}

export default {
  /** @param {Request} request @param {{ REPLAY_STORE: any }} env */
  async fetch(request, { REPLAY_STORE }) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/tests") {
      const shards = Number(searchParams.get("shards"));
      const results = [];
      for (const { name, run } of replayStoreTests(() => durableObjectReplayStore(REPLAY_STORE, { shards }))) {
        results.push({ name, failure: await run().then(() => null, String) });
      }
      return Response.json(results);
    }
    // Any method of an object, by name.
    const [, name, method] = pathname.split("/");
    const stub = REPLAY_STORE.get(REPLAY_STORE.idFromName(name));
    try {
      const body = await request.text();
      return Response.json((await stub[/** @type {string} */ (method)](...(body ? JSON.parse(body) : []))) ?? null);
    } catch (error) {
      return Response.json({ thrown: String(error) }, { status: 500 });
    }
  },
};
