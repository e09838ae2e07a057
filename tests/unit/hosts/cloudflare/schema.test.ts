/** Migrations, over a real SQLite. */

import assert from "node:assert/strict";
import { beforeEach, test } from "vitest";
import { MIGRATIONS, migrate } from "../../../../pkg/src/hosts/cloudflare/schema.js";
import { upTo } from "../../replay/claims.js";
import { DurableState } from "./durable-state.js";

const SECOND = ["ALTER TABLE floor ADD COLUMN note TEXT", "UPDATE floor SET note = 'kept'"];
const NEWER = [...MIGRATIONS, SECOND];

let state: DurableState;
beforeEach(() => {
  state = new DurableState();
});

const versions = () => state.run("SELECT version FROM schema");

test("an empty object gets all tables, in one transaction", () => {
  migrate(state.storage);
  assert.deepEqual(versions(), [{ version: MIGRATIONS.length }]);
  assert.deepEqual(state.run("SELECT * FROM floor"), [{ timestamp: 0 }]);
  assert.deepEqual(state.run("SELECT * FROM limits"), [{ windowMs: 0, cap: 0, leaseMs: 0, maxSkewMs: 0 }]);
  assert.deepEqual(
    state.statements.filter((statement) => !statement.includes(" ")),
    ["BEGIN", "COMMIT"],
  );
});

test("an object whose tables are up to date writes nothing", () => {
  migrate(state.storage);
  state.statements.length = 0;
  migrate(state.storage);
  assert.deepEqual(
    state.statements.filter((statement) => /^(INSERT|DELETE|UPDATE|ALTER)/.test(statement)),
    [],
  );
});

test("newer code adds what its version adds, once, and keeps the rows", () => {
  migrate(state.storage);
  state.run("UPDATE floor SET timestamp = 7");
  migrate(state.storage, NEWER);
  migrate(state.storage, NEWER);
  assert.deepEqual(versions(), [{ version: 2 }]);
  assert.deepEqual(state.run("SELECT * FROM floor"), [{ timestamp: 7, note: "kept" }]);
});

test("an empty object gets the tables of all versions, the oldest first", () => {
  migrate(state.storage, NEWER);
  assert.deepEqual(versions(), [{ version: 2 }]);
  assert.deepEqual(state.run("SELECT * FROM floor"), [{ timestamp: 0, note: "kept" }]);
});

test("a migration that fails halfway changes nothing", () => {
  migrate(state.storage);
  for (const statements of upTo(6)) {
    state.failsAfter = statements;
    assert.throws(() => migrate(state.storage, NEWER), /the disk is full/);
    assert.deepEqual(versions(), [{ version: 1 }]);
    assert.deepEqual(state.run("SELECT * FROM floor"), [{ timestamp: 0 }]);
  }
  migrate(state.storage, NEWER);
  assert.deepEqual(versions(), [{ version: 2 }]);
});

test("older code refuses the tables of newer code, and does not change them", () => {
  migrate(state.storage, NEWER);
  assert.throws(
    () => migrate(state.storage),
    new Error("the stored schema is version 2, and this code knows 1: deploy newer code"),
  );
  assert.deepEqual(versions(), [{ version: 2 }]);
});
