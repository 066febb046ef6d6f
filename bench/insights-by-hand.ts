import { DatabaseSync } from "node:sqlite";

import type { Pool } from "pg";

import { logIndexes, logTables, type Column, type LogTable } from "../src/insights/log-tables.ts";
import type { EventRow, EventRows } from "../src/insights/recording/event-rows.ts";

/** Writes rows by hand, as they are: what comes twice is there twice. */
export type WriteByHand = (rows: EventRows) => Promise<void>;

const rowsAtOnce = 100;

/** A file with the tables of a log, into which each row goes with a prepared statement, a hundred in a transaction. */
export function openFileByHand(path: string): { readonly write: WriteByHand; readonly close: () => void } {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000");
  database.exec(tablesByHand({ text: "TEXT", integer: "INTEGER" }));
  const inserts = logTables.map((table) => {
    const places = table.columns.map(() => "?").join(", ");
    return { table, insert: database.prepare(`INSERT INTO ${table.name} VALUES (${places})`) };
  });
  const write: WriteByHand = async (rows) => {
    for (const { table, insert } of inserts)
      for (const some of groupsOf(rows[table.rows])) {
        database.exec("BEGIN IMMEDIATE");
        for (const row of some) insert.run(...table.columns.map(({ name }) => row[name] ?? null));
        database.exec("COMMIT");
      }
  };
  return { write, close: () => database.close() };
}

/** The same in the first schema of a pool's search path, where a hundred rows go with one statement. */
export async function openSchemaByHand(pool: Pool): Promise<WriteByHand> {
  await pool.query(tablesByHand({ text: 'text COLLATE "C"', integer: "bigint" }));
  return async (rows) => {
    for (const { rows: part, name } of logTables)
      for (const some of groupsOf(rows[part])) {
        const text = `INSERT INTO ${name} SELECT * FROM json_populate_recordset(NULL::${name}, $1)`;
        await pool.query({ name, text, values: [JSON.stringify(some)] });
      }
  };
}

/** With an index for each key, that forbids nothing. */
function tablesByHand(types: Readonly<Record<Column["type"], string>>): string {
  const tables = logTables.flatMap(({ name, columns }: LogTable) => {
    const definitions = columns.map((column) => `${column.name} ${types[column.type]}`);
    return [
      `CREATE TABLE ${name} (${definitions.join(", ")})`,
      `CREATE INDEX ${name}_key ON ${name} (${columns[0]?.name})`,
    ];
  });
  const indexes = logIndexes.map(([name, on, table]) => `CREATE INDEX ${name} ON ${table} ${on}`);
  return [...tables, ...indexes].join(";\n");
}

function groupsOf(rows: readonly EventRow[]): readonly (readonly EventRow[])[] {
  return Array.from({ length: Math.ceil(rows.length / rowsAtOnce) }, (_, index) =>
    rows.slice(index * rowsAtOnce, (index + 1) * rowsAtOnce),
  );
}
