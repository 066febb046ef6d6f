import { PGlite } from "@electric-sql/pglite";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import type pg from "pg";

import { PostgresCampaignJournal } from "../../../src/campaigns/journal/postgres-campaign-journal.js";
import { campaignJournalMigration } from "../../../src/campaigns/journal/postgres-journal-migration.js";
import type { PostgresClient } from "../../../src/stores/postgres/postgres-client.js";
import { postgresMigration } from "../../../src/stores/postgres/migration.js";
import { PostgresSuppressionStore } from "../../../src/stores/postgres/postgres-suppression-store.js";
import { Pools, setting } from "../../stores/postgres/pools.js";
import { canary, leakWatch } from "../../support/canary.js";
import { rejection } from "../../support/clients.js";
import { ownPostgresService } from "../../support/services/postgres.js";
import { fact } from "../../support/stores.js";
import {
  at,
  campaign,
  held,
  person,
  planned,
  results,
  sentAt,
  settled,
  withBatch,
} from "./conformance/support.js";

leakWatch.observe("PostgresCampaignJournal", PostgresCampaignJournal.prototype);

// Of their own: they make users.
const service = await ownPostgresService();
const pools = new Pools(service);
const pglite = new PGlite();
let schema = "";
let pool: pg.Pool;

afterAll(async () => {
  await pglite.close();
  await service?.[Symbol.asyncDispose]();
});

describe.skipIf(service === undefined)("the tables of a journal in Postgres", () => {
  beforeEach(async () => {
    schema = await pools.schema();
    pool = pools.connect();
  });
  afterEach(async () => pools.close());

  it("are made beside the stores', whoever comes first", async () => {
    await new PostgresSuppressionStore(pool, { schema }).record([fact()]);
    await new PostgresCampaignJournal(pool, { schema }).open(campaign);
    const second = await pools.schema();
    await new PostgresCampaignJournal(pool, { schema: second }).open(campaign);
    expect(await new PostgresSuppressionStore(pool, { schema: second }).record([fact()])).toEqual([true]);
  });

  it("are not made with `migrate: false`, and the stores' are none of them", async () => {
    const journal = new PostgresCampaignJournal(pool, { schema, migrate: false });
    await pool.query(postgresMigration({ schema }));
    await expect(journal.open(campaign)).rejects.toThrow(
      "has no campaign tables of acs-sms, and `migrate` is false",
    );
    await pool.query(campaignJournalMigration({ schema }));
    await pool.query(campaignJournalMigration({ schema }));
    expect(await journal.open(campaign)).toMatchObject({ run: 1 });
  });

  it("may have any name for their schema, or be where the search path leads", async () => {
    const odd = `${schema.slice(5, 13)} "é'\\; --`;
    await withBatch(new PostgresCampaignJournal(pool, { schema: odd }), "a");
    await pool.query(`CREATE SCHEMA "${schema}"`);
    const there = pools.connect({ options: setting("search_path", `"${schema}"`) });
    await withBatch(new PostgresCampaignJournal(there), "a");
    const known = new PostgresCampaignJournal(pool, { schema, migrate: false });
    expect(await known.unsettled(campaign, 0, 1)).toEqual([1]);
  });

  it("of a newer version are refused, while the stores go on", async () => {
    await pool.query(postgresMigration({ schema }));
    await pool.query(campaignJournalMigration({ schema }));
    await pool.query(`UPDATE "${schema}".acs_sms_schema SET version = 2 WHERE part = 'campaigns'`);
    const refusal = "The campaign tables of acs-sms in the Postgres database have version 2";
    await expect(new PostgresCampaignJournal(pool, { schema }).open(campaign)).rejects.toThrow(refusal);
    expect(await new PostgresSuppressionStore(pool, { schema }).find([person])).toEqual([[]]);
  });

  it("can be used by one who has the documented rights", async () => {
    await pool.query(campaignJournalMigration({ schema }));
    const there = `"${schema}"`;
    const tables = ["s", "_batches", "_items"].map((end) => `${there}.acs_sms_campaign${end}`);
    await pool.query(`
      CREATE ROLE campaigner LOGIN;
      GRANT USAGE ON SCHEMA ${there} TO campaigner;
      GRANT SELECT ON ${there}.acs_sms_schema TO campaigner;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ${tables.join(", ")} TO campaigner`);
    const limited = pools.connect({ connectionString: service?.url.replace("postgres@", "campaigner@") });
    const journal = new PostgresCampaignJournal(limited, { schema });
    await withBatch(journal, "a");
    await journal.lookUp(at(), ["a"]);
    await journal.begin(held(1), sentAt);
    await journal.claim(campaign, 1);
    await journal.settle(held(1, 2), settled("accepted", "a"));
    await journal.recordItems(
      at(),
      results("expired", "x").map((result) => ({ ...result, to: person })),
    );
    expect(await journal.open(campaign)).toMatchObject({ run: 2 });
    expect(await journal.forget(campaign)).toBe(true);
  });

  it("hold the text of a batch until its last item is settled, and no longer", async () => {
    const journal = new PostgresCampaignJournal(pool, { schema });
    await withBatch(journal, "a", "b");
    const texts = async () =>
      (await pool.query(`SELECT message FROM "${schema}".acs_sms_campaign_batches`)).rows;
    await journal.settle(held(1), settled("accepted", "a"));
    expect(await texts()).toEqual([{ message: canary.text }]);
    await journal.settle(held(1), settled("unknown", "b"));
    expect(await texts()).toEqual([{ message: null }]);
  });

  it("are on the disk when a call resolves, also where the caller has switched that off", async () => {
    const lax = pools.connect({ options: setting("synchronous_commit", "off"), max: 1 });
    const seen: unknown[] = [];
    const client: PostgresClient = {
      query: async (text, values) => {
        const during = "(SELECT current_setting('synchronous_commit'))";
        const { rows } = await lax.query(text.replace("pg_is_in_recovery()", `${during} = 'none'`), values);
        seen.push(
          (await lax.query(`SELECT pg_current_wal_lsn() <= pg_current_wal_flush_lsn() AS kept`)).rows[0]
            ?.kept,
        );
        return { rows };
      },
    };
    await withBatch(new PostgresCampaignJournal(lax, { schema }), "a");
    const journal = new PostgresCampaignJournal(client, { schema });
    await journal.lookUp(at(), ["a"]);
    seen.length = 0;
    await journal.begin(held(1), sentAt);
    await journal.settle(held(1), settled("accepted", "a"));
    expect(seen).toEqual([true, true]);
  });
});

