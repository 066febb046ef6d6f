/**
 * The suppression ledger: what is in it, in and out as files, and compared with the service's own list.
 *
 * @packageDocumentation
 */
export type { TextSource as ImportSource } from "../csv/text-source.js";
export { exportEntries, type ExportOptions, type LedgerFormat } from "./export-entries.js";
export { importEntries } from "./import-entries.js";
export type { ImportField, ImportOptions, ImportTimes } from "./import-options.js";
export type { ImportProgress, ImportReport, RefusedRow } from "./import-report.js";
export { readEntries, readHistory, type EntryFilter, type ReadEntriesOptions } from "./read-entries.js";
export { reconcileOptOuts } from "./reconcile-opt-outs.js";
export type { ReconcileOptions } from "./reconcile-options.js";
export type { OptOutDifference, ReconcileReport } from "./reconcile-report.js";
