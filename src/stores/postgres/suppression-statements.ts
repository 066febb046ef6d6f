import { entryColumns } from "../entry-row.js";
import { answering } from "./connection.js";
import { namesIn } from "./options.js";

/** What a store asks, by name. */
export interface SuppressionStatements {
  /** The newest facts about the recipients of a JSON list. */
  readonly find: string;
  /** Records a JSON list of facts, and answers with the positions, from 1, of those that became the newest. */
  readonly record: string;
  /** The number of the last fact about a recipient. */
  readonly lastArrival: string;
  /** Recipient, number of the last fact that was read, and of the last one to be read. */
  readonly historyPage: string;
  /** The key of the last fact that was read. */
  readonly newestPage: string;
}

/** How many facts are read in one go. */
export const pageSize = 1000;

/** A rank is for the database alone. */
const shown = entryColumns.filter((column) => column !== "rank").join(", ");

const columns = entryColumns.join(", ");
const key = ["recipient", "sender", "state"];

export function suppressionStatements(schema: string | undefined): SuppressionStatements {
  const name = namesIn(schema);
  const [newest, history] = [name("acs_sms_suppression"), name("acs_sms_suppression_history")];
  return {
    // An array that is computed is taken for a short one. Of one that is given, Postgres reckons before it has gathered
    // statistics of a table that this may be half of it, and reads all.
    find: answering(`SELECT ${shown} FROM ${newest}
      WHERE recipient = ANY (ARRAY(SELECT json_array_elements_text($1::text::json)))`),
    record: recordStatement(newest, history, name("acs_sms_suppression_arrival")),
    lastArrival: answering(`SELECT max(arrival) AS arrival FROM ${history} WHERE recipient = $1::text`),
    historyPage: answering(`SELECT ${shown}, arrival FROM ${history}
      WHERE recipient = $1::text AND arrival > $2::text::bigint AND arrival <= $3::text::bigint
      ORDER BY arrival LIMIT ${pageSize}`),
    newestPage: answering(`SELECT ${shown} FROM ${newest}
      WHERE (${key.join(", ")}) > ($1::text, $2::text, $3::text) ORDER BY ${key.join(", ")} LIMIT ${pageSize}`),
  };
}

/**
 * Of a list that holds several facts of one recipient, sender and state the newest one is written. All writers write in
 * one order, so that none waits for another that waits for it; the numbers of arrival are given out before. What is
 * acknowledged is on the disk, also where the caller has switched that off for everything.
 */
function recordStatement(newest: string, history: string, arrival: string): string {
  const types = entryColumns.map(
    (column) => `${column} ${/^(recorded_)?at$/.test(column) ? "bigint" : "text"}`,
  );
  const inOrder = key.map((column) => `${column} COLLATE "C"`).join(", ");
  const replaced = entryColumns.filter((column) => !key.includes(column));
  const before = `
    WITH given AS MATERIALIZED (
      SELECT position, nextval('${arrival.replaceAll("'", "''")}') AS arrival, ${columns}
      FROM ROWS FROM (json_to_recordset($1::text::json) AS (${types.join(", ")})) WITH ORDINALITY
        AS fact (${columns}, position)
    ), added AS (
      INSERT INTO ${history} (arrival, ${columns}) SELECT arrival, ${columns} FROM given
      ORDER BY ${inOrder}, rank COLLATE "C", position
      ON CONFLICT (${key.join(", ")}, rank) DO NOTHING
    ), changed AS (
      INSERT INTO ${newest} AS known (${columns}) SELECT DISTINCT ON (${inOrder}) ${columns} FROM given
      ORDER BY ${inOrder}, rank COLLATE "C" DESC, position
      ON CONFLICT (${key.join(", ")}) DO UPDATE
      SET ${replaced.map((column) => `${column} = excluded.${column}`).join(", ")}
      WHERE excluded.rank > known.rank
      RETURNING ${key.join(", ")}, known.rank
    ), durably AS (
      SELECT set_config('synchronous_commit', 'on', true) AS setting
      WHERE current_setting('synchronous_commit') = 'off'
    )`;
  return answering(
    `SELECT min(position) AS position FROM given JOIN changed USING (${key.join(", ")}, rank)
     GROUP BY ${key.join(", ")} UNION ALL SELECT 0 FROM durably WHERE setting IS NULL`,
    before,
  );
}
