import { expected } from "../../errors/expected.js";
import { throwIfAborted } from "../../errors/abort.js";
import { reasonOf } from "./abort.js";
import { isConflict } from "./conflicts.js";
import {
  checkedClient,
  type AzureTableAction,
  type AzureTableCallOptions,
  type AzureTableClient,
  type AzureTableResponse,
  type AzureTableRow,
  type AzureTableRows,
} from "./table-client.js";

/** How the stores of this entry deal with their table. */
export interface AzureTablesOptions {
  /**
   * Whether the table is made at the first use where it is missing. With `false` a missing table is an error: choose
   * that where your deployment makes it, so that one deleted by mistake stops sends instead of reading as "nobody opted
   * out". Default: `true`.
   */
  readonly createTable?: boolean | undefined;
}

interface RowsOptions {
  readonly abortSignal?: AbortSignal | undefined;
  /** The properties that are wanted. Default: all. */
  readonly select?: string[];
}

/**
 * A table, made when needed, with calls that end with an `AbortError` of ours. Rows are read by queries and written in
 * transactions, also single ones: the SDK's log shows the path of a request for one row, and with it a phone number.
 */
export class Table {
  readonly #client: AzureTableClient;
  #isThere: boolean;

  constructor(client: AzureTableClient, { createTable = true }: AzureTablesOptions) {
    if (typeof createTable !== "boolean") throw expected("createTable", "a boolean", createTable);
    this.#client = checkedClient(client);
    this.#isThere = !createTable;
  }

  /** Makes the table if that was not done yet. To be called before anything else. Several may do it at once. */
  async ready(abortSignal?: AbortSignal): Promise<void> {
    throwIfAborted(abortSignal);
    if (this.#isThere) return;
    await this.#client.createTable(signalled(abortSignal)).catch((error: unknown) => {
      throw reasonOf(error, abortSignal);
    });
    this.#isThere = true;
  }

  /** The rows that a query finds: page after page, also where one of them is short or empty. */
  async *rows(filter: string, options: RowsOptions = {}): AsyncGenerator<AzureTableRow, void, undefined> {
    const { abortSignal } = options;
    throwIfAborted(abortSignal);
    try {
      yield* this.#query(filter, options).found;
    } catch (error) {
      throw reasonOf(error, abortSignal);
    }
  }

  /** One row, where it is there, and the service's time. */
  async row(
    partitionKey: string,
    rowKey: string,
  ): Promise<{ readonly row?: AzureTableRow; readonly now: number }> {
    const { found, now } = this.#query(`PartitionKey eq '${partitionKey}' and RowKey eq '${rowKey}'`);
    for await (const row of found) return { row, now: now() };
    return { now: now() };
  }

  /** The first page of what a query finds, of at most so many rows, and the service's time. It may be empty. */
  async firstPage(
    filter: string,
    maxPageSize: number,
  ): Promise<{ readonly rows: readonly AzureTableRow[]; readonly now: number }> {
    const { found, now } = this.#query(filter);
    for await (const rows of found.byPage({ maxPageSize })) return { rows, now: now() };
    return { rows: [], now: now() };
  }

  /** Makes all changes or none; they are of one partition, and at most 100. */
  async change(actions: AzureTableAction[], abortSignal?: AbortSignal): Promise<void> {
    throwIfAborted(abortSignal);
    const { subResponses } = await this.#client
      .submitTransaction(actions, signalled(abortSignal))
      .catch((error: unknown) => {
        throw reasonOf(error, abortSignal);
      });
    // An answer in the midst of which the connection broke, or from something that is no table service.
    if (subResponses.length !== actions.length || subResponses.some(({ status }) => status >= 300))
      throw new Error("The answer to a transaction does not say that all of it was done.");
  }

  /** Deletes a row unless it was changed since it was read, or is gone. Its keys show in the SDK's log. */
  async remove({ partitionKey = "", rowKey = "", etag }: AzureTableRow): Promise<void> {
    await this.#client.deleteEntity(partitionKey, rowKey, { etag }).catch((error: unknown) => {
      if (!isConflict(error)) throw error;
    });
  }

  /** What a query finds, and what time it was at the service when it gave the last page of that. */
  #query(
    filter: string,
    { abortSignal, select }: RowsOptions = {},
  ): { readonly found: AzureTableRows; readonly now: () => number } {
    let now = Date.now();
    const found = this.#client.listEntities({
      queryOptions: { filter, ...(select !== undefined && { select }) },
      onResponse: (response) => {
        checkAnswer(response);
        now = serviceTime(response.headers.get("date"));
      },
      ...signalled(abortSignal),
    });
    return { found, now: () => now };
  }
}

/** The SDK takes an answer that is no list, such as the page of some proxy, for an empty one: nobody opted out. */
function checkAnswer({ status, parsedBody }: AzureTableResponse): void {
  const isList = Array.isArray(Object(parsedBody).value);
  if (status < 300 && !isList) throw new Error("The answer to a query holds no list of rows.");
}

function signalled(abortSignal: AbortSignal | undefined): AzureTableCallOptions {
  return abortSignal === undefined ? {} : { abortSignal };
}

/** The header tells whole seconds. Within its second this machine's clock is as right as any, and tells milliseconds. */
function serviceTime(date: string | undefined): number {
  const second = Date.parse(date ?? "");
  return Number.isNaN(second) ? Date.now() : Math.min(Math.max(Date.now(), second), second + 999);
}
