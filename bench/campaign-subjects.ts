import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { MemorySuppressionStore, SmsClient, SuppressionList, type SmsClientOptions } from "acs-sms";
import { Campaign, SqliteCampaignJournal } from "acs-sms/campaigns";
import { createUndiciHttpClient } from "acs-sms/undici";

import { optedOutNumbers } from "./numbers.ts";
import { connectionString, sender, text, type BenchClient } from "./variants/client.ts";
import { createFloor } from "./variants/floor.ts";
import { createOfficial } from "./variants/official.ts";

/** What sends a list, in the order in which they are shown. */
export const campaignVariants = ["official loop", "campaign", "campaign/undici", "floor loop"] as const;

export type CampaignVariant = (typeof campaignVariants)[number];

export interface ListOrder {
  readonly people: number;
  /** 100: one text for all. 1: a text for each. */
  readonly perRequest: 1 | 100;
}

/** Sends a list, and gives each result to be counted. */
export type SendList = (order: ListOrder) => AsyncIterable<number>;

const inFlight = 50;

export async function listSender(variant: CampaignVariant, endpoint: string): Promise<SendList> {
  if (variant === "official loop") return loop(await createOfficial(endpoint, []));
  if (variant === "floor loop") return loop(await createFloor(endpoint, []));
  const httpClient = createUndiciHttpClient({ keepAliveTimeoutInSeconds: 60, connections: inFlight });
  return campaigns(endpoint, variant === "campaign" ? {} : { httpClient });
}

export function* listOf(people: number): Generator<string, void, undefined> {
  for (let person = 0; person < people; person += 1) yield `+1425${String(person).padStart(7, "0")}`;
}

/** What a team writes by hand: lists of a hundred, fifty requests under way, and nothing written down. */
function loop(client: BenchClient): SendList {
  return async function* send({ people, perRequest }) {
    const numbers = listOf(people);
    let accepted = 0;
    const work = async (): Promise<void> => {
      for (let batch = take(numbers, perRequest); batch.length > 0; batch = take(numbers, perRequest)) {
        const count = await client.send(batch);
        accepted += count;
      }
    };
    await Promise.all(Array.from({ length: inFlight }, work));
    yield accepted;
  };
}

function take(numbers: Iterator<string>, count: number): string[] {
  const batch: string[] = [];
  while (batch.length < count) {
    const next = numbers.next();
    if (next.done === true) break;
    batch.push(next.value);
  }
  return batch;
}

/** With an opt-out list, and a journal in a file whose every write is on the disk. */
async function campaigns(endpoint: string, options: SmsClientOptions): Promise<SendList> {
  const suppression = new SuppressionList(new MemorySuppressionStore());
  await suppression.optOut(sender, optedOutNumbers());
  const sms = new SmsClient(connectionString(endpoint), {
    allowInsecureConnection: true,
    suppression,
    ...options,
  });
  const path = join(tmpdir(), `acs-sms-bench-${process.pid}.sqlite`);
  const journal = new SqliteCampaignJournal(path);
  process.once("exit", () => ["", "-wal", "-shm"].forEach((end) => rmSync(path + end, { force: true })));
  let runs = 0;
  return async function* send({ people, perRequest }) {
    const campaign = new Campaign(sms, {
      id: `run ${++runs}`,
      from: sender,
      recipients: () => listOf(people),
      message: perRequest === 100 ? text : ({ to }) => `${text.slice(0, -10)}${to.slice(-10)}`,
      journal,
      rate: Infinity,
      concurrency: inFlight,
    });
    for await (const { status } of campaign.run()) yield status === "accepted" ? 1 : 0;
  };
}
