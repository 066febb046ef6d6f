/**
 * A campaign on Azure Functions (programming model v4), through a Service Bus queue: as with a Storage queue, but that
 * messages go out in batches of the bus's own, and that a queue with duplicate detection drops what is planned twice.
 */
import { fileURLToPath } from "node:url";

import { app } from "@azure/functions";
import { ServiceBusClient, type ServiceBusMessage } from "@azure/service-bus";
import { PGlite } from "@electric-sql/pglite";
import { SmsClient, SuppressionList } from "acs-sms";
import { Campaign, PostgresCampaignJournal, sendCampaignBatch, type CampaignBatch } from "acs-sms/campaigns";
import { PostgresSuppressionStore } from "acs-sms/stores/postgres";

import { exampleResource } from "./resource.ts";

const resource = await exampleResource();
// With a server: new Pool({ connectionString: process.env["DATABASE_URL"] }) of pg. All functions share it.
const database = new PGlite();
const journal = new PostgresCampaignJournal(database);
const suppression = new SuppressionList(new PostgresSuppressionStore(database));
const sms = new SmsClient(resource.connectionString, { suppression, ...resource.options });

/** So many names go to the bus in one call: far below its 256 kB. */
const namesAtOnce = 1000;

type SendMessages = (messages: ServiceBusMessage[]) => Promise<void>;

export async function planCampaign(sendMessages: SendMessages): Promise<void> {
  const campaign = new Campaign(sms, {
    id: "spring-sale",
    from: "+18005551234",
    recipients: ["+14255550100", "+14255550101", "+14255550102"],
    message: "Spring sale: 20 % off until Sunday. Reply STOP to opt out.",
    journal,
  });
  let messages: ServiceBusMessage[] = [];
  for await (const batch of campaign.plan()) {
    messages.push({ messageId: `${batch.campaign}/${batch.batch}`, body: batch });
    if (messages.length < namesAtOnce) continue;
    await sendMessages(messages);
    messages = [];
  }
  if (messages.length > 0) await sendMessages(messages);
}

async function startCampaign(): Promise<void> {
  const bus = new ServiceBusClient(process.env["SERVICE_BUS_CONNECTION_STRING"] ?? "");
  const sender = bus.createSender("campaign-batches");
  try {
    await planCampaign(async (messages) => sender.sendMessages(messages));
  } finally {
    await bus.close();
  }
}

/** @throws Where the batch has to come again: the bus delivers it again then, and after `maxDeliveryCount` puts it aside. */
export async function sendBatch(message: unknown): Promise<void> {
  const batch = message as CampaignBatch;
  // Less than the five minutes for which the host renews the message's lock (maxAutoLockRenewalDuration).
  const options = { journal, retryForInSeconds: 120 };
  const { isSettled, results } = await sendCampaignBatch(sms, batch, options);
  console.log(`Batch ${batch.batch}: ${results.map(({ status }) => status).join(", ")}`);
  if (!isSettled) throw new Error("The batch is to come again.");
}

app.timer("start-campaign", { schedule: "0 0 10 * * *", handler: startCampaign });
app.serviceBusQueue("send-batch", {
  queueName: "campaign-batches",
  connection: "SERVICE_BUS_CONNECTION_STRING",
  handler: sendBatch,
});

if (process.argv[1] === fileURLToPath(import.meta.url)) await tryOut();

/** Calls the functions as the Functions host would, with a list in the place of a bus. */
async function tryOut(): Promise<void> {
  const messages: ServiceBusMessage[] = [];
  await planCampaign(async (more) => void messages.push(...more));
  for (const { messageId, body } of messages) {
    console.log(`On the bus: ${String(messageId)}`);
    await sendBatch(body);
    // The bus delivers at least once.
    await sendBatch(body);
  }
  console.log(`Accepted, as the journal says: ${(await journal.totals("spring-sale")).accepted}`);
  console.log(`Requests: ${resource.emulator.requests().length}`);
  await database.close();
  await resource[Symbol.asyncDispose]();
}
