/** A campaign: rows of a CSV file, a text for each, a look at it before, and a run that goes on where another ended. */
import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";
import { Campaign, recipientsFromCsv, SqliteCampaignJournal, template } from "acs-sms/campaigns";

import { exampleResource } from "./resource.ts";

await using resource = await exampleResource();
const from = "+18005551234";
const suppression = new SuppressionList(new MemorySuppressionStore());
const sms = new SmsClient(resource.connectionString, {
  suppression,
  defaultCountry: "US",
  ...resource.options,
});
await suppression.optOut(from, ["+14255550102"], { note: "asked on the phone" });

// A large file as `recipientsFromCsv(() => createReadStream("people.csv"))`: it is read as it is sent.
const people = `phone,name,time
(425) 555-0100,Ada,9:00
(425) 555-0101,Ben,9:30
(425) 555-0102,Cleo,10:00
no number,Dov,10:30
`;
// In a file instead of memory it outlives the process.
await using journal = new SqliteCampaignJournal(":memory:");
const campaign = new Campaign(sms, {
  id: "reminders of 2026-11-26",
  from,
  recipients: recipientsFromCsv(people),
  message: template("Hi {name}, we expect you tomorrow at {time}. Reply STOP to opt out."),
  journal,
});

const { messageUnits, segments, durationInMs, cost } = await campaign.preview({
  prices: { currency: "USD", perSegment: { "+1": "0.0079" } },
});
console.log(`${messageUnits} people, ${segments} segments, ${cost?.amount} ${cost?.currency}`);
console.log(`At 200 a minute they take ${durationInMs / 1000} s.`);

for await (const { to, status, errorMessage = "" } of campaign.run())
  console.log(`${to}: ${status} ${errorMessage}`);

// Say the process was killed here. It is run again, and nobody is texted twice.
for await (const { to, status, isEarlier } of campaign.run())
  console.log(`${to}: ${status}${isEarlier ? ", as known before" : ""}`);
console.log(`Ada's phone shows “${resource.emulator.phone("+14255550100").messages()[0]?.message}”`);
console.log(`Requests: ${resource.emulator.requests().length}`);
