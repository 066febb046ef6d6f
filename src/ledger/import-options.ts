import type { SuppressionEntry, SuppressionStoreOptions } from "../suppression/suppression-store.js";
import type { LedgerFormat } from "./export-entries.js";
import type { ImportProgress, RefusedRow } from "./import-report.js";

/** What a row of a list says. */
export type ImportField = Exclude<keyof SuppressionEntry, "recordedAt" | "source">;

/**
 * How times are written. `"iso-8601"`: as `2026-03-04T10:00:00Z` or `2026-03-04 10:00:00.250+01:00`, with its time zone.
 * `"epoch-seconds"`, `"epoch-milliseconds"`: since 1970, from the year 2000 to 2100. Or a function that reads a text, and
 * gives `undefined` where it is no time: `03/04/2026` is one day in Boston and another in Paris, and is never guessed.
 */
export type ImportTimes =
  | "iso-8601"
  | "epoch-seconds"
  | "epoch-milliseconds"
  | ((text: string) => Date | undefined);

/** How a list is read, and what is taken from it. */
export interface ImportOptions extends SuppressionStoreOptions {
  /** How the file is written: `"csv"` is also what tabs or semicolons separate. Default: `"csv"`. */
  format?: LedgerFormat | undefined;
  /**
   * Says that `exportEntries` wrote the file, and that you trust whoever had it since. Every fact is then taken exactly as
   * it was, with its source and the time at which it was recorded, so that a ledger moves without losing its proof.
   * Options that say how to read somebody else's list are refused along with it. Default: `false`, and what is imported
   * says of itself that it was (`source: "import"`), whatever the file says.
   */
  restore?: boolean | undefined;
  /**
   * The column of each field: its name in the header (in JSON: the name of the property), or its place from 1. Names are
   * compared without regard to case, white space and underscores. What is not named here is not read. Default: the
   * fields' own names.
   */
  columns?: Readonly<Partial<Record<ImportField, string | number>>> | undefined;
  /** Whether the first line names the columns (CSV only). Without one, `columns` has their places. Default: `true`. */
  header?: boolean | undefined;
  /** What separates cells: one character. Default: the one of `,`, `;` and tab that the first line has most of. */
  delimiter?: string | undefined;
  /** The encoding, by a name that `TextDecoder` knows, such as `"windows-1252"` or `"utf-16le"`. Default: `"utf-8"`. */
  encoding?: string | undefined;
  /** The sender of all rows, where no column has it; `"*"`: every sender. */
  sender?: string | undefined;
  /** The state of all rows, where no column has it. `"opted-in"` needs `allowOptIns`. */
  state?: SuppressionEntry["state"] | undefined;
  /** A note for all rows, where no column has it: where the list is from, say. */
  note?: string | undefined;
  /**
   * What the values of the state column mean: `{ STOP: "opted-out", START: "opted-in" }`, compared without regard to case.
   * A value that is not here is refused and never guessed. Default: `opted-out` and `opted-in` themselves.
   */
  states?: Readonly<Record<string, SuppressionEntry["state"]>> | undefined;
  /** How times are written. Default: `"iso-8601"`. */
  times?: ImportTimes | undefined;
  /**
   * The time of opt-outs that have none: the day of the list, at the latest. Without it they are refused. An opt-in without
   * a time is refused in any case: consent has a date.
   */
  asOf?: Date | undefined;
  /** The country of numbers without a country code, as ISO 3166-1 alpha-2. Default: such numbers are refused. */
  defaultCountry?: string | undefined;
  /**
   * Whether opt-ins are taken. Each can lift an opt-out that is older than it, so this is said, and never follows from the
   * file: look at `lifted` in the report of a dry run first. Default: `false`, and each is a refused row.
   */
  allowOptIns?: boolean | undefined;
  /**
   * Checks every row, and asks the store what would change, but records nothing. So a row is compared with what is in the
   * store, and with the others of its thousand: who comes again further below is counted again, and an opt-out of the same
   * file that an opt-in further below would lift is not among `lifted`. Default: `false`.
   */
  dryRun?: boolean | undefined;
  /** How long one batch of 1,000 rows may take the store, in seconds, up to 3600. Default: 60. */
  storeTimeoutInSeconds?: number | undefined;
  /** Told how far the import is: at most ten times a second, and at the end. */
  onProgress?: ((progress: ImportProgress) => void) | undefined;
  /** Told of each row that is not taken, as the report lists the first hundred only. */
  onRefused?: ((row: RefusedRow) => void) | undefined;
}
