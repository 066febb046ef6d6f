import type { SmsClient } from "../../client/sms-client.js";
import { throwIfAborted } from "../../errors/abort.js";
import { SenderPool } from "../planning/sender-pool.js";
import { priceOf } from "../../prices/price-table.js";
import { isReadable, prepareItem, type ReadableItem } from "../planning/prepare-item.js";
import { refusalOf } from "../planning/refusal-of.js";
import type { CampaignItem } from "../recipients/campaign-item.js";
import { inChunks } from "../recipients/in-chunks.js";
import { openRecipients } from "../recipients/open-recipients.js";
import type { CampaignSettings } from "../campaign-settings.js";
import type { CampaignPreview, CampaignPreviewOptions } from "./campaign-preview.js";
import { PreviewTally } from "./preview-tally.js";
import { SeenKeys } from "./seen-keys.js";

/** So many recipients are asked for in the suppression list at once. */
const chunkSize = 500;

/** Reads the whole list and counts. See `Campaign.preview`. */
export async function previewCampaign<Item extends CampaignItem>(
  sms: SmsClient,
  settings: CampaignSettings<Item>,
  { prices, abortSignal }: CampaignPreviewOptions,
): Promise<CampaignPreview> {
  const { from, rateLimiter, recipients } = settings;
  const pool = new SenderPool(from, (sender) => rateLimiter.unitsPerMinute(sender));
  const tally = new PreviewTally(prices && { ...prices, priceOf: priceOf(prices) });
  using seen = new SeenKeys();
  const signal = abortSignal ?? new AbortController().signal;
  const chunks = inChunks(openRecipients(recipients), { size: chunkSize, signal });
  let position = 0;
  for await (const chunk of chunks) {
    const bySender = Map.groupBy(await readable(chunk, position), ({ to }) => pool.senderFor(to, undefined));
    for (const [sender, items] of bySender) await count(sender, items);
    position += chunk.length;
  }
  throwIfAborted(abortSignal);
  return tally.result(settings, sms.suppression !== undefined);

  async function readable(chunk: readonly (string | Item)[], start: number): Promise<ReadableItem[]> {
    const intents = await Promise.all(
      chunk.map(async (item, index) => prepareItem(item, start + index, settings)),
    );
    return intents.flatMap((intent) => {
      const refusal = refusalOf(intent);
      if (!seen.add(intent.key)) tally.duplicates += 1;
      else if (refusal?.status === "expired") tally.expired += 1;
      else if (!isReadable(intent)) tally.invalid += 1;
      else return [intent];
      return [];
    });
  }

  async function count(sender: string, items: readonly ReadableItem[]): Promise<void> {
    const numbers = items.map(({ to }) => to);
    const decisions = await sms.suppression?.check(sender, numbers, { abortSignal });
    for (const [index, item] of items.entries()) {
      if (decisions?.[index]?.suppressed === true) tally.suppressed += 1;
      else tally.add(sender, item);
    }
  }
}
