/**
 * Opt-outs and handled events in Azure Table storage, over a `TableClient` of `@azure/data-tables`.
 *
 * @packageDocumentation
 */
export {
  AzureTablesSuppressionStore,
  type AzureTablesSuppressionStoreOptions,
} from "./azure-tables-suppression-store.js";
export { AzureTablesEventInbox } from "./azure-tables-event-inbox.js";
export type { AzureTablesOptions } from "./table.js";
export type {
  AzureTableAction,
  AzureTableCallOptions,
  AzureTableClient,
  AzureTableEntity,
  AzureTableQuery,
  AzureTableResponse,
  AzureTableRow,
  AzureTableRows,
} from "./table-client.js";
