import type { CampaignJournal } from "./campaign-journal.js";

/** So many are looked for at once. */
const foundAtOnce = 1000;

/** The batches of a campaign that were not sent, or of which that is not known. */
export async function* unsettledBatches(
  journal: CampaignJournal,
  campaign: string,
): AsyncGenerator<number, void, undefined> {
  for (let after = 0; ;) {
    const batches = await journal.unsettled(campaign, after, foundAtOnce);
    yield* batches;
    after = batches.at(-1) ?? after;
    if (batches.length < foundAtOnce) return;
  }
}
