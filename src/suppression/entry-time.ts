import { expected, expectedRange } from "../errors/expected.js";
import type { SuppressionEntry } from "./suppression-store.js";

/** How far ahead of our own clock a time may be before it is taken for a mistake. */
const toleranceInMs = 5 * 60_000;

/** A copy of a time the caller stated, or `undefined`; an invalid date is refused. */
export function statedTime(name: string, at: Date | undefined): Date | undefined {
  if (at === undefined) return undefined;
  if (!(at instanceof Date) || Number.isNaN(at.getTime())) throw expected(name, "a valid Date", at);
  return new Date(at);
}

/** An opt-out that claims to lie in the future counts as now, lest it outlast the person's next START. */
export function clampedOptOut(entry: SuppressionEntry): SuppressionEntry {
  return entry.state === "opted-out" && isAhead(entry) ? { ...entry, at: entry.recordedAt } : entry;
}

/** An opt-in from the future would outlive a STOP sent until then, so it is refused. */
export function refuseFuture(name: string, entry: SuppressionEntry): void {
  if (isAhead(entry)) throw expectedRange(name, "at most five minutes in the future", entry.at);
}

function isAhead(entry: SuppressionEntry): boolean {
  return entry.at.getTime() > entry.recordedAt.getTime() + toleranceInMs;
}
