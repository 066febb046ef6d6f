import { answering } from "../../stores/postgres/connection.js";
import { namesIn } from "../../stores/postgres/options.js";

/** What a journal asks, by name. Every value is a text. */
export interface JournalStatements {
  /** Name, identity, time, note. */
  readonly beginRun: string;
  /** Campaign, run, the last batch that was looked at, whether planned ones stay. */
  readonly endClaims: string;
  /** Name. */
  readonly find: string;
  /** Name, run, a list of keys. */
  readonly lookUp: string;
  /** Name, a list of recipients. */
  readonly senders: string;
  /** Name, run, batches. */
  readonly plan: string;
  /** Name, run, results. */
  readonly record: string;
  /** Name, run. */
  readonly endPlanning: string;
  /** Name, batch. */
  readonly claim: string;
  /** Name, batch, run, claim, time. */
  readonly begin: string;
  /** Name, batch, run, claim. */
  readonly renew: string;
  /** Name, batch, run, claim, time or nothing, results. */
  readonly settle: string;
  /** Name, number, limit. */
  readonly unsettled: string;
  /** Name, number, limit. */
  readonly results: string;
  /** Name. */
  readonly totals: string;
  /** Name. */
  readonly forget: string;
  readonly forgotten: string;
  /** Campaign, how many. */
  readonly dropItems: string;
  /** Campaign, how many. */
  readonly dropBatches: string;
  /** Campaign. */
  readonly dropCampaign: string;
}

/** What is acknowledged is on the disk, also where the caller has switched that off for everything. */
const durably = `durably AS (
    SELECT set_config('synchronous_commit', 'on', true) AS setting WHERE current_setting('synchronous_commit') = 'off'
  )`;

/** A change, and how many rows it has changed. */
function counting(change: string): string {
  return answering(
    "SELECT count(*) AS changed FROM changed WHERE NOT EXISTS (SELECT FROM durably WHERE setting IS NULL)",
    `WITH ${durably}, changed AS (${change} RETURNING 1)`,
  );
}

const campaignColumns = "id, identity, run, planned_run, last_batch, created_at, note";

/** An array that is computed is taken for a short one: see the suppression list's statements. */
const given = (values: string): string =>
  `ANY (ARRAY(SELECT json_array_elements_text(${values}::text::json)))`;

