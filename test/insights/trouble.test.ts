import { DatabaseSync } from "node:sqlite";

import { afterAll, describe, expect, it } from "vitest";

import { PostgresMessageLog } from "../../src/insights/postgres-message-log.js";
import { SqliteMessageLog } from "../../src/insights/sqlite-message-log.js";
import type { MessageLog } from "../../src/insights/message-log.js";
import { people, sender, testClient } from "../support/clients.js";
import { accepted, ScriptedServer } from "../support/scripted-server.js";
import { newPool } from "../stores/postgres/pools.js";
import { ownPostgresService } from "../support/services/postgres.js";
import { sqliteService } from "../support/services/sqlite.js";

const postgres = await ownPostgresService();
const files = await sqliteService();

afterAll(async () => {
  await postgres?.[Symbol.asyncDispose]();
  await files[Symbol.asyncDispose]();
});

/** Sends to so many people, one message each, and says how many the service took. */
async function send(server: ScriptedServer, log: MessageLog, count: number): Promise<number> {
  const sms = testClient(server, { observers: [log] });
  const results = await sms.send({ from: sender, to: people(count), message: "Hi" });
  return results.filter(({ status }) => status === "accepted").length;
}

const always = { from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 3_600_000) };

describe.skipIf(postgres === undefined)("a log whose Postgres goes away", () => {
  it("holds up no message, and loses none of them when it comes back", async () => {
    if (postgres === undefined) return;
    const { name: schema, url } = await postgres.place();
    const pool = newPool(url, { connectionTimeoutMillis: 500 });
    await using server = await ScriptedServer.start(accepted);
    await using log = new PostgresMessageLog(pool, { schema });
    expect(await send(server, log, 50)).toBe(50);
    await log.flush();
    await postgres.stop();
    expect(await send(server, log, 150)).toBe(150);
    expect(log.state).toEqual({ waiting: 150, written: 50, lost: 0 });
    await postgres.start();
    await log.flush();
    expect(log.state).toEqual({ waiting: 0, written: 200, lost: 0 });
    expect((await log.summarize(always)).total).toMatchObject({ messages: 200, recipients: 150 });
    await log[Symbol.asyncDispose]();
    await pool.end();
  });
});

describe("a log that is slow", () => {
  it("holds up no message, and tells what it lost", async () => {
    const told: number[] = [];
    await using server = await ScriptedServer.start(accepted);
    const hanging = { query: () => new Promise<never>(() => {}) };
    const options = {
      maxWaiting: 100,
      onLoss: (lost: number) => told.push(lost),
      disposeTimeoutInSeconds: 0.05,
    };
    const log = new PostgresMessageLog(hanging, options);
    expect(await send(server, log, 300)).toBe(300);
    expect(log.state).toEqual({ waiting: 100, written: 0, lost: 200 });
    await log[Symbol.asyncDispose]();
    expect(told.reduce((sum, lost) => sum + lost)).toBe(300);
    expect(log.state).toEqual({ waiting: 0, written: 0, lost: 300 });
  });

  it("waits for its file while somebody else has it", async () => {
    const { url } = await files.place();
    await using server = await ScriptedServer.start(accepted);
    await using log = new SqliteMessageLog(url, { busyTimeoutInSeconds: 0.05 });
    await log.summarize(always);
    using other = new DatabaseSync(url);
    other.exec("BEGIN IMMEDIATE");
    expect(await send(server, log, 10)).toBe(10);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(log.state).toEqual({ waiting: 10, written: 0, lost: 0 });
    other.exec("COMMIT");
    await log.flush();
    expect((await log.summarize(always)).total.accepted).toBe(10);
  });
});

describe("a log whose disk is full", () => {
  it("holds up no message, and goes on when there is room again", async () => {
    using database = new DatabaseSync(":memory:");
    await using server = await ScriptedServer.start(accepted);
    await using log = new SqliteMessageLog(database);
    await log.summarize(always);
    const pages = Number(database.prepare("PRAGMA page_count").get()?.["page_count"]);
    database.exec(`PRAGMA max_page_count = ${pages}`);
    expect(await send(server, log, 300)).toBe(300);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(log.state.waiting).toBeGreaterThan(0);
    database.exec("PRAGMA max_page_count = 1000000");
    await log.flush();
    expect((await log.summarize(always)).total.accepted).toBe(300);
    expect(log.state.lost).toBe(0);
  });
});
