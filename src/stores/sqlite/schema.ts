import type { DatabaseSync } from "node:sqlite";

import { inTransaction, prepared } from "./statement.js";

/** The tables of one part of the package; a file may hold those of several, and of others. */
export interface Schema {
  readonly part: string;
  readonly version: number;
  /** Makes what is missing. */
  readonly create: string;
}

/** A version of our own, as SQLite's `user_version` may be the caller's. */
const versions =
  "CREATE TABLE IF NOT EXISTS acs_sms_schema (part TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT";

/** Makes the tables where they are missing. Does not write, and so does not wait for anyone, where they are there. */
export function ensureSchema(database: DatabaseSync, schema: Schema, create: boolean): void {
  if (versionIn(database, schema) === undefined) {
    if (!create)
      throw new Error(`The SQLite database has no ${schema.part} of acs-sms, and \`create\` is false.`);
    inTransaction(database, "BEGIN IMMEDIATE", () => makeTables(database, schema));
  }
  const version = versionIn(database, schema);
  if (version !== schema.version) throw new Error(otherVersion(schema, version));
}

/** Another process may have been faster: then there is nothing left to make. */
function makeTables(database: DatabaseSync, { part, version, create }: Schema): void {
  database.exec(`${versions}; ${create}`);
  prepared(database, "INSERT INTO acs_sms_schema VALUES (?, ?) ON CONFLICT DO NOTHING").run(part, version);
}

function versionIn(database: DatabaseSync, { part }: Schema): unknown {
  const table = prepared(database, "SELECT 1 FROM sqlite_schema WHERE name = 'acs_sms_schema'").get();
  if (table === undefined) return undefined;
  return prepared(database, "SELECT version FROM acs_sms_schema WHERE part = ?").get(part)?.["version"];
}

function otherVersion({ part, version }: Schema, found: unknown): string {
  const what = `The ${part} in the SQLite database has version ${String(found)} of its tables`;
  return `${what}, and this acs-sms knows version ${version}. Use the version of acs-sms that made them, or a newer one.`;
}
