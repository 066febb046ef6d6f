import { isMark } from "../../suppression/confirmation.js";
import type { SuppressionEntry } from "../../suppression/suppression-store.js";
import { visible } from "./visible.js";

/** Facts come one by one, however many, so the widths of their columns are those of common values. */
const numberWidth = 16;

/** A fact as a line: whom it concerns, what was said and when, to which sender, and how it is known. */
export function entryLine(entry: SuppressionEntry): string {
  const { recipient, sender, state, at, source } = entry;
  const shownSender = isMark(entry) ? "(confirmation)" : sender;
  const cells = [
    recipient.padEnd(numberWidth),
    state.padEnd("opted-out".length),
    at.toISOString(),
    shownSender.padEnd(numberWidth),
    source.padEnd("delivery-report".length),
    wordsOf(entry),
  ];
  return visible(cells.join("  ").trimEnd());
}

/** A fact in a few words, where its recipient is known. */
export function entrySummary(entry: SuppressionEntry): string {
  const { sender, state, at, source } = entry;
  const from = sender === "*" ? "every sender" : sender;
  return `${state} ${at.toISOString()} (${from}, ${source}) ${wordsOf(entry)}`.trimEnd();
}

/** What was said, and what else a person wrote down. */
function wordsOf({ keyword, note }: SuppressionEntry): string {
  const words = keyword === undefined ? [] : [`“${keyword}”`];
  return [...words, ...(note === undefined ? [] : [note])].join(" ");
}
