/** Opt-outs in a SQLite file, which outlives the process. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { SmsClient, SuppressionList } from "acs-sms";
import { SqliteSuppressionStore } from "acs-sms/stores/sqlite";

import { exampleResource } from "./resource.ts";

await using resource = await exampleResource();
const folder = await mkdtemp(join(tmpdir(), "acs-sms-example-"));
const path = join(folder, "opt-outs.sqlite");
const from = "+18005551234";
const to = "+14255550123";

try {
  {
    await using store = new SqliteSuppressionStore(path);
    const suppression = new SuppressionList(store);
    await suppression.handleMessage({ from: to, to: from, message: "STOP", messageId: "Incoming_1" });
    console.log("The person's STOP is in the file.");
  }

  // Another process, another day. There is a list to lose now, so a file that is not there must not make a new one.
  await using store = new SqliteSuppressionStore(path, { create: false });
  const suppression = new SuppressionList(store);
  const sms = new SmsClient(resource.connectionString, { suppression, ...resource.options });
  const [result] = await sms.send({ from, to: [to], message: "20 % off today only!" });
  console.log(`The message is ${result?.status}.`);

  for await (const { state, keyword, messageId } of store.history(to))
    console.log(`The history: ${state}, by “${keyword}” in ${messageId}.`);
} finally {
  await rm(folder, { recursive: true });
}
