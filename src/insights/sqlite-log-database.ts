import { resolve } from "node:path";

import type { Row } from "../stores/entry-row.js";
import { SqliteConnection } from "../stores/sqlite/connection.js";
import { numbered } from "../stores/sqlite/statement.js";
import type { Settings } from "../stores/sqlite/options.js";
import type { Schema } from "../stores/sqlite/schema.js";
import type { LogDatabase, Pruned } from "./log-database.js";
import { insertion, logIndexes, logTables, type LogTable } from "./log-tables.js";
import { sqliteDialect, type Dialect, type Statement } from "./querying/dialect.js";
import type { EventRows } from "./recording/event-rows.js";
import { SqliteReader } from "./sqlite-reader.js";

/** How many rows are removed in one transaction, which holds up the process for some milliseconds. */
const prunedAtOnce = 500;

const logSchema: Schema = {
  part: "message log",
  version: 1,
  create: [...logTables.map(createTable), ...logIndexes.map(createIndex)].join(";\n"),
};

function createTable({ name, columns, isByKey }: LogTable): string {
  const definitions = columns.map(({ name, type, isRequired }, index) =>
    [name, type.toUpperCase(), isRequired ? "NOT NULL" : "", index === 0 ? "PRIMARY KEY" : ""].join(" "),
  );
  return `CREATE TABLE IF NOT EXISTS ${name} (${definitions.join(", ")}) STRICT${isByKey ? ", WITHOUT ROWID" : ""}`;
}

function createIndex([name, on, table]: readonly [string, string, string]): string {
  return `CREATE INDEX IF NOT EXISTS ${name} ON ${table} ${on}`;
}

/** Row by row: to take a hundred out of a JSON text takes longer than all the rest of writing them. */
const writes = logTables.map((table) => ({
  rows: table.rows,
  columns: table.columns.map(({ name }) => name),
  sql: insertion(table, table.name, `VALUES (${table.columns.map(() => "?").join(", ")})`),
}));

/** The oldest of a table before a time. */
function removal(table: string, key: string, time: string): string {
  return `DELETE FROM ${table} WHERE ${key} IN
    (SELECT ${key} FROM ${table} WHERE ${time} < ? ORDER BY ${time} LIMIT ${prunedAtOnce})`;
}

const pruneMessages = removal("acs_sms_messages", "identity", "at");
const pruneInbound = removal("acs_sms_inbound", "message_id", "received_at");
const pruneDeliveries = removal("acs_sms_deliveries", "message_id", "received_at");

/** A log in a SQLite database. */
export class SqliteLogDatabase implements LogDatabase {
  /** One to five milliseconds of work, in which the process does nothing else. */
  readonly mostAtOnce = 100;
  readonly dialect: Dialect = sqliteDialect;
  readonly #connection: SqliteConnection;
  /** Of a file; only its own connection can read what is in memory, or a database of the caller's. */
  readonly #reader?: SqliteReader;

  constructor(settings: Settings) {
    const { pathOrDatabase: source, busyTimeoutInMs } = settings;
    if (typeof source !== "string" || source === ":memory:") {
      this.#connection = new SqliteConnection(settings, logSchema);
      return;
    }
    // Both have to find the same file, wherever the process goes meanwhile.
    const path = resolve(source);
    this.#connection = new SqliteConnection({ ...settings, pathOrDatabase: path }, logSchema);
    this.#reader = new SqliteReader(path, busyTimeoutInMs);
  }

  readonly write = async (rows: EventRows): Promise<void> => {
    await this.#connection.write((prepare) => {
      for (const { rows: part, columns, sql } of writes) {
        const statement = prepare(sql);
        for (const row of rows[part]) statement.run(...columns.map((column) => row[column] ?? null));
      }
    });
  };

  readonly ask = async ({ sql, values: given }: Statement): Promise<readonly Row[]> => {
    const values = numbered(...given);
    const reader = this.#reader;
    if (reader === undefined) return this.#connection.read((prepare) => prepare(sql).all(values), undefined);
    await this.#connection.read(openOnly, undefined);
    return reader.ask({ sql, values });
  };

  readonly prune = async (messagesBefore: number, reportsBefore: number): Promise<Pruned> =>
    this.#connection.write((prepare) => {
      const run = (sql: string, before: number): number => Number(prepare(sql).run(before).changes);
      const others = run(pruneInbound, messagesBefore) + run(pruneDeliveries, reportsBefore);
      return { messages: run(pruneMessages, messagesBefore), others };
    });

  readonly close = async (): Promise<void> => {
    await this.#reader?.[Symbol.asyncDispose]();
    await this.#connection[Symbol.asyncDispose]();
  };
}

/** The file is made, and its tables, with the first use of its connection. */
function openOnly(): void {}
