import { retentionInMs } from "../../events/event-inbox.js";
import { answering } from "./connection.js";
import { namesIn } from "./options.js";

/** What an inbox asks, by name. */
export interface InboxStatements {
  /** Key, token, lease in milliseconds. No row where another is at it this very moment: ask again. */
  readonly claim: string;
  /** Key, token. */
  readonly complete: string;
  /** Key, token. */
  readonly release: string;
  /** Key, time in milliseconds. No row where another is at it this very moment: ask again. */
  readonly beginReply: string;
  /** Key, id, time in milliseconds for a reply of which no beginning was noted. */
  readonly completeReply: string;
  /** Key. */
  readonly cancelReply: string;
  /** Removes some of what is old. */
  readonly sweep: string;
}

const retained = `clock_timestamp() + ${retentionInMs} * interval '1 millisecond'`;

/** More of each kind than come in between two sweeps, and few enough not to be felt. */
const sweptRows = 500;

/** Time is the database's. A row whose time is up is as good as none. */
export function inboxStatements(schema: string | undefined): InboxStatements {
  const name = namesIn(schema);
  const [events, replies] = [name("acs_sms_events"), name("acs_sms_replies")];
  return {
    claim: answering(
      `SELECT 'claimed' AS state FROM claimed UNION ALL
       SELECT CASE WHEN is_done THEN 'done' ELSE 'busy' END FROM ${events}
       WHERE key = $1::text AND until > clock_timestamp() AND NOT EXISTS (SELECT FROM claimed)`,
      `WITH claimed AS (
        INSERT INTO ${events} AS known (key, token, until, is_done)
        VALUES ($1::text, $2::text, clock_timestamp() + $3::text::float8 * interval '1 millisecond', false)
        ON CONFLICT (key) DO UPDATE SET token = excluded.token, until = excluded.until, is_done = false
        WHERE known.until <= clock_timestamp() RETURNING key
      )`,
    ),
    complete: `INSERT INTO ${events} (key, token, until, is_done) VALUES ($1::text, $2::text, ${retained}, true)
      ON CONFLICT (key) DO UPDATE SET token = excluded.token, until = excluded.until, is_done = true`,
    release: `DELETE FROM ${events} WHERE key = $1::text AND token = $2::text AND NOT is_done`,
    beginReply: answering(
      `SELECT began_at, NULL AS sent_message_id, true AS is_new FROM begun UNION ALL
       SELECT began_at, sent_message_id, false FROM ${replies}
       WHERE key = $1::text AND until > clock_timestamp() AND NOT EXISTS (SELECT FROM begun)`,
      `WITH begun AS (
        INSERT INTO ${replies} AS known (key, began_at, until)
        VALUES ($1::text, $2::text::bigint, ${retained})
        ON CONFLICT (key) DO UPDATE
        SET began_at = excluded.began_at, sent_message_id = NULL, until = excluded.until
        WHERE known.until <= clock_timestamp() RETURNING began_at
      )`,
    ),
    completeReply: `INSERT INTO ${replies} (key, sent_message_id, began_at, until)
      VALUES ($1::text, $2::text, $3::text::bigint, ${retained})
      ON CONFLICT (key) DO UPDATE SET sent_message_id = excluded.sent_message_id, until = excluded.until`,
    cancelReply: `DELETE FROM ${replies} WHERE key = $1::text AND sent_message_id IS NULL`,
    sweep: `WITH events AS (${sweep(events)}) ${sweep(replies)}`,
  };
}

/** Leaves alone what others are at work on. `now()` stands still, so that the index can be used. */
function sweep(table: string): string {
  const old = `SELECT key FROM ${table} WHERE until <= now() ORDER BY until LIMIT ${sweptRows}`;
  return `DELETE FROM ${table} WHERE key = ANY (ARRAY(${old} FOR UPDATE SKIP LOCKED))`;
}
