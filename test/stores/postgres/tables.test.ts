import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import type pg from "pg";

import { postgresMigration } from "../../../src/stores/postgres/migration.js";
import type { PostgresClient } from "../../../src/stores/postgres/postgres-client.js";
import { PostgresEventInbox } from "../../../src/stores/postgres/postgres-event-inbox.js";
import { PostgresSuppressionStore } from "../../../src/stores/postgres/postgres-suppression-store.js";
import { canary } from "../../support/canary.js";
import { ownPostgresService } from "../../support/services/postgres.js";
import { collect, fact, minute } from "../../support/stores.js";
import { Pools, setting } from "./pools.js";

const [person] = canary.numbers;
// Of their own: they make users and databases.
const service = await ownPostgresService();
const pools = new Pools(service);
let schema = "";
let pool: pg.Pool;

afterAll(async () => service?.[Symbol.asyncDispose]());

describe.skipIf(service === undefined)("the tables in Postgres", () => {
  beforeEach(async () => {
    schema = await pools.schema();
    pool = pools.connect();
  });
  afterEach(async () => pools.close());

  it.each(["read committed", "serializable"])("are made once, however many begin (%s)", async (level) => {
    const options = { max: 1, options: setting("default_transaction_isolation", level) };
    const stores = Array.from(
      { length: 8 },
      () => new PostgresSuppressionStore(pools.connect(options), { schema }),
    );
    await Promise.all(stores.map((store, index) => store.record([fact({ at: minute(index) })])));
    expect(await collect(new PostgresSuppressionStore(pool, { schema }).history(person))).toHaveLength(8);
  });

  it("may be made again, which changes nothing", async () => {
    const store = new PostgresSuppressionStore(pool, { schema });
    await store.record([fact()]);
    await pool.query(postgresMigration({ schema }));
    expect(await store.find([person])).toEqual([[fact()]]);
    expect(await collect(store.history(person))).toEqual([fact()]);
  });

  it("may have any name for their schema", async () => {
    const odd = `${schema.slice(5, 13)} "é'\\; --`;
    const store = new PostgresSuppressionStore(pool, { schema: odd });
    expect(await store.record([fact()])).toEqual([true]);
    expect(await new PostgresSuppressionStore(pool, { schema: odd }).find([person])).toEqual([[fact()]]);
    const { rows } = await pool.query("SELECT FROM pg_namespace WHERE nspname = $1", [odd]);
    expect(rows).toHaveLength(1);
  });

  it("are where the search path leads, without a schema", async () => {
    await pool.query(`CREATE SCHEMA "${schema}"`);
    const there = pools.connect({ options: setting("search_path", `"${schema}"`) });
    await new PostgresSuppressionStore(there).record([fact()]);
    expect(await new PostgresSuppressionStore(pool, { schema, migrate: false }).find([person])).toEqual([
      [fact()],
    ]);
  });

  it("are not made with `migrate: false`, and their absence is no empty list", async () => {
    const store = new PostgresSuppressionStore(pool, { schema, migrate: false });
    const inbox = new PostgresEventInbox(pool, { schema, migrate: false });
    const refusal = /has no tables of acs-sms, and `migrate` is false/;
    await expect(store.find([person])).rejects.toThrow(refusal);
    await expect(store.record([fact()])).rejects.toThrow(refusal);
    await expect(inbox.claim("event", 1000)).rejects.toThrow(refusal);
    await pool.query(postgresMigration({ schema }));
    expect(await store.find([person])).toEqual([[]]);
    expect(await inbox.claim("event", 1000)).toMatchObject({ state: "claimed" });
  });

  it("that are lost are no empty list", async () => {
    const store = new PostgresSuppressionStore(pool, { schema });
    await store.record([fact()]);
    await pool.query(`DROP SCHEMA "${schema}" CASCADE`);
    await expect(store.find([person])).rejects.toMatchObject({ code: "42P01" });
    await expect(collect(store.entries())).rejects.toMatchObject({ code: "42P01" });
  });

  it("can be used by one who has the documented rights, and no other", async () => {
    await pool.query(postgresMigration({ schema }));
    const there = `"${schema}"`;
    await pool.query(`
      CREATE ROLE limited LOGIN;
      GRANT USAGE ON SCHEMA ${there} TO limited;
      GRANT SELECT ON ${there}.acs_sms_schema TO limited;
      GRANT SELECT, INSERT, UPDATE ON ${there}.acs_sms_suppression TO limited;
      GRANT SELECT, INSERT ON ${there}.acs_sms_suppression_history TO limited;
      GRANT USAGE ON SEQUENCE ${there}.acs_sms_suppression_arrival TO limited;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ${there}.acs_sms_events, ${there}.acs_sms_replies TO limited`);
    const limited = pools.connect({ connectionString: service?.url.replace("postgres@", "limited@") });
    const store = new PostgresSuppressionStore(limited, { schema });
    expect(await store.record([fact(), fact({ at: minute(1) })])).toEqual([false, true]);
    expect(await store.find([person])).toEqual([[fact({ at: minute(1) })]]);
    expect(await collect(store.history(person))).toHaveLength(2);
    const inbox = new PostgresEventInbox(limited, { schema });
    for (let index = 0; index < 64; index += 1) await inbox.claim(String(index), 1000);
    expect(await inbox.beginReply("reply", minute(0))).toMatchObject({ isNew: true });

    const elsewhere = new PostgresSuppressionStore(limited, { schema: await pools.schema() });
    await expect(elsewhere.find([person])).rejects.toMatchObject({ code: "42501" });
  });

  it("of a newer version are refused", async () => {
    await pool.query(postgresMigration({ schema }));
    await pool.query(`UPDATE "${schema}".acs_sms_schema SET version = 2`);
    const refusal = "have version 2, and this acs-sms knows version 1";
    await expect(new PostgresSuppressionStore(pool, { schema }).find([person])).rejects.toThrow(refusal);
    await expect(new PostgresEventInbox(pool, { schema }).claim("event", 1000)).rejects.toThrow(refusal);
  });

  it("are looked for again after a failure", async () => {
    let isAway = true;
    const client: PostgresClient = {
      query: async (text, values) => {
        if (isAway) throw new Error("away");
        return pool.query(text, values);
      },
    };
    const store = new PostgresSuppressionStore(client, { schema });
    await expect(store.find([person])).rejects.toThrow("away");
    isAway = false;
    expect(await store.find([person])).toEqual([[]]);
  });

  it("are not taken from a replica, which may not have heard yet", async () => {
    const store = new PostgresSuppressionStore(pool, { schema });
    await store.record([fact()]);
    const replica: PostgresClient = {
      query: async (text, values) => pool.query(text.replaceAll("pg_is_in_recovery()", "true"), values),
    };
    const reader = new PostgresSuppressionStore(replica, { schema });
    await expect(reader.find([person])).rejects.toThrow("is a replica");
    await expect(collect(reader.entries())).rejects.toThrow("is a replica");
  });

  it("are not made where not every text could be stored", async () => {
    await pool.query("CREATE DATABASE latin TEMPLATE template0 ENCODING LATIN1");
    const latin = pools.connect({ connectionString: service?.url.replace(/postgres$/, "latin") });
    await expect(new PostgresSuppressionStore(latin, { schema }).record([fact()])).rejects.toThrow(
      "is not encoded in UTF-8",
    );
  });
});

