import type { SourcePosition } from "../csv/text-source.js";
import { tell } from "../observers/tell.js";
import type { BatchOutcome } from "./import-batch.js";
import type { ImportProgress, ImportReport, RefusedRow } from "./import-report.js";
import type { RowRefusal } from "./row-refusal.js";

const mostRefusals = 100;

/** Counts while an import runs. */
export class ImportTally {
  readonly position: SourcePosition = { bytes: 0, line: 0 };
  readonly #dryRun: boolean;
  readonly #onRefused: ((row: RefusedRow) => void) | undefined;
  readonly #refusals: RefusedRow[] = [];
  readonly #counts = { rows: 0, recorded: 0, unchanged: 0, refused: 0, lifted: 0 };

  constructor(dryRun: boolean, onRefused: ((row: RefusedRow) => void) | undefined) {
    this.#dryRun = dryRun;
    this.#onRefused = onRefused;
  }

  refuse(line: number, { field, message }: RowRefusal): void {
    const row = { line, ...(field !== undefined && { field }), reason: message };
    this.#counts.rows++;
    this.#counts.refused++;
    if (this.#refusals.length < mostRefusals) this.#refusals.push(row);
    tell("onRefused", this.#onRefused, row);
  }

  /** A batch that the store has acknowledged. */
  take({ changed, lifted }: BatchOutcome): void {
    const recorded = changed.filter(Boolean).length;
    this.#counts.rows += changed.length;
    this.#counts.recorded += recorded;
    this.#counts.unchanged += changed.length - recorded;
    this.#counts.lifted += lifted;
  }

  progress(): ImportProgress {
    return { ...this.#counts, bytes: this.position.bytes };
  }

  report(): ImportReport {
    return { ...this.progress(), dryRun: this.#dryRun, refusals: [...this.#refusals] };
  }
}
