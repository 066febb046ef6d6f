import { entryColumns, valuesOf } from "../entry-row.js";
import type { SuppressionEntry } from "../../suppression/suppression-store.js";
import type { Work } from "./connection.js";
import type { Schema } from "./schema.js";

const columns = entryColumns.join(", ");

/** A rank is for the database alone. */
const shownColumns = entryColumns.filter((column) => column !== "rank");

const definitions = `
  recipient TEXT NOT NULL, sender TEXT NOT NULL, state TEXT NOT NULL, rank TEXT NOT NULL,
  at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, source TEXT NOT NULL, keyword TEXT, message_id TEXT, note TEXT`;

/**
 * The newest facts, and all of them. `arrival` counts the facts about one recipient. What was said is not changed and
 * not deleted by mistake, though on purpose it can be: see `SqliteSuppressionStore`.
 */
export const suppressionSchema: Schema = {
  part: "suppression list",
  version: 1,
  create: `
    CREATE TABLE IF NOT EXISTS acs_sms_newest (${definitions},
      PRIMARY KEY (recipient, sender, state)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS acs_sms_history (${definitions},
      arrival INTEGER NOT NULL,
      PRIMARY KEY (recipient, arrival),
      UNIQUE (recipient, sender, state, rank)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER IF NOT EXISTS acs_sms_history_update BEFORE UPDATE ON acs_sms_history
      BEGIN SELECT RAISE(ABORT, 'acs_sms_history is only ever added to'); END;
    CREATE TRIGGER IF NOT EXISTS acs_sms_history_delete BEFORE DELETE ON acs_sms_history
      BEGIN SELECT RAISE(ABORT, 'acs_sms_history is only ever added to'); END;
  `,
};

const shown = shownColumns.map((column) => `'${column}', newest.${column}`).join(", ");

/**
 * One statement for any number of recipients, each of which is looked up by the key: `CROSS JOIN` keeps that order. All
 * that is found comes as one text, as `node:sqlite` takes longer to make the objects than SQLite takes to find the rows.
 */
export const findNewest: string = `
  SELECT json_group_array(json_object('position', asked.key, ${shown})) AS found
  FROM json_each(?) AS asked CROSS JOIN acs_sms_newest AS newest ON newest.recipient = asked.value`;

const values = entryColumns.map(() => "?").join(", ");

const addToHistory = `
  INSERT INTO acs_sms_history (arrival, ${columns})
  VALUES ((SELECT coalesce(max(arrival), 0) + 1 FROM acs_sms_history WHERE recipient = ?), ${values})
  ON CONFLICT (recipient, sender, state, rank) DO NOTHING`;

const replaceNewest = `
  INSERT INTO acs_sms_newest (${columns}) VALUES (${values})
  ON CONFLICT (recipient, sender, state) DO UPDATE
  SET ${entryColumns.map((column) => `${column} = excluded.${column}`).join(", ")}
  WHERE excluded.rank > acs_sms_newest.rank`;

/** Records facts one after another; for each, whether it became the newest. */
export function recording(entries: readonly SuppressionEntry[]): Work<boolean[]> {
  return (prepare) => {
    const [add, replace] = [prepare(addToHistory), prepare(replaceNewest)];
    return entries.map((entry) => {
      const row = valuesOf(entry);
      add.run(entry.recipient, ...row);
      return replace.run(...row).changes === 1;
    });
  };
}

/** The facts about a recipient after the one that arrived as number `?`, up to the one that is number `?`. */
export const historyPage: string = `
  SELECT ${shownColumns.join(", ")} FROM acs_sms_history
  WHERE recipient = ? AND arrival > ? AND arrival <= ? ORDER BY arrival`;

export const lastArrival = "SELECT max(arrival) AS arrival FROM acs_sms_history WHERE recipient = ?";

/** The newest facts after one, in the order of their key. */
export const newestPage: string = `
  SELECT ${shownColumns.join(", ")} FROM acs_sms_newest
  WHERE (recipient, sender, state) > (?, ?, ?) ORDER BY recipient, sender, state LIMIT ?`;
