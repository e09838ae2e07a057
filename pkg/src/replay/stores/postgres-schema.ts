/** The tables and functions of the store in Postgres, and the migrations between their versions. */

/**
 * Each function plans a statement once in a session, and for an index: a plan that was made
 * while a table was small would read all of it later, and a new plan takes longer than the
 * statement.
 */
const PLANS = "SET enable_seqscan = off SET enable_bitmapscan = off SET plan_cache_mode = force_generic_plan";

/**
 * The time of the newest committed event among so many newest of the partition `p`.
 *
 * A number that each commit raises would be one row that all wait for, and each claim
 * would read its old versions too while anybody has a long transaction. Nearly always one
 * of the 256 newest events is committed. Where none is, because the origin is down, the
 * time is written into the partition; also when the newest one is forgotten.
 */
const newest = (schema: string, among: number) => `(SELECT found."time" FROM (
    SELECT e."time", e.state FROM ${schema}.entries e WHERE e.partition = p.number
    ORDER BY e.partition DESC, e."time" DESC, e.id DESC LIMIT ${among}
  ) found WHERE found.state = 3 LIMIT 1)`;

/**
 * The statements that lead from each version to the next, in a schema whose name is
 * quoted already. Only append to it.
 *
 * What asks and answers is a function, so that each change is one statement: one round
 * trip, and one transaction, with any client. PL/pgSQL takes a new snapshot for each
 * statement inside and keeps their plans.
 */
