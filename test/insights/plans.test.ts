import { DatabaseSync } from "node:sqlite";

import type { Pool } from "pg";
import { afterAll, describe, expect, it } from "vitest";

import { PostgresMessageLog } from "../../src/insights/postgres-message-log.js";
import type { InboundWhere, MessagesWhere } from "../../src/insights/logged-message.js";
import type { MessageLog } from "../../src/insights/message-log.js";
import { SqliteMessageLog } from "../../src/insights/sqlite-message-log.js";
import { detailsOf, sqliteDialect, type Statement } from "../../src/insights/querying/dialect.js";
import { inboundQuery, messagesQuery } from "../../src/insights/querying/reading-query.js";
import { inboundStatement, messagesStatement } from "../../src/insights/querying/reading-sql.js";
import { summaryQuery } from "../../src/insights/querying/summary-query.js";
import { summaryStatement } from "../../src/insights/querying/summary-statement.js";
import { person } from "../support/clients.js";
import { newPool } from "../stores/postgres/pools.js";
import { postgresService } from "../support/services/postgres.js";
import { collect } from "../support/stores.js";
import { questions } from "./month/compare.js";
import { feed } from "./month/feed.js";
import { monthFrom, monthTo, simulate } from "./month/simulate.js";

/*
 * The cost of a summary grows with its range, and that of a page of messages with what it gives: nothing reads through a whole
 * table, and no page puts more in order than what is of one time.
 */

const postgres = await postgresService();
afterAll(async () => postgres?.[Symbol.asyncDispose]());

const byName = (a: string, b: string): number => a.localeCompare(b);

describe("a summary in SQLite", () => {
  const database = new DatabaseSync(":memory:");
  afterAll(() => database.close());

  it.for(questions)("of $name looks up what it reads of the tables", async (question) => {
    await using log = new SqliteMessageLog(database);
    await log.summarize(question);
    const query = summaryQuery(question, 8);
    const values = [query.from, query.to, query.at, detailsOf(query)];
    const plan = database
      .prepare(`EXPLAIN QUERY PLAN ${summaryStatement(query, sqliteDialect)}`)
      .all(...values);
    const steps = plan
      .map(({ detail }) => String(detail))
      .filter((detail) => /^(SCAN|SEARCH) [mdip]\b/.test(detail));
    expect(
      steps
        .map((step) => /^SEARCH (\w) USING (?:INDEX|PRIMARY KEY)/.exec(step)?.[1] ?? step)
        .toSorted(byName),
    ).toEqual(["d", "i", "m", "p"]);
  });
});

describe("a page in SQLite", () => {
  const database = new DatabaseSync(":memory:");
  afterAll(() => database.close());
  const options = { from: new Date(0), to: new Date() };
  const page = { time: options.to.getTime(), key: "", size: 10 };
  const written = (number: string): string => number;
  const messages = (where: MessagesWhere) =>
    messagesStatement(messagesQuery({ ...options, where }, written), page, sqliteDialect);
  const inbound = (where: InboundWhere) =>
    inboundStatement(inboundQuery({ ...options, where }, written), page, sqliteDialect);

  it.for<[string, Statement, string, readonly string[]]>([
    ["messages", messages({}), "m", ["at>? AND at<?"]],
    ["failed messages", messages({ outcome: "failed", code: "4006" }), "m", ["at>? AND at<?"]],
    ["a person's messages", messages({ recipient: person }), "m", ["recipient=? AND at>? AND at<?"]],
    ["what people write", inbound({ intent: "none" }), "i", ["received_at>? AND received_at<?"]],
    [
      "what a person writes",
      inbound({ recipient: person }),
      "i",
      ["recipient=? AND received_at>? AND received_at<?"],
    ],
  ])("of %s looks up what it gives, in order", async ([, { sql, values }, alias, terms]) => {
    await using log = new SqliteMessageLog(database);
    await log.summarize(options);
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
    const steps = plan.map(({ detail }) => String(detail));
    const own = steps.filter((step) => new RegExp(`^(SCAN|SEARCH) ${alias}\\b`).test(step));
    expect(own.map((step) => /^SEARCH \w USING INDEX \w+ \((.*)\)$/.exec(step)?.[1] ?? step)).toEqual(terms);
    const sorts = steps.filter((step) => step.includes("ORDER BY"));
    expect(new Set(sorts)).toEqual(new Set(["USE TEMP B-TREE FOR LAST TERM OF ORDER BY"]));
  });
});

