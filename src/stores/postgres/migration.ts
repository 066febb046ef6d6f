import { checkedSchema, namesIn, type PostgresOptions } from "./options.js";
import { migrationOf, type Tables } from "./tables.js";

/** Those that this version of the package works with. */
export const storesTables: Tables = {
  part: "stores",
  name: "tables",
  version: 1,
  migration: postgresMigration,
};

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
  return migrationOf(storesTables, schema, suppressionTables(name) + inboxTables(name));
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
