/**
 * A campaign on Azure Functions (programming model v4), through a Storage queue: one function plans it, as many as the
 * platform starts send it. The queue carries names of batches; who is texted what is in the journal, and asked of the
 * opt-outs when a batch is sent.
 */
import { fileURLToPath } from "node:url";

import { app } from "@azure/functions";
import { QueueClient } from "@azure/storage-queue";
import { PGlite } from "@electric-sql/pglite";
import { SmsClient, SuppressionList } from "acs-sms";
import {
  Campaign,
  PostgresCampaignJournal,
  RateLimiter,
  sendCampaignBatch,
  type CampaignBatch,
} from "acs-sms/campaigns";
import { PostgresSuppressionStore } from "acs-sms/stores/postgres";

import { exampleResource } from "./resource.ts";

const resource = await exampleResource();
// With a server: new Pool({ connectionString: process.env["DATABASE_URL"] }) of pg. All functions share it.
const database = new PGlite();
const journal = new PostgresCampaignJournal(database);
const suppression = new SuppressionList(new PostgresSuppressionStore(database));

// Each instance counts for itself, so each gets its share of the number's 200 a minute: here, of at most four instances
// (functionAppScaleLimit). RedisRateLimiter of acs-sms/campaigns/bullmq counts for all of them together.
const rateLimiter = new RateLimiter({ rate: 200 / 4 });
const sms = new SmsClient(resource.connectionString, { suppression, rateLimiter, ...resource.options });

const storage = process.env["AzureWebJobsStorage"] ?? "UseDevelopmentStorage=true";
const queue = new QueueClient(storage, "campaign-batches");

export async function startCampaign(): Promise<void> {
  const campaign = new Campaign(sms, {
    id: "spring-sale",
    from: "+18005551234",
    recipients: ["+14255550100", "+14255550101", "+14255550102"],
    message: "Spring sale: 20 % off until Sunday. Reply STOP to opt out.",
    journal,
    // Of all instances together: it decides how many recipients a batch has.
    rate: 200,
  });
  await queue.createIfNotExists();
  // The host reads messages in base64. After a crash, call it again: what is in the queue twice is sent once.
  for await (const batch of campaign.plan())
    await queue.sendMessage(Buffer.from(JSON.stringify(batch)).toString("base64"));
}

/** @throws Where the batch has to come again: the host shows the message again then, five times, and then puts it aside. */
export async function sendBatch(message: unknown): Promise<void> {
  const batch = message as CampaignBatch;
  // Less than the ten minutes for which the host hides a message from others.
  const options = { journal, retryForInSeconds: 120 };
  const { isSettled, results } = await sendCampaignBatch(sms, batch, options);
  console.log(`Batch ${batch.batch}: ${results.map(({ status }) => status).join(", ")}`);
  if (!isSettled) throw new Error("The batch is to come again.");
}

app.timer("start-campaign", { schedule: "0 0 10 * * *", handler: startCampaign });
app.storageQueue("send-batch", {
  queueName: "campaign-batches",
  connection: "AzureWebJobsStorage",
  handler: sendBatch,
});

if (process.argv[1] === fileURLToPath(import.meta.url)) await tryOut();

/** Calls both functions as the Functions host would. */
async function tryOut(): Promise<void> {
  await startCampaign();
  for (;;) {
    const { receivedMessageItems: messages } = await queue.receiveMessages({ numberOfMessages: 32 });
    if (messages.length === 0) break;
    for (const { messageId, messageText, popReceipt } of messages) {
      console.log(`In the queue: ${Buffer.from(messageText, "base64").toString()}`);
      await sendBatch(JSON.parse(Buffer.from(messageText, "base64").toString()));
      await queue.deleteMessage(messageId, popReceipt);
    }
  }
  console.log(`Accepted, as the journal says: ${(await journal.totals("spring-sale")).accepted}`);
  await queue.deleteIfExists();
  await database.close();
  await resource[Symbol.asyncDispose]();
}
