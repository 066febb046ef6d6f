/** Plans, begins and settles batches, five at once, and prints each step when the journal has resolved it. */
import { SqliteCampaignJournal } from "acs-sms/campaigns";

const path = JSON.parse(process.argv[2] ?? "") as string;
const journal = new SqliteCampaignJournal(path);
const { run, lastBatch } = await journal.open("spring-sale");

async function deliver(batch: number): Promise<void> {
  const keys = Array.from({ length: 20 }, (_, index) => `${batch}/${index}`);
  const items = keys.map((key) => ({ key, to: "+14255550123" }));
  const held = { campaign: "spring-sale", run, batch, claim: 1 };
  await journal.plan(held, [{ batch, from: "+18005551234", message: "Sale!", fingerprint: "digest", items }]);
  console.log(`planned ${batch}`);
  await journal.begin(held, new Date());
  console.log(`begun ${batch}`);
  const results = keys.map((key) => ({ key, status: "accepted" as const }));
  await journal.settle(held, { results, firstSentAt: undefined });
  console.log(`settled ${batch}`);
}

for (let first = lastBatch + 1; ; first += 5)
  await Promise.all(Array.from({ length: 5 }, (_, index) => deliver(first + index)));
