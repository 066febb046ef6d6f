/*
 * Azurite loses, or refuses, what has one of Unicode's own line and paragraph separators in a transaction. Texts with
 * them are bytes in the table.
 */

export function storable(text: string): string | Uint8Array {
  return /[\u2028\u2029]/.test(text) ? Buffer.from(text, "utf16le") : text;
}

/** A text that was made storable, or whatever else a property holds. */
export function readable(value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString("utf16le") : value;
}
