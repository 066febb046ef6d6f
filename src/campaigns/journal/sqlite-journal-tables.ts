import type { Schema } from "../../stores/sqlite/schema.js";

/** Many items have their recipient as their key, and are found by that. */
const hasOtherKey = "batch > 0 AND key <> recipient";

/**
 * Items are kept by batch, as most is done with whole batches, and found by key and by recipient. Those that are in no
 * batch have batch 0. `open_items` of a batch have no result; `size` is how many it was planned with.
 */
export const journalSchema: Schema = {
  part: "campaign journal",
  version: 1,
  create: `
    CREATE TABLE IF NOT EXISTS acs_sms_campaigns (
      id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, identity TEXT NOT NULL, run INTEGER NOT NULL,
      planned_run INTEGER NOT NULL DEFAULT 0, last_batch INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL, note TEXT
    ) STRICT;
    CREATE TABLE IF NOT EXISTS acs_sms_campaign_batches (
      campaign INTEGER NOT NULL, batch INTEGER NOT NULL, run INTEGER NOT NULL, claim INTEGER NOT NULL DEFAULT 1, generation INTEGER NOT NULL DEFAULT 0,
      sender TEXT NOT NULL, fingerprint TEXT NOT NULL, is_begun INTEGER NOT NULL DEFAULT 0, first_sent_at INTEGER,
      size INTEGER NOT NULL, open_items INTEGER NOT NULL, message TEXT,
      PRIMARY KEY (campaign, batch)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS acs_sms_campaign_unsettled ON acs_sms_campaign_batches (campaign, batch)
      WHERE open_items > 0;
    CREATE TABLE IF NOT EXISTS acs_sms_campaign_items (
      campaign INTEGER NOT NULL, batch INTEGER NOT NULL, position INTEGER NOT NULL, key TEXT NOT NULL,
      recipient TEXT NOT NULL, seen_in INTEGER NOT NULL, status TEXT, message_id TEXT,
      http_status INTEGER, error TEXT,
      PRIMARY KEY (campaign, batch, position)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX IF NOT EXISTS acs_sms_campaign_keys ON acs_sms_campaign_items (campaign, key);
    CREATE INDEX IF NOT EXISTS acs_sms_campaign_recipients ON acs_sms_campaign_items (campaign, recipient)
      WHERE ${hasOtherKey};
  `,
};

const campaigns = "acs_sms_campaigns";
const batches = "acs_sms_campaign_batches";
const items = "acs_sms_campaign_items";

/** Said aloud, as SQLite, without statistics of a table, takes the primary key, and reads through whole campaigns. */
const unsettled = `${batches} INDEXED BY acs_sms_campaign_unsettled`;
const byRecipient = `${items} INDEXED BY acs_sms_campaign_recipients`;

/** The campaign of a name. */
const id = `(SELECT id FROM ${campaigns} WHERE name = ?)`;

const campaignColumns = "id, identity, run, planned_run, last_batch, created_at, note";

/** Name, identity, time, note. */
export const beginRun: string = `
  INSERT INTO ${campaigns} (name, identity, run, created_at, note) VALUES (?, ?, 1, ?, ?)
  ON CONFLICT (name) DO UPDATE SET run = run + 1, note = coalesce(excluded.note, note)
  RETURNING ${campaignColumns}`;

export const findCampaign: string = `SELECT ${campaignColumns} FROM ${campaigns} WHERE name = ?`;

/** Name, run: the campaign whose newest run that is. */
export const findRun: string = `SELECT id, last_batch FROM ${campaigns} WHERE name = ? AND run = ?`;

/** Name, run. */
export const endPlanning: string = `UPDATE ${campaigns} SET planned_run = run WHERE name = ? AND run = ?`;

/** Campaign, run, number of the last batch that was looked at. */
export const earlierBatches: string = `
  SELECT batch, is_begun, size, open_items FROM ${unsettled}
  WHERE campaign = ? AND open_items > 0 AND run < ? AND batch > ? ORDER BY batch LIMIT 200`;

/** Run, campaign, batch. */
export const endClaim: string = `UPDATE ${batches} SET run = ?, claim = claim + 1 WHERE campaign = ? AND batch = ?`;

/** Campaign, batch. */
export const forgetOpenItems: string = `DELETE FROM ${items} WHERE campaign = ? AND batch = ? AND status IS NULL`;

/** Campaign, batch. */
export const forgetBatch: string = `DELETE FROM ${batches} WHERE campaign = ? AND batch = ?`;

/** A list of keys, name. Looks each up by its key, as `CROSS JOIN` keeps the order. */
export const findItems: string = `
  SELECT asked.key AS place, item.key, recipient, status, message_id, http_status, error, seen_in,
    sender, fingerprint
  FROM json_each(?) AS asked CROSS JOIN ${items} AS item ON item.campaign = ${id} AND item.key = asked.value
  LEFT JOIN ${batches} AS batch ON batch.campaign = item.campaign AND batch.batch = item.batch`;

/** Run, campaign, key. */
export const markSeen: string = `UPDATE ${items} SET seen_in = ? WHERE campaign = ? AND key = ?`;

/** Campaign, a list of recipients. */
export const findSenders: string = `
  SELECT asked.key AS place, (SELECT sender FROM ${batches} WHERE campaign = ?1 AND batch = (
    SELECT max(batch) FROM (
      SELECT batch FROM ${items} WHERE campaign = ?1 AND key = asked.value AND recipient = key AND batch > 0 UNION ALL
      SELECT max(batch) FROM ${byRecipient} WHERE campaign = ?1 AND recipient = asked.value AND ${hasOtherKey}
    ))) AS sender FROM json_each(?2) AS asked`;

