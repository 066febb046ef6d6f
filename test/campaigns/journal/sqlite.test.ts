import { stat } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";

import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { SqliteCampaignJournal } from "../../../src/campaigns/journal/sqlite-campaign-journal.js";
import { SqliteSuppressionStore } from "../../../src/stores/sqlite/sqlite-suppression-store.js";
import { canary } from "../../support/canary.js";
import { sqliteService } from "../../support/services/sqlite.js";
import { fact } from "../../support/stores.js";
import { at, campaign, held, planned, results, sentAt, settled, withBatch } from "./conformance/support.js";

const service = await sqliteService();
afterAll(async () => service[Symbol.asyncDispose]());

describe("writes that are asked for at once", () => {
  let database: DatabaseSync;
  let journal: SqliteCampaignJournal;
  const keys = Array.from({ length: 20 }, (_, index) => `k${index}`);

  beforeEach(async () => {
    database = new DatabaseSync(":memory:");
    journal = new SqliteCampaignJournal(database);
    await withBatch(journal, ...keys);
  });
  afterEach(async () => {
    await journal[Symbol.asyncDispose]();
    database.close();
  });

  const commits = () => vi.spyOn(database, "exec").mock;
  const count = ({ calls }: { readonly calls: readonly unknown[][] }): number =>
    calls.filter(([statement]) => statement === "COMMIT").length;

  it("share one transaction, and so one wait for the disk", async () => {
    const mock = commits();
    await Promise.all(keys.map(async (key) => journal.settle(held(1), settled("accepted", key))));
    expect(count(mock)).toBe(1);
    expect(await journal.totals(campaign)).toMatchObject({ accepted: 20, open: 0 });
  });

  it("have a verdict each, where some of them are refused", async () => {
    const calls = await Promise.allSettled([
      journal.plan(at(), [planned(2, ["a", "b"])]),
      journal.plan(at(), [planned(3, ["c", "k0"])]),
      journal.begin(held(1), sentAt),
      journal.plan(at(), [planned(3, ["c"])]),
      journal.settle(held(1), { results: results("accepted", "k1"), firstSentAt: sentAt }),
      journal.recordItems(at(), [{ key: "k2", to: "k2", status: "expired" }]),
      journal.begin(held(1, 7), sentAt),
    ]);
    const verdicts = calls.map((call) => (call.status === "fulfilled" ? call.value : call.status));
    expect(verdicts).toEqual([true, "rejected", true, true, true, "rejected", false]);
    expect(await journal.read(campaign)).toMatchObject({ lastBatch: 3 });
    expect(await journal.lookUp(at(), ["a", "b", "c"])).not.toContain(undefined);
    expect(await journal.claim(campaign, 1)).toMatchObject({ firstSentAt: sentAt });
  });

  it("are all refused while a transaction of the caller's is open, and can be repeated", async () => {
    database.exec("BEGIN");
    const call = () =>
      Promise.allSettled([journal.begin(held(1), sentAt), journal.settle(held(1), settled("accepted"))]);
    expect((await call()).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    database.exec("ROLLBACK");
    expect((await call()).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
  });

  it("are done before the journal is disposed of, and none after that", async () => {
    const { url } = await service.place();
    const file = new SqliteCampaignJournal(url);
    await withBatch(file, "a");
    const beginning = file.begin(held(1), sentAt);
    await file[Symbol.asyncDispose]();
    expect(await beginning).toBe(true);
    await expect(file.open(campaign)).rejects.toThrow("disposed of");
  });
});

describe("the file of a journal", () => {
  it("is for its owner alone, and may hold a store as well", async () => {
    const { url } = await service.place();
    await using journal = new SqliteCampaignJournal(url);
    await using store = new SqliteSuppressionStore(url);
    await withBatch(journal, "a");
    await store.record([fact()]);
    expect((await stat(url)).mode & 0o777).toBe(0o600);
    expect(await journal.unsettled(campaign, 0, 1)).toEqual([1]);
  });

  it("is refused with `create: false` where there is no journal in it", async () => {
    const { url } = await service.place();
    await using store = new SqliteSuppressionStore(url);
    await store.record([fact()]);
    await using journal = new SqliteCampaignJournal(url, { create: false });
    await expect(journal.open(campaign)).rejects.toThrow("has no campaign journal of acs-sms");
  });

  it("holds the text of a batch until its last item is settled, and no longer", async () => {
    const { url } = await service.place();
    await using journal = new SqliteCampaignJournal(url);
    await withBatch(journal, "a", "b");
    const database = new DatabaseSync(url);
    const texts = () => database.prepare("SELECT message FROM acs_sms_campaign_batches").all();
    await journal.settle(held(1), settled("accepted", "a"));
    expect(texts()).toEqual([{ message: canary.text }]);
    await journal.settle(held(1), settled("unknown", "b"));
    expect(texts()).toEqual([{ message: null }]);
    database.close();
  });

  it("holds nothing of a campaign that was forgotten, also where that was interrupted", async () => {
    const { url } = await service.place();
    await using journal = new SqliteCampaignJournal(url);
    await withBatch(journal, "a", "b");
    const database = new DatabaseSync(url);
    database.exec("UPDATE acs_sms_campaigns SET name = NULL");
    expect(await journal.forget(campaign)).toBe(false);
    const count = (table: string) =>
      database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.["count"];
    expect(
      ["campaigns", "campaign_batches", "campaign_items"].map((name) => count(`acs_sms_${name}`)),
    ).toEqual([0, 0, 0]);
    database.close();
  });
});

it("SQLite is not loaded before a file is opened, as Node 22 prints a warning then", () => {
  const load = vi.spyOn(process, "getBuiltinModule");
  const journal = new SqliteCampaignJournal(":memory:");
  expect(journal).toBeDefined();
  expect(load).not.toHaveBeenCalled();
});
