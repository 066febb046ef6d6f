import type { SuppressionEntry } from "../../suppression/suppression-store.js";
import { exitCodes } from "../exit-codes.js";
import { columns } from "./columns.js";
import type { Console } from "./console.js";
import { entrySummary } from "./entries.js";

/** What a command found or did for one number. */
export interface NumberResult {
  /** In E.164; where it is no phone number, as it was given. */
  readonly to: string;
  readonly status: "allowed" | "suppressed" | "recorded" | "known" | "invalid";
  /** The opt-out that stands. */
  readonly entry?: SuppressionEntry;
}

const remarks: Readonly<Partial<Record<NumberResult["status"], string>>> = {
  known: "one as new or newer was there already",
  invalid: "not a phone number",
};

/** Prints a line for each number, or one document, and gives the exit code: 3 where somebody cannot be texted. */
export async function printNumberResults(
  results: readonly NumberResult[],
  isJson: boolean,
  console: Console,
): Promise<number> {
  if (isJson) await console.json({ results });
  else {
    const rows = results.map(({ to, status, entry }) => {
      return [to, status, entry === undefined ? (remarks[status] ?? "") : entrySummary(entry)];
    });
    await console.lines(columns(rows));
  }
  const isHeldBack = results.some(({ status }) => status === "suppressed" || status === "invalid");
  return isHeldBack ? exitCodes.heldBack : exitCodes.ok;
}
