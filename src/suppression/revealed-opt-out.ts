import { statedTime } from "./entry-time.js";
import type { SuppressionEntry } from "./suppression-store.js";

/** What is needed of a delivery report to see whether it reveals an opt-out. */
export interface RevealingReport {
  readonly messageId?: string | undefined;
  /** The sender. */
  readonly from: string;
  /** The recipient. */
  readonly to: string;
  readonly status: "delivered" | "failed";
  readonly code?: number | undefined;
  readonly details?: string | undefined;
  readonly attempts?: readonly { readonly at: Date }[] | undefined;
  readonly receivedAt?: Date | undefined;
}

/** The failure code for a recipient who opted out, and the wording known from the FAQ. Read 2026-11-23. */
const optedOutCode = 4007;
const optedOutWording = /sender blocked for given recipient/i;

/** Whether a failed report says that the recipient has opted out. */
export function revealsOptOut(report: RevealingReport): boolean {
  if (report.status !== "failed") return false;
  return report.code === optedOutCode || optedOutWording.test(report.details ?? "");
}

/**
 * When the block was met: at the newest attempt, never when the report arrived, since a late report must not beat a
 * newer START. A report without attempts has only its own time, and one without any counts as of now.
 */
export function revealedAt(report: RevealingReport, now: Date): SuppressionEntry["at"] {
  const attempts = (report.attempts ?? []).map(({ at }) => statedTime("attempts[].at", at)?.getTime() ?? 0);
  return attempts.length > 0
    ? new Date(Math.max(...attempts))
    : (statedTime("receivedAt", report.receivedAt) ?? now);
}
