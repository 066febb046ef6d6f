import type { Row } from "../stores/entry-row.js";
import { answering, type PostgresConnection } from "../stores/postgres/connection.js";
import { namesIn } from "../stores/postgres/options.js";
import type { LogDatabase, Pruned } from "./log-database.js";
import { insertion, logTables, type Column } from "./log-tables.js";
import { postgresDialect, type Dialect, type Statement } from "./querying/dialect.js";
import type { EventRow, EventRows } from "./recording/event-rows.js";

/** How many rows of a table are removed with one statement. */
const prunedAtOnce = 5000;

/** A log in a Postgres database. */
export class PostgresLogDatabase implements LogDatabase {
  readonly mostAtOnce = 1000;
  readonly dialect: Dialect;
  readonly #connection: PostgresConnection;
  readonly #write: string;
  readonly #prune: string;

  constructor(connection: PostgresConnection, schema: string | undefined) {
    const name = namesIn(schema);
    this.#connection = connection;
    this.dialect = postgresDialect(name);
    this.#write = writeStatement(name);
    this.#prune = pruneStatement(name);
  }

  /** A statement takes a key once; what comes again in a group goes with the next one. */
  readonly write = async (rows: EventRows): Promise<void> => {
    const rounds = logTables.map(({ rows: part, columns }) => roundsOf(rows[part], columns[0]?.name ?? ""));
    const most = Math.max(...rounds.map(({ length }) => length));
    for (let round = 0; round < most; round += 1)
      await this.#connection.run(
        this.#write,
        rounds.map((some) => JSON.stringify(some[round] ?? [])),
      );
  };

  readonly ask = async ({ sql, values }: Statement): Promise<readonly Row[]> =>
    this.#connection.rowsOfAnalysis(answering(sql), values.map(String));

  readonly prune = async (messagesBefore: number, reportsBefore: number): Promise<Pruned> => {
    const [row] = await this.#connection.rows(this.#prune, [String(messagesBefore), String(reportsBefore)]);
    return { messages: Number(row?.["messages"]), others: Number(row?.["others"]) };
  };

  /** The pool is the caller's. */
  readonly close = async (): Promise<void> => {};
}

/** Lists of rows of which none has a key twice; those of one key in their order. */
function roundsOf(rows: readonly EventRow[], key: string): readonly (readonly EventRow[])[] {
  const seen = new Map<unknown, number>();
  const rounds: EventRow[][] = [];
  for (const row of rows) {
    const round = seen.get(row[key]) ?? 0;
    seen.set(row[key], round + 1);
    (rounds[round] ??= []).push(row);
  }
  return rounds;
}

/** Values: the rows of each table, as JSON. All are written, or none. */
function writeStatement(name: (table: string) => string): string {
  const writes = logTables.map((table, index) => {
    const write = insertion(table, name(table.name), givenRows(table.columns, index + 1));
    return `written${index} AS (${write} RETURNING 1)`;
  });
  return `WITH ${writes.join(", ")} SELECT 1`;
}

/** In the order of their keys, so that writers wait for each other in one order. */
function givenRows(columns: readonly Column[], place: number): string {
  const names = columns.map(({ name }) => name);
  const types = columns.map(({ name, type }) => `${name} ${type === "text" ? 'text COLLATE "C"' : "bigint"}`);
  return `SELECT ${names.join(", ")} FROM json_to_recordset($${place}::text::json) AS given (${types.join(", ")})
    ORDER BY ${names[0]}`;
}

/** Values: the times before which messages and inbound texts, and reports, are removed. */
function pruneStatement(name: (table: string) => string): string {
  const removal = (table: string, key: string, time: string, place: number): string =>
    `DELETE FROM ${name(table)} WHERE ${key} = ANY (ARRAY(SELECT ${key} FROM ${name(table)}
      WHERE ${time} < $${place}::text::bigint ORDER BY ${time} LIMIT ${prunedAtOnce} FOR UPDATE SKIP LOCKED)) RETURNING 1`;
  return answering(
    `SELECT (SELECT count(*) FROM messages) AS messages,
      (SELECT count(*) FROM inbound) + (SELECT count(*) FROM deliveries) AS others`,
    `WITH messages AS (${removal("acs_sms_messages", "identity", "at", 1)}),
      inbound AS (${removal("acs_sms_inbound", "message_id", "received_at", 1)}),
      deliveries AS (${removal("acs_sms_deliveries", "message_id", "received_at", 2)})`,
  );
}
