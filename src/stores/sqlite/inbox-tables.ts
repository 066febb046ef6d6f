import type { Schema } from "./schema.js";

/** `until` is when a lease runs out, and when what is done, or a reply, is forgotten. */
export const inboxSchema: Schema = {
  part: "event inbox",
  version: 1,
  create: `
    CREATE TABLE IF NOT EXISTS acs_sms_events (
      key TEXT PRIMARY KEY, token TEXT NOT NULL, until INTEGER NOT NULL, is_done INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS acs_sms_events_until ON acs_sms_events (until);
    CREATE TABLE IF NOT EXISTS acs_sms_replies (
      key TEXT PRIMARY KEY, began_at INTEGER NOT NULL, sent_message_id TEXT, until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS acs_sms_replies_until ON acs_sms_replies (until);
  `,
};

/** More than come in with one event, so that they never pile up, and few enough not to be felt. */
const forgottenAtOnce = 10;

export const forgetEvents: string = forget("acs_sms_events");
export const forgetReplies: string = forget("acs_sms_replies");

function forget(table: string): string {
  const old = `SELECT key FROM ${table} WHERE until <= ? ORDER BY until LIMIT ${forgottenAtOnce}`;
  return `DELETE FROM ${table} WHERE key IN (${old})`;
}

/** Key, token, until, now. Changes a row where nobody has it, or their time is up. */
export const claimEvent = `
  INSERT INTO acs_sms_events (key, token, until, is_done) VALUES (?, ?, ?, 0)
  ON CONFLICT (key) DO UPDATE SET token = excluded.token, until = excluded.until, is_done = 0
  WHERE acs_sms_events.until <= ?`;

export const findEvent = "SELECT is_done FROM acs_sms_events WHERE key = ?";

/** Key, token, until. Whoever has the lease by now: what is done is done. */
export const completeEvent = `
  INSERT INTO acs_sms_events (key, token, until, is_done) VALUES (?, ?, ?, 1)
  ON CONFLICT (key) DO UPDATE SET token = excluded.token, until = excluded.until, is_done = 1`;

export const releaseEvent = "DELETE FROM acs_sms_events WHERE key = ? AND token = ? AND is_done = 0";

/** Key, time, until, now. Changes a row where there is none, or it should have been forgotten. */
export const beginReply = `
  INSERT INTO acs_sms_replies (key, began_at, until) VALUES (?, ?, ?)
  ON CONFLICT (key) DO UPDATE SET began_at = excluded.began_at, sent_message_id = NULL, until = excluded.until
  WHERE acs_sms_replies.until <= ?`;

export const findReply = "SELECT began_at, sent_message_id FROM acs_sms_replies WHERE key = ?";

/** Key, time, id, until. The time is that of the beginning, where it was begun. */
export const completeReply = `
  INSERT INTO acs_sms_replies (key, began_at, sent_message_id, until) VALUES (?, ?, ?, ?)
  ON CONFLICT (key) DO UPDATE SET sent_message_id = excluded.sent_message_id, until = excluded.until`;

export const cancelReply = "DELETE FROM acs_sms_replies WHERE key = ? AND sent_message_id IS NULL";
