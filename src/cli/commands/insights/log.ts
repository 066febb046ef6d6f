import { resolve } from "node:path";

import type { MessageLog } from "../../../insights/message-log.js";
import { shortestKeyInBytes } from "../../../insights/recording/write-numbers.js";
import { Failure, UsageError } from "../../failure.js";
import type { StoreValues } from "../../options/store.js";
import type { Console } from "../../output/console.js";
import { loadPackage } from "../../stores/load-package.js";
import { readStoreTarget } from "../../stores/open-store.js";
import { labelOf, type StoreTarget } from "../../stores/store-url.js";

/** Where the log of messages is. */
export const logOption = {
  store: {
    type: "string",
    value: "<url>",
    help: "The database with the log: sqlite:<file> or postgres://<host>/<database>. Default: ACS_SMS_STORE.",
  },
} as const;

/** The key of a log that has hashes of numbers, by which one person's messages are found. */
export const hashKeyVariable = "ACS_SMS_HASH_KEY";

const connectTimeoutInMs = 10_000;

/** A log that is read, until it is disposed of. */
export interface OpenLog extends AsyncDisposable {
  readonly log: MessageLog;
  /** How diagnostics call it; without passwords. */
  readonly label: string;
}

/** @throws UsageError for a database that has no logs; Failure where it cannot be used. */
export async function openLog(values: StoreValues, console: Console): Promise<OpenLog> {
  const target = readStoreTarget(values, console);
  const label = labelOf(target);
  try {
    const { log, close } = await connect(target, readHashKey(console), console);
    return { log, label, [Symbol.asyncDispose]: close };
  } catch (error) {
    if (error instanceof UsageError || error instanceof Failure) throw error;
    throw new Failure(`The log (${label}) cannot be used.`, { cause: error });
  }
}

/** An empty variable is none. */
function readHashKey(console: Console): string | undefined {
  const key = console.environment.variables[hashKeyVariable] ?? "";
  if (key === "") return undefined;
  console.keepSecret(key);
  if (Buffer.byteLength(key) < shortestKeyInBytes)
    throw new UsageError(`${hashKeyVariable} takes a key of at least ${shortestKeyInBytes} bytes.`);
  return key;
}

interface Connection {
  readonly log: MessageLog;
  readonly close: () => Promise<void>;
}

/** Nothing is made: a slip in the name must not read as a month without a message. */
async function connect(
  target: StoreTarget,
  hashKey: string | undefined,
  { environment }: Console,
): Promise<Connection> {
  if (target.kind === "sqlite") {
    const { SqliteMessageLog } = await import("../../../insights/sqlite-message-log.js");
    const log = new SqliteMessageLog(resolve(environment.folder, target.path), { create: false, hashKey });
    return { log, close: async () => log[Symbol.asyncDispose]() };
  }
  if (target.kind !== "postgres")
    throw new UsageError(
      "--store takes sqlite:<file> or postgres://<host>/<database> for a log of messages.",
    );
  const { exports: pg } = loadPackage(["pg"], "A log in PostgreSQL", environment.folder);
  const pool = new pg.Pool({ connectionString: target.url, connectionTimeoutMillis: connectTimeoutInMs });
  // A connection that breaks is also what the next call rejects with.
  pool.on("error", () => undefined);
  const { PostgresMessageLog } = await import("../../../insights/postgres-message-log.js");
  const log = new PostgresMessageLog(pool, { schema: target.schema, migrate: false, hashKey });
  return {
    log,
    async close() {
      await log[Symbol.asyncDispose]();
      await pool.end();
    },
  };
}
