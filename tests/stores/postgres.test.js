// @ts-check
/** The store in a real Postgres, with each kind of client. */

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { postgresReplaySchema, postgresReplayStore } from "mia-webhooks/postgres";
import { DONE_ENTRY, replayStoreTests } from "mia-webhooks/replay";
import pg from "pg";
import postgres from "postgres";
import { startPostgres } from "../harness/servers/postgres.js";

// What a crash loses is tested in faults.test.js.
const server = await startPostgres({ settings: { fsync: "off", max_connections: "200" } });
const pool = new pg.Pool({ connectionString: server.url, max: 20 });
const sql = postgres(server.url, { max: 20 });
/** @type {{ end(): Promise<unknown> }[]} */
const opened = [pool, sql];
after(async () => {
  await Promise.all(opened.map((client) => client.end()));
  await server.stop();
});

/** @param {pg.PoolConfig} [options] */
function poolOf(options) {
  const made = new pg.Pool({ connectionString: server.url, max: 4, ...options });
  opened.push(made);
  return made;
}

/** @param {string} statement */
const ask = async (statement) => (await pool.query(statement)).rows;

const NOW = 1_767_225_600_000;
const LIMITS = { windowMs: 604_800_000, cap: 100_000, leaseMs: 60_000, maxSkewMs: 300_000 };

/** @param {number} event @param {Partial<import("mia-webhooks/replay").ReplayClaim>} [more] */
const claimOf = (event, more) => ({
  partition: "s",
  id: event.toString(16).padStart(64, "0"),
  timestamp: NOW + event,
  lease: event,
  now: NOW,
  limits: LIMITS,
  ...more,
});

/** @param {import("mia-webhooks/replay").ReplayStore} store @param {import("mia-webhooks/replay").ReplayClaim} claim */
async function commit(store, claim) {
  assert.equal((await store.claim(claim)).code, "claimed");
  assert.equal(await store.commit(claim), true);
}

const serializable = poolOf({ max: 20, options: "-c default_transaction_isolation=serializable" });

const CLIENTS = {
  "a pool of pg": pool,
  "the sql of postgres": sql,
  "a function, in serializable transactions": (/** @type {string} */ statement) =>
    serializable.query(statement).then(({ rows }) => rows),
};

for (const [name, client] of Object.entries(CLIENTS)) {
  describe(name, () => {
    const store = postgresReplayStore(client, { schema: "published" });
    for (const { name, run } of replayStoreTests(
      () => store,
      () => store.backend,
    )) {
      test(name, run);
    }
  });
}

