import { readFile, readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import { PostgresMessageLog } from "../../src/insights/postgres-message-log.js";
import { SqliteMessageLog } from "../../src/insights/sqlite-message-log.js";
import type { MessageLog } from "../../src/insights/message-log.js";
import { newPool } from "../stores/postgres/pools.js";
import { canary } from "../support/canary.js";
import { sender } from "../support/clients.js";
import { postgresService } from "../support/services/postgres.js";
import { sqliteService } from "../support/services/sqlite.js";
import { collect } from "../support/stores.js";
import { delivery, inbound, range, result } from "./events.js";

const files = await sqliteService();
const postgres = await postgresService();

afterAll(async () => {
  await files[Symbol.asyncDispose]();
  await postgres?.[Symbol.asyncDispose]();
});

const hashKey = "a key for the hashes of numbers";
const prices = { currency: "USD", perSegment: { "+1": "0.01", "+1425": "0.02" } };

const text = (): string => canary.text;

/** Two people are texted; one of them answers. */
async function fill(log: MessageLog): Promise<void> {
  for (const [index, to] of canary.numbers.entries()) {
    log.observe(result(`m${index}`, 0, { to, text }));
    log.observe(delivery(`m${index}`, 1000, { to }));
    log.observe(inbound(`in${index}`, 2000 + index, { from: canary.numbers[0], text }));
  }
  log.observe(result("no number", 0, { to: `${canary.text} ${canary.numbers[1]}`, status: "invalid" }));
  await log.flush();
}

/** All that a file, and those beside it, hold. */
async function contentOf(path: string): Promise<string> {
  const names = (await readdir(dirname(path))).filter((name) => name.startsWith(basename(path)));
  const contents = await Promise.all(
    names.map(async (name) => readFile(join(dirname(path), name), "latin1")),
  );
  return contents.join("\n");
}

const known = { messages: 3, recipients: 2, delivered: 2, replies: 2, invalid: 1, responseRate: 0.5 };

/** Also a part of a number that tells it from many. */
const isShown = (content: string): boolean =>
  canary.numbers.some((number) => content.includes(number.slice(-7)));

describe("a log with hashed numbers", () => {
  it("has no number in its file, and joins all the same", async () => {
    const { url } = await files.place();
    await using log = new SqliteMessageLog(url, { hashKey });
    await fill(log);
    const content = await contentOf(url);
    expect(content).toContain(sender);
    expect([isShown(content), content.includes(canary.text)]).toEqual([false, false]);
    const { total, groups } = await log.summarize({
      ...range,
      groupBy: ["country"],
      where: { country: "US" },
      prices,
    });
    expect(groups.map(({ key }) => key.country)).toEqual(["US"]);
    expect(total).toMatchObject({ ...known, messages: 2, invalid: 0, cost: { micros: 40_000 } });
  });

  it.skipIf(postgres === undefined)("has no number in its tables", async () => {
    if (postgres === undefined) return;
    const { name: schema, url } = await postgres.place();
    const pool = newPool(url);
    const log = new PostgresMessageLog(pool, { schema, hashKey: Buffer.from(hashKey) });
    await fill(log);
    const tables = ["messages", "inbound", "deliveries"].map(async (table) =>
      pool.query(`SELECT to_json(t)::text AS row FROM "${schema}".acs_sms_${table} AS t`),
    );
    const content = JSON.stringify((await Promise.all(tables)).map(({ rows }) => rows));
    expect([isShown(content), content.includes(canary.text)]).toEqual([false, false]);
    expect((await log.summarize(range)).total).toMatchObject(known);
    await log[Symbol.asyncDispose]();
    await pool.end();
  });

  it("finds a person's messages only with the same key", async () => {
    const { url } = await files.place();
    await using log = new SqliteMessageLog(url, { hashKey });
    await using other = new SqliteMessageLog(url, { hashKey: "another key for hashes" });
    log.observe(result("a"));
    other.observe(inbound("in"));
    await Promise.all([log.flush(), other.flush()]);
    expect(await log.summarize(range)).toMatchObject({ total: { replies: 0 }, unattributed: { replies: 1 } });
  });

  it("refuses prices that need more of a number than it knows, and keys that could be guessed", async () => {
    await using log = new SqliteMessageLog(":memory:", { hashKey });
    const finer = { currency: "USD", perSegment: { "+14255": 1 } };
    await expect(log.summarize({ ...range, prices: finer })).rejects.toThrow("prefixes of up to 4 digits");
    const weak = "a weak key";
    expect(() => new SqliteMessageLog(":memory:", { hashKey: weak })).toThrow("at least 16 bytes");
    expect(() => new SqliteMessageLog(":memory:", { hashKey: weak })).not.toThrow(weak);
  });
});

describe("a log", () => {
  it("holds numbers as they are, and no text, without a key", async () => {
    const { url } = await files.place();
    await using log = new SqliteMessageLog(url);
    await fill(log);
    const content = await contentOf(url);
    expect([isShown(content), content.includes(canary.text)]).toEqual([true, false]);
    expect((await log.summarize(range)).total).toMatchObject(known);
  });

  it("holds texts where they are wanted, with hashed numbers, too", async () => {
    const { url } = await files.place();
    await using log = new SqliteMessageLog(url, { hashKey, keepTexts: true });
    await fill(log);
    const content = await contentOf(url);
    expect([isShown(content), content.includes(canary.text)]).toEqual([false, true]);
    const texts = (await collect(log.inbound(range))).map(({ text }) => text);
    expect(texts).toEqual([canary.text, canary.text]);
  });

  it("asks for no text that it does not keep", async () => {
    await using log = new SqliteMessageLog(":memory:");
    let asked = 0;
    const counting = (): string => `${(asked += 1)}`;
    log.observe(result("a", 0, { text: counting }));
    log.observe(inbound("in", 0, { text: counting }));
    await log.flush();
    expect([asked, log.state.written]).toEqual([0, 2]);
  });
});
