import { randomUUID } from "node:crypto";

import { expected } from "../../errors/expected.js";
import type {
  SuppressionEntry,
  SuppressionLedger,
  SuppressionStoreOptions,
} from "../../suppression/suppression-store.js";
import { untilUndisturbed } from "./conflicts.js";
import { byPartition, transactionsOf, type Fact } from "./facts.js";
import { inParallel } from "./in-parallel.js";
import { everyNewest, factsOf, keyOf, newestOf } from "./keys.js";
import { numberIn } from "./plan.js";
import { entryIn } from "./properties.js";
import { record } from "./recording.js";
import type { AzureTableClient, AzureTableRow } from "./table-client.js";
import { Table, type AzureTablesOptions } from "./table.js";

/** How an `AzureTablesSuppressionStore` works. */
export interface AzureTablesSuppressionStoreOptions extends AzureTablesOptions {
  /** How many recipients are read or written at once, in one call. Default: 16. */
  readonly concurrency?: number | undefined;
}

/**
 * A suppression store and ledger in Azure Table storage. A recipient is a partition: state and history change in one
 * transaction, and of several writers, on any number of machines, one at a time gets through.
 *
 * `find` asks once for each recipient, `record` reads and writes once for each. A keyword or note of more than 32,768
 * UTF-16 code units loses its end. The table may be shared with an {@link AzureTablesEventInbox}. The Table API of
 * Azure Cosmos DB is not supported: it gives rows in another order.
 *
 * Methods reject with the SDK's own errors, which hold the request and thus phone numbers; what a `SuppressionList`
 * makes of them does not.
 *
 * @example
 * ```ts
 * import { TableClient } from "@azure/data-tables";
 * import { SuppressionList } from "acs-sms";
 * import { AzureTablesSuppressionStore } from "acs-sms/stores/azure-tables";
 *
 * const connectionString = process.env["AZURE_STORAGE_CONNECTION_STRING"] ?? "UseDevelopmentStorage=true";
 * const table = TableClient.fromConnectionString(connectionString, "smsOptOuts");
 * const suppression = new SuppressionList(new AzureTablesSuppressionStore(table));
 * ```
 */
export class AzureTablesSuppressionStore implements SuppressionLedger, AsyncDisposable {
  readonly #table: Table;
  readonly #concurrency: number;

  /**
   * @param tableClient - A `TableClient` of `@azure/data-tables` 13. It needs leave to read, add and update rows, and
   * unless `createTable` is `false`, to make tables.
   * @throws TypeError for anything else, or a malformed option.
   */
  constructor(tableClient: AzureTableClient, options: AzureTablesSuppressionStoreOptions = {}) {
    const { concurrency = 16 } = options;
    if (!Number.isInteger(concurrency) || concurrency < 1)
      throw expected("concurrency", "a whole number above 0", concurrency);
    this.#table = new Table(tableClient, options);
    this.#concurrency = concurrency;
  }

  async find(
    recipients: readonly string[],
    { abortSignal }: SuppressionStoreOptions = {},
  ): Promise<readonly (readonly SuppressionEntry[])[]> {
    await this.#table.ready(abortSignal);
    const newest = await inParallel(new Set(recipients), this.#concurrency, (recipient) =>
      this.#entries(newestOf(keyOf(recipient)), abortSignal),
    );
    return recipients.map((recipient) => newest.get(recipient) ?? []);
  }

  async record(
    entries: readonly SuppressionEntry[],
    { abortSignal }: SuppressionStoreOptions = {},
  ): Promise<readonly boolean[]> {
    await this.#table.ready(abortSignal);
    const writer = randomUUID();
    const won = await inParallel(byPartition(entries), this.#concurrency, ([partitionKey, facts]) =>
      this.#recordAll(partitionKey, facts, writer, abortSignal),
    );
    const places = new Set(
      Array.from(won.values())
        .flat()
        .map(({ index }) => index),
    );
    return entries.map((_, index) => places.has(index));
  }

  async *history(
    recipient: string,
    { abortSignal }: SuppressionStoreOptions = {},
  ): AsyncGenerator<SuppressionEntry, void, undefined> {
    await this.#table.ready(abortSignal);
    const rows: AzureTableRow[] = [];
    for await (const row of this.#table.rows(factsOf(keyOf(recipient)), { abortSignal })) rows.push(row);
    for (const row of rows.toSorted((a, b) => numberIn(a, "number") - numberIn(b, "number")))
      yield entryIn(row);
  }

  /** Reads the whole table, filtered by the service. */
  async *entries({ abortSignal }: SuppressionStoreOptions = {}): AsyncGenerator<
    SuppressionEntry,
    void,
    undefined
  > {
    await this.#table.ready(abortSignal);
    // Rows come in the order of their keys, so that those of a partition are together.
    for await (const row of this.#table.rows(everyNewest, { abortSignal })) yield entryIn(row);
  }

  /** Closes nothing: the client is the caller's. */
  async [Symbol.asyncDispose](): Promise<void> {}

  async #entries(filter: string, abortSignal: AbortSignal | undefined): Promise<SuppressionEntry[]> {
    const entries: SuppressionEntry[] = [];
    for await (const row of this.#table.rows(filter, { abortSignal })) entries.push(entryIn(row));
    return entries;
  }

  /** One transaction after the other, and each again while others write about the same person. */
  async #recordAll(
    partitionKey: string,
    facts: readonly Fact[],
    writer: string,
    abortSignal: AbortSignal | undefined,
  ): Promise<readonly Fact[]> {
    const won: Fact[] = [];
    for (const part of transactionsOf(facts)) {
      const recording = { partitionKey, facts: part, writer };
      won.push(...(await untilUndisturbed(() => record(this.#table, recording, abortSignal), abortSignal)));
    }
    return won;
  }
}
