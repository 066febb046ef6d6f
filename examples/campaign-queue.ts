/**
 * A campaign over BullMQ: a producer puts it into a queue, and workers on any number of machines send it, at one rate that
 * they share. Here both are in one process; in two programs each would be as it is here.
 */
import { randomUUID } from "node:crypto";

import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";
import { Campaign, SqliteCampaignJournal } from "acs-sms/campaigns";
import { CampaignQueue, CampaignWorker, RedisRateLimiter } from "acs-sms/campaigns/bullmq";
import { Redis } from "ioredis";

import { exampleResource } from "./resource.ts";

await using resource = await exampleResource();
const prefix = `example-${randomUUID()}`;
const from = "+18005551234";

// BullMQ wants a client that never gives a command up.
const connection = new Redis(process.env["REDIS_URL"] ?? "redis://127.0.0.1:6379", {
  maxRetriesPerRequest: null,
});
connection.on("error", (error: Error) => console.error(error.message));

// All machines share them: with a server, a PostgresCampaignJournal and a PostgresSuppressionStore.
await using journal = new SqliteCampaignJournal(":memory:");
const suppression = new SuppressionList(new MemorySuppressionStore());
const rateLimiter = new RedisRateLimiter(connection, { prefix });
const sms = new SmsClient(resource.connectionString, { suppression, rateLimiter, ...resource.options });

// The producer.
await using queue = new CampaignQueue({ connection, journal, prefix });
const campaign = new Campaign(sms, {
  id: "spring-sale",
  from,
  recipients: ["+14255550100", "+14255550101", "+14255550102", "no number"],
  message: "Spring sale: 20 % off until Sunday. Reply STOP to opt out.",
  journal,
});
const { planned, invalid } = await queue.enqueue(campaign);
console.log(`In the queue: ${planned} people; ${invalid} is no number.`);

// Whoever says STOP while the batches wait is not texted.
await suppression.handleMessage({ from: "+14255550102", to: from, message: "STOP" });

// A worker; as many as you like, wherever you like. On SIGTERM, call `worker.close()`.
const worker = new CampaignWorker(sms, {
  connection,
  journal,
  prefix,
  onFailure: ({ batch, error }) => console.error(`Batch ${batch}: ${error.message}`),
});

for await (const { to, status } of queue.results(campaign)) console.log(`${to}: ${status}`);
const { totals, waiting, dead } = await queue.progress(campaign);
console.log(`Accepted: ${totals.accepted}. Waiting: ${waiting}. Dead: ${dead}.`);

// Killed, or after Redis has lost everything, it is just enqueued again.
const again = await queue.enqueue(campaign);
console.log(`Planned again: ${again.planned}; known: ${again.known}.`);

await worker.close();
const keys = await connection.keys(`${prefix}:*`);
if (keys.length > 0) await connection.del(...keys);
connection.disconnect();
