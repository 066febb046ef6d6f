import { throwIfAborted } from "../../errors/abort.js";
import type {
  SuppressionEntry,
  SuppressionLedger,
  SuppressionStoreOptions,
} from "../../suppression/suppression-store.js";
import { entryColumns, entryOf, valuesOf, type Row } from "../entry-row.js";
import { PostgresConnection } from "./connection.js";
import { settingsOf, type PostgresOptions } from "./options.js";
import type { PostgresClient } from "./postgres-client.js";
import { pageSize, suppressionStatements, type SuppressionStatements } from "./suppression-statements.js";

/** How many recipients or facts go into one statement. */
const mostAtOnce = 2000;

/**
 * A suppression list in Postgres 14 or later, with everything ever recorded, for any number of machines: over your own
 * `Pool` of `pg` 8, or a `PGlite`.
 *
 * - **Missing tables are made at the first use.** Once there is a list to lose, say `migrate: false`, so that a
 *   connection to the wrong database does not read as "nobody opted out"; see {@link postgresMigration}, also for the
 *   rights that are needed.
 * - **Reads go to the primary.** A replica lags behind and is refused, so give the pool the primary's address. A
 *   failover to a replica that was not synchronous can lose the last opt-outs that were acknowledged.
 * - What is acknowledged is on the primary's disk, also where `synchronous_commit` is `off`.
 * - Each statement is a transaction of its own, and none is a named prepared one, so that a pooler such as PgBouncer may
 *   be in between. Give it a pool: on a client of yours, inside a transaction, an opt-out counts when that is committed.
 * - A pool needs a listener for `"error"`: without one, a server that restarts ends the process. With
 *   `connectionTimeoutMillis` the error says what was wrong; otherwise the list gives up after 5 seconds.
 * - An index holds keys of at most 2,700 bytes, which is the limit for a recipient and a sender together.
 *
 * The history can only be added to: a trigger refuses the rest. What the law has you delete, the tables' owner deletes
 * on purpose, in one transaction:
 *
 * ```sql
 * BEGIN;
 * ALTER TABLE acs_sms_suppression_history DISABLE TRIGGER acs_sms_only_add;
 * DELETE FROM acs_sms_suppression_history WHERE recipient = '+14255550123';
 * DELETE FROM acs_sms_suppression WHERE recipient = '+14255550123';
 * ALTER TABLE acs_sms_suppression_history ENABLE TRIGGER acs_sms_only_add;
 * COMMIT;
 * ```
 *
 * Methods reject with the driver's own error. It may hold what was written or asked: a `SuppressionList` masks it.
 *
 * @example
 * ```ts
 * import { SmsClient, SuppressionList } from "acs-sms";
 * import { PostgresSuppressionStore } from "acs-sms/stores/postgres";
 * import { Pool } from "pg";
 *
 * const pool = new Pool({ connectionString: process.env["DATABASE_URL"], connectionTimeoutMillis: 3000 });
 * pool.on("error", (error) => console.error(error.message));
 *
 * const suppression = new SuppressionList(new PostgresSuppressionStore(pool, { schema: "sms" }));
 * export const sms = new SmsClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"]!, { suppression });
 * ```
 */
export class PostgresSuppressionStore implements SuppressionLedger, AsyncDisposable {
  readonly #connection: PostgresConnection;
  readonly #statements: SuppressionStatements;

  /**
   * @param pool - Yours to close.
   * @throws TypeError for malformed arguments. Nothing is asked yet.
   */
  constructor(pool: PostgresClient, options: PostgresOptions = {}) {
    const settings = settingsOf(options);
    this.#connection = new PostgresConnection(pool, settings);
    this.#statements = suppressionStatements(settings.schema);
  }

  async find(
    recipients: readonly string[],
    { abortSignal }: SuppressionStoreOptions = {},
  ): Promise<readonly (readonly SuppressionEntry[])[]> {
    const asked = [...recipients];
    const found = new Map<string, SuppressionEntry[]>(asked.map((recipient) => [recipient, []]));
    for await (const { rows } of this.#inSlices(this.#statements.find, asked, abortSignal)) {
      for (const entry of rows.map(entryOf)) found.get(entry.recipient)?.push(entry);
    }
    return asked.map((recipient) => found.get(recipient) ?? []);
  }

  async record(
    entries: readonly SuppressionEntry[],
    { abortSignal }: SuppressionStoreOptions = {},
  ): Promise<readonly boolean[]> {
    const facts = entries.map(factOf);
    const changed = facts.map(() => false);
    for await (const { start, rows } of this.#inSlices(this.#statements.record, facts, abortSignal)) {
      for (const { position } of rows) changed[start + Number(position) - 1] = true;
    }
    return changed;
  }

  async *history(
    recipient: string,
    { abortSignal }: SuppressionStoreOptions = {},
  ): AsyncGenerator<SuppressionEntry, void, undefined> {
    const ask = async (sql: string, ...values: unknown[]): Promise<readonly Row[]> =>
      this.#connection.rows(sql, [recipient, ...values.map(String)], abortSignal);
    const [end] = await ask(this.#statements.lastArrival);
    // What arrives while the caller reads is left for the next time, or somebody who answers each fact would never end.
    const last = end?.["arrival"] ?? 0;
    let page: readonly Row[];
    let after: unknown = 0;
    do {
      page = await ask(this.#statements.historyPage, after, last);
      yield* page.map(entryOf);
      after = page.at(-1)?.["arrival"];
    } while (page.length === pageSize);
  }

  async *entries({ abortSignal }: SuppressionStoreOptions = {}): AsyncGenerator<
    SuppressionEntry,
    void,
    undefined
  > {
    let page: readonly SuppressionEntry[];
    let after = ["", "", ""];
    do {
      page = (await this.#connection.rows(this.#statements.newestPage, after, abortSignal)).map(entryOf);
      yield* page;
      const last = page.at(-1);
      if (last !== undefined) after = [last.recipient, last.sender, last.state];
    } while (page.length === pageSize);
  }

  /** Does nothing: the pool is yours to close. */
  async [Symbol.asyncDispose](): Promise<void> {}

  /** Asks about some items after the other; `start` is the place of the first of them. */
  async *#inSlices(
    sql: string,
    items: readonly unknown[],
    abortSignal: AbortSignal | undefined,
  ): AsyncGenerator<{ readonly start: number; readonly rows: readonly Row[] }, void, undefined> {
    throwIfAborted(abortSignal);
    for (let start = 0; start < items.length; start += mostAtOnce) {
      const some = JSON.stringify(items.slice(start, start + mostAtOnce));
      yield { start, rows: await this.#connection.rows(sql, [some], abortSignal) };
    }
  }
}

/** A fact as the statement takes it: an object with the names of the columns. */
function factOf(entry: SuppressionEntry): Record<string, unknown> {
  return Object.fromEntries(valuesOf(entry).map((value, index) => [entryColumns[index], value]));
}
