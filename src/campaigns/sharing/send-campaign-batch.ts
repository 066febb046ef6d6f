import type { SmsClient } from "../../client/sms-client.js";
import { expected } from "../../errors/expected.js";
import { isSmsError } from "../../errors/sms-error.js";
import { deliverBatch } from "../delivery/deliver-batch.js";
import { resultsFor } from "../delivery/results-for.js";
import type { ReadyBatch } from "../delivery/ready-batch.js";
import { assertKnown } from "./assert-known.js";
import { batchTools } from "./batch-tools.js";
import type { CampaignBatch, CampaignBatchOptions, CampaignBatchOutcome } from "./campaign-batch.js";

/**
 * Sends one batch that `Campaign.plan` put into the journal: what the receiver of a queue does with each message. It may
 * be called twice, by two machines at once, and again after a crash: whoever claimed the batch last is the one who sends
 * it, under the identity that it had first.
 *
 * @returns Whether the batch is done with, so that the queue need not deliver it again.
 * @throws What stands in the way of sending: the service's `RestError` for a wrong key, SmsError `suppression-unavailable`,
 * the journal's own error; RangeError for a campaign that the journal knows nothing of, as it is another one than it was
 * planned in, or has forgotten it. The batch has to come again then.
 *
 * @example
 * ```ts
 * import { app } from "@azure/functions";
 * import { SmsClient, SuppressionList } from "acs-sms";
 * import { PostgresCampaignJournal, sendCampaignBatch, type CampaignBatch } from "acs-sms/campaigns";
 * import { PostgresSuppressionStore } from "acs-sms/stores/postgres";
 * import { Pool } from "pg";
 *
 * const pool = new Pool({ connectionString: process.env["DATABASE_URL"] });
 * const suppression = new SuppressionList(new PostgresSuppressionStore(pool));
 * const sms = new SmsClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"]!, { suppression });
 * const journal = new PostgresCampaignJournal(pool);
 *
 * app.storageQueue("send-batch", {
 *   queueName: "campaign-batches",
 *   connection: "AzureWebJobsStorage",
 *   handler: async (message) => {
 *     const { isSettled } = await sendCampaignBatch(sms, message as CampaignBatch, { journal });
 *     if (!isSettled) throw new Error("The batch is to come again.");
 *   },
 * });
 * ```
 */
export async function sendCampaignBatch(
  sms: SmsClient,
  { campaign, batch }: CampaignBatch,
  options: CampaignBatchOptions,
): Promise<CampaignBatchOutcome> {
  if (typeof campaign !== "string") throw expected("campaign", "the id of a campaign", campaign);
  if (!Number.isInteger(batch)) throw expected("batch", "the number of a batch", batch);
  const { tools, dispose } = batchTools(sms, options);
  try {
    const claimed = await options.journal.claim(campaign, batch);
    if (claimed !== undefined) return await send(tools, { ...claimed, campaign });
    await assertKnown(options.journal, campaign);
    return { isSettled: true, results: [] };
  } finally {
    dispose();
  }
}

async function send(
  tools: Parameters<typeof deliverBatch>[0],
  batch: ReadyBatch,
): Promise<CampaignBatchOutcome> {
  try {
    const results = await deliverBatch(tools, batch);
    return { isSettled: results.length === batch.items.length, results: resultsFor(results, batch) };
  } catch (error) {
    if (isSmsError(error, "campaign-taken-over")) return { isSettled: false, results: [] };
    throw error;
  }
}
