import { azureTablesService, ownAzureTablesService } from "../support/services/azure-tables.js";
import { ownPostgresService, postgresService } from "../support/services/postgres.js";
import { ownRedisService, redisService } from "../support/services/redis.js";
import type { OwnService, Service } from "../support/services/service.js";
import { sqliteService } from "../support/services/sqlite.js";
import type { StoreKind } from "./open-store.js";

/** A durable store, and the server that it is tested with. */
export interface TestedStore {
  readonly kind: StoreKind;
  /** What its errors call it. */
  readonly className: string;
  readonly service: () => Promise<Service | undefined>;
}

/** A store whose server can be stopped. A file has none. */
export interface TestedServer extends TestedStore {
  readonly ownService: () => Promise<OwnService | undefined>;
}

export const everyServer: readonly TestedServer[] = [
  { kind: "redis", className: "RedisSuppressionStore", service: redisService, ownService: ownRedisService },
  { kind: "ioredis", className: "RedisSuppressionStore", service: redisService, ownService: ownRedisService },
  {
    kind: "postgres",
    className: "PostgresSuppressionStore",
    service: postgresService,
    ownService: ownPostgresService,
  },
  {
    kind: "azure-tables",
    className: "AzureTablesSuppressionStore",
    service: azureTablesService,
    ownService: ownAzureTablesService,
  },
];

export const everyStore: readonly TestedStore[] = [
  { kind: "sqlite", className: "SqliteSuppressionStore", service: sqliteService },
  ...everyServer,
];
