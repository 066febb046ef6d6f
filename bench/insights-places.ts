import { statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

import { PostgresMessageLog, SqliteMessageLog, type MessageLog } from "acs-sms/insights";
import pg from "pg";

import { logTables } from "../src/insights/log-tables.ts";
import { ownPostgresService } from "../test/support/services/postgres.ts";
import { sqliteService } from "../test/support/services/sqlite.ts";
import { openFileByHand, openSchemaByHand, type WriteByHand } from "./insights-by-hand.ts";

/** A new log, and the same tables beside it for somebody who writes the rows by hand. */
export interface LogPlace {
  readonly log: MessageLog;
  readonly writeByHand: WriteByHand;
  /** Asks the tables of the log; the answer is not looked at. */
  readonly ask: (sql: string) => Promise<unknown>;
  /** Does what the database does in time by itself, lest it do so while something is measured. */
  readonly settle: () => Promise<unknown>;
  /** How much the log takes, and how much what was written by hand. */
  readonly bytes: () => Promise<{ readonly log: number; readonly byHand: number }>;
  readonly close: () => Promise<void>;
}

export interface LogPlaces {
  readonly open: () => Promise<LogPlace>;
  /** Removes what was made. */
  readonly close: () => Promise<void>;
}

export type LogKind = "SQLite" | "Postgres";

/** `undefined`: there is no such server here. */
export async function logPlaces(kind: LogKind): Promise<LogPlaces | undefined> {
  const service = await (kind === "SQLite" ? sqliteService() : ownPostgresService());
  if (service === undefined) return undefined;
  return {
    open: async () => {
      const { url } = await service.place();
      return kind === "SQLite" ? openFile(url) : openSchema(url);
    },
    close: async () => service[Symbol.asyncDispose](),
  };
}

async function openFile(path: string): Promise<LogPlace> {
  const [log, byHand, reader] = [
    new SqliteMessageLog(path),
    openFileByHand(`${path}.hand`),
    new DatabaseSync(path),
  ];
  reader.exec("PRAGMA cache_size = -16000");
  const sizeOf = (path: string): number => {
    const database = new DatabaseSync(path);
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    database.close();
    return statSync(path).size;
  };
  return {
    log,
    writeByHand: byHand.write,
    ask: async (sql) => reader.prepare(sql).all(),
    settle: async () => reader.exec("PRAGMA wal_checkpoint(TRUNCATE)"),
    bytes: async () => ({ log: sizeOf(path), byHand: sizeOf(`${path}.hand`) }),
    close: async () => {
      await log[Symbol.asyncDispose]();
      reader.close();
      byHand.close();
    },
  };
}

let schemas = 0;

/** A schema for each of the two, so that their tables and indexes have the same names. */
async function openSchema(url: string): Promise<LogPlace> {
  const [own, byHand] = [await poolOf(url), await poolOf(url)];
  const log = new PostgresMessageLog(own);
  return {
    log,
    writeByHand: await openSchemaByHand(byHand),
    ask: async (sql) => own.query(sql),
    settle: async () => own.query("VACUUM ANALYZE"),
    bytes: async () => ({ log: await sizeOf(own), byHand: await sizeOf(byHand) }),
    close: async () => {
      await log[Symbol.asyncDispose]();
      await Promise.all([own.end(), byHand.end()]);
    },
  };
}

async function poolOf(connectionString: string): Promise<pg.Pool> {
  const schema = `bench_${++schemas}`;
  const pool = new pg.Pool({ connectionString, options: `-c search_path=${schema}` });
  await pool.query(`CREATE SCHEMA ${schema}`);
  return pool;
}

async function sizeOf(pool: pg.Pool): Promise<number> {
  const sizes = logTables.map(({ name }) => `pg_total_relation_size('${name}')`);
  const { rows } = await pool.query<{ size: string }>(`SELECT ${sizes.join(" + ")} AS size`);
  return Number(rows[0]?.size);
}
