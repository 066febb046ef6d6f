import { SmsError } from "../../errors/sms-error.js";
import type { CampaignSettings } from "../campaign-settings.js";
import type { CampaignItem } from "../recipients/campaign-item.js";
import { isReadOnce, openRecipients } from "../recipients/open-recipients.js";
import { prepareItem } from "./prepare-item.js";

/**
 * Makes every message of the list once before the first is sent, where each is another one and the list can be read
 * again: a row without a name is better found now than after a million texts.
 *
 * @throws SmsError `missing-field` that names the first item of which no message can be made.
 */
export async function checkMessages<Item extends CampaignItem>(
  settings: CampaignSettings<Item>,
): Promise<void> {
  const { message, recipients } = settings;
  if (!message.isPersonal) return;
  if (typeof recipients !== "function" && isReadOnce(recipients)) return;
  let position = 0;
  for await (const item of openRecipients(recipients)) {
    const intent = await prepareItem(item, position, settings);
    if ("problem" in intent && intent.isUnmakeable) throw unmakeable(position, intent.problem);
    position += 1;
  }
}

function unmakeable(position: number, problem: string): SmsError {
  const where = `item ${position + 1} of the list`;
  return new SmsError("missing-field", `No message can be made for ${where}, so none was sent: ${problem}`);
}
