import { Campaign } from "../../../campaigns/campaign.js";
import type { CampaignOptions } from "../../../campaigns/campaign-options.js";
import { SqliteCampaignJournal } from "../../../campaigns/journal/sqlite-campaign-journal.js";
import type { CampaignPreview } from "../../../campaigns/preview/campaign-preview.js";
import type { PriceTable } from "../../../prices/price-table.js";
import type { SmsClient } from "../../../client/sms-client.js";
import { readConnection, type ConnectionValues } from "../../options/connection.js";
import { openSuppression } from "../../options/suppression.js";
import type { Console } from "../../output/console.js";
import { inOptionNames } from "../../output/option-wording.js";
import { startProgress } from "../../output/progress.js";
import { openList, watched, type List } from "./list.js";
import { orderedOptions, type Order, type OrderedOptions } from "./order.js";
import { checkFields } from "./text.js";

/** All that an order needs to be carried out, until it is disposed of. */
export interface Stage extends AsyncDisposable {
  readonly sms: SmsClient;
  readonly list: List;
  readonly options: OrderedOptions;
}

/** @throws Failure where the list, its columns or the store are not what they should be: nothing was sent. */
export async function setStage(order: Order, values: ConnectionValues, console: Console): Promise<Stage> {
  const options = orderedOptions(order, console);
  const connection = await readConnection(values, console);
  const list = await openList(order, console);
  await checkFields(options.message, list);
  const suppression = await openSuppression(order, console);
  const sms = connection.createClient({
    suppression: suppression.list,
    defaultCountry: order["default-country"],
  });
  return { sms, list, options, [Symbol.asyncDispose]: async () => suppression[Symbol.asyncDispose]() };
}

/** What the campaign would do, found out by reading the whole list. */
export async function previewOf(
  { sms, list, options }: Stage,
  prices: PriceTable | undefined,
  isQuiet: boolean,
  console: Console,
): Promise<CampaignPreview> {
  using progress = startProgress("Recipients read", console, isQuiet);
  const recipients = watched(list, (read) => progress.update(read));
  // A preview writes nothing, so this is never opened.
  await using journal = new SqliteCampaignJournal(":memory:");
  const campaign = campaignOf(sms, { ...options, id: "preview", recipients, journal });
  return await campaign.preview({ prices, abortSignal: console.abortSignal });
}

/** @throws UsageError that names an option as it is typed. */
export function campaignOf(sms: SmsClient, options: CampaignOptions): Campaign {
  try {
    return new Campaign(sms, options);
  } catch (error) {
    throw inOptionNames(error);
  }
}

/** How long the list is; only for the progress, so nobody waits for it who does not want that. */
export async function lengthOf(
  { list }: Stage,
  isQuiet: boolean,
  console: Console,
): Promise<number | undefined> {
  if (isQuiet) return undefined;
  using progress = startProgress("Recipients counted", console, isQuiet);
  let length = 0;
  for await (const _ of list()) {
    length += 1;
    progress.update(length);
  }
  return length;
}