const MIGRATIONS: readonly ((schema: string) => string)[] = [
  (schema) => `
CREATE TABLE ${schema}.partitions (
  number int PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  -- In bytes: a text cannot hold every character in every database.
  name bytea NOT NULL UNIQUE,
  floor bigint NOT NULL DEFAULT 0,
  -- Only what is not found among the newest entries.
  latest bigint
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- By time first: an event's time follows from its id, so one index serves the look-up
-- and the order in which events are forgotten. No column of an index ever changes, so
-- that changes need no new entry in it.
CREATE TABLE ${schema}.entries (
  "time" bigint NOT NULL,
  lease bigint NOT NULL,
  until bigint NOT NULL,
  partition int NOT NULL,
  state smallint NOT NULL,
  id bytea NOT NULL,
  PRIMARY KEY (partition, "time", id)
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

CREATE FUNCTION ${schema}.load(partition_name text, event_id text, event_time bigint) RETURNS text
LANGUAGE plpgsql ${PLANS} AS $body$
DECLARE
  p ${schema}.partitions;
  entry text;
BEGIN
  SELECT * INTO p FROM ${schema}.partitions WHERE name = decode(partition_name, 'hex');
  SELECT concat_ws(' ', e.state, e.lease, e.until) INTO entry FROM ${schema}.entries e
  WHERE e.partition = p.number AND e."time" = event_time AND e.id = decode(event_id, 'hex');
  -- After the entry: whoever forgets an entry raises the floor first.
  SELECT * INTO p FROM ${schema}.partitions WHERE number = p.number;
  RETURN format('%s %s %s', p.floor, greatest(${newest(schema, 256)}, p.latest), entry);
END $body$;

CREATE FUNCTION ${schema}.save(
  partition_name text, event_id text, event_time bigint,
  old_state int, old_lease bigint, old_until bigint,
  new_state int, new_lease bigint, new_until bigint,
  max_floor bigint, new_latest bigint
) RETURNS text LANGUAGE plpgsql ${PLANS} AS $body$
DECLARE
  p ${schema}.partitions;
  event bytea := decode(event_id, 'hex');
  newest bigint;
BEGIN
  SELECT * INTO p FROM ${schema}.partitions WHERE name = decode(partition_name, 'hex');
  IF old_state IS NOT NULL THEN
    UPDATE ${schema}.entries e SET state = new_state, lease = new_lease, until = new_until
    WHERE e.partition = p.number AND e."time" = event_time AND e.id = event
      AND e.state = old_state AND e.lease = old_lease AND e.until = old_until;
  ELSE
    IF p.number IS NULL THEN
      INSERT INTO ${schema}.partitions (name) VALUES (decode(partition_name, 'hex')) ON CONFLICT DO NOTHING;
      SELECT * INTO p FROM ${schema}.partitions WHERE name = decode(partition_name, 'hex');
    END IF;
    INSERT INTO ${schema}.entries ("time", lease, until, partition, state, id)
    VALUES (event_time, new_lease, new_until, p.number, new_state, event) ON CONFLICT DO NOTHING;
  END IF;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  IF max_floor IS NOT NULL THEN
    -- Now, not before: whoever forgot this event in the meantime had raised the floor. In
    -- READ COMMITTED each statement sees that. In the other levels nothing newer than the
    -- first statement is seen; but the lock fails if the row has changed since.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
      PERFORM FROM ${schema}.partitions WHERE number = p.number FOR SHARE;
    END IF;
    SELECT * INTO p FROM ${schema}.partitions WHERE number = p.number;
    IF p.floor > max_floor THEN
      DELETE FROM ${schema}.entries e WHERE e.partition = p.number AND e."time" = event_time AND e.id = event;
      RETURN NULL;
    END IF;
  END IF;
  newest := ${newest(schema, 256)};
  IF newest IS NULL OR newest < new_latest THEN
    newest := greatest(new_latest, ${newest(schema, 512)});
    UPDATE ${schema}.partitions SET latest = newest WHERE number = p.number AND newest > coalesce(latest, -1);
  END IF;
  RETURN format('%s %s', p.floor, greatest(newest, p.latest));
END $body$;

CREATE FUNCTION ${schema}.oldest(partition_name text, at_most int) RETURNS text
LANGUAGE plpgsql ${PLANS} AS $body$
DECLARE
  p ${schema}.partitions;
  records text;
  number_of_entries bigint;
BEGIN
  SELECT * INTO p FROM ${schema}.partitions WHERE name = decode(partition_name, 'hex');
  SELECT string_agg(concat_ws(' ', encode(e.id, 'hex'), e."time", e.state, e.lease, e.until), ','
    ORDER BY e."time", e.id) INTO records
  FROM (
    SELECT * FROM ${schema}.entries WHERE partition = p.number ORDER BY partition, "time", id LIMIT at_most
  ) e;
  -- After the records: if others forget some of them meanwhile, there are fewer than
  -- counted, and the cap holds.
  SELECT count(*) INTO number_of_entries FROM ${schema}.entries WHERE partition = p.number;
  RETURN concat_ws(',', format('%s %s %s', p.floor, greatest(${newest(schema, 256)}, p.latest), number_of_entries),
    records);
END $body$;

CREATE FUNCTION ${schema}.raise_floor(partition_name text, new_floor bigint) RETURNS void
LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO ${schema}.partitions (name) SELECT decode(partition_name, 'hex')
  WHERE NOT EXISTS (SELECT FROM ${schema}.partitions WHERE name = decode(partition_name, 'hex')) ON CONFLICT DO NOTHING;
  UPDATE ${schema}.partitions SET floor = new_floor WHERE name = decode(partition_name, 'hex') AND floor < new_floor;
END $body$;

CREATE FUNCTION ${schema}.forget(
  partition_name text, ids text[], times bigint[], states int[], leases bigint[], untils bigint[]
) RETURNS void LANGUAGE plpgsql ${PLANS} AS $body$
DECLARE
  p ${schema}.partitions;
  newest bigint;
BEGIN
  SELECT * INTO p FROM ${schema}.partitions WHERE name = decode(partition_name, 'hex');
  WITH forgotten AS (
    DELETE FROM ${schema}.entries e USING unnest(ids, times, states, leases, untils) f(id, "time", state, lease, until)
    WHERE e.partition = p.number AND e."time" = f."time" AND e.id = decode(f.id, 'hex')
      AND e.state = f.state AND e.lease = f.lease AND e.until = f.until
    RETURNING e."time", e.state
  ) SELECT max("time") INTO newest FROM forgotten WHERE state = 3;
  IF newest > coalesce(greatest(${newest(schema, 256)}, p.latest), -1) THEN
    UPDATE ${schema}.partitions SET latest = newest WHERE number = p.number AND (latest IS NULL OR latest < newest);
  END IF;
END $body$;
`,
];

/** The version that this code works with. */
export const VERSION = MIGRATIONS.length;

/** The name of a schema as SQL writes it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * One statement that creates the schema, or brings it to this version. Whoever comes
 * second waits and finds it done.
 */
export function migration(name: string): string {
  const schema = quoted(name);
  const steps = MIGRATIONS.map(
    (statements, version) => `  IF found < ${version + 1} THEN
${statements(schema)}
  END IF;`,
  );
  return `DO $migration$
DECLARE
  found int;
BEGIN
  -- Some clients print every notice.
  SET LOCAL client_min_messages = warning;
  PERFORM pg_advisory_xact_lock(hashtextextended('mia-webhooks', 0));
  CREATE SCHEMA IF NOT EXISTS ${schema};
  CREATE TABLE IF NOT EXISTS ${schema}.version (number int NOT NULL);
  SELECT coalesce(max(number), 0) INTO found FROM ${schema}.version;
${steps.join("\n")}
  IF found < ${VERSION} THEN
    DELETE FROM ${schema}.version;
    INSERT INTO ${schema}.version VALUES (${VERSION});
  END IF;
END $migration$;
`;
}
