import type { EventRows } from "./recording/event-rows.js";

/** A column; times are milliseconds since 1970. */
export interface Column {
  readonly name: string;
  readonly type: "text" | "integer";
  readonly isRequired: boolean;
}

/** A table of a log, for both databases. */
export interface LogTable {
  readonly rows: keyof EventRows;
  readonly name: string;
  /** The first one is the key. */
  readonly columns: readonly Column[];
  /** Whether its rows are found by their key alone, so that SQLite keeps them in its order: one search instead of two. */
  readonly isByKey: boolean;
  /** What is done with another row of a key that is there: `known` is that, `excluded` the new one. */
  readonly onConflict: string;
}

/** The better a status is known, the more. What its repeat says of an unknown message is only true of the repeat. */
const rankOf = (status: string): string =>
  `(CASE ${status} WHEN 'accepted' THEN 5 WHEN 'rejected' THEN 4 WHEN 'unknown' THEN 3 WHEN 'suppressed' THEN 2 ELSE 1 END)`;

/** Whether the new row says more: of two acceptances the first one counts. */
const isBetter = `(${rankOf("excluded.status")}, known.at, coalesce(known.message_id, ''))
    > (${rankOf("known.status")}, excluded.at, coalesce(excluded.message_id, ''))`;

/** The first acceptance, or else the first result of any kind. */
const firstTime = `CASE
    WHEN (excluded.status = 'accepted') = (known.status = 'accepted')
      THEN CASE WHEN excluded.at < known.at THEN excluded.at ELSE known.at END
    WHEN excluded.status = 'accepted' THEN excluded.at ELSE known.at END`;

const messageColumns = columns(
  "identity",
  "at integer",
  "status",
  "message_id?",
  "sender",
  "sender_kind?",
  "recipient?",
  "prefix?",
  "country?",
  "tag?",
  "segments integer",
  "report_timeout? integer",
  "text?",
);

const replacing = messageColumns
  .map(({ name }) => name)
  .filter((name) => name !== "identity" && name !== "at")
  .map((name) => `${name} = CASE WHEN ${isBetter} THEN excluded.${name} ELSE known.${name} END`);

/** What is the same again changes nothing, and so writes nothing. */
const messages: LogTable = {
  rows: "messages",
  name: "acs_sms_messages",
  columns: messageColumns,
  isByKey: false,
  onConflict: `DO UPDATE SET at = ${firstTime}, ${replacing.join(", ")}
    WHERE ${isBetter} OR (known.status <> 'accepted' AND excluded.at < known.at)`,
};

const reportOrder = (row: string): string =>
  `(${row}.received_at, ${row}.is_failed, coalesce(${row}.code, 0), coalesce(${row}.last_attempt_at, 0))`;

/** The newest report counts, and of two at the same time the failure. */
const deliveries: LogTable = {
  rows: "deliveries",
  name: "acs_sms_deliveries",
  columns: columns(
    "message_id",
    "is_failed integer",
    "code? integer",
    "received_at integer",
    "last_attempt_at? integer",
  ),
  isByKey: true,
  onConflict: `DO UPDATE SET is_failed = excluded.is_failed, code = excluded.code, received_at = excluded.received_at,
      last_attempt_at = excluded.last_attempt_at WHERE ${reportOrder("excluded")} > ${reportOrder("known")}`,
};

/** `sender` and `recipient` are those of the messages that are answered: a text comes from a recipient. */
const inbound: LogTable = {
  rows: "inbound",
  name: "acs_sms_inbound",
  columns: columns("message_id", "sender", "recipient", "received_at integer", "intent", "text?"),
  isByKey: false,
  onConflict: "DO NOTHING",
};

export const logTables: readonly LogTable[] = [messages, deliveries, inbound];

/**
 * The indexes of the tables, by their names: what is in a range of time is read, and what is a person's, also to find the
 * message that a reply is one to. A person has few senders, so that they are not in an index.
 */
export const logIndexes: readonly (readonly [name: string, on: string, table: string])[] = [
  ["acs_sms_messages_at", "(at)", "acs_sms_messages"],
  ["acs_sms_messages_recipient", "(recipient, at)", "acs_sms_messages"],
  ["acs_sms_deliveries_received", "(received_at)", "acs_sms_deliveries"],
  ["acs_sms_inbound_received", "(received_at)", "acs_sms_inbound"],
  ["acs_sms_inbound_recipient", "(recipient, received_at)", "acs_sms_inbound"],
];

/** Writes what `rows` says (`VALUES …` or `SELECT …`), a value for each column, into a table of this name. */
export function insertion({ columns, onConflict }: LogTable, name: string, rows: string): string {
  const names = columns.map((column) => column.name);
  return `INSERT INTO ${name} AS known (${names.join(", ")}) ${rows} ON CONFLICT (${names[0]}) ${onConflict}`;
}

/** Columns as `"name"`, `"name?"` where there may be none, and with another type than text behind it. */
function columns(...definitions: readonly string[]): readonly Column[] {
  return definitions.map((definition) => {
    const [name = "", type] = definition.split(" ");
    return {
      name: name.replace("?", ""),
      type: type === "integer" ? "integer" : "text",
      isRequired: !name.endsWith("?"),
    };
  });
}
