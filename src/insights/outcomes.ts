import type { MessageOutcome } from "./logged-message.js";

/** Those of messages that the service took. */
export const acceptedFates: readonly MessageOutcome[] = [
  "delivered",
  "failed",
  "blocked",
  "unconfirmed",
  "pending",
  "overdue",
  "unreported",
];

/** Those of all others, which are the statuses of their results. */
export const otherFates: readonly MessageOutcome[] = [
  "rejected",
  "suppressed",
  "invalid",
  "unknown",
  "unsent",
];

export const fates: readonly MessageOutcome[] = [...acceptedFates, ...otherFates];

/** Whether a text is a code of a report, or the word for a report without one. */
export function isReportCode(text: string): boolean {
  return /^(\d{1,9}|none)$/.test(text);
}