describe.skipIf(service === undefined)("the history in Postgres", () => {
  let store: PostgresSuppressionStore;

  beforeEach(async () => {
    schema = await pools.schema();
    pool = pools.connect({ options: setting("search_path", `"${schema}"`) });
    store = new PostgresSuppressionStore(pool, { schema });
    await store.record([fact()]);
  });
  afterEach(async () => pools.close());

  it.each([
    "UPDATE acs_sms_suppression_history SET keyword = 'other words'",
    "DELETE FROM acs_sms_suppression_history",
    "TRUNCATE acs_sms_suppression_history",
  ])("refuses %j", async (statement) => {
    await expect(pool.query(statement)).rejects.toThrow("acs_sms_suppression_history is only ever added to");
    expect(await collect(store.history(person))).toEqual([fact()]);
  });

  it("gives up what is deleted on purpose, and nothing else after that", async () => {
    await store.record([fact({ recipient: canary.numbers[1] })]);
    await pool.query(`
      BEGIN;
      ALTER TABLE acs_sms_suppression_history DISABLE TRIGGER acs_sms_only_add;
      DELETE FROM acs_sms_suppression_history WHERE recipient = '${person}';
      DELETE FROM acs_sms_suppression WHERE recipient = '${person}';
      ALTER TABLE acs_sms_suppression_history ENABLE TRIGGER acs_sms_only_add;
      COMMIT;`);
    expect(await store.find(canary.numbers)).toEqual([[], [fact({ recipient: canary.numbers[1] })]]);
    expect(await collect(store.history(person))).toEqual([]);
    await expect(pool.query("DELETE FROM acs_sms_suppression_history")).rejects.toThrow("only ever added to");
  });
});
