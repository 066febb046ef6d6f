import { compareEntries } from "../../suppression/entry-order.js";
import type { SuppressionEntry } from "../../suppression/suppression-store.js";

/** A sender that is nobody's. */
export const sender = "+18005550199";
/** Another one. */
export const otherSender = "+18885550199";

/** A recipient who does not exist: 555-0100 to 555-0199 belong to nobody, in every area code. */
export function person(index: number): string {
  const areaCode = 200 + Math.floor(index / 100);
  return `+1${areaCode}55501${String(index % 100).padStart(2, "0")}`;
}

/** Some minutes after (or before) noon of a day in the past. */
export function minute(minutes: number): Date {
  return new Date(Date.UTC(2026, 2, 2, 12, minutes));
}

/** A fact; unless told otherwise, a STOP at noon by the first person that was written down a second later. */
export function fact(changes: Partial<SuppressionEntry> = {}): SuppressionEntry {
  const at = changes.at ?? minute(0);
  return {
    sender,
    recipient: person(0),
    state: "opted-out",
    at,
    recordedAt: new Date(at.getTime() + 1000),
    source: "keyword",
    ...changes,
  };
}

/** Some things, made from 0, 1, 2 and so on. */
export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** Each recipient once, in the order of their first fact. */
export function recipientsOf(facts: readonly SuppressionEntry[]): string[] {
  return [...new Set(facts.map(({ recipient }) => recipient))];
}

/** What a store must hold of these facts about one recipient, whatever the order they come in. */
export function newestOf(facts: readonly SuppressionEntry[], recipient: string): SuppressionEntry[] {
  const newest: SuppressionEntry[] = [];
  for (const entry of facts) {
    if (entry.recipient !== recipient) continue;
    const place = newest.findIndex((other) => concernsTheSame(entry, other));
    const known = newest[place];
    if (known === undefined) newest.push(entry);
    else if (compareEntries(entry, known) > 0) newest[place] = entry;
  }
  return newest;
}

/** Each fact once: the first to come. */
export function distinct(facts: readonly SuppressionEntry[]): SuppressionEntry[] {
  return facts.filter((entry, index) => facts.findIndex((other) => isTheSameFact(entry, other)) === index);
}

function isTheSameFact(a: SuppressionEntry, b: SuppressionEntry): boolean {
  return a.recipient === b.recipient && concernsTheSame(a, b) && compareEntries(a, b) === 0;
}

function concernsTheSame(a: SuppressionEntry, b: SuppressionEntry): boolean {
  return a.sender === b.sender && a.state === b.state;
}

/** An entry to compare and to read: whatever object it is, with its times as text. */
export function plain(entry: SuppressionEntry): Record<string, unknown> {
  return { ...entry, at: entry.at.toISOString(), recordedAt: entry.recordedAt.toISOString() };
}

/** Entries of which the order says nothing, to compare. */
export function unordered(entries: readonly SuppressionEntry[]): Record<string, unknown>[] {
  const keyed = entries.map((entry) => ({ key: JSON.stringify(plain(entry), [...orderedBy]), entry }));
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ entry }) => plain(entry));
}

const orderedBy = ["recipient", "sender", "state", "at", "source", "messageId", "keyword", "note"] as const;
