import type { SuppressionEntry } from "./suppression-store.js";

/** What a database may refuse, or change on the way: half a character, and the end of a C string. */
const unstorable = /[\0\uD800-\uDFFF]/u;

/**
 * The entry with the replacement character for whatever is no text: a phone can send half an emoji, and a store that
 * refused it would lose a STOP.
 */
export function wellFormed(entry: SuppressionEntry): SuppressionEntry {
  const texts = Object.entries(entry).filter(
    ([, value]) => typeof value === "string" && unstorable.test(value),
  );
  if (texts.length === 0) return entry;
  return { ...entry, ...Object.fromEntries(texts.map(([name, text]) => [name, storable(String(text))])) };
}

function storable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\uFFFD");
}
