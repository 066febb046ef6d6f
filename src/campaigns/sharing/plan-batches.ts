import type { CampaignResult } from "../campaign-result.js";
import type { CampaignSettings } from "../campaign-settings.js";
import { unsettledBatches } from "../journal/unsettled-batches.js";
import { checkMessages } from "../planning/check-messages.js";
import { Planner } from "../planning/planner.js";
import type { CampaignItem } from "../recipients/campaign-item.js";

/** A batch that others are to send. */
interface SharedBatch {
  readonly batch: number;
  /** How many people were planned with it now; 0 for one of an earlier planner. */
  readonly people: number;
}

/** Begins to plan a campaign for others to send: what earlier planners planned stays as it is. */
export async function openSharedPlanner<Item extends CampaignItem>(
  settings: CampaignSettings<Item>,
  tell: (results: readonly CampaignResult[]) => void,
  signal: AbortSignal,
): Promise<Planner<Item>> {
  await checkMessages(settings, signal);
  const opening = await settings.journal.open(settings.id, { keepPlanned: true });
  return new Planner(settings, opening, new Set(), async (results) => tell(results));
}

/** What earlier planners planned, as it may never have come to a queue, or may have been lost there; then what is new. */
export async function* sharedBatches<Item extends CampaignItem>(
  { journal, id }: CampaignSettings<Item>,
  planner: Planner<Item>,
  signal: AbortSignal,
): AsyncGenerator<SharedBatch, void, undefined> {
  for await (const batch of unsettledBatches(journal, id)) yield { batch, people: 0 };
  for await (const { batch, items } of planner.batches(signal)) yield { batch, people: items.length };
}
