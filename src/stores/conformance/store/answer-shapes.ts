import type { SuppressionEntry } from "../../../suppression/suppression-store.js";
import { ensure } from "../checks.js";

/** Fails unless an answer of `find` is one list of entries for each recipient, in their order. */
export function checkFound(found: unknown, recipients: readonly string[]): void {
  const missing = "Lists go by their place, so whoever is missing reads as one who never opted out.";
  ensure(
    isListOf(found, recipients.length),
    `\`find\` must answer with one list for each of ${recipients.length} recipients, got ${sizeOf(found)}. ${missing}`,
  );
  for (const [index, recipient] of recipients.entries()) checkEntries(found[index], recipient, index);
}

/** Fails unless an answer of `record` is one boolean for each entry. */
export function checkBooleans(changed: unknown, count: number): void {
  ensure(
    isListOf(changed, count) && Array.from(changed).every((value) => typeof value === "boolean"),
    `\`record\` must answer with one boolean for each of ${count} entries, got ${sizeOf(changed)}.`,
  );
}

/** Fails unless something is an entry that the tests can read. */
export function checkEntry(entry: unknown, call: string): asserts entry is SuppressionEntry {
  const isObject = typeof entry === "object" && entry !== null && "at" in entry && "recordedAt" in entry;
  ensure(isObject, `\`${call}\` must answer with suppression entries.`);
  ensure(isTime(entry.at) && isTime(entry.recordedAt), "The times of an entry must be valid `Date`s.");
}

function checkEntries(entries: unknown, recipient: string, index: number): void {
  const message = `\`find\` must answer with a list for recipient ${index}, got ${sizeOf(entries)}.`;
  ensure(Array.isArray(entries), message);
  const listed: readonly unknown[] = entries;
  for (const entry of listed) {
    checkEntry(entry, "find");
    ensure(
      entry.recipient === recipient,
      `\`find\` must answer in the order of the question: at the place of ${recipient} it has an entry about ` +
        `${entry.recipient}, so that one person's opt-out would stop another.`,
    );
  }
}

function isListOf(value: unknown, length: number): value is readonly unknown[] {
  return Array.isArray(value) && value.length === length;
}

function isTime(value: unknown): boolean {
  return value instanceof Date && !Number.isNaN(value.getTime());
}

function sizeOf(value: unknown): string {
  return Array.isArray(value) ? `a list of ${value.length}` : typeof value;
}
