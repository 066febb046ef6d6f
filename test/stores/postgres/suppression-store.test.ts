import type { PGlite } from "@electric-sql/pglite";
import type pg from "pg";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { postgresMigration } from "../../../src/stores/postgres/migration.js";
import type { PostgresClient } from "../../../src/stores/postgres/postgres-client.js";
import { PostgresEventInbox } from "../../../src/stores/postgres/postgres-event-inbox.js";
import { PostgresSuppressionStore } from "../../../src/stores/postgres/postgres-suppression-store.js";
import { suppressionStatements } from "../../../src/stores/postgres/suppression-statements.js";
import { canary } from "../../support/canary.js";
import { people, rejection } from "../../support/clients.js";
import { postgresService } from "../../support/services/postgres.js";
import { collect, fact, minute } from "../../support/stores.js";
import { wrong } from "../../support/wrong.js";
import { Pools, setting } from "./pools.js";

const [person] = canary.numbers;
const service = await postgresService();
const pools = new Pools(service);
let schema = "";
let pool: pg.Pool;

afterEach(() => vi.restoreAllMocks());
afterAll(async () => service?.[Symbol.asyncDispose]());

describe("a client", () => {
  it.each([undefined, null, {}, "postgres://127.0.0.1", { query: "SELECT 1" }])("is not %j", (client) => {
    const refusal = "Expected `pool` to be a Pool of pg or a PGlite";
    expect(() => new PostgresSuppressionStore(wrong(client))).toThrow(refusal);
    expect(() => new PostgresEventInbox(wrong(client))).toThrow(refusal);
  });

  it.each(["", "a\0b", "$acs_sms$", "é".repeat(32), 7])("takes no schema %j", (schema) => {
    const client = { query: async () => ({ rows: [] }) };
    const refusal = "Expected `schema` to be a name of 1 to 63 bytes";
    expect(() => new PostgresSuppressionStore(client, { schema: wrong(schema) })).toThrow(refusal);
    expect(() => postgresMigration({ schema: wrong(schema) })).toThrow(refusal);
  });

  it("takes no `migrate` but true and false", () => {
    const client = { query: async () => ({ rows: [] }) };
    expect(() => new PostgresEventInbox(client, { migrate: wrong("no") })).toThrow(
      "Expected `migrate` to be a boolean",
    );
  });

  it.each([undefined, {}, { rows: [] }, { rows: [{ answer: 7 }] }, [[], []]])(
    "that answers %j is none of ours, and nobody reads that as an empty list",
    async (answer) => {
      const store = new PostgresSuppressionStore({ query: async () => wrong(answer) });
      await expect(store.find([person])).rejects.toThrow(TypeError);
      await expect(store.record([fact()])).rejects.toThrow(TypeError);
    },
  );

  it("may be any of these", () => {
    const fits = (_client: PostgresClient): void => {};
    const compiles = (pool: pg.Pool, client: pg.PoolClient, pglite: PGlite): void => {
      for (const one of [pool, client, pglite]) fits(one);
    };
    expect(compiles).toBeTypeOf("function");
  });
});

