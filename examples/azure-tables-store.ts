/**
 * Opt-outs in Azure Table storage. Uses the account of AZURE_STORAGE_CONNECTION_STRING, else Azurite on this machine
 * (`npx azurite-table`).
 */
import { TableClient } from "@azure/data-tables";
import { SmsClient, SuppressionList } from "acs-sms";
import { AzureTablesSuppressionStore } from "acs-sms/stores/azure-tables";

import { exampleResource } from "./resource.ts";

await using resource = await exampleResource();
const { emulator } = resource;
const from = "+18005551234";
const to = "+14255550123";

const connectionString = process.env["AZURE_STORAGE_CONNECTION_STRING"] ?? "UseDevelopmentStorage=true";
const table = TableClient.fromConnectionString(connectionString, `acsSmsExample${Date.now()}`, {
  // Azurite speaks plain HTTP; an account in Azure does not.
  allowInsecureConnection: connectionString.includes("http://127.0.0.1:"),
});

const suppression = new SuppressionList(new AzureTablesSuppressionStore(table));
const sms = new SmsClient(resource.connectionString, { suppression, ...resource.options });

emulator.phone(to).send("STOP", { to: from });
for await (const inbound of emulator.inbound()) {
  const { intent } = await suppression.handleMessage(inbound);
  console.log(`“${inbound.message}”: ${intent}`);
  break;
}
const [result] = await sms.send({ from, to: [to], message: "20 % off today only!" });
console.log(`The message is ${result?.status}.`);

// Another machine, another day: the table still knows, and who said what.
const store = new AzureTablesSuppressionStore(table, { createTable: false });
for await (const { state, at, keyword } of store.history(to))
  console.log(`${at.toISOString()} ${state} by “${keyword}”`);

// The table was for this run alone.
await table.deleteTable();
