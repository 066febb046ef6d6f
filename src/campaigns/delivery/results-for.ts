import type { CampaignResult } from "../campaign-result.js";
import type { JournalResult } from "../journal/campaign-journal.js";
import type { ReadyBatch } from "./ready-batch.js";

/** What became of a batch's items, as callers are told. */
export function resultsFor(
  results: readonly JournalResult[],
  { items, from }: ReadyBatch,
): readonly CampaignResult[] {
  const numbers = new Map(items.map(({ key, to }) => [key, to]));
  return results.map((result) => ({ ...result, to: numbers.get(result.key) ?? "", from, isEarlier: false }));
}
