import { randomUUID } from "node:crypto";

import type { CampaignJournal } from "../../../src/campaigns/journal/campaign-journal.js";
import { PostgresCampaignJournal } from "../../../src/campaigns/journal/postgres-campaign-journal.js";
import { SqliteCampaignJournal } from "../../../src/campaigns/journal/sqlite-campaign-journal.js";
import { SharedPglite } from "../../stores/postgres/clients.js";
import { newPool, setting } from "../../stores/postgres/pools.js";
import { leakWatch } from "../../support/canary.js";
import { postgresService } from "../../support/services/postgres.js";
import { sqliteService } from "../../support/services/sqlite.js";

/** Somewhere to keep campaigns. */
export interface JournalPlace {
  /** Another journal on the same campaigns, with a connection of its own. */
  readonly open: () => Promise<CampaignJournal>;
  readonly close: () => Promise<void>;
}

export interface JournalKind {
  readonly name: string;
  readonly isThere: boolean;
  readonly openPlace: () => Promise<JournalPlace>;
}

leakWatch.observe("SqliteCampaignJournal", SqliteCampaignJournal.prototype);
leakWatch.observe("PostgresCampaignJournal", PostgresCampaignJournal.prototype);

const files = await sqliteService();
const postgres = await postgresService();
const pglite = new SharedPglite();

export const journalKinds: readonly JournalKind[] = [
  { name: "SQLite", isThere: true, openPlace: openFile },
  { name: "Postgres", isThere: postgres !== undefined, openPlace: async () => openSchema("read committed") },
  {
    name: "Postgres, serializable",
    isThere: postgres !== undefined,
    openPlace: async () => openSchema("serializable"),
  },
  { name: "PGlite", isThere: true, openPlace: openPglite },
];

export async function releaseServices(): Promise<void> {
  await pglite[Symbol.asyncDispose]();
  await postgres?.[Symbol.asyncDispose]();
  await files[Symbol.asyncDispose]();
}

async function openFile(): Promise<JournalPlace> {
  const { url } = await files.place();
  const opened: SqliteCampaignJournal[] = [];
  return {
    open: async () => {
      const journal = new SqliteCampaignJournal(url, { busyTimeoutInSeconds: 60 });
      opened.push(journal);
      return journal;
    },
    close: async () => {
      for (const journal of opened) await journal[Symbol.asyncDispose]();
    },
  };
}

async function openSchema(level: string): Promise<JournalPlace> {
  if (postgres === undefined) throw new TypeError("No Postgres.");
  const { name: schema, url } = await postgres.place();
  const pools: ReturnType<typeof newPool>[] = [];
  return {
    open: async () => {
      const pool = newPool(url, { options: setting("default_transaction_isolation", level) });
      pools.push(pool);
      return new PostgresCampaignJournal(pool, { schema });
    },
    close: async () => {
      for (const pool of pools) await pool.end();
    },
  };
}

async function openPglite(): Promise<JournalPlace> {
  const schema = randomUUID();
  return {
    open: async () => new PostgresCampaignJournal((await pglite.open()).client, { schema }),
    close: async () => {},
  };
}
