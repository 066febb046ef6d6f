import { afterAll, afterEach, describe, expect, it } from "vitest";

import type { InboundOptions, MessageOutcome, MessagesOptions } from "../../src/insights/logged-message.js";
import type { MessageLogOptions, SummaryOptions } from "../../src/insights/message-log.js";
import { messageLogMigration } from "../../src/insights/postgres-log-migration.js";
import { PostgresMessageLog } from "../../src/insights/postgres-message-log.js";
import { SqliteMessageLog } from "../../src/insights/sqlite-message-log.js";
import { summarize } from "../../src/insights/summarize.js";
import { Pools } from "../stores/postgres/pools.js";
import { ownPostgresService } from "../support/services/postgres.js";
import { wrong } from "../support/wrong.js";
import { delivery, inbound, range, result } from "./events.js";

const postgres = await ownPostgresService();
const pools = new Pools(postgres);
afterAll(async () => postgres?.[Symbol.asyncDispose]());

describe("the options of a log", () => {
  it.for<[string, MessageLogOptions]>([
    ["hashKey", { hashKey: wrong(7) }],
    ["keepTexts", { keepTexts: wrong("yes") }],
    ["maxWaiting", { maxWaiting: 0 }],
    ["onLoss", { onLoss: wrong("warn") }],
    ["disposeTimeoutInSeconds", { disposeTimeoutInSeconds: -1 }],
  ])("are refused for a bad `%s`", ([name, options]) => {
    expect(() => new SqliteMessageLog(":memory:", options)).toThrow(`\`${name}\``);
    const client = { query: () => Promise.reject(new Error("not asked")) };
    expect(() => new PostgresMessageLog(client, options)).toThrow(`\`${name}\``);
  });

  it("may be left out, or `undefined`", async () => {
    await using log = new SqliteMessageLog(":memory:", { synchronous: undefined, onLoss: undefined });
    expect(log.state).toEqual({ waiting: 0, written: 0, lost: 0 });
  });
});

describe("the options of a summary", () => {
  it.for<[string, Partial<SummaryOptions>]>([
    ["from", { from: wrong("today") }],
    ["to", { to: new Date(Number.NaN) }],
    ["to", { to: new Date(range.from.getTime() - 1) }],
    ["at", { at: wrong(0) }],
    ["groupBy", { groupBy: wrong("tag") }],
    ["groupBy", { groupBy: [wrong("year")] }],
    ["where", { where: wrong("tag") }],
    ["where", { where: wrong({ colour: "red" }) }],
    ["where.tag", { where: { tag: wrong(7) } }],
    ["timeZone", { timeZone: "Mars/Olympus" }],
    ["timeZone", { timeZone: wrong(7) }],
    ["prices", { prices: wrong("free") }],
  ])("are refused for a bad `%s`", async ([name, options]) => {
    await using log = new SqliteMessageLog(":memory:");
    await expect(summarize(log, { ...range, ...options })).rejects.toThrow(`\`${name}`);
  });

  it("may leave groups out, and properties without a wish", async () => {
    await using log = new SqliteMessageLog(":memory:");
    log.observe(result("a"));
    await log.flush();
    const { groups, total } = await summarize(log, {
      ...range,
      groupBy: undefined,
      where: { tag: undefined },
    });
    expect(groups).toEqual([{ key: {}, ...total }]);
    expect(total.messages).toBe(1);
    await expect(summarize(wrong({}), range)).rejects.toThrow("`log`");
    await expect(log.prune(wrong("yesterday"))).rejects.toThrow("`before`");
  });
});

describe("the options of reading", () => {
  it.for<[string, Partial<MessagesOptions>]>([
    ["from", { from: wrong("today") }],
    ["to", { to: new Date(range.from.getTime() - 1) }],
    ["at", { at: wrong(0) }],
    ["where", { where: wrong("tag") }],
    ["where", { where: wrong({ colour: "red" }) }],
    ["where.tag", { where: { tag: wrong(7) } }],
    ["where.recipient", { where: { recipient: "(425) 555-0123" } }],
    ["where.outcome", { where: { outcome: [wrong<MessageOutcome>("accepted")] } }],
    ["where.code", { where: { code: "4o06" } }],
    ["where.code", { where: { code: wrong(4006) } }],
    ["limit", { limit: 0 }],
    ["limit", { limit: 1.5 }],
  ])("are refused for a bad `%s`, at once", async ([name, options]) => {
    await using log = new SqliteMessageLog(":memory:");
    expect(() => log.messages({ ...range, ...options })).toThrow(`\`${name}`);
  });

  it.for<[string, Partial<InboundOptions>]>([
    ["to", { to: wrong(undefined) }],
    ["where", { where: wrong({ tag: "sale" }) }],
    ["where.intent", { where: { intent: wrong("stop") } }],
    ["where.recipient", { where: { recipient: "12345" } }],
    ["limit", { limit: wrong("all") }],
  ])("of what people write are refused for a bad `%s`, at once", async ([name, options]) => {
    await using log = new SqliteMessageLog(":memory:");
    expect(() => log.inbound({ from: range.from, to: range.to, ...options })).toThrow(`\`${name}`);
  });
});

describe.skipIf(postgres === undefined)("the tables of a log in Postgres", () => {
  afterEach(async () => pools.close());

  it("are not made with `migrate: false`, and can be used by one who has the documented rights", async () => {
    const schema = await pools.schema();
    const pool = pools.connect();
    const refused = new PostgresMessageLog(pool, { schema, migrate: false });
    await expect(refused.summarize(range)).rejects.toThrow("has no message log tables of acs-sms");
    await pool.query(messageLogMigration({ schema }));
    await pool.query(messageLogMigration({ schema }));
    const there = `"${schema}"`;
    const tables = ["messages", "deliveries", "inbound"].map((table) => `${there}.acs_sms_${table}`);
    await pool.query(`
      CREATE ROLE logger LOGIN;
      GRANT USAGE ON SCHEMA ${there} TO logger;
      GRANT SELECT ON ${there}.acs_sms_schema TO logger;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ${tables.join(", ")} TO logger`);
    const limited = pools.connect({ connectionString: postgres?.url.replace("postgres@", "logger@") });
    await using log = new PostgresMessageLog(limited, { schema, migrate: false });
    for (const event of [result("a"), delivery("a"), inbound("in")]) log.observe(event);
    await log.flush();
    expect((await log.summarize(range)).total).toMatchObject({ delivered: 1, replies: 1 });
    expect(await log.prune(range.to)).toBe(1);
    await log[Symbol.asyncDispose]();
  });
});
