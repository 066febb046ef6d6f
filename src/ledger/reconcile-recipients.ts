import type { SuppressionLedger } from "../suppression/suppression-store.js";
import { readEntries } from "./read-entries.js";

/** The numbers to be compared; of a ledger, everybody it knows a fact about. */
export function recipientsOf(
  recipients: Iterable<string> | AsyncIterable<string> | Pick<SuppressionLedger, "entries">,
  abortSignal: AbortSignal | undefined,
): Iterable<unknown> | AsyncIterable<unknown> {
  return isIterable(recipients) ? recipients : recipientsIn(recipients, abortSignal);
}

/** A list has a method `entries` as well, so this is asked first. */
export function isIterable(value: object): value is Iterable<unknown> | AsyncIterable<unknown> {
  return Symbol.iterator in value || Symbol.asyncIterator in value;
}

/** Each once: a ledger gives all entries of one recipient together. */
async function* recipientsIn(
  ledger: Pick<SuppressionLedger, "entries">,
  abortSignal: AbortSignal | undefined,
): AsyncGenerator<string, void, undefined> {
  let last: string | undefined;
  for await (const { recipient } of readEntries(ledger, { includeOutdated: true, abortSignal })) {
    if (recipient !== last) yield recipient;
    last = recipient;
  }
}
