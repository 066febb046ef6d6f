import { DatabaseSync } from "node:sqlite";

import { MemorySuppressionStore, type SuppressionLedger } from "acs-sms";
import { createClient } from "redis";
import pg from "pg";

import { openStore, type StoreAddress, type StoreKind } from "../test/stores/open-store.ts";
import { ownAzureTablesService } from "../test/support/services/azure-tables.ts";
import { ownPostgresService } from "../test/support/services/postgres.ts";
import { ownRedisService } from "../test/support/services/redis.ts";
import type { Service } from "../test/support/services/service.ts";
import { sqliteService } from "../test/support/services/sqlite.ts";

/** The same numbers as their database finds them fastest, for a whole batch at once; nothing is checked or decided. */
export interface RawSet {
  readonly fill: (numbers: readonly string[]) => Promise<unknown>;
  /** The answer is not looked at. */
  readonly find: (numbers: readonly string[]) => Promise<unknown>;
  readonly close: () => Promise<unknown>;
}

/** A store to measure, and what it is measured against. */
export interface StoreSubject {
  readonly store: SuppressionLedger;
  /** Table storage has nothing that is faster: it finds by partition and row, one by one. */
  readonly raw: RawSet | undefined;
  readonly close: () => Promise<void>;
}

export type StoreName = "memory" | StoreKind;

/** Starts a server of its own where one is needed; everything is gone when it is closed. */
export async function openSubject(name: StoreName): Promise<StoreSubject> {
  if (name === "memory") return { store: new MemorySuppressionStore(), raw: rawMap(), close: async () => {} };
  const service = await services[name]();
  if (service === undefined) throw new Error(`There is no server for "${name}" here.`);
  const address = { ...(await service.place()), kind: name };
  const { store, close } = await openStore(address);
  const raw = await rawSets[name]?.(address);
  return {
    store,
    raw,
    close: async () => {
      await raw?.close();
      await close();
      await service[Symbol.asyncDispose]();
    },
  };
}

const services: Record<StoreKind, () => Promise<Service | undefined>> = {
  sqlite: sqliteService,
  redis: ownRedisService,
  ioredis: ownRedisService,
  postgres: ownPostgresService,
  "azure-tables": ownAzureTablesService,
};

const rawSets: Partial<Record<StoreKind, (address: StoreAddress) => Promise<RawSet>>> = {
  sqlite: rawSqlite,
  redis: rawRedis,
  ioredis: rawRedis,
  postgres: rawPostgres,
};

function rawMap(): RawSet {
  const known = new Map<string, number>();
  return {
    fill: async (numbers) => numbers.forEach((number) => known.set(number, 1)),
    find: async (numbers) => numbers.map((number) => known.get(number)),
    close: async () => {},
  };
}

async function rawSqlite({ url }: StoreAddress): Promise<RawSet> {
  const database = new DatabaseSync(`${url}.raw`);
  database.exec("CREATE TABLE numbers (number TEXT PRIMARY KEY) STRICT, WITHOUT ROWID");
  const add = database.prepare("INSERT INTO numbers SELECT value FROM json_each(?)");
  const select = database.prepare(
    "SELECT number FROM numbers WHERE number IN (SELECT value FROM json_each(?))",
  );
  return {
    fill: async (numbers) => add.run(JSON.stringify(numbers)),
    find: async (numbers) => select.all(JSON.stringify(numbers)),
    close: async () => database.close(),
  };
}

async function rawRedis({ url }: StoreAddress): Promise<RawSet> {
  const client = await createClient({ url }).connect();
  return {
    fill: async (numbers) => client.sAdd("raw", [...numbers]),
    find: async (numbers) => client.smIsMember("raw", [...numbers]),
    close: async () => client.destroy(),
  };
}

async function rawPostgres({ url }: StoreAddress): Promise<RawSet> {
  const pool = new pg.Pool({ connectionString: url });
  await pool.query('CREATE TABLE raw (number text COLLATE "C" PRIMARY KEY)');
  return {
    fill: async (numbers) => pool.query("INSERT INTO raw SELECT unnest($1::text[])", [numbers]),
    find: async (numbers) =>
      pool.query({ name: "raw", text: "SELECT number FROM raw WHERE number = ANY($1)", values: [numbers] }),
    close: async () => pool.end(),
  };
}
