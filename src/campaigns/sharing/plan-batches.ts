import type { CampaignResult } from "../campaign-result.js";
import type { CampaignSettings } from "../campaign-settings.js";
import { unsettledBatches } from "../journal/unsettled-batches.js";
import { checkMessages } from "../planning/check-messages.js";
import { Planner } from "../planning/planner.js";
import type { CampaignItem } from "../recipients/campaign-item.js";
import type { CampaignBatch } from "./campaign-batch.js";

/** Plans a campaign for others to send. See `Campaign.plan`. */
export async function* planBatches<Item extends CampaignItem>(
  settings: CampaignSettings<Item>,
  signal: AbortSignal,
  tell: (results: readonly CampaignResult[]) => void,
): AsyncGenerator<CampaignBatch, void, undefined> {
  await checkMessages(settings);
  const opening = await settings.journal.open(settings.id, { keepPlanned: true });
  for await (const batch of unsettledBatches(settings.journal, settings.id))
    yield { campaign: settings.id, batch };
  const planner = new Planner(settings, opening, new Set(), async (results) => tell(results));
  for await (const { campaign, batch } of planner.batches(signal)) yield { campaign, batch };
}
