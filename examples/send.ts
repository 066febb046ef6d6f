/** One message to one person. */
import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";

import { exampleResource } from "./resource.ts";

await using resource = await exampleResource();
const suppression = new SuppressionList(new MemorySuppressionStore());
const sms = new SmsClient(resource.connectionString, { suppression, ...resource.options });

const [result] = await sms.send(
  { from: "+18005551234", to: ["+14255550123"], message: "Your appointment is tomorrow at 10." },
  { enableDeliveryReport: true, tag: "reminder" },
);
console.log(`The message is ${result?.status}.`);

if (result?.status === "accepted") {
  await resource.emulator.waitForMessage({ to: result.to });
  const report = await sms.getDeliveryReport(result.messageId);
  console.log(`It was ${report?.status ?? "not reported on yet"}.`);
}
