import { throwIfAborted, untilAborted } from "../../../errors/abort.js";
import type { CampaignJournal, SettledBatch } from "../../journal/campaign-journal.js";
import type { QueuedResult } from "./queue-types.js";

/** So many batches are read at once. */
const pageSize = 50;

/** What is read of a campaign, and what to wait for when there is nothing to read. */
export interface ResultSource {
  readonly journal: CampaignJournal;
  readonly campaign: string;
  readonly after: number;
  readonly abortSignal: AbortSignal | undefined;
  /** Resolves when there may be more. */
  readonly next: () => Promise<void>;
}

/** The results of a campaign's batches, in order, until all of them are there. */
export async function* settledResults(source: ResultSource): AsyncGenerator<QueuedResult, void, undefined> {
  const { journal, campaign, abortSignal, next } = source;
  for (let { after } = source; ;) {
    throwIfAborted(abortSignal);
    // Asked before the page: what is settled in between is in it.
    const isOver = await isComplete(journal, campaign);
    const page = await journal.results(campaign, after, pageSize);
    for (const batch of page) yield* resultsOf(batch);
    after = page.at(-1)?.batch ?? after;
    if (page.length > 0) continue;
    if (isOver) return;
    await untilAborted(abortSignal, next);
  }
}

async function isComplete(journal: CampaignJournal, campaign: string): Promise<boolean> {
  const known = await journal.read(campaign);
  return known?.isPlanned === true && (await journal.unsettled(campaign, 0, 1)).length === 0;
}

function resultsOf({ batch, from, results }: SettledBatch): QueuedResult[] {
  return results.map((result) => ({ ...result, from, batch }));
}