/** Campaign, batch, run, sender, fingerprint, message, size. */
export const planBatch: string = `
  INSERT INTO ${batches} (campaign, batch, run, sender, fingerprint, message, size, open_items)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)`;

/** Campaign, batch, run, a list of keys and recipients. Changes no row for an item with a result, or under way. */
export const planItems: string = `
  INSERT INTO ${items} (campaign, batch, position, key, recipient, seen_in)
  SELECT ?1, ?2, item.key, item.value ->> 0, item.value ->> 1, ?3 FROM json_each(?4) AS item WHERE true
  ON CONFLICT (campaign, key) DO UPDATE
  SET batch = excluded.batch, position = excluded.position, recipient = excluded.recipient, seen_in = excluded.seen_in,
    status = NULL, message_id = NULL, http_status = NULL, error = NULL
  WHERE status = 'unknown'`;

/** Number, campaign. */
export const noteLastBatch: string = `UPDATE ${campaigns} SET last_batch = ? WHERE id = ?`;

export const lastUnplanned: string = `SELECT max(position) AS position FROM ${items} WHERE campaign = ? AND batch = 0`;

/** Campaign, position, key, recipient, run, status, message's id, HTTP status, error. Not for an item in a batch. */
export const recordItem: string = `
  INSERT INTO ${items} (campaign, batch, position, key, recipient, seen_in, status, message_id, http_status, error)
  VALUES (?1, 0, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
  ON CONFLICT (campaign, key) DO UPDATE
  SET recipient = excluded.recipient, seen_in = excluded.seen_in,
    status = excluded.status, message_id = excluded.message_id, http_status = excluded.http_status, error = excluded.error
  WHERE batch = 0`;

/** Run, campaign, batch. */
export const claimBatch: string = `
  UPDATE ${batches} SET claim = claim + 1, run = ? WHERE campaign = ? AND batch = ? AND open_items > 0
  RETURNING run, claim, generation, sender, message, fingerprint, first_sent_at`;

/** Campaign, batch. */
export const openItems: string = `
  SELECT key, recipient FROM ${items} WHERE campaign = ? AND batch = ? AND status IS NULL ORDER BY position`;

/** Whose position that is: name, batch, run, claim. */
const isHeld = `campaign = ${id} AND batch = ? AND run = ? AND claim = ?`;

/** Time, position. */
export const beginBatch: string = `UPDATE ${batches} SET is_begun = 1, first_sent_at = ? WHERE ${isHeld}`;

/** Position. */
export const renewBatch: string = `
  UPDATE ${batches} SET generation = generation + 1, first_sent_at = NULL WHERE ${isHeld} RETURNING generation`;

/** Status, message's id, HTTP status, error; campaign, key, batch. The plus: by the key. */
export const settleItem: string = `
  UPDATE ${items} SET status = ?, message_id = ?, http_status = ?, error = ?
  WHERE campaign = ? AND key = ? AND +batch = ? AND (status IS NULL OR status = 'unknown')`;

/** Campaign, batch. */
export const countOpen: string = `
  UPDATE ${batches} SET open_items = left, message = CASE WHEN left > 0 THEN message END FROM (
    SELECT count(*) AS left FROM ${items} WHERE campaign = ?1 AND batch = ?2 AND status IS NULL
  ) WHERE campaign = ?1 AND batch = ?2`;

/** Time, position. */
export const noteFirstSent: string = `UPDATE ${batches} SET first_sent_at = ? WHERE ${isHeld}`;

/** Name, number, limit. */
export const unsettledPage: string = `
  SELECT batch FROM ${unsettled} WHERE campaign = ${id} AND open_items > 0 AND batch > ? ORDER BY batch LIMIT ?`;

/** Name, number, limit. */
export const settledPage: string = `
  SELECT campaign, batch, sender FROM ${batches} WHERE campaign = (SELECT id FROM ${campaigns} WHERE name = ?1)
    AND batch > ?2 AND batch < coalesce((
      SELECT min(batch) FROM ${unsettled} WHERE campaign = (SELECT id FROM ${campaigns} WHERE name = ?1)
        AND open_items > 0 AND batch > ?2
    ), ${Number.MAX_SAFE_INTEGER}) ORDER BY batch LIMIT ?3`;

/** Campaign, batch. */
export const resultsOf: string = `
  SELECT key, recipient, status, message_id, http_status, error FROM ${items}
  WHERE campaign = ? AND batch = ? ORDER BY position`;

/** Campaign; the batch and position after which to count, and up to which. */
export const countRange: string = `
  SELECT status, count(*) AS count FROM ${items}
  WHERE campaign = ? AND (batch, position) > (?, ?) AND (batch, position) <= (?, ?) GROUP BY status`;

/** Name: from here on nobody finds it, though its rows are still there. */
export const forgetCampaign: string = `UPDATE ${campaigns} SET name = NULL, note = NULL WHERE name = ?`;

/** Campaigns that are being forgotten. */
export const findForgotten: string = `SELECT id FROM ${campaigns} WHERE name IS NULL`;

const oldest = "WHERE campaign = ?1 ORDER BY batch LIMIT ?2";

/** Campaign, how many. */
export const dropItems: string = `
  DELETE FROM ${items} WHERE campaign = ?1 AND (batch, position) <= (
    SELECT batch, position FROM (SELECT batch, position FROM ${items} WHERE campaign = ?1 ORDER BY batch, position LIMIT ?2)
    ORDER BY batch DESC, position DESC LIMIT 1
  )`;

/** Campaign, how many. */
export const dropBatches: string = `
  DELETE FROM ${batches} WHERE campaign = ?1 AND batch <= (SELECT max(batch) FROM (SELECT batch FROM ${batches} ${oldest}))`;

export const dropCampaign: string = `DELETE FROM ${campaigns} WHERE id = ?`;
