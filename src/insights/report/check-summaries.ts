import { expected, expectedRange } from "../../errors/expected.js";
import type { Summary } from "../summary.js";

/** Refuses what is no summary. */
export function checkSummary(name: string, summary: Summary): void {
  const isSummary = typeof summary === "object" && summary !== null && Array.isArray(summary.groups);
  if (!isSummary) throw expected(name, "a summary", summary);
}

/** Two parts of a report about different times would look as if they belonged together. */
export function checkSameRange(name: string, summary: Summary, main: Summary): void {
  checkSummary(name, summary);
  const isSame =
    summary.from.getTime() === main.from.getTime() &&
    summary.to.getTime() === main.to.getTime() &&
    summary.timeZone === main.timeZone;
  if (!isSame) throw expectedRange(name, "about the range and time zone of the report", summary);
}

/** A change is told from something to something later. */
export function checkPrevious(previous: Summary, main: Summary): void {
  checkSummary("previous", previous);
  if (previous.to.getTime() <= main.from.getTime()) return;
  throw expectedRange("previous", "about a time that ends before the report's begins", previous);
}
