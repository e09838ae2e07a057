/** The store in Postgres: what it is made with. tests/stores asks a real server. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, test, vi } from "vitest";
import { type PostgresClient, postgresReplaySchema, postgresReplayStore } from "../../../../pkg/src/postgres.js";
import { NOW, claimOf } from "../claims.js";

const client: PostgresClient = async () => [];

// A claim forgets by chance: here, never.
beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(1);
});
afterEach(() => vi.restoreAllMocks());

test("anything that is no client is refused when the store is made", () => {
  for (const wrong of [undefined, null, {}, "postgres://user:secret@host/database", { connect() {} }, class Pool {}]) {
    assert.throws(() => postgresReplayStore(wrong as never), {
      name: "TypeError",
      message:
        "postgresReplayStore needs a Pool of pg (new Pool), the sql of postgres, or a function that runs a statement",
    });
  }
});

test("options that cannot be used are refused when the store is made", () => {
  for (const schema of ["", "Mixed", "1st", 'a"b', "a.b", "pg_mine", "x".repeat(64), 7]) {
    const options = { schema } as { schema: string };
    for (const make of [() => postgresReplayStore(client, options), () => postgresReplaySchema(options)]) {
      assert.throws(make, {
        name: "TypeError",
        message:
          "the store.schema must be a name of at most 63 small letters, digits and underscores, with no digit and no pg_ first",
      });
    }
  }
  assert.throws(() => postgresReplayStore(client, { table: "x" } as object), TypeError);
  assert.ok(postgresReplaySchema({ schema: "x".repeat(63) }).includes("x".repeat(63)));
});

/** A client that fails with these errors, one for each time that a change is saved, and what it was asked. */
function failing(...errors: object[]) {
  const asked: string[] = [];
  return {
    asked,
    query: async (statement: string) => {
      asked.push(statement);
      if (statement.includes(".version")) {
        return { rows: [{ number: "1" }] };
      }
      const error = errors.shift();
      if (error) {
        throw error;
      }
      return { rows: [{ save: `0 ${NOW}` }] };
    },
  };
}

test("what another transaction ended is tried again, also if a library wrapped its error", async () => {
  const lost = failing({ code: "40001" }, { code: "40P01" }, new Error("wrapped", { cause: { code: "40001" } }));
  assert.deepEqual(await postgresReplayStore(lost).claim(claimOf(1)), { code: "claimed", latest: NOW });
  assert.equal(lost.asked.length, 5);
});

test("what always fails rejects in the end, and other errors at once", async () => {
  const lost = failing(...Array.from({ length: 99 }, () => ({ code: "40001" })));
  await assert.rejects(async () => postgresReplayStore(lost).claim(claimOf(1)), { code: "40001" });
  assert.equal(lost.asked.length, 1 + 16);
  const down = failing({ code: "57P01" });
  await assert.rejects(async () => postgresReplayStore(down).claim(claimOf(1)), { code: "57P01" });
});

test("a function that returns no rows is said to, and its answer is none", async () => {
  for (const answer of [undefined, null, "1", {}, { rows: 1 }]) {
    const store = postgresReplayStore((async () => answer) as never);
    await assert.rejects(async () => store.claim(claimOf(1)), {
      name: "TypeError",
      message: "the client of postgresReplayStore returned no rows: return an array, or { rows }",
    });
  }
});