export function journalStatements(schema: string | undefined): JournalStatements {
  const name = namesIn(schema);
  const [campaigns, batches] = [name("acs_sms_campaigns"), name("acs_sms_campaign_batches")];
  const items = name("acs_sms_campaign_items");
  const id = `(SELECT id FROM ${campaigns} WHERE name = $1::text)`;
  const isHeld = `campaign = ${id} AND batch = $2::text::bigint AND run = $3::text::integer
    AND claim = $4::text::integer`;
  return {
    beginRun: answering(
      `SELECT * FROM opened WHERE NOT EXISTS (SELECT FROM durably WHERE setting IS NULL)`,
      `WITH ${durably}, opened AS (
        INSERT INTO ${campaigns} AS known (name, identity, run, created_at, note)
        VALUES ($1::text, $2::text, 1, $3::text::bigint, $4::text)
        ON CONFLICT (name) DO UPDATE SET run = known.run + 1, note = coalesce(excluded.note, known.note)
        RETURNING ${campaignColumns}
      )`,
    ),
    endClaims: answering(`SELECT ${name("acs_sms_campaign_end_claims")}(
      $1::text::integer, $2::text::integer, $3::text::bigint) AS batch`),
    find: answering(`SELECT ${campaignColumns} FROM ${campaigns} WHERE name = $1::text`),
    lookUp: answering(
      `SELECT item.key, recipient, status, message_id, http_status, error, sender, fingerprint,
        marked.key IS NULL AND (seen_in = $2::text::integer OR campaign.run = $2::text::integer) AS is_seen
      FROM ${campaigns} AS campaign JOIN ${items} AS item ON item.campaign = campaign.id
      LEFT JOIN ${batches} AS batch ON batch.campaign = item.campaign AND batch.batch = item.batch
      LEFT JOIN marked ON marked.key = item.key
      WHERE campaign.name = $1::text AND item.key = ${given("$3")}`,
      `WITH marked AS (
        UPDATE ${items} SET seen_in = $2::text::integer
        WHERE campaign = (SELECT id FROM ${campaigns} WHERE name = $1::text AND run = $2::text::integer)
          AND key = ${given("$3")} AND seen_in < $2::text::integer RETURNING key
      )`,
    ),
    senders: answering(
      `SELECT DISTINCT ON (recipient) recipient, sender FROM (
        SELECT campaign, recipient, batch FROM ${items}
        WHERE campaign = ${id} AND key = ${given("$2")} AND recipient = key AND batch > 0 UNION ALL
        SELECT campaign, recipient, batch FROM ${items}
        WHERE campaign = ${id} AND recipient = ${given("$2")} AND batch > 0 AND key <> recipient
      ) AS item JOIN ${batches} USING (campaign, batch) ORDER BY recipient, batch DESC`,
    ),
    plan: answering(
      `SELECT ${name("acs_sms_campaign_plan")}($1::text, $2::text::integer, $3::text::json) AS is_done`,
    ),
    record: answering(
      `SELECT ${name("acs_sms_campaign_record")}($1::text, $2::text::integer, $3::text::json) AS is_done`,
    ),
    endPlanning: counting(
      `UPDATE ${campaigns} SET planned_run = run WHERE name = $1::text AND run = $2::text::integer`,
    ),
    claim: answering(
      `SELECT claimed -> 'batches' AS batches, claimed -> 'items' AS items
      FROM ${name("acs_sms_campaign_claim")}($1::text, $2::text::bigint) AS claimed`,
    ),
    begin: counting(
      `UPDATE ${batches} SET is_begun = true, first_sent_at = $5::text::bigint WHERE ${isHeld}`,
    ),
    renew: answering(
      `SELECT generation FROM renewed WHERE NOT EXISTS (SELECT FROM durably WHERE setting IS NULL)`,
      `WITH ${durably}, renewed AS (
        UPDATE ${batches} SET generation = generation + 1, first_sent_at = NULL WHERE ${isHeld} RETURNING generation
      )`,
    ),
    settle:
      answering(`SELECT ${name("acs_sms_campaign_settle")}($1::text, $2::text::bigint, $3::text::integer,
      $4::text::integer, nullif($5::text, '')::bigint, $6::text::json) AS is_done`),
    unsettled: answering(
      `SELECT batch FROM ${batches} WHERE campaign = ${id} AND open_items > 0 AND batch > $2::text::bigint
      ORDER BY batch LIMIT $3::text::bigint`,
    ),
    results: answering(
      `SELECT batch, sender, (
        SELECT json_agg(item ORDER BY position) FROM (
          SELECT key, recipient, status, message_id, http_status, error, position FROM ${items}
          WHERE campaign = settled.campaign AND batch = settled.batch AND batch > 0
        ) AS item
      ) AS items FROM (
        SELECT campaign, batch, sender FROM ${batches} WHERE campaign = ${id} AND batch > $2::text::bigint
          AND batch < coalesce((
            SELECT min(batch) FROM ${batches}
            WHERE campaign = ${id} AND open_items > 0 AND batch > $2::text::bigint
          ), ${Number.MAX_SAFE_INTEGER}) ORDER BY batch LIMIT $3::text::bigint
      ) AS settled ORDER BY batch`,
    ),
    totals: answering(
      `SELECT status, count(*) AS count FROM ${items} WHERE campaign = ${id} GROUP BY status`,
    ),
    forget: counting(`UPDATE ${campaigns} SET name = NULL, note = NULL WHERE name = $1::text`),
    forgotten: answering(`SELECT id FROM ${campaigns} WHERE name IS NULL`),
    dropItems: counting(dropping(items)),
    dropBatches: counting(dropping(batches)),
    dropCampaign: counting(`DELETE FROM ${campaigns} WHERE id = $1::text::integer`),
  };
}

function dropping(table: string): string {
  const some = `SELECT ctid FROM ${table} WHERE campaign = $1::text::integer LIMIT $2::text::bigint`;
  return `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(${some}))`;
}
