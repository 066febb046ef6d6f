import { linesOf } from "../csv/lines.js";
import { textOf, type TextSource } from "../csv/text-source.js";
import { expected } from "../errors/expected.js";
import { GuardedStore } from "../suppression/guarded-store.js";
import { storeTimeoutInMs } from "../suppression/list-options.js";
import type { SuppressionEntry, SuppressionStore } from "../suppression/suppression-store.js";
import { AtIntervals } from "./at-intervals.js";
import { previewBatch, recordBatch } from "./import-batch.js";
import type { ImportOptions } from "./import-options.js";
import type { ImportProgress, ImportReport } from "./import-report.js";
import { rowsOf, type ImportRow } from "./import-rows.js";
import { importSettings, type ImportSettings } from "./import-settings.js";
import { ImportTally } from "./import-tally.js";
import { entryOf } from "./row-entry.js";
import { RowRefusal } from "./row-refusal.js";
import { withReport } from "./with-report.js";

/** How many rows go to the store at a time. */
const rowsPerBatch = 1000;

/** Batches are large and stores may be far away; a person waits for this, and no send. */
const defaultTimeoutInSeconds = 60;

/**
 * Records the facts of a list from elsewhere: the opt-outs of another service, a spreadsheet of numbers, or an export of
 * another ledger. It is read as it comes, so any number of rows fits into memory.
 *
 * A row is taken or refused, each for itself, and a refused one says why. Nothing is guessed: not the meaning of a state,
 * not the time zone of a date, not the country of a number. An opt-out never becomes an opt-in: opt-ins are refused unless
 * `allowOptIns` is set, need the time of their consent, and lift only what is older. The same list imported twice changes
 * nothing, so an import that failed half way is repeated as a whole.
 *
 * Twilio, AWS and others have their own names for the same columns; look at the file's header, and map them.
 *
 * @param source - The text or bytes, or what streams them. A path is no source: open the file.
 * @throws (by rejection) TypeError or RangeError for malformed options, a header without the columns that are needed, or a
 * source that is no text; SmsError `suppression-unavailable` where the store failed; AbortError; what the source throws.
 * Each that comes after reading began carries a `report` (an {@link ImportReport}) of the rows done with by then.
 *
 * @example
 * ```ts
 * import { createReadStream } from "node:fs";
 * import { MemorySuppressionStore } from "acs-sms";
 * import { importEntries } from "acs-sms/ledger";
 *
 * const store = new MemorySuppressionStore();
 * const { recorded, refused, refusals } = await importEntries(store, createReadStream("opted-out.csv"), {
 *   columns: { recipient: "OptedOutNumber", at: "OptedOutTimestamp" },
 *   times: "epoch-seconds",
 *   sender: "+18005551234",
 *   state: "opted-out",
 *   note: "AWS, exported on 2026-11-20",
 *   dryRun: true,
 * });
 * console.log(recorded, refused, refusals);
 * ```
 */
export async function importEntries(
  store: SuppressionStore,
  source: TextSource,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const settings = importSettings(options);
  const { storeTimeoutInSeconds = defaultTimeoutInSeconds } = options;
  const guarded = new GuardedStore(checkedStore(store), storeTimeoutInMs({ storeTimeoutInSeconds }));
  const run = new ImportRun(guarded, settings, options);
  return run.read(source);
}

function checkedStore(store: SuppressionStore): SuppressionStore {
  if (typeof store?.find === "function" && typeof store.record === "function") return store;
  throw expected("store", "a suppression store with `find` and `record`", store);
}

class ImportRun {
  readonly #store: GuardedStore;
  readonly #settings: ImportSettings;
  readonly #abortSignal: AbortSignal | undefined;
  readonly #tally: ImportTally;
  readonly #progress: AtIntervals<ImportProgress>;
  #batch: ImportRow[] = [];

  constructor(store: GuardedStore, settings: ImportSettings, options: ImportOptions) {
    this.#store = store;
    this.#settings = settings;
    this.#abortSignal = options.abortSignal;
    this.#tally = new ImportTally(settings.dryRun, options.onRefused);
    this.#progress = new AtIntervals(options.onProgress);
  }

  async read(source: TextSource): Promise<ImportReport> {
    const { position } = this.#tally;
    const chunks = textOf(source, this.#settings.encoding, position, this.#abortSignal);
    try {
      for await (const rows of rowsOf(linesOf(chunks, position), this.#settings)) await this.#add(rows);
      await this.#flush();
    } catch (error) {
      throw withReport(error, this.#tally.report());
    }
    this.#progress.last(this.#tally.progress());
    return this.#tally.report();
  }

  async #add(rows: readonly ImportRow[]): Promise<void> {
    for (const row of rows) {
      if (this.#batch.push(row) === rowsPerBatch) await this.#flush();
    }
  }

  async #flush(): Promise<void> {
    const rows = this.#batch;
    this.#batch = [];
    const entries = await this.#entriesOf(rows);
    if (entries.length > 0) {
      const act = this.#settings.dryRun ? previewBatch : recordBatch;
      this.#tally.take(await act(entries, this.#store, this.#abortSignal));
    }
    this.#progress.tell(() => this.#tally.progress());
  }

  async #entriesOf(rows: readonly ImportRow[]): Promise<SuppressionEntry[]> {
    const now = new Date();
    const entries: SuppressionEntry[] = [];
    for (const row of rows) {
      try {
        entries.push(await entryOf(row, this.#settings, now));
      } catch (error) {
        if (!(error instanceof RowRefusal)) throw error;
        this.#tally.refuse(row.line, error);
      }
    }
    return entries;
  }
}
