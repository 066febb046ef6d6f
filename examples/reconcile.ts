/** Compare your ledger with the service's own opt-outs, and add to each what the other has. Run it once a day. */
import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";
import { reconcileOptOuts } from "acs-sms/ledger";

import { exampleResource } from "./resource.ts";

await using resource = await exampleResource();
const ledger = new MemorySuppressionStore();
const suppression = new SuppressionList(ledger);
const sms = new SmsClient(resource.connectionString, { suppression, ...resource.options });

const from = "+18005551234";
const customers = ["+14255550123", "+14255550144", "+14255550188"];

// One person typed STOP while the webhook was down, and another said so on the phone.
resource.emulator.phone("+14255550123").send("STOP", { to: from });
await suppression.optOut(from, ["+14255550188"], { note: "asked on the phone" });

const comparison = { optOuts: sms.optOuts, suppression, from, recipients: customers } as const;
const preview = await reconcileOptOuts({
  ...comparison,
  direction: "both",
  dryRun: true,
  onDifference: ({ recipient, kind }) => console.log(`…${recipient.slice(-4)}: ${kind}`),
});
console.log(`${preview.onlyInService} only in the service, ${preview.onlyInList} only in the list.`);

const { recorded, added, unknown } = await reconcileOptOuts({ ...comparison, direction: "both" });
console.log(`Recorded: ${recorded}. Added: ${added}. Unknown: ${unknown}.`);

const [result] = await sms.send({ from, to: ["+14255550123"], message: "We open at 9 tomorrow." });
console.log(`The message is ${result?.status}.`);
