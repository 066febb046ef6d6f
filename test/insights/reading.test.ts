import { DatabaseSync } from "node:sqlite";

import { afterAll, describe, expect, it } from "vitest";

import { SqliteMessageLog } from "../../src/insights/sqlite-message-log.js";
import { rejection } from "../support/clients.js";
import { collect } from "../support/stores.js";
import { sqliteService } from "../support/services/sqlite.js";
import { result } from "./events.js";
import { feed } from "./month/feed.js";
import { simulate } from "./month/simulate.js";

const files = await sqliteService();
afterAll(async () => files[Symbol.asyncDispose]());

const range = { from: new Date(0), to: new Date("2100-01-01") };

describe("a summary of a file", () => {
  it("lets the process go on meanwhile", async () => {
    const { url } = await files.place();
    await using log = new SqliteMessageLog(url);
    await feed(log, simulate(5_000, 3));
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    const { total } = await log.summarize({ ...range, groupBy: ["tag", "day"] });
    clearInterval(timer);
    expect(total.messages).toBeGreaterThan(4_000);
    // Within the process it would be none, or one.
    expect(turns).toBeGreaterThan(5);
  });

  it("knows what was written before it was asked, from several at once", async () => {
    const { url } = await files.place();
    await using log = new SqliteMessageLog(url);
    for (let count = 1; count <= 5; count += 1) {
      log.observe(result(`message ${count}`));
      await log.flush();
      const asked = await Promise.all([1, 2, 3].map(async () => log.summarize(range)));
      expect(asked.map(({ total }) => total.messages)).toEqual([count, count, count]);
    }
  });

  it("ends with its log", async () => {
    const { url } = await files.place();
    const log = new SqliteMessageLog(url);
    await feed(log, simulate(5_000, 3));
    const asked = log.summarize({ ...range, groupBy: ["tag", "day"] });
    const refused = rejection(asked);
    await new Promise((resolve) => setImmediate(resolve));
    await log[Symbol.asyncDispose]();
    expect((await refused).message).toMatch(/disposed of/);
  });

  it("tells what is wrong with the file", async () => {
    const { url } = await files.place();
    await using log = new SqliteMessageLog(url);
    await log.summarize(range);
    using other = new DatabaseSync(url);
    other.exec("DROP TABLE acs_sms_inbound");
    await expect(log.summarize(range)).rejects.toThrow("no such table");
    other.exec("CREATE TABLE acs_sms_inbound AS SELECT * FROM acs_sms_messages");
    await expect(log.summarize(range)).rejects.toThrow("no such index");
    expect(await collect(log.messages(range))).toEqual([]);
  });
});
