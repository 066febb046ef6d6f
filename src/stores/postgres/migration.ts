import { checkedSchema, literal, namesIn, quoted, type PostgresOptions } from "./options.js";

/** Of the tables that this version of the package works with. */
export const tablesVersion = 1;

/**
 * The SQL that makes the tables of {@link PostgresSuppressionStore} and {@link PostgresEventInbox} in Postgres 14 or
 * later: one statement that changes nothing where they are there, and may be run by several at once. The stores run it
 * themselves at their first use unless they are told not to; run it yourself where their user may not make tables.
 *
 * That user then needs: `USAGE` on the schema; `SELECT` on `acs_sms_schema`; `SELECT, INSERT, UPDATE` on
 * `acs_sms_suppression`; `SELECT, INSERT` on `acs_sms_suppression_history`; `USAGE` on the sequence
 * `acs_sms_suppression_arrival`; for the inbox `SELECT, INSERT, UPDATE, DELETE` on `acs_sms_events` and
 * `acs_sms_replies`.
 *
 * @throws TypeError for a malformed schema.
 *
 * @example
 * ```ts
 * import { writeFile } from "node:fs/promises";
 * import { postgresMigration } from "acs-sms/stores/postgres";
 *
 * await writeFile("migrations/007-acs-sms.sql", postgresMigration({ schema: "sms" }));
 * ```
 */
export function postgresMigration({ schema }: Pick<PostgresOptions, "schema"> = {}): string {
  const name = namesIn(checkedSchema(schema));
  return `DO $acs_sms$
BEGIN
  -- One at a time: IF NOT EXISTS alone fails where two do it at once.
  PERFORM pg_advisory_xact_lock(hashtextextended('acs-sms', 0));
${schema === undefined ? "" : schemaOf(schema)}
  CREATE TABLE IF NOT EXISTS ${name("acs_sms_schema")} (part text PRIMARY KEY, version integer NOT NULL);
  INSERT INTO ${name("acs_sms_schema")} VALUES ('stores', ${tablesVersion}) ON CONFLICT DO NOTHING;
${suppressionTables(name)}
${inboxTables(name)}
END $acs_sms$;
`;
}

/**
 * IF NOT EXISTS would need the right to make schemas, also where there is nothing to make. `pg_namespace` would be read
 * as it was before the lock was waited for, in the stricter isolation levels; this looks at what is there now.
 */
function schemaOf(schema: string): string {
  return `
  IF to_regnamespace(${literal(quoted(schema))}) IS NULL THEN
    CREATE SCHEMA ${quoted(schema)};
  END IF;
`;
}

/**
 * "C" compares byte by byte, as a rank must be, and tells all texts apart. Times are whole milliseconds, which a
 * `timestamptz` has not the range for.
 */
const definitions = `
    recipient text COLLATE "C" NOT NULL,
    sender text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL,
    rank text COLLATE "C" NOT NULL,
    at bigint NOT NULL,
    recorded_at bigint NOT NULL,
    source text NOT NULL,
    keyword text,
    message_id text,
    note text,`;

function suppressionTables(name: (table: string) => string): string {
  return `
  -- The newest fact of every recipient, sender and state. Times are milliseconds: to_timestamp(at / 1000.0)
  CREATE TABLE IF NOT EXISTS ${name("acs_sms_suppression")} (${definitions}
    PRIMARY KEY (recipient, sender, state)
  );

  -- Every fact, in the order of arrival.
  CREATE SEQUENCE IF NOT EXISTS ${name("acs_sms_suppression_arrival")};
  CREATE TABLE IF NOT EXISTS ${name("acs_sms_suppression_history")} (${definitions}
    arrival bigint NOT NULL,
    PRIMARY KEY (recipient, arrival),
    UNIQUE (recipient, sender, state, rank)
  );
  CREATE OR REPLACE FUNCTION ${name("acs_sms_refuse_change")}() RETURNS trigger LANGUAGE plpgsql AS $refuse$
  BEGIN
    RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END $refuse$;
  CREATE OR REPLACE TRIGGER acs_sms_only_add BEFORE UPDATE OR DELETE OR TRUNCATE
    ON ${name("acs_sms_suppression_history")} EXECUTE FUNCTION ${name("acs_sms_refuse_change")}();`;
}

/** Keys are digests. `until` is when a lease runs out, and when what is done, or a reply, is forgotten. */
function inboxTables(name: (table: string) => string): string {
  return `
  CREATE TABLE IF NOT EXISTS ${name("acs_sms_events")} (
    key text COLLATE "C" PRIMARY KEY, token text NOT NULL, until timestamptz NOT NULL, is_done boolean NOT NULL
  );
  CREATE INDEX IF NOT EXISTS acs_sms_events_until ON ${name("acs_sms_events")} (until);
  CREATE TABLE IF NOT EXISTS ${name("acs_sms_replies")} (
    key text COLLATE "C" PRIMARY KEY, began_at bigint NOT NULL, sent_message_id text, until timestamptz NOT NULL
  );
  CREATE INDEX IF NOT EXISTS acs_sms_replies_until ON ${name("acs_sms_replies")} (until);`;
}
