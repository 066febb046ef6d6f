import type { SuppressionEntry } from "../suppression/suppression-store.js";

/** The texts of one row, by field; what the row leaves empty is not there. */
export type RowTexts = Partial<Record<keyof SuppressionEntry, string>>;
