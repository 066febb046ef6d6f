import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { SqliteEventInbox } from "../../../src/stores/sqlite/sqlite-event-inbox.js";
import { SqliteSuppressionStore } from "../../../src/stores/sqlite/sqlite-suppression-store.js";
import { fact } from "../../support/stores.js";

const [lease, hour] = [60_000, 3_600_000];
let folder: string;
let database: DatabaseSync;
let inbox: SqliteEventInbox;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-03-02T12:00:00Z") });
  folder = await mkdtemp(join(tmpdir(), "acs-sms-sqlite-"));
  const path = join(folder, "inbox.sqlite");
  inbox = new SqliteEventInbox(path);
  database = new DatabaseSync(path);
});

afterEach(async () => {
  vi.useRealTimers();
  await inbox[Symbol.asyncDispose]();
  database.close();
  await rm(folder, { recursive: true });
});

const later = (ms: number): void => void vi.setSystemTime(Date.now() + ms);

async function complete(key: string): Promise<void> {
  const claim = await inbox.claim(key, lease);
  if (claim.state !== "claimed") throw new TypeError(`expected a claim, got ${claim.state}`);
  await inbox.complete(key, claim.token);
}

const stateOf = async (key: string): Promise<string> => (await inbox.claim(key, lease)).state;

const rows = (): number =>
  Number(
    database
      .prepare(
        "SELECT (SELECT count(*) FROM acs_sms_events) + (SELECT count(*) FROM acs_sms_replies) AS count",
      )
      .get()?.["count"],
  );

describe("an inbox in SQLite", () => {
  it("leases by the clock, to the millisecond", async () => {
    expect(await stateOf("event")).toBe("claimed");
    later(lease - 1);
    expect(await stateOf("event")).toBe("busy");
    later(1);
    expect(await stateOf("event")).toBe("claimed");
    expect((await inbox.claim("other", 0.5)).state).toBe("claimed");
  });

  it("knows what is done for longer than events are delivered", async () => {
    await complete("event");
    await inbox.beginReply("reply", new Date());
    await inbox.completeReply("reply", "Outgoing_1");
    later(48 * hour - 1);
    expect(await stateOf("event")).toBe("done");
    expect(await inbox.beginReply("reply", new Date())).toMatchObject({ sentMessageId: "Outgoing_1" });
    later(1);
    expect(await inbox.beginReply("reply", new Date())).toEqual({ beganAt: new Date(), isNew: true });
    expect(await stateOf("event")).toBe("claimed");
  });

  it("removes what is old bit by bit, also what was never ended", async () => {
    for (let index = 0; index < 40; index += 1) await complete(`event ${index}`);
    for (let index = 0; index < 15; index += 1) await inbox.beginReply(`reply ${index}`, new Date());
    expect(await stateOf("its worker died")).toBe("claimed");
    expect(rows()).toBe(56);
    later(49 * hour);
    await complete("new");
    expect(rows()).toBe(56 - 20 + 1);
    for (let index = 0; index < 4; index += 1) await complete(`new ${index}`);
    expect(rows()).toBe(5);
  });

  it("shares its file with a store", async () => {
    const store = new SqliteSuppressionStore(join(folder, "inbox.sqlite"));
    await Promise.all([complete("event"), store.record([fact()])]);
    expect(await stateOf("event")).toBe("done");
    expect(await store.find([fact().recipient])).toEqual([[fact()]]);
    await store[Symbol.asyncDispose]();
  });

  it("refuses tables of a newer version, whatever the store's is", async () => {
    await complete("event");
    database.exec("UPDATE acs_sms_schema SET version = 7 WHERE part = 'event inbox'");
    const [next, store] = [new SqliteEventInbox(database), new SqliteSuppressionStore(database)];
    await expect(next.claim("event", lease)).rejects.toThrow(/event inbox .* has version 7/);
    expect(await store.find([fact().recipient])).toEqual([[]]);
  });
});
