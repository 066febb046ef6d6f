import type { DatabaseSync } from "node:sqlite";
import { setImmediate as nextTurn, setTimeout as delay } from "node:timers/promises";

import type {
  SuppressionEntry,
  SuppressionLedger,
  SuppressionStoreOptions,
} from "../../suppression/suppression-store.js";
import { entryOf, type Row } from "../entry-row.js";
import { pauseInMs, SqliteConnection } from "./connection.js";
import { settingsOf, type SqliteOptions } from "./options.js";
import {
  findNewest,
  historyPage,
  lastArrival,
  newestPage,
  recording,
  suppressionSchema,
} from "./suppression-tables.js";

/** How many recipients, entries or rows are dealt with in one go, between which the event loop runs. */
const mostAtOnce = 500;

/**
 * A suppression list in a SQLite file, with everything ever recorded: for any number of processes **on one machine**.
 *
 * - The file is made at first use, readable for its owner alone (mode 0600; one that exists keeps its mode), in a folder
 *   that exists. Many stores, and a `SqliteEventInbox`, may be open on it; `":memory:"` is a database that dies with
 *   the store.
 * - What is acknowledged is on the disk. But **a disk that is thrown away takes the list along**: containers and
 *   serverless functions need a mounted volume, or another store. A file on a network share breaks SQLite's locks.
 *   `create: false` refuses a file that is not there.
 * - A write takes the disk's time for a sync, in this thread; waiting for others' locks leaves the event loop free. Large
 *   batches go in transactions of 500 entries, with a pause of 5 ms after each for others.
 * - A `DatabaseSync` of yours stays yours: nothing is set on it (SQLite's own default is `synchronous = FULL` without a
 *   write-ahead log; a busy timeout of yours stops the event loop), and it stays open. While a transaction of yours is
 *   open, calls reject; end also each `iterate()` of yours before you wait for anything, as reads of one connection see
 *   the same moment.
 * - The history can only be added to: triggers refuse the rest. What the law has you delete, delete from
 *   `acs_sms_newest` and `acs_sms_history` in one transaction that drops the trigger `acs_sms_history_delete` and makes
 *   it again.
 * - Node 22, and early versions of Node 24, print an `ExperimentalWarning` when `node:sqlite` is loaded, once;
 *   `--disable-warning=ExperimentalWarning` silences it.
 *
 * Methods reject with SQLite's own error (`code` is `"ERR_SQLITE_ERROR"`), for a full disk as for a damaged file.
 *
 * @example
 * ```ts
 * import { SmsClient, SuppressionList } from "acs-sms";
 * import { SqliteSuppressionStore } from "acs-sms/stores/sqlite";
 *
 * const suppression = new SuppressionList(new SqliteSuppressionStore("/var/lib/shop/opt-outs.sqlite"));
 * export const sms = new SmsClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"]!, { suppression });
 * ```
 */
export class SqliteSuppressionStore implements SuppressionLedger, AsyncDisposable {
  readonly #connection: SqliteConnection;

  /**
   * @param pathOrDatabase - A file, relative to the working directory if it is, `":memory:"`, or a database of yours.
   * @throws TypeError or RangeError for malformed arguments. Nothing is opened yet.
   */
  constructor(pathOrDatabase: string | DatabaseSync, options: SqliteOptions = {}) {
    this.#connection = new SqliteConnection(settingsOf(pathOrDatabase, options), suppressionSchema);
  }

  async find(
    recipients: readonly string[],
    { abortSignal }: SuppressionStoreOptions = {},
  ): Promise<readonly (readonly SuppressionEntry[])[]> {
    return inSlices(
      recipients,
      async (some) => this.#find(some, abortSignal),
      async () => nextTurn(),
    );
  }

  async record(
    entries: readonly SuppressionEntry[],
    { abortSignal }: SuppressionStoreOptions = {},
  ): Promise<readonly boolean[]> {
    return inSlices(
      entries,
      async (some) => this.#connection.write(recording(some), abortSignal),
      // Others may be waiting for the lock, and are asleep most of the time.
      async () => delay(pauseInMs),
    );
  }

  async *history(
    recipient: string,
    { abortSignal }: SuppressionStoreOptions = {},
  ): AsyncGenerator<SuppressionEntry, void, undefined> {
    const ask = async (sql: string, ...values: (string | number)[]): Promise<Row[]> =>
      this.#connection.read((prepare) => prepare(sql).all(...values), abortSignal);
    const [end] = await ask(lastArrival, recipient);
    // What arrives while the caller reads is left for the next time, or somebody who answers each fact would never end.
    const last = Number(end?.["arrival"] ?? 0);
    for (let after = 0; after < last; after += mostAtOnce) {
      const page = await ask(historyPage, recipient, after, Math.min(after + mostAtOnce, last));
      yield* page.map(entryOf);
    }
  }

  async *entries({ abortSignal }: SuppressionStoreOptions = {}): AsyncGenerator<
    SuppressionEntry,
    void,
    undefined
  > {
    let after = ["", "", ""];
    for (;;) {
      const values = [...after, mostAtOnce];
      const page = await this.#connection.read((prepare) => prepare(newestPage).all(...values), abortSignal);
      const entries = page.map(entryOf);
      yield* entries;
      const last = entries.at(-1);
      if (last === undefined) return;
      after = [last.recipient, last.sender, last.state];
    }
  }

  /** Closes the file; later calls reject. A database of yours stays open. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection[Symbol.asyncDispose]();
  }

  async #find(
    recipients: readonly string[],
    abortSignal: AbortSignal | undefined,
  ): Promise<SuppressionEntry[][]> {
    const asked = JSON.stringify(recipients);
    const answer = await this.#connection.read((prepare) => prepare(findNewest).get(asked), abortSignal);
    const rows: (Row & { position: number })[] = JSON.parse(String(answer?.["found"]));
    const found: SuppressionEntry[][] = recipients.map(() => []);
    for (const row of rows) found[row.position]?.push(entryOf(row));
    return found;
  }
}

/** Does a call in bounded steps, with a rest after each full one. The caller's list is not read again after the first. */
async function inSlices<T, A>(
  items: readonly T[],
  step: (some: readonly T[]) => Promise<readonly A[]>,
  rest: () => Promise<unknown>,
): Promise<readonly A[]> {
  if (items.length < mostAtOnce) return step(items);
  const copy = [...items];
  const answers: A[] = [];
  for (let start = 0; start < copy.length; start += mostAtOnce) {
    const some = copy.slice(start, start + mostAtOnce);
    answers.push(...(await step(some)));
    if (some.length === mostAtOnce) await rest();
  }
  return answers;
}
