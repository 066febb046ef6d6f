import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Campaign } from "../../src/campaigns/campaign.js";
import type { CampaignOptions } from "../../src/campaigns/campaign-options.js";
import type { CampaignResult } from "../../src/campaigns/campaign-result.js";
import { SqliteCampaignJournal } from "../../src/campaigns/journal/sqlite-campaign-journal.js";
import type { CampaignItem } from "../../src/campaigns/recipients/campaign-item.js";
import { SmsClient, type SmsClientOptions } from "../../src/client/sms-client.js";
import { startEmulator, type Emulator } from "../../src/emulator/emulator.js";
import type { EmulatorOptions } from "../../src/emulator/settings/options.js";
import type { SuppressionList } from "../../src/suppression/suppression-list.js";
import { sender, testSuppression, text } from "../support/clients.js";
import { collect } from "../support/stores.js";

/** All that a campaign needs: a service that behaves like ACS, a suppression list, a journal in a file. */
export interface Stage extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly suppression: SuppressionList;
  readonly sms: SmsClient;
  readonly journal: SqliteCampaignJournal;
  /** Another one on the same file, as a later process would open it. */
  readonly openJournal: () => SqliteCampaignJournal;
  readonly client: (options?: SmsClientOptions) => SmsClient;
  /** A campaign with all that is not said made up. */
  readonly campaign: <Item extends CampaignItem = CampaignItem>(
    options?: Partial<CampaignOptions<Item>>,
    sms?: SmsClient,
  ) => Campaign<Item>;
}

export async function setStage(options: EmulatorOptions = {}): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), "acs-sms-campaign-"));
  const emulator = await startEmulator({ deliveryDelayInMs: 0, ...options });
  const suppression = testSuppression();
  const open: SqliteCampaignJournal[] = [];
  const openJournal = (): SqliteCampaignJournal => {
    const journal = new SqliteCampaignJournal(join(folder, "campaigns.sqlite"), { synchronous: "normal" });
    open.push(journal);
    return journal;
  };
  const client = (more: SmsClientOptions = {}): SmsClient =>
    new SmsClient(emulator.connectionString, {
      allowInsecureConnection: true,
      suppression,
      retryOptions: { retryDelayInMs: 1, maxRetryDelayInMs: 2000 },
      ...more,
    });
  const journal = openJournal();
  const sms = client();
  return {
    emulator,
    suppression,
    sms,
    journal,
    openJournal,
    client,
    campaign: (more = {}, by = sms) =>
      new Campaign(by, {
        id: "spring sale",
        from: sender,
        recipients: [],
        message: text,
        journal,
        rate: Infinity,
        ...more,
      }),
    async [Symbol.asyncDispose]() {
      await emulator.close();
      for (const one of open) await one[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

export async function resultsOf<Item extends CampaignItem>(
  campaign: Campaign<Item>,
): Promise<CampaignResult[]> {
  return collect(campaign.run());
}

/** How many messages each phone got. */
export function textsOf(emulator: Emulator, numbers: readonly string[]): number[] {
  return numbers.map((number) => emulator.phone(number).messages().length);
}