for (const isolation of ["read committed", "repeatable read", "serializable"]) {
  // A claim takes its snapshot and stops before it writes. Meanwhile others commit and
  // forget the event. A trigger stops it: it waits for a lock that the test holds.
  test(`an event that is forgotten during its claim is not claimed again (${isolation})`, async () => {
    const schema = `race_${isolation.replace(" ", "_")}`;
    const fast = postgresReplayStore(pool, { schema });
    const slow = postgresReplayStore(
      poolOf({ options: `-c default_transaction_isolation=${isolation.replace(" ", "\\ ")} -c application_name=slow` }),
      { schema },
    );
    await commit(fast, claimOf(1));
    await ask(`
      CREATE FUNCTION ${schema}.wait() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF current_setting('application_name') = 'slow' THEN
          PERFORM pg_advisory_xact_lock(7);
        END IF;
        RETURN new;
      END $$;
      CREATE TRIGGER wait BEFORE INSERT ON ${schema}.entries FOR EACH ROW EXECUTE FUNCTION ${schema}.wait()`);
    const holder = await pool.connect();
    try {
      await holder.query("SELECT pg_advisory_lock(7)");
      const claim = claimOf(2, { lease: 99 });
      const answer = slow.claim(claim);
      await until(async () => {
        const waiting = await ask("SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
        return waiting.length === 1;
      });
      await commit(fast, claimOf(2));
      await fast.backend.raiseFloor(claim, claim.timestamp + 1);
      await fast.backend.forget(claim, [{ id: claim.id, timestamp: claim.timestamp, entry: DONE_ENTRY }]);
      await holder.query("SELECT pg_advisory_unlock(7)");
      assert.equal((await answer).code, "event_stale");
      assert.equal((await fast.backend.load(claim)).entry, undefined);
    } finally {
      holder.release();
    }
  });
}

test("receivers that all start on an empty database all work", async () => {
  const stores = Array.from({ length: 8 }, () => postgresReplayStore(poolOf({ max: 1 }), { schema: "at_once" }));
  const answers = await Promise.all(stores.map((store, event) => store.claim(claimOf(event))));
  assert.deepEqual(new Set(answers.map(({ code }) => code)), new Set(["claimed"]));
  // The second store finds the schema, and so does whoever runs its SQL again.
  await ask(postgresReplaySchema({ schema: "at_once" }));
  assert.equal((await postgresReplayStore(pool, { schema: "at_once" }).claim(claimOf(0))).code, "claimed");
});

test("a schema that was dropped is made again with the next call but one", async () => {
  const store = postgresReplayStore(pool, { schema: "dropped" });
  assert.equal((await store.claim(claimOf(1))).code, "claimed");
  await ask("DROP SCHEMA dropped CASCADE");
  await assert.rejects(async () => store.claim(claimOf(1)), { code: "3F000" });
  assert.equal((await store.claim(claimOf(1))).code, "claimed");
});

test("a schema that newer code made is refused", async () => {
  await ask(postgresReplaySchema({ schema: "newer" }));
  await ask("UPDATE newer.version SET number = 99");
  await assert.rejects(async () => postgresReplayStore(pool, { schema: "newer" }).claim(claimOf(1)), {
    message: "the schema newer in Postgres is version 99, and this code knows 1: deploy newer code",
  });
});

test("a role that may create nothing uses a schema that is there, and says what it lacks otherwise", async () => {
  await ask(`CREATE ROLE receiver LOGIN; ${postgresReplaySchema({ schema: "given" })}
    GRANT USAGE ON SCHEMA given TO receiver;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA given TO receiver`);
  const client = poolOf({ user: "receiver", connectionString: server.url.replace("postgres@", "receiver@") });
  const store = postgresReplayStore(client, { schema: "given" });
  await commit(store, claimOf(1));
  await store.backend.raiseFloor(claimOf(1), NOW);
  await store.backend.forget(claimOf(1), (await store.backend.oldest(claimOf(1), 9)).records);
  assert.equal((await store.backend.load(claimOf(1))).entry, undefined);
  await assert.rejects(async () => postgresReplayStore(client, { schema: "lacking" }).claim(claimOf(1)), {
    code: "42501",
  });
});

test("a first call that fails is tried again", async () => {
  let isDown = true;
  const store = postgresReplayStore((statement) => (isDown ? Promise.reject(new Error("no server")) : ask(statement)), {
    schema: "late",
  });
  await assert.rejects(async () => store.claim(claimOf(1)), { message: "no server" });
  isDown = false;
  await commit(store, claimOf(1));
});

test("the largest numbers and any partition come back as they were saved, whatever the client makes of numbers", async () => {
  const max = Number.MAX_SAFE_INTEGER;
  /** @type {any} Only texts are as they were. */
  const types = { getTypeParser: (/** @type {number} */ type) => (type === 25 ? String : () => "a number") };
  const odd = poolOf({ types });
  for (const [client, partition] of /** @type {const} */ ([
    [pool, "a\0b"],
    [sql, "it's \\ \ud83d\ude00"],
    [odd, ""],
  ])) {
    const { backend } = postgresReplayStore(client, { schema: "large" });
    const claim = claimOf(1, { partition, timestamp: max - 1, lease: max });
    const entry = /** @type {const} */ ({ state: 2, lease: max, until: max });
    assert.deepEqual(await backend.save(claim, { after: entry }), { floor: 0, latest: null });
    assert.deepEqual((await backend.load(claim)).entry, entry);
    await backend.save(claim, { before: entry, after: DONE_ENTRY, latest: max - 1 });
    await backend.raiseFloor(claim, max);
    assert.deepEqual(await backend.oldest(claim, 1), {
      bounds: { floor: max, latest: max - 1 },
      count: 1,
      records: [{ id: claim.id, timestamp: max - 1, entry: DONE_ENTRY }],
    });
  }
});

test("nothing of a claim can end a literal", async () => {
  const { backend } = postgresReplayStore(pool, { schema: "large" });
  for (const more of [{ id: "'); DROP SCHEMA large; --" }, { timestamp: /** @type {any} */ ("1); DROP") }]) {
    await assert.rejects(async () => backend.load(claimOf(1, more)), TypeError);
  }
});

test("two schemas share nothing", async () => {
  await commit(postgresReplayStore(pool, { schema: "one" }), claimOf(1));
  await commit(postgresReplayStore(pool, { schema: "two" }), claimOf(1));
});

test("while nothing is committed any more, every claim still gets the newest time", async () => {
  const store = postgresReplayStore(pool, { schema: "outage" });
  await commit(store, claimOf(0));
  for (let event = 1; event <= 600; event++) {
    assert.equal((await store.claim(claimOf(event))).latest, NOW);
  }
  // Below more open events than are looked at.
  assert.equal(await store.commit(claimOf(1)), true);
  assert.equal((await store.claim(claimOf(601))).latest, NOW + 1);
  assert.equal((await postgresReplayStore(sql, { schema: "outage" }).claim(claimOf(602))).latest, NOW + 1);
});

test("what is claimed and committed changes nothing that all wait for", async () => {
  const store = postgresReplayStore(pool, { schema: "apart" });
  await store.claim(claimOf(0));
  const written = () => ask("SELECT ctid, xmax FROM apart.partitions");
  const before = await written();
  await store.claim(claimOf(1));
  await commit(store, claimOf(2));
  await store.commit(claimOf(0));
  assert.deepEqual(await written(), before);
});

test("an event takes at most 250 bytes", async () => {
  await ask(postgresReplaySchema({ schema: "sized" }));
  const save = (/** @type {number} */ from, /** @type {string} */ values) =>
    ask(
      `SELECT sized.save('61', encode(sha256(e::text::bytea), 'hex'), e, ${values}) FROM generate_series(${from}, ${from + 31}) e`,
    );
  // As with 32 deliveries at once.
  const events = 20_000;
  for (let event = 0; event < events; event += 32) {
    await save(event, "NULL, NULL, NULL, 2, 7, 8, e, NULL");
    await save(event, "2, 7, 8, 3, 0, 0, NULL, e");
  }
  const [row] = await ask(
    "SELECT pg_total_relation_size('sized.entries')::int AS bytes, count(*)::int FROM sized.entries",
  );
  assert.equal(row.count, events);
  assert.ok(row.bytes / events <= 250, `${row.bytes / events} bytes`);
});

/** Only what hangs reaches the limit. @param {() => Promise<boolean>} isSo */
async function until(isSo) {
  const limit = Date.now() + 120_000;
  while (!(await isSo())) {
    assert.ok(Date.now() < limit, "it never comes");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
