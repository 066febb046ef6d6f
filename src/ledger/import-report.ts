import type { SuppressionEntry } from "../suppression/suppression-store.js";

/** How far an import is. `rows` is the sum of `recorded`, `unchanged` and `refused`. */
export interface ImportProgress {
  /** Rows that are done with; the header and empty lines are none. */
  readonly rows: number;
  /** Rows that became the newest fact of their sender, recipient and state; in a dry run, that would. */
  readonly recorded: number;
  /** Rows that the store has a newer fact than, or that it has already. A ledger's history has them all the same. */
  readonly unchanged: number;
  /** Rows that were not taken. */
  readonly refused: number;
  /** Opt-ins among the recorded that lift an opt-out of the same sender, one that stood until then. */
  readonly lifted: number;
  /** How much of the source has been read. */
  readonly bytes: number;
}

/** What an import did; or, in a dry run, would do, as far as each thousand of its rows shows (see `dryRun`). */
export interface ImportReport extends ImportProgress {
  readonly dryRun: boolean;
  /** The first hundred rows that were not taken. */
  readonly refusals: readonly RefusedRow[];
}

/** A row that was not taken. It shows nothing of the row but a masked number. */
export interface RefusedRow {
  /** The line of the file on which the row begins, from 1. */
  readonly line: number;
  /** What is wrong with it; left out where it is the row as a whole. */
  readonly field?: keyof SuppressionEntry;
  /** Why, as what follows the name of the field: "is no time in …". */
  readonly reason: string;
}
