import { expectedRange } from "../../errors/expected.js";
import type { CampaignJournal } from "../journal/campaign-journal.js";

/**
 * To be asked where a journal has no batch to claim: one that is settled is done with, but in another journal than the one
 * it was planned in nothing is, and a queue would lose all its batches to it without a word.
 *
 * @throws RangeError for a campaign that the journal knows nothing of.
 */
export async function assertKnown(journal: CampaignJournal, campaign: string): Promise<void> {
  if ((await journal.read(campaign)) !== undefined) return;
  throw expectedRange("campaign", "one that is in this journal (is it the one it was planned in?)", campaign);
}
