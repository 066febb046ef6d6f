/** One message to many people: a result for each, and a look at the cost before. */
import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";

import { exampleResource } from "./resource.ts";

await using resource = await exampleResource();
const suppression = new SuppressionList(new MemorySuppressionStore());
const sms = new SmsClient(resource.connectionString, {
  suppression,
  defaultCountry: "US",
  ...resource.options,
});

const from = "+18005551234";
const customers = Array.from({ length: 250 }, (_, index) => `(425) 555-${String(index).padStart(4, "0")}`);
await suppression.optOut(from, ["+14255550007"], { note: "asked on the phone" });

const request = {
  from,
  to: [...customers, "no number"],
  message: "We open at 9 tomorrow. Reply STOP to opt out.",
};
const preview = await sms.preview(request);
console.log(`Each takes ${preview.segments} segment; ${preview.messageUnits} people would be texted.`);

const results = await sms.send(request);
const counts = Map.groupBy(results, ({ status }) => status);
for (const [status, those] of counts) console.log(`${status}: ${those.length}`);
for (const result of results) {
  if (result.status === "invalid") console.log(`“${result.to}”: ${result.errorMessage}`);
}
console.log(`Requests: ${resource.emulator.requests().length}`);
