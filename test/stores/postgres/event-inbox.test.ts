import type pg from "pg";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { PostgresEventInbox } from "../../../src/stores/postgres/postgres-event-inbox.js";
import { postgresService } from "../../support/services/postgres.js";
import { minute } from "../../support/stores.js";
import { Pools, setting } from "./pools.js";

const service = await postgresService();
const pools = new Pools(service);
const lease = 60_000;
let schema = "";
let pool: pg.Pool;
let inbox: PostgresEventInbox;

afterAll(async () => service?.[Symbol.asyncDispose]());

describe.skipIf(service === undefined)("an inbox in Postgres", () => {
  beforeEach(async () => {
    schema = await pools.schema();
    pool = pools.connect({ options: setting("search_path", `"${schema}"`) });
    inbox = new PostgresEventInbox(pool, { schema });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await pools.close();
  });

  async function claimOf(key: string): Promise<string> {
    const claim = await inbox.claim(key, lease);
    expect(claim.state).toBe("claimed");
    return claim.state === "claimed" ? claim.token : "";
  }

  it("goes by the clock of the database alone", async () => {
    await claimOf("event");
    await inbox.complete("done", await claimOf("done"));
    await inbox.beginReply("reply", minute(0));
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 100 * 3_600_000);
    expect(await inbox.claim("event", lease)).toEqual({ state: "busy" });
    expect(await inbox.claim("done", lease)).toEqual({ state: "done" });
    expect(await inbox.beginReply("reply", minute(1))).toEqual({ beganAt: minute(0), isNew: false });
  });

  it("keeps a lease, and what is done and sent for 48 hours", async () => {
    await claimOf("event");
    await inbox.complete("done", await claimOf("done"));
    await inbox.beginReply("begun", minute(0));
    await inbox.completeReply("sent", "Outgoing_1");
    const seconds = "round(extract(epoch FROM until - now()))::text AS seconds";
    const { rows: events } = await pool.query(`SELECT ${seconds}, is_done FROM acs_sms_events`);
    const { rows: replies } = await pool.query(`SELECT ${seconds} FROM acs_sms_replies`);
    const twoDays = String(48 * 3600);
    expect(events).toEqual(
      expect.arrayContaining([
        { seconds: "60", is_done: false },
        { seconds: twoDays, is_done: true },
      ]),
    );
    expect(replies).toEqual([{ seconds: twoDays }, { seconds: twoDays }]);
  });

  it("takes what should have been forgotten for new, also before it is removed", async () => {
    await inbox.complete("event", await claimOf("event"));
    await inbox.beginReply("reply", minute(0));
    await inbox.completeReply("reply", "Outgoing_1");
    await expire();
    await claimOf("event");
    expect(await inbox.beginReply("reply", minute(1))).toEqual({ beganAt: minute(1), isNew: true });
    expect(await inbox.beginReply("reply", minute(2))).toEqual({ beganAt: minute(1), isNew: false });
  });

  it("removes what is old as events come, and nothing else", async () => {
    await inbox.complete("old", await claimOf("old"));
    await inbox.completeReply("old", "Outgoing_1");
    await expire();
    for (let index = 0; index < 100; index += 1) await claimOf(`new ${index}`);
    await inbox.beginReply("new", minute(0));
    const { rows: events } = await pool.query("SELECT FROM acs_sms_events");
    const { rows: replies } = await pool.query("SELECT FROM acs_sms_replies");
    expect([events.length, replies.length]).toEqual([100, 1]);
  });

  it("removes so many at a time that no event has to wait for it", async () => {
    await claimOf("first");
    await pool.query(`INSERT INTO acs_sms_events SELECT 'old ' || number, '', now() - interval '1 day', true
      FROM generate_series(1, 20000) AS number`);
    const left: number[] = [];
    for (let index = 0; index < 50; index += 1) {
      await claimOf(`new ${index}`);
      const { rowCount } = await pool.query("SELECT FROM acs_sms_events WHERE key LIKE 'old %'");
      left.push(rowCount ?? 0);
    }
    const removed = left.map((count, index) => (left[index - 1] ?? 20_000) - count);
    expect(new Set(removed)).toEqual(new Set([0, 500]));
  });

  it("lets one of 20 begin at once on several connections", async () => {
    const inboxes = Array.from({ length: 4 }, () => new PostgresEventInbox(pools.connect(), { schema }));
    for (let round = 0; round < 5; round += 1) {
      const key = String(round);
      const claims = Array.from({ length: 20 }, async (_, index) => inboxes[index % 4]?.claim(key, lease));
      const states = (await Promise.all(claims)).map((claim) => claim?.state);
      expect(states.filter((state) => state === "claimed")).toHaveLength(1);
      expect(states.filter((state) => state === "busy")).toHaveLength(19);
      const replies = Array.from({ length: 20 }, async (_, index) =>
        inboxes[index % 4]?.beginReply(key, minute(index)),
      );
      const records = await Promise.all(replies);
      expect(records.filter((record) => record?.isNew)).toHaveLength(1);
      expect(new Set(records.map((record) => record?.beganAt.getTime())).size).toBe(1);
    }
  });

  it("has no key in its tables, only what is worked out from it", async () => {
    await claimOf("Incoming_1");
    await inbox.beginReply("reply 1 to Incoming_1", minute(0));
    const { rows } = await pool.query(
      "SELECT key FROM acs_sms_events UNION ALL SELECT key FROM acs_sms_replies",
    );
    expect(rows).toEqual([
      { key: expect.stringMatching(/^[\w-]{43}$/) },
      { key: expect.stringMatching(/^[\w-]{43}$/) },
    ]);
  });

  /** As if two days had gone by. */
  async function expire(): Promise<void> {
    for (const table of ["acs_sms_events", "acs_sms_replies"])
      await pool.query(`UPDATE ${table} SET until = now() - interval '1 second'`);
  }
});
