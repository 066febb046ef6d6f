/**
 * Runs one campaign to its end, or until it is killed, and prints a line for each result. Its only argument is the order,
 * as JSON.
 */
import { SmsClient, SuppressionList } from "acs-sms";
import { Campaign, SqliteCampaignJournal } from "acs-sms/campaigns";
import { SqliteSuppressionStore } from "acs-sms/stores/sqlite";

export interface Order {
  readonly connectionString: string;
  readonly journal: string;
  readonly optOuts: string;
  readonly from: string | readonly string[];
  /** How many people are on the list; their numbers follow each other. */
  readonly people: number;
  readonly text: string;
  readonly repeatabilityWindowInSeconds: number;
}

const order = JSON.parse(process.argv[2] ?? "") as Order;
const { connectionString, from, people, text, repeatabilityWindowInSeconds } = order;

const suppression = new SuppressionList(new SqliteSuppressionStore(order.optOuts, { synchronous: "normal" }));
const sms = new SmsClient(connectionString, {
  suppression,
  repeatabilityWindowInSeconds,
  allowInsecureConnection: true,
  retryOptions: { retryDelayInMs: 5 },
});

function* list(): Generator<string> {
  for (let person = 0; person < people; person += 1) yield `+1425${String(5_550_000 + person)}`;
}

await using journal = new SqliteCampaignJournal(order.journal, { synchronous: "normal" });
const campaign = new Campaign(sms, {
  id: "killed",
  from,
  recipients: list,
  message: text,
  journal,
  rate: Infinity,
});
console.log("started");
for await (const { to, status, isEarlier } of campaign.run()) {
  console.log(`${to} ${status} ${isEarlier ? "earlier" : "now"}`);
}
