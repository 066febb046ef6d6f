import type { SuppressionEntry } from "../suppression/suppression-store.js";

/** Why one row is not taken. Its words hold nothing of the row but a masked number. */
export class RowRefusal extends Error {
  readonly field: keyof SuppressionEntry | undefined;

  constructor(field: keyof SuppressionEntry | undefined, reason: string) {
    super(reason);
    this.field = field;
  }
}
