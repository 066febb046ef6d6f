import { checkedSchema, namesIn, type PostgresOptions } from "../../stores/postgres/options.js";
import { migrationOf, type Tables } from "../../stores/postgres/tables.js";
import { journalFunctions } from "./postgres-journal-functions.js";

/** Those that this version of the package works with. */
export const journalTables: Tables = {
  part: "campaigns",
  name: "campaign tables",
  version: 1,
  migration: campaignJournalMigration,
};

/**
 * The SQL that makes the tables and functions of {@link PostgresCampaignJournal} in Postgres 14 or later: one statement
 * that changes nothing where they are there, and may be run by several at once. The journal runs it itself at its first
 * use unless it is told not to; run it yourself where its user may not make tables.
 *
 * That user then needs: `USAGE` on the schema; `SELECT` on `acs_sms_schema`; `SELECT, INSERT, UPDATE, DELETE` on
 * `acs_sms_campaigns`, `acs_sms_campaign_batches` and `acs_sms_campaign_items`.
 *
 * @throws TypeError for a malformed schema.
 *
 * @example
 * ```ts
 * import { writeFile } from "node:fs/promises";
 * import { campaignJournalMigration } from "acs-sms/campaigns";
 *
 * await writeFile("migrations/008-acs-sms-campaigns.sql", campaignJournalMigration({ schema: "sms" }));
 * ```
 */
export function campaignJournalMigration({ schema }: Pick<PostgresOptions, "schema"> = {}): string {
  const name = namesIn(checkedSchema(schema));
  return migrationOf(journalTables, schema, tables(name) + journalFunctions(name));
}

/**
 * Half of each page is left free, as every row is changed once: then it stays on its page, and no index with it.
 * `open_items` of a batch have no result; `size` is how many it was planned with. Times are milliseconds.
 */
function tables(name: (table: string) => string): string {
  const [batches, items] = [name("acs_sms_campaign_batches"), name("acs_sms_campaign_items")];
  return `
  CREATE TABLE IF NOT EXISTS ${name("acs_sms_campaigns")} (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text COLLATE "C" UNIQUE, identity text NOT NULL,
    run integer NOT NULL, planned_run integer NOT NULL DEFAULT 0, last_batch bigint NOT NULL DEFAULT 0,
    created_at bigint NOT NULL, note text
  );
  CREATE TABLE IF NOT EXISTS ${batches} (
    campaign integer NOT NULL, run integer NOT NULL, batch bigint NOT NULL, claim integer NOT NULL DEFAULT 1,
    generation integer NOT NULL DEFAULT 0, size integer NOT NULL, open_items integer NOT NULL,
    is_begun boolean NOT NULL DEFAULT false, first_sent_at bigint, sender text NOT NULL, fingerprint text NOT NULL,
    message text, PRIMARY KEY (campaign, batch)
  ) WITH (fillfactor = 50);
  CREATE INDEX IF NOT EXISTS acs_sms_campaign_unsettled ON ${batches} (campaign, batch) WHERE open_items > 0;

  -- Those that are in no batch have batch 0. Many have their recipient as their key, and are found by that.
  CREATE TABLE IF NOT EXISTS ${items} (
    campaign integer NOT NULL, position integer NOT NULL, batch bigint NOT NULL, seen_in integer NOT NULL,
    http_status integer, key text COLLATE "C" NOT NULL, recipient text COLLATE "C" NOT NULL,
    status text, message_id text, error text, PRIMARY KEY (campaign, key)
  ) WITH (fillfactor = 50);
  CREATE INDEX IF NOT EXISTS acs_sms_campaign_batch ON ${items} (campaign, batch) WHERE batch > 0;
  CREATE INDEX IF NOT EXISTS acs_sms_campaign_recipients ON ${items} (campaign, recipient)
    WHERE batch > 0 AND key <> recipient;`;
}
