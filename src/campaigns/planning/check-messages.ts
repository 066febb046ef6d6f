import { setImmediate as nextTurn } from "node:timers/promises";

import { throwIfAborted } from "../../errors/abort.js";
import { SmsError } from "../../errors/sms-error.js";
import type { CampaignSettings } from "../campaign-settings.js";
import type { CampaignItem } from "../recipients/campaign-item.js";
import { inChunks } from "../recipients/in-chunks.js";
import { isReadOnce, openRecipients } from "../recipients/open-recipients.js";
import { prepareItem } from "./prepare-item.js";

/** So many messages are made before others have their turn: some milliseconds of work. */
const madeAtOnce = 1000;

/**
 * Makes every message of the list once before the first is sent, where each is another one and the list can be read
 * again: a row without a name is better found now than after a million texts.
 *
 * @throws SmsError `missing-field` that names the first item of which no message can be made; AbortError.
 */
export async function checkMessages<Item extends CampaignItem>(
  settings: CampaignSettings<Item>,
  signal: AbortSignal,
): Promise<void> {
  const { message, recipients } = settings;
  if (!message.isPersonal) return;
  if (typeof recipients !== "function" && isReadOnce(recipients)) return;
  let position = 0;
  for await (const chunk of inChunks(openRecipients(recipients), { size: madeAtOnce, signal })) {
    for (const item of chunk) {
      const intent = await prepareItem(item, position, settings);
      if ("problem" in intent && intent.isUnmakeable) throw unmakeable(position, intent.problem);
      position += 1;
    }
    // A list in memory would else be gone through in one go, in which nobody can abort.
    await nextTurn();
  }
  throwIfAborted(signal);
}

function unmakeable(position: number, problem: string): SmsError {
  const where = `item ${position + 1} of the list`;
  return new SmsError("missing-field", `No message can be made for ${where}, so none was sent: ${problem}`);
}