/** A pool that writes down how each question would be answered, with the settings that differ from the default. */
function explainingPool(pool: Pool, plans: string[]) {
  const connect = async () => {
    const connection = await pool.connect();
    const query = async (text: string, values?: unknown[]) => {
      if (/cohort|AS time/.test(text)) {
        const { rows } = await connection.query(`EXPLAIN (SETTINGS) ${text}`, values);
        plans.push(rows.map((row) => String(row["QUERY PLAN"])).join("\n"));
      }
      return connection.query(text, values);
    };
    return {
      query,
      on: connection.on.bind(connection),
      off: connection.off.bind(connection),
      release: connection.release.bind(connection),
    };
  };
  const query = async (text: string, values?: unknown[]) => pool.query(text, values);
  return { query, connect, totalCount: 1 };
}

/** A log of a month in Postgres, and the plans of what it is asked. */
async function explained(body: (log: MessageLog, plans: string[]) => Promise<void>): Promise<void> {
  if (postgres === undefined) return;
  const { name: schema, url } = await postgres.place();
  const pool = newPool(url);
  const plans: string[] = [];
  await using log = new PostgresMessageLog(explainingPool(pool, plans), { schema });
  await feed(log, simulate(8000, 3));
  for (const table of ["messages", "deliveries", "inbound"])
    await pool.query(`ANALYZE "${schema}".acs_sms_${table}`);
  await body(log, plans);
  await log[Symbol.asyncDispose]();
  await pool.end();
}

const from = new Date("2026-11-01T03:07:11Z");
const anHour = { from, to: new Date(from.getTime() + 3_600_000) };

describe.skipIf(postgres === undefined)("Postgres", () => {
  it("looks up what a summary of an hour reads of a month", async () => {
    await explained(async (log, plans) => {
      await log.summarize({ ...anHour, groupBy: ["hour", "tag"] });
      expect(plans).toHaveLength(1);
      expect(plans[0]).toMatch(/^Settings: .*jit = 'off'.*random_page_cost = '1\.1'/m);
      expect(plans[0]).toContain("acs_sms_messages_at");
      expect(plans[0]).not.toContain("Seq Scan on acs_sms");
    });
  });

  it("looks up what a page gives, without putting a month in order", async () => {
    await explained(async (log, plans) => {
      const month = { from: monthFrom, to: monthTo, limit: 20 };
      const pages: readonly (readonly [AsyncIterable<unknown>, index: string, sort: string])[] = [
        [log.messages(month), "acs_sms_messages_at", "Incremental Sort"],
        [
          log.messages({ ...month, where: { outcome: "failed", code: "4000" } }),
          "acs_sms_messages_at",
          "Incremental Sort",
        ],
        [log.messages({ ...month, where: { recipient: person } }), "acs_sms_messages_recipient", "Sort"],
        [log.inbound(month), "acs_sms_inbound_received", "Incremental Sort"],
        [log.inbound({ ...month, where: { recipient: person } }), "acs_sms_inbound_recipient", "Sort"],
      ];
      for (const [page, index, sort] of pages) {
        await collect(page);
        expect(plans.at(-1)).toContain(index);
        expect(plans.at(-1)).toContain(sort);
        expect(plans.at(-1)).not.toContain("Seq Scan on acs_sms");
      }
      expect(plans).toHaveLength(pages.length);
    });
  });
});
