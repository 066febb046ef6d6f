import { DatabaseSync } from "node:sqlite";

import { afterAll, describe, expect, it } from "vitest";

import { PostgresMessageLog } from "../../src/insights/postgres-message-log.js";
import { SqliteMessageLog } from "../../src/insights/sqlite-message-log.js";
import type { PostgresClient } from "../../src/stores/postgres/postgres-client.js";
import { detailsOf, sqliteDialect } from "../../src/insights/querying/dialect.js";
import { summaryQuery } from "../../src/insights/querying/summary-query.js";
import { summaryStatement } from "../../src/insights/querying/summary-statement.js";
import { newPool } from "../stores/postgres/pools.js";
import { postgresService } from "../support/services/postgres.js";
import { questions } from "./month/compare.js";
import { simulate } from "./month/simulate.js";

/*
 * The cost of a summary grows with its range: nothing reads through a whole table.
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

describe.skipIf(postgres === undefined)("a summary in Postgres", () => {
  it("of an hour looks up what it reads of a month", async () => {
    if (postgres === undefined) return;
    const { name: schema, url } = await postgres.place();
    const pool = newPool(url);
    const plans: string[] = [];
    const explaining: PostgresClient = {
      query: async (text, values) => {
        if (text.includes("cohort")) {
          const { rows } = await pool.query(`EXPLAIN ${text}`, values);
          plans.push(rows.map((row) => String(row["QUERY PLAN"])).join("\n"));
        }
        return pool.query(text, values);
      },
    };
    await using log = new PostgresMessageLog(explaining, { schema });
    for (const event of simulate(8000, 3)) log.observe(event);
    await log.flush();
    for (const table of ["messages", "deliveries", "inbound"])
      await pool.query(`ANALYZE "${schema}".acs_sms_${table}`);
    const from = new Date("2026-11-01T03:07:11Z");
    await log.summarize({ from, to: new Date(from.getTime() + 3_600_000), groupBy: ["hour", "tag"] });
    expect(plans).toHaveLength(1);
    expect(plans[0]).toContain("acs_sms_messages_at");
    expect(plans[0]).not.toContain("Seq Scan on acs_sms");
    await log[Symbol.asyncDispose]();
    await pool.end();
  });
});
