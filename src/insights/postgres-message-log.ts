import type { SmsObservation } from "../observers/observer.js";
import { PostgresConnection } from "../stores/postgres/connection.js";
import { settingsOf, type PostgresOptions } from "../stores/postgres/options.js";
import type { PostgresClient } from "../stores/postgres/postgres-client.js";
import { KeptLog } from "./kept-log.js";
import type { InboundOptions, LoggedInbound, LoggedMessage, MessagesOptions } from "./logged-message.js";
import type { MessageLog, MessageLogOptions, MessageLogState, SummaryOptions } from "./message-log.js";
import { PostgresLogDatabase } from "./postgres-log-database.js";
import { postgresLogTables } from "./postgres-log-migration.js";
import type { Summary } from "./summary.js";

/** How a log in Postgres is kept. */
export interface PostgresMessageLogOptions extends MessageLogOptions, PostgresOptions {
  /** Whether missing tables are made at the first use; see {@link messageLogMigration}. Default: `true`. */
  migrate?: boolean | undefined;
}

/**
 * A {@link MessageLog} in Postgres 14 or later, for any number of machines: over your own `Pool` of `pg` 8, or a `PGlite`.
 *
 * - Missing tables are made at the first use, unless `migrate` is `false`; see {@link messageLogMigration}.
 * - Events are written in groups of up to 1,000, within 200 ms or so, one statement for each. While the server is slow or away
 *   they wait in memory (see `maxWaiting`), and a group that failed is tried again until it works.
 * - Give it a pool of its own, or one with connections to spare: a summary takes one for as long as it takes, and a pool that
 *   has none left would hold up your suppression list. `statement_timeout` of the pool limits summaries, too.
 * - A summary, or a page of messages, is asked in a transaction that only reads, with `jit` off and `random_page_cost` 1.1: so it is not compiled, which
 *   takes longer than it saves, and a short range is looked up. A client that is no `Pool` is asked as it is. A pooler before
 *   the server has to pool transactions or sessions, and not single statements.
 * - It holds numbers of people (or hashes of them, see `hashKey`), tags and message ids, and texts only with `keepTexts`.
 *
 * @example
 * ```ts
 * import { SmsClient } from "acs-sms";
 * import { PostgresMessageLog } from "acs-sms/insights";
 * import { Pool } from "pg";
 *
 * const pool = new Pool({ connectionString: process.env["DATABASE_URL"], connectionTimeoutMillis: 3000 });
 * pool.on("error", (error) => console.error(error.message));
 *
 * export const log = new PostgresMessageLog(pool, { schema: "sms", hashKey: process.env["NUMBERS_KEY"] });
 * export const sms = new SmsClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"]!, { observers: [log] });
 * ```
 */
export class PostgresMessageLog implements MessageLog {
  readonly #log: KeptLog;

  /**
   * @param pool - Yours to close, after the log was disposed of.
   * @throws TypeError or RangeError for malformed arguments. Nothing is asked yet.
   */
  constructor(pool: PostgresClient, options: PostgresMessageLogOptions = {}) {
    const settings = settingsOf(options);
    const connection = new PostgresConnection(pool, settings, postgresLogTables);
    this.#log = new KeptLog(new PostgresLogDatabase(connection, settings.schema), options);
  }

  get state(): MessageLogState {
    return this.#log.state;
  }

  observe(observation: SmsObservation): void {
    this.#log.observe(observation);
  }

  async flush(): Promise<void> {
    await this.#log.flush();
  }

  async summarize(options: SummaryOptions): Promise<Summary> {
    return this.#log.summarize(options);
  }

  messages(options: MessagesOptions): AsyncIterable<LoggedMessage> {
    return this.#log.messages(options);
  }

  inbound(options: InboundOptions): AsyncIterable<LoggedInbound> {
    return this.#log.inbound(options);
  }

  async prune(before: Date): Promise<number> {
    return this.#log.prune(before);
  }

  /** Writes what waits, for as long as `disposeTimeoutInSeconds` says. The pool stays open. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#log.dispose();
  }
}
