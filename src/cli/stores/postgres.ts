import type { Console } from "../output/console.js";
import type { Purpose, StoreConnection } from "./connection.js";
import { loadPackage } from "./load-package.js";
import type { StoreTarget } from "./store-url.js";

/** A command that cannot connect says so soon. */
const connectTimeoutInMs = 10_000;

type PostgresTarget = Extract<StoreTarget, { kind: "postgres" }>;

/** The SQL that makes the tables of a store. */
export async function migrationOf({ schema }: PostgresTarget): Promise<string> {
  const { postgresMigration } = await import("../../stores/postgres/migration.js");
  return `${postgresMigration({ schema })};`;
}

/** Opens a store in PostgreSQL. */
export async function openPostgres(
  { url, schema }: PostgresTarget,
  { environment }: Console,
  purpose: Purpose,
): Promise<StoreConnection> {
  const { exports: pg } = loadPackage(["pg"], "A store in PostgreSQL", environment.folder);
  const pool = new pg.Pool({ connectionString: url, connectionTimeoutMillis: connectTimeoutInMs });
  // A connection that breaks is also what the next call rejects with.
  pool.on("error", () => undefined);
  const { PostgresSuppressionStore } = await import("../../stores/postgres/postgres-suppression-store.js");
  const ledger = new PostgresSuppressionStore(pool, { schema, migrate: purpose === "create" });
  return { ledger, close: async () => pool.end() };
}
