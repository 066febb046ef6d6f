import type { TextSource } from "../../src/csv/text-source.js";
import { importEntries } from "../../src/ledger/import-entries.js";
import type { ImportOptions } from "../../src/ledger/import-options.js";
import type { ImportReport } from "../../src/ledger/import-report.js";
import { MemorySuppressionStore } from "../../src/suppression/memory-suppression-store.js";
import type { SuppressionEntry } from "../../src/suppression/suppression-store.js";
import { leakWatch } from "../support/canary.js";
import { collect } from "../support/stores.js";

/** A file of some lines. */
export function file(...lines: string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

/** The whole of what comes in chunks. */
export async function whole(chunks: AsyncIterable<string>): Promise<string> {
  return (await collect(chunks)).join("");
}

/** A text as a stream gives it, cut anywhere, also inside a character. */
export async function* cut(text: string, size: number): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/** Imports into a new store; what it reports is looked at for leaks, as its caller may log it. */
export async function imported(
  source: TextSource,
  options: ImportOptions = {},
): Promise<{ report: ImportReport; entries: SuppressionEntry[]; store: MemorySuppressionStore }> {
  const store = new MemorySuppressionStore();
  const report = await importEntries(store, source, options);
  leakWatch.line("the report", JSON.stringify(report));
  return { report, entries: await collect(store.entries()), store };
}
