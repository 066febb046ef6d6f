import { checkedSchema, namesIn, type PostgresOptions } from "../stores/postgres/options.js";
import { migrationOf, type Tables } from "../stores/postgres/tables.js";
import { logIndexes, logTables, type LogTable } from "./log-tables.js";

/** Those that this version of the package works with. */
export const postgresLogTables: Tables = {
  part: "message log",
  name: "message log tables",
  version: 1,
  migration: messageLogMigration,
};

/**
 * The SQL that makes the tables of {@link PostgresMessageLog} in Postgres 14 or later: one statement that changes nothing where
 * they are there, and may be run by several at once. The log runs it itself at its first use unless it is told not to; run it
 * yourself where its user may not make tables.
 *
 * That user then needs: `USAGE` on the schema; `SELECT` on `acs_sms_schema`; `SELECT, INSERT, UPDATE, DELETE` on
 * `acs_sms_messages`, `acs_sms_deliveries` and `acs_sms_inbound`.
 *
 * @throws TypeError for a malformed schema.
 *
 * @example
 * ```ts
 * import { writeFile } from "node:fs/promises";
 * import { messageLogMigration } from "acs-sms/insights";
 *
 * await writeFile("migrations/009-acs-sms-insights.sql", messageLogMigration({ schema: "sms" }));
 * ```
 */
export function messageLogMigration({ schema }: Pick<PostgresOptions, "schema"> = {}): string {
  const name = namesIn(checkedSchema(schema));
  const tables = logTables.map((table) => `  ${createTable(table, name(table.name))};`);
  const indexes = logIndexes.map(
    ([index, on, table]) => `  CREATE INDEX IF NOT EXISTS ${index} ON ${name(table)} ${on};`,
  );
  return migrationOf(postgresLogTables, schema, [...tables, ...indexes].join("\n"));
}

/** "C" compares byte by byte, and tells all texts apart. */
function createTable({ columns }: LogTable, name: string): string {
  const definitions = columns.map(({ name, type, isRequired }, index) => {
    const ofType = type === "text" ? 'text COLLATE "C"' : "bigint";
    return `${name} ${ofType}${isRequired ? " NOT NULL" : ""}${index === 0 ? " PRIMARY KEY" : ""}`;
  });
  return `CREATE TABLE IF NOT EXISTS ${name} (${definitions.join(", ")})`;
}
