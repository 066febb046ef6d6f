import { hash } from "node:crypto";

import type { SuppressionEntry } from "../../suppression/suppression-store.js";

/*
 * How rows are found. All about one recipient is in one partition, since a transaction changes one partition:
 *
 * - `head` counts the recipient's facts; its ETag lets one writer at a time change anything in the partition.
 * - `newest:<sender>:<in or out>` is the newest fact of a sender and state.
 * - `fact:<sender>:<in or out>:<rank>` is a fact; as its key is what it says, it is there once.
 *
 * Row keys of other kinds may be in the same table: an inbox's are.
 */

/** A key may be 512 characters long; a row key is made of a sender and up to 62 others. */
const longestPart = 200;

/**
 * A text as a part of a key. Keys may hold neither slashes, `#`, `?` nor control characters, quotes have to be doubled
 * in queries, and others are changed on the way by some clients: whatever is not plain is `=` and its bytes, in
 * hexadecimal. Phone numbers stay as they are. No two texts have the same key.
 */
export function keyOf(text: string): string {
  const key = text.replaceAll(/[^\w+*.:-]/gu, escaped);
  return key.length <= longestPart ? key : `=sha256:${hash("sha256", text, "hex")}`;
}

function escaped(character: string): string {
  return Buffer.from(character).toString("hex").toUpperCase().replaceAll(/../g, "=$&");
}

/** What tells facts of one recipient apart before their rank does. */
export function pairOf({ sender, state }: Pick<SuppressionEntry, "sender" | "state">): string {
  return `${keyOf(sender)}:${state === "opted-in" ? "in" : "out"}`;
}

export const headKey = "head";

export function newestKey(pair: string): string {
  return `newest:${pair}`;
}

export function factKey(pair: string, rank: string): string {
  return `fact:${pair}:${rank}`;
}

/** The character after `:`, at which what starts with a word and a colon ends. */
const newestRows = "RowKey ge 'newest:' and RowKey lt 'newest;'";
const factRows = "RowKey ge 'fact:' and RowKey lt 'fact;'";

/* No key holds a quote, so they need not be doubled in a query. */

/** The newest fact of every recipient, sender and state. */
export const everyNewest: string = newestRows;

export function newestOf(partitionKey: string): string {
  return `PartitionKey eq '${partitionKey}' and ${newestRows}`;
}

/** The head and the newest facts, which are neighbours in the order of row keys. */
export function headAndNewestOf(partitionKey: string): string {
  return `PartitionKey eq '${partitionKey}' and RowKey ge '${headKey}' and RowKey lt 'newest;'`;
}

export function factsOf(partitionKey: string): string {
  return `PartitionKey eq '${partitionKey}' and ${factRows}`;
}

/** Rows of a partition from one to another, both of them too. */
export function rowsBetween(partitionKey: string, first: string, last: string): string {
  return `PartitionKey eq '${partitionKey}' and RowKey ge '${first}' and RowKey le '${last}'`;
}