const clients: Record<string, () => PostgresClient> = { pg: () => pools.connect(), PGlite: () => pglite };

for (const [kind, connect] of Object.entries(clients)) {
  describe.skipIf(kind === "pg" && service === undefined)(`an error of ${kind}`, () => {
    afterEach(async () => pools.close());

    it("shows neither a number nor a key nor a text", async () => {
      const client = connect();
      const name = service === undefined ? "refusing" : await pools.schema();
      const journal = new PostgresCampaignJournal(client, { schema: name });
      await journal.open(campaign);
      await client.query(`CREATE FUNCTION "${name}".refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '[refused] %', NEW USING DETAIL = '${person}', HINT = to_json(NEW)::text; END $$`);
      for (const table of ["acs_sms_campaign_items", "acs_sms_campaign_batches"])
        await client.query(`CREATE TRIGGER refuse BEFORE INSERT ON "${name}".${table}
          FOR EACH ROW EXECUTE FUNCTION "${name}".refuse()`);
      const key = "key of somebody";
      const calls = [
        journal.plan(at(), [planned(1, [key, person])]),
        journal.recordItems(at(), [{ key, to: person, status: "invalid", errorMessage: canary.text }]),
      ];
      for (const error of await Promise.all(calls.map(rejection))) {
        expect(error).toMatchObject({ code: "P0001", message: expect.stringContaining("[refused]") });
        expect(Object.keys(error)).toEqual(["code"]);
        expect(error.message).not.toContain(key);
      }
    });
  });
}
