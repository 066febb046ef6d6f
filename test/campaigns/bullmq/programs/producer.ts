/** Puts a campaign into a queue, and says what became of its list. Its only argument is the order, as JSON. */
import { SmsClient } from "acs-sms";
import { Campaign } from "acs-sms/campaigns";
import { CampaignQueue } from "acs-sms/campaigns/bullmq";

import { openJournal, type JournalPlace } from "./open-journal.ts";

export interface ProducerOrder {
  readonly redis: { readonly host: string; readonly port: number };
  readonly prefix: string;
  readonly journal: JournalPlace;
  readonly from: string;
  /** How many people are on the list; their numbers follow each other. */
  readonly people: number;
  readonly text: string;
  readonly mostWaiting: number;
}

const order = JSON.parse(process.argv[2] ?? "") as ProducerOrder;
const { redis, prefix, from, people, text, mostWaiting } = order;

function* list(): Generator<string> {
  for (let person = 0; person < people; person += 1) {
    if (person % 1000 === 0) console.log(`read ${person}`);
    yield `+1425${String(5_550_000 + person)}`;
  }
}

const journal = openJournal(order.journal);
await using queue = new CampaignQueue({ connection: { ...redis }, prefix, journal });
const sms = new SmsClient("endpoint=http://127.0.0.1:1/;accesskey=c2VjcmV0", {
  allowInsecureConnection: true,
});
const campaign = new Campaign(sms, {
  id: "shared",
  from,
  recipients: list,
  message: text,
  journal,
  rate: Infinity,
});
console.log("started");
console.log(JSON.stringify(await queue.enqueue(campaign, { mostWaiting })));
process.exit();
