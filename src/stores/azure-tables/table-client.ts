import { expected } from "../../errors/expected.js";

/**
 * What is used of a `TableClient` of `@azure/data-tables` 13. The type is written out here, so that two copies of that
 * package in one program fit as well.
 */
export interface AzureTableClient {
  createTable(options?: AzureTableCallOptions): Promise<void>;
  listEntities(options?: AzureTableQuery): AzureTableRows;
  deleteEntity(partitionKey: string, rowKey: string, options?: { etag?: string }): Promise<unknown>;
  submitTransaction(
    actions: AzureTableAction[],
    options?: AzureTableCallOptions,
  ): Promise<{ readonly subResponses: readonly { readonly status: number }[] }>;
}

/** How a call is ended early. */
export interface AzureTableCallOptions {
  abortSignal?: AbortSignal;
}

/** What is asked for, and who is told of each page's response. */
export interface AzureTableQuery extends AzureTableCallOptions {
  queryOptions?: { filter?: string; select?: string[] };
  onResponse?: (response: AzureTableResponse) => void;
}

/** The response to a query for a page. */
export interface AzureTableResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | undefined };
  readonly parsedBody?: unknown;
}

/** The rows that a query found, one by one or in pages. */
export interface AzureTableRows extends AsyncIterable<AzureTableRow> {
  byPage(settings?: { maxPageSize?: number }): AsyncIterable<readonly AzureTableRow[]>;
}

/** A row as it is read. */
export interface AzureTableRow {
  readonly etag: string;
  readonly partitionKey?: string;
  readonly rowKey?: string;
  /** When it was last written, by the service's clock. */
  readonly timestamp?: string;
  readonly [property: string]: unknown;
}

/** A row as it is written. */
export interface AzureTableEntity {
  partitionKey: string;
  rowKey: string;
  [property: string]: unknown;
}

/** One change of a transaction. */
export type AzureTableAction =
  | ["create" | "delete", AzureTableEntity]
  | ["update" | "upsert", AzureTableEntity, "Merge" | "Replace"]
  | ["update", AzureTableEntity, "Merge" | "Replace", { etag?: string }];

/** Finds the mistake where it is made, not at the first STOP. */
export function checkedClient(client: AzureTableClient): AzureTableClient {
  if (typeof client?.listEntities !== "function" || typeof client.submitTransaction !== "function") {
    throw expected("tableClient", "a `TableClient` of @azure/data-tables", client);
  }
  return client;
}

/** A row that somebody else has changed: what it says cannot be told, so it must stop the send. */
export function damaged(column: string): TypeError {
  return new TypeError(`A row has no valid \`${column}\`: it is damaged, or not one of this store's.`);
}
