import { PostgresCampaignJournal, SqliteCampaignJournal, type CampaignJournal } from "acs-sms/campaigns";
import { Pool } from "pg";

/** Where a test's journal is. */
export interface JournalPlace {
  readonly kind: "sqlite" | "postgres";
  /** A file, or how to reach the server. */
  readonly url: string;
  /** A schema of Postgres. */
  readonly name: string;
}

export function openJournal({ kind, url, name }: JournalPlace): CampaignJournal {
  if (kind === "sqlite") return new SqliteCampaignJournal(url, { synchronous: "normal" });
  const pool = new Pool({ connectionString: url, max: 5 });
  pool.on("error", () => undefined);
  return new PostgresCampaignJournal(pool, { schema: name });
}
