import { stringify } from "csv-stringify/sync";

import { expected } from "../errors/expected.js";
import type {
  SuppressionEntry,
  SuppressionLedger,
  SuppressionStoreOptions,
} from "../suppression/suppression-store.js";
import { guardFormula } from "./formula-guard.js";
import { entryFilter, readEntries, type EntryFilter } from "./read-entries.js";
import { abortable } from "../errors/abortable.js";

/** What an export holds. */
export interface ExportOptions extends EntryFilter, SuppressionStoreOptions {
  /** `"csv"`: for people and spreadsheets. `"jsonl"`: one JSON object a line, for programs. */
  format: LedgerFormat;
  /**
   * Whether everything that was ever recorded is exported, instead of the newest opt-out and opt-in of each sender and
   * recipient. Asks the ledger once for each recipient. Default: `false`.
   */
  history?: boolean | undefined;
}

/** How a ledger is written to a file. */
export type LedgerFormat = "csv" | "jsonl";

/** The columns of an export, in order. */
export const exportColumns = [
  "recipient",
  "sender",
  "state",
  "at",
  "recordedAt",
  "source",
  "keyword",
  "messageId",
  "note",
] as const;

/** How many entries make one chunk of text: some tens of kilobytes. */
const entriesPerChunk = 500;

/**
 * Writes a ledger as text, in chunks as they are asked for, so that any number of entries fits into memory. The columns
 * (in JSON: the names) are `recipient`, `sender`, `state`, `at`, `recordedAt`, `source`, `keyword`, `messageId` and
 * `note`; times are ISO 8601 in UTC with milliseconds. `importEntries(store, file, { restore: true, … })` reads it back
 * to the very same facts.
 *
 * CSV is as RFC 4180 has it, with a header. What strangers wrote may begin as a formula does (`=`, `+`, `-`, `@`, a tab or
 * a line break): it then gets an apostrophe in front, so that no spreadsheet runs it, which `restore` takes off again.
 *
 * **The file holds phone numbers and people's words.** Make it with mode 0600, and remove it when it has served.
 *
 * @throws (by rejection) TypeError for malformed options; what the ledger throws.
 *
 * @example
 * ```ts
 * import { createWriteStream } from "node:fs";
 * import { pipeline } from "node:stream/promises";
 * import { MemorySuppressionStore } from "acs-sms";
 * import { exportEntries } from "acs-sms/ledger";
 *
 * const ledger = new MemorySuppressionStore();
 * const file = createWriteStream("opt-outs.csv", { mode: 0o600 });
 * await pipeline(exportEntries(ledger, { format: "csv", history: true }), file);
 * ```
 */
export async function* exportEntries(
  ledger: Pick<SuppressionLedger, "entries" | "history">,
  options: ExportOptions,
): AsyncGenerator<string, void, undefined> {
  const write = writerOf(options?.format);
  const { history = false } = options;
  if (typeof history !== "boolean") throw expected("history", "a boolean", history);
  const entries = history
    ? everything(ledger, options)
    : readEntries(ledger, { ...options, includeOutdated: true });
  let isFirst = true;
  for await (const chunk of inChunks(entries)) {
    yield write(chunk, isFirst);
    isFirst = false;
  }
  if (isFirst) yield write([], true);
}

/** The history of each recipient there is. */
async function* everything(
  ledger: Pick<SuppressionLedger, "entries" | "history">,
  options: ExportOptions,
): AsyncGenerator<SuppressionEntry, void, undefined> {
  const { abortSignal } = options;
  const isWanted = entryFilter(options);
  let recipient: string | undefined;
  for await (const entry of abortable(ledger.entries({ abortSignal }), abortSignal)) {
    if (entry.recipient === recipient) continue;
    recipient = entry.recipient;
    const history = abortable(ledger.history(recipient, { abortSignal }), abortSignal);
    for await (const fact of history) if (isWanted(fact)) yield fact;
  }
}

async function* inChunks(
  entries: AsyncIterable<SuppressionEntry>,
): AsyncGenerator<SuppressionEntry[], void, undefined> {
  let chunk: SuppressionEntry[] = [];
  for await (const entry of entries) {
    chunk.push(entry);
    if (chunk.length < entriesPerChunk) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

function writerOf(format: unknown): (entries: readonly SuppressionEntry[], isFirst: boolean) => string {
  if (format === "csv") return writeCsv;
  if (format === "jsonl") return writeJsonLines;
  throw expected("format", '"csv" or "jsonl"', format);
}

function writeCsv(entries: readonly SuppressionEntry[], isFirst: boolean): string {
  return stringify(entries.map(cellsOf), {
    columns: [...exportColumns],
    header: isFirst,
    record_delimiter: "windows",
    quote_record_delimiter: true,
  });
}

function cellsOf(entry: SuppressionEntry): string[] {
  return exportColumns.map((column) => {
    const value = entry[column];
    return value instanceof Date ? value.toISOString() : guardFormula(value ?? "");
  });
}

function writeJsonLines(entries: readonly SuppressionEntry[]): string {
  return entries.map((entry) => `${JSON.stringify(entry, [...exportColumns])}\n`).join("");
}