describe.skipIf(service === undefined)("a list in Postgres", () => {
  beforeEach(async () => {
    schema = await pools.schema();
    pool = pools.connect();
  });
  afterEach(async () => pools.close());

  /** A list with a pool of its own, and the codes of the errors that its statements met with. */
  function withCodes(options: pg.PoolConfig): { store: PostgresSuppressionStore; codes: unknown[] } {
    const codes: unknown[] = [];
    const own = pools.connect(options);
    const client: PostgresClient = {
      query: async (text, values) =>
        own.query(text, values).catch((error: unknown) => {
          codes.push(Reflect.get(Object(error), "code"));
          throw error;
        }),
    };
    return { store: new PostgresSuppressionStore(client, { schema }), codes };
  }

  it("tells one of 20 who record one fact at once on several connections that it is news", async () => {
    const stores = Array.from({ length: 4 }, () => new PostgresSuppressionStore(pools.connect(), { schema }));
    for (let round = 0; round < 5; round += 1) {
      const one = fact({ at: minute(round) });
      const calls = Array.from({ length: 20 }, async (_, index) => stores[index % 4]?.record([one]));
      expect((await Promise.all(calls)).flat().filter((changed) => changed)).toHaveLength(1);
    }
  });

  it.each(["read committed", "repeatable read", "serializable"])(
    "ends at the one right state where writers come in opposite orders, at the isolation level %s",
    async (level) => {
      const recipients = people(100);
      const writers = Array.from({ length: 6 }, () =>
        withCodes({ max: 2, options: setting("default_transaction_isolation", level) }),
      );
      await Promise.all(
        writers.map(async ({ store }, writer) => {
          for (let round = 0; round < 3; round += 1) {
            const facts = recipients.map((recipient) => fact({ recipient, at: minute(writer + 6 * round) }));
            await store.record(writer % 2 === 0 ? facts : facts.toReversed());
          }
        }),
      );
      const reader = new PostgresSuppressionStore(pool, { schema });
      expect(await reader.find(recipients)).toEqual(
        recipients.map((recipient) => [fact({ recipient, at: minute(17) })]),
      );
      expect(await collect(reader.history(recipients[50] ?? ""))).toHaveLength(18);
      // One order for all means that nobody waits for one who waits for them.
      const codes = new Set(writers.flatMap((writer) => writer.codes));
      expect([...codes].filter((code) => level === "read committed" || code !== "40001")).toEqual([]);
    },
  );

  it("tries again what lost to others, and not for ever", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const lost = Object.assign(new Error("deadlock detected"), { code: "40P01" });
    let failures = 10;
    const client: PostgresClient = {
      query: async (text, values) => {
        if (failures-- > 0) throw lost;
        return pool.query(text, values);
      },
    };
    const store = new PostgresSuppressionStore(client, { schema });
    expect(await store.record([fact()])).toEqual([true]);
    failures = Infinity;
    expect(await rejection(store.record([fact()]))).toBe(lost);
  });

  it("has a history of any length, in the order of arrival", async () => {
    const store = new PostgresSuppressionStore(pool, { schema });
    const facts = Array.from({ length: 2500 }, (_, index) => fact({ at: minute((index * 7) % 2500) }));
    await store.record(facts.slice(0, 2200));
    await store.record([...facts.slice(100, 200).toReversed(), ...facts.slice(2200)]);
    expect(await collect(store.history(person))).toEqual(facts);
  });

  it("keeps of a fact that comes twice in one list what was written down first", async () => {
    const store = new PostgresSuppressionStore(pool, { schema });
    const again = fact({ recordedAt: minute(50) });
    expect(await store.record([fact(), again])).toEqual([true, false]);
    expect(await store.record([again])).toEqual([false]);
    expect(await store.find([person])).toEqual([[fact()]]);
    expect(await collect(store.history(person))).toEqual([fact()]);
  });

  it("is what it is, whatever the driver makes of numbers, times and booleans", async () => {
    const getTypeParser = (oid: number) => (value: string) => (oid === 25 ? value : { parsed: value });
    const types = wrong<pg.CustomTypesConfig>({ getTypeParser });
    const store = new PostgresSuppressionStore(pools.connect({ types }), { schema });
    const inbox = new PostgresEventInbox(pools.connect({ types }), { schema });
    const far = fact({ at: new Date(-8.64e15), recordedAt: new Date(8.64e15) });
    expect(await store.record([far, fact({ state: "opted-in" })])).toEqual([true, true]);
    expect(await store.find([person])).toEqual([expect.arrayContaining([far, fact({ state: "opted-in" })])]);
    expect(await collect(store.history(person))).toEqual([far, fact({ state: "opted-in" })]);
    expect(await inbox.claim("event", 60_000)).toMatchObject({ state: "claimed" });
    expect(await inbox.claim("event", 60_000)).toEqual({ state: "busy" });
    await inbox.beginReply("reply", minute(0));
    expect(await inbox.beginReply("reply", minute(1))).toEqual({ beganAt: minute(0), isNew: false });
  });

  it("rejects where the driver makes something else of text", async () => {
    const types = wrong<pg.CustomTypesConfig>({ getTypeParser: () => (value: string) => Buffer.from(value) });
    const store = new PostgresSuppressionStore(pools.connect({ types }), { schema });
    await expect(store.find([person])).rejects.toThrow("to be a row with a text");
  });

  it("is searched by its index, also before Postgres has gathered statistics", async () => {
    const store = new PostgresSuppressionStore(pool, { schema });
    await pool.query(postgresMigration({ schema }));
    await pool.query(`ALTER TABLE "${schema}".acs_sms_suppression SET (autovacuum_enabled = off)`);
    await store.record(people(9000).map((recipient) => fact({ recipient })));
    const asked = JSON.stringify(people(100));
    const { rows } = await pool.query<Record<string, string>>(
      `EXPLAIN ${suppressionStatements(schema).find}`,
      [asked],
    );
    const plan = rows.flatMap(Object.values).join("\n");
    expect(plan).toContain("acs_sms_suppression_pkey");
    expect(plan).not.toContain("Seq Scan on acs_sms_suppression");
  });

  it.each([
    ["off", "on"],
    ["local", "local"],
    ["remote_apply", "remote_apply"],
  ])("is on the disk when it is acknowledged: synchronous_commit %s becomes %s", async (before, after) => {
    const client = await pool.connect();
    try {
      const store = new PostgresSuppressionStore(client, { schema });
      await store.record([fact({ at: minute(1) })]);
      await client.query(`BEGIN; SET LOCAL synchronous_commit = ${before}`);
      // An older fact, which changes the history alone.
      await store.record([fact()]);
      const { rows } = await client.query("SHOW synchronous_commit");
      expect(rows).toEqual([{ synchronous_commit: after }]);
      await client.query("COMMIT");
    } finally {
      client.release();
    }
  });

  it("does not keep a caller waiting who has given up", async () => {
    const store = new PostgresSuppressionStore(pool, { schema });
    await store.record([fact()]);
    const other = await pool.connect();
    try {
      await other.query(`BEGIN; LOCK TABLE "${schema}".acs_sms_suppression IN ACCESS EXCLUSIVE MODE`);
      const controller = new AbortController();
      const options = { abortSignal: controller.signal };
      const calls = [
        store.find([person], options),
        store.record([fact({ at: minute(1) })], options),
        collect(store.entries(options)),
      ].map(rejection);
      controller.abort();
      expect(await Promise.all(calls)).toMatchObject(calls.map(() => ({ name: "AbortError" })));
    } finally {
      await other.query("ROLLBACK");
      other.release();
    }
    await store.record([fact({ at: minute(2) })]);
    expect(await store.find([person])).toEqual([[fact({ at: minute(2) })]]);
  });

  it("is not asked where the caller has given up before", async () => {
    const query = vi.spyOn(pool, "query");
    const store = new PostgresSuppressionStore(pool, { schema });
    const options = { abortSignal: AbortSignal.abort() };
    for (const call of [
      store.find([person], options),
      store.find([], options),
      store.record([fact()], options),
      collect(store.history(person, options)),
      collect(store.entries(options)),
    ])
      await expect(call).rejects.toMatchObject({ name: "AbortError" });
    expect(query).not.toHaveBeenCalled();
  });

  it("stops between two statements of a long list when the caller gives up", async () => {
    const controller = new AbortController();
    const recipients = people(6000);
    const own = new PostgresSuppressionStore(pool, { schema });
    await own.record([fact()]);
    let statements = 0;
    const client: PostgresClient = {
      query: async (text, values) => {
        const answer = await pool.query(text, values);
        if (text.includes("json_to_recordset") && ++statements === 1) controller.abort();
        return answer;
      },
    };
    const store = new PostgresSuppressionStore(client, { schema });
    const facts = recipients.map((recipient) => fact({ recipient }));
    await expect(store.record(facts, { abortSignal: controller.signal })).rejects.toThrow("aborted");
    expect(statements).toBe(1);
    expect((await store.record(facts)).filter((changed) => changed)).toHaveLength(4000);
  });
});
