import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { SqliteCampaignJournal } from "../../src/campaigns/journal/sqlite-campaign-journal.js";
import type { JournalTotals } from "../../src/campaigns/journal/campaign-journal.js";
import type { Emulator } from "../../src/emulator/emulator.js";
import { SuppressionList } from "../../src/suppression/suppression-list.js";
import { SqliteSuppressionStore } from "../../src/stores/sqlite/sqlite-suppression-store.js";
import { canary } from "../support/canary.js";
import { Child } from "../support/child.js";
import { sender } from "../support/clients.js";
import type { Order } from "./programs/campaigner.js";

/** How a campaign is killed. */
export interface Killing {
  readonly people: number;
  /** Every so many-th person has opted out before it begins. */
  readonly everyOptedOut: number;
  readonly repeatabilityWindowInSeconds: number;
  /** When each life ends, in milliseconds after its first result; the last life ends by itself. */
  readonly lives: readonly number[];
  /** Done between two lives. */
  readonly meanwhile?: (emulator: Emulator, life: number) => Promise<void>;
}

/** What is left when the campaign has come to its end. */
export interface Aftermath {
  readonly numbers: readonly string[];
  readonly optedOut: ReadonlySet<string>;
  /** The results that the last life told, by number. */
  readonly statuses: ReadonlyMap<string, string>;
  readonly totals: JournalTotals;
  /** How many lives had told results when they ended. */
  readonly cutShort: number;
}

export async function killAndResume(emulator: Emulator, killing: Killing): Promise<Aftermath> {
  const folder = await mkdtemp(join(tmpdir(), "acs-sms-killed-"));
  const { people, everyOptedOut, lives, meanwhile, repeatabilityWindowInSeconds } = killing;
  const numbers = Array.from({ length: people }, (_, person) => `+1425${String(5_550_000 + person)}`);
  const optedOut = new Set(numbers.filter((_, person) => person % everyOptedOut === 0));
  const order: Order = {
    connectionString: emulator.connectionString,
    journal: join(folder, "campaigns.sqlite"),
    optOuts: join(folder, "opt-outs.sqlite"),
    from: sender,
    people,
    text: canary.text,
    repeatabilityWindowInSeconds,
  };
  try {
    await recordOptOuts(order.optOuts, [...optedOut]);
    let cutShort = 0;
    for (const [life, lifetimeInMs] of lives.entries()) {
      if (await live(order, lifetimeInMs)) cutShort += 1;
      await meanwhile?.(emulator, life);
    }
    await using last = new Child(new URL("programs/campaigner.ts", import.meta.url), order);
    await last.end();
    const results = last.lines.slice(1).map((line) => line.split(" "));
    const statuses = new Map(results.map(([to = "", status = ""]) => [to, status]));
    await using journal = new SqliteCampaignJournal(order.journal);
    return { numbers, optedOut, statuses, totals: await journal.totals("killed"), cutShort };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @returns Whether it was killed in the middle of its work. */
async function live(order: Order, lifetimeInMs: number): Promise<boolean> {
  await using child = new Child(new URL("programs/campaigner.ts", import.meta.url), order);
  await child.until((lines) => lines.length > 0);
  await delay(lifetimeInMs);
  await child.kill();
  return child.lines.length < order.people + 1;
}

async function recordOptOuts(path: string, numbers: readonly string[]): Promise<void> {
  await using store = new SqliteSuppressionStore(path, { synchronous: "normal" });
  await new SuppressionList(store).optOut(sender, numbers, { source: "manual", at: new Date() });
}
