import { randomUUID } from "node:crypto";

import type { MessageLog, MessageLogOptions } from "../../src/insights/message-log.js";
import { PostgresMessageLog } from "../../src/insights/postgres-message-log.js";
import { SqliteMessageLog } from "../../src/insights/sqlite-message-log.js";
import { SharedPglite } from "../stores/postgres/clients.js";
import { newPool } from "../stores/postgres/pools.js";
import { leakWatch } from "../support/canary.js";
import { postgresService } from "../support/services/postgres.js";
import { sqliteService } from "../support/services/sqlite.js";

/** Somewhere to keep a log. */
interface LogPlace extends AsyncDisposable {
  /** Another log on the same messages, with a connection of its own. */
  readonly open: (options?: MessageLogOptions) => Promise<MessageLog>;
}

export interface LogKind {
  readonly name: string;
  readonly isThere: boolean;
  readonly openPlace: () => Promise<LogPlace>;
}

leakWatch.observe("SqliteMessageLog", SqliteMessageLog.prototype);
leakWatch.observe("PostgresMessageLog", PostgresMessageLog.prototype);

const files = await sqliteService();
const postgres = await postgresService();
const pglite = new SharedPglite();

export const logKinds: readonly LogKind[] = [
  { name: "SQLite", isThere: true, openPlace: openFile },
  { name: "Postgres", isThere: postgres !== undefined, openPlace: openSchema },
  { name: "PGlite", isThere: true, openPlace: openPglite },
];

export async function releaseServices(): Promise<void> {
  await pglite[Symbol.asyncDispose]();
  await postgres?.[Symbol.asyncDispose]();
  await files[Symbol.asyncDispose]();
}

async function openFile(): Promise<LogPlace> {
  const { url } = await files.place();
  return placeOf(async (options) => new SqliteMessageLog(url, { ...options, busyTimeoutInSeconds: 60 }));
}

async function openSchema(): Promise<LogPlace> {
  if (postgres === undefined) throw new TypeError("No Postgres.");
  const { name: schema, url } = await postgres.place();
  const pool = newPool(url);
  return placeOf(
    async (options) => new PostgresMessageLog(pool, { ...options, schema }),
    async () => pool.end(),
  );
}

async function openPglite(): Promise<LogPlace> {
  const schema = randomUUID();
  const { client } = await pglite.open();
  return placeOf(async (options) => new PostgresMessageLog(client, { ...options, schema }));
}

/** A place whose logs are disposed of along with it. */
function placeOf(open: LogPlace["open"], close = async (): Promise<void> => {}): LogPlace {
  const logs: MessageLog[] = [];
  return {
    open: async (options) => {
      const log = await open(options);
      logs.push(log);
      return log;
    },
    [Symbol.asyncDispose]: async () => {
      for (const log of logs) await log[Symbol.asyncDispose]();
      await close();
    },
  };
}
