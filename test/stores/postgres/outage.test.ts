import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { PostgresClient } from "../../../src/stores/postgres/postgres-client.js";
import { PostgresEventInbox } from "../../../src/stores/postgres/postgres-event-inbox.js";
import { PostgresSuppressionStore } from "../../../src/stores/postgres/postgres-suppression-store.js";
import { SuppressionList } from "../../../src/suppression/suppression-list.js";
import { canary } from "../../support/canary.js";
import { people, rejection } from "../../support/clients.js";
import { ownPostgresService } from "../../support/services/postgres.js";
import { collect, fact, minute } from "../../support/stores.js";
import { Pools } from "./pools.js";

const [person] = canary.numbers;
const service = await ownPostgresService();
const pools = new Pools(service);
afterAll(async () => service?.[Symbol.asyncDispose]());

describe.skipIf(service === undefined)("a Postgres that stops", () => {
  let schema = "";

  beforeEach(async () => {
    schema = await pools.schema();
  });
  afterEach(async () => pools.close());

  it("is an error for whatever is asked, and what it had acknowledged is there when it is back", async () => {
    const pool = pools.connect();
    const store = new PostgresSuppressionStore(pool, { schema });
    const inbox = new PostgresEventInbox(pool, { schema });
    await store.record([fact()]);
    await inbox.complete("event", "token");
    await service?.stop();
    const calls = [
      store.find([person]),
      store.record([fact({ at: minute(1) })]),
      collect(store.entries()),
      collect(store.history(person)),
      inbox.claim("event", 60_000),
      inbox.beginReply("reply", minute(0)),
      new PostgresSuppressionStore(pool, { schema }).find([person]),
    ];
    for (const error of await Promise.all(calls.map(rejection))) expect(error.message).not.toBe("");
    await service?.start();
    expect(await store.find([person])).toEqual([[fact()]]);
    expect(await collect(store.history(person))).toEqual([fact()]);
    expect(await inbox.claim("event", 60_000)).toEqual({ state: "done" });
  });

  it("without a word as its tables are looked for is asked again, through the pool's other connections", async () => {
    const pool = pools.connect();
    let statements = 0;
    const client: PostgresClient = {
      query: async (text, values) => (++statements === 1 ? never() : pool.query(text, values)),
    };
    const store = new PostgresSuppressionStore(client, { schema });
    const list = new SuppressionList(store, { storeTimeoutInSeconds: 0.1 });
    const check = async (): Promise<unknown> => list.check("+18005551234", [person]);
    expect(await rejection(check())).toMatchObject({ code: "suppression-unavailable" });
    const now = performance.now.bind(performance);
    vi.spyOn(performance, "now").mockImplementation(() => now() + 10_000);
    await store.record([fact()]);
    expect(await check()).toMatchObject([{ suppressed: true }]);
  });

  it("half way through a list is an error, and the list can be repeated", async () => {
    const pool = pools.connect();
    const stopping = Promise.withResolvers<void>();
    let statements = 0;
    const client: PostgresClient = {
      query: async (text, values) => {
        if (text.includes("json_to_recordset") && ++statements === 2) stopping.resolve(service?.stop());
        return pool.query(text, values);
      },
    };
    const store = new PostgresSuppressionStore(client, { schema });
    const facts = people(6000).map((recipient) => fact({ recipient }));
    await rejection(store.record(facts));
    await stopping.promise;
    await service?.start();
    expect(await store.record(facts)).toContain(true);
    const recipients = facts.map(({ recipient }) => recipient);
    expect(await store.find(recipients)).toEqual(facts.map((one) => [one]));
    for (const recipient of recipients.filter((_, index) => index % 600 === 0))
      expect(await collect(store.history(recipient))).toHaveLength(1);
  });
});

/** A connection that died unseen answers nothing, and says nothing of it. */
async function never(): Promise<never> {
  return new Promise(() => {});
}
