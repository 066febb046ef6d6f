/** Opt-outs in Redis, shared by all your processes. With `ioredis` it is the same: `new Redis(url)`. */
import { randomUUID } from "node:crypto";

import { SmsClient, SuppressionList } from "acs-sms";
import { RedisSuppressionStore } from "acs-sms/stores/redis";
import { createClient } from "redis";

import { exampleResource } from "./resource.ts";

await using resource = await exampleResource();
const url = process.env["REDIS_URL"] ?? "redis://127.0.0.1:6379";
const prefix = `example-${randomUUID()}`;
const from = "+18005551234";
const to = "+14255550123";

// Without an offline queue a command fails at once while Redis is away, and nothing is sent.
const client = createClient({ url, disableOfflineQueue: true });
client.on("error", (error: Error) => console.error(error.message));
await client.connect();
try {
  const store = new RedisSuppressionStore(client, { prefix });
  // Once in the life of a Redis, not whenever a process starts: a Redis that lost its data looks like a new one.
  await store.create();

  const suppression = new SuppressionList(store);
  const sms = new SmsClient(resource.connectionString, { suppression, ...resource.options });
  await suppression.handleMessage({ from: to, to: from, message: "STOP" });

  const [result] = await sms.send({ from, to: [to], message: "20 % off today only!" });
  console.log(`The message is ${result?.status}.`);
  for await (const { state, keyword } of store.history(to))
    console.log(`In the ledger: ${state}, “${keyword}”.`);

  // As a FLUSHALL would do it. What is missing is not taken for empty.
  await removeKeys();
  await sms
    .send({ from, to: [to], message: "20 % off today only!" })
    .catch((error: Error) => console.log(error.message));
} finally {
  await removeKeys();
  await client.close();
}

async function removeKeys(): Promise<void> {
  for await (const keys of client.scanIterator({ MATCH: `${prefix}:*` }))
    if (keys.length > 0) await client.unlink(keys);
}
