import { createClient } from "redis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { SmsClient } from "../../../src/client/sms-client.js";
import { startEmulator } from "../../../src/emulator/emulator.js";
import {
  RedisSuppressionStore,
  type RedisSuppressionStoreOptions,
} from "../../../src/stores/redis/redis-suppression-store.js";
import { SuppressionList } from "../../../src/suppression/suppression-list.js";
import { people, person, rejection, sender, text } from "../../support/clients.js";
import { ownRedisService } from "../../support/services/redis.js";
import { collect, fact } from "../../support/stores.js";

const service = await ownRedisService();
const client = createClient({ url: service?.url ?? "" });
const unavailable = { name: "SmsError", code: "suppression-unavailable" };

const openStore = (options?: RedisSuppressionStoreOptions): RedisSuppressionStore =>
  new RedisSuppressionStore(client, options);

/** How a store refuses whatever it can be asked. */
async function refusals(store: RedisSuppressionStore): Promise<Error[]> {
  return Promise.all([
    rejection(store.find([person])),
    rejection(store.record([fact()])),
    rejection(collect(store.history(person))),
    rejection(collect(store.entries())),
  ]);
}

function all(why: RegExp): unknown[] {
  return Array.from({ length: 4 }, () => ({ ...unavailable, message: expect.stringMatching(why) }));
}

const sentinels = async (): Promise<(string | null)[]> =>
  Promise.all(shards.map(async (shard) => client.hGet(`acs-sms:{${shard}}:newest`, "\0sentinel")));
const shards = Array.from({ length: 16 }, (_, shard) => shard);

/** The parts and the masters are looked at once a minute. */
function aMinuteLater(): void {
  const now = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => now() + 60_001);
}

describe.skipIf(service === undefined)("a list in Redis", () => {
  beforeAll(async () => void (await client.connect()));
  beforeEach(async () => {
    await client.configSet("maxmemory-policy", "noeviction");
    await client.flushAll();
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(async () => {
    client.destroy();
    await service?.[Symbol.asyncDispose]();
  });

  it("is refused until it is created", async () => {
    expect(await refusals(openStore())).toMatchObject(all(/is not there.*store\.create\(\)/s));
    expect(await client.dbSize()).toBe(0);
    const store = openStore();
    await expect(store.find([person])).rejects.toMatchObject(unavailable);
    await openStore().create();
    expect(await store.find([person])).toEqual([[]]);
  });

  it("is created once, and stays as it is when it is created again", async () => {
    await openStore().create();
    const created = await sentinels();
    expect(new Set(created).size).toBe(1);
    expect(created[0]).toMatch(/^1:[\da-f-]{36}$/);
    const store = openStore();
    await store.record([fact()]);
    for (const again of [store, openStore()]) await again.create();
    expect(await sentinels()).toEqual(created);
    expect(await store.find([person])).toEqual([[fact()]]);
  });

  it("is one, whoever creates it at once, and all who did can use it", async () => {
    for (let round = 0; round < 5; round += 1) {
      await client.flushAll();
      const clients = await Promise.all(
        shards.map(async () => createClient({ url: service?.url ?? "" }).connect()),
      );
      const stores = clients.map((one) => new RedisSuppressionStore(one, { create: true }));
      await Promise.all(
        stores.map(async (store, index) => (index % 2 === 0 ? store.create() : store.find([person]))),
      );
      expect(new Set(await sentinels()).size).toBe(1);
      for (const store of stores) expect(await store.find(people(20))).toHaveLength(20);
      for (const one of clients) one.destroy();
    }
  });

  it("whose creation was cut short is refused, and created to the end by the next", async () => {
    await openStore().create();
    const [mark = ""] = await sentinels();
    for (const shard of shards.slice(8)) await client.del(`acs-sms:{${shard}}:newest`);
    await client.hSet("acs-sms:{0}:newest", "\0sentinel", `creating ${mark}`);
    expect(await refusals(openStore())).toMatchObject(all(/was not created to the end/));
    await openStore().create();
    expect(await sentinels()).toEqual(shards.map(() => mark));
  });

  it("without a word as it is looked at is looked at again", async () => {
    await openStore().create();
    let isDead = true;
    const half: Pick<typeof client, "sendCommand"> = {
      sendCommand: async (...args) => (isDead ? new Promise<never>(() => {}) : client.sendCommand(...args)),
    };
    const list = new SuppressionList(new RedisSuppressionStore(half), { storeTimeoutInSeconds: 0.1 });
    const check = async (): Promise<unknown> => list.check(sender, [person]);
    expect(await rejection(check())).toMatchObject(unavailable);
    isDead = false;
    aMinuteLater();
    expect(await check()).toEqual([{ suppressed: false }]);
  });

  it("that was flushed is refused, by who knew it and by who starts then", async () => {
    const store = openStore({ create: true });
    await store.record([fact()]);
    await client.flushAll();
    expect(await refusals(store)).toMatchObject(all(/is gone/));
    expect(await refusals(openStore())).toMatchObject(all(/is not there/));
    await expect(store.create()).rejects.toMatchObject(unavailable);
    expect(await client.dbSize()).toBe(0);
  });

  it("that was flushed has nothing sent", async () => {
    await using emulator = await startEmulator();
    const suppression = new SuppressionList(openStore({ create: true }));
    const sms = new SmsClient(emulator.connectionString, { suppression, allowInsecureConnection: true });
    await suppression.handleMessage({ from: person, to: sender, message: "STOP" });
    const request = { from: sender, to: [person, ...people(2)], message: text };
    expect((await sms.send(request)).map(({ status }) => status)).toEqual([
      "suppressed",
      "accepted",
      "accepted",
    ]);
    await client.flushAll();
    const sent = emulator.requests().length;
    await expect(sms.send(request)).rejects.toMatchObject({
      code: "suppression-unavailable",
      message: expect.stringContaining("RedisSuppressionStore"),
    });
    expect(emulator.requests()).toHaveLength(sent);
    await openStore().create();
    // Another list has not heard of the opt-out: who knew the first one stays away from it.
    await expect(suppression.check(sender, [person])).rejects.toMatchObject({
      code: "suppression-unavailable",
    });
  });

  it("that was created anew is refused by who knew the one before", async () => {
    const store = openStore({ create: true });
    await store.find([person]);
    await client.flushAll();
    await openStore().create();
    expect(await refusals(store)).toMatchObject(all(/is not the one that this process began with/));
    aMinuteLater();
    expect(await refusals(store)).toMatchObject(all(/is not the one that this process began with/));
    await expect(store.create()).rejects.toMatchObject(unavailable);
    expect(await openStore().find([person])).toEqual([[]]);
  });

  it("that has lost a shard is refused, there at once and after a minute everywhere", async () => {
    const store = openStore({ create: true });
    const recipients = people(200);
    await store.find(recipients);
    for (const shard of [0, 7]) {
      const kept = await client.hGet(`acs-sms:{${shard}}:newest`, "\0sentinel");
      await client.del(`acs-sms:{${shard}}:newest`);
      await expect(store.find(recipients)).rejects.toMatchObject(unavailable);
      for (const create of [true, false])
        expect(await refusals(openStore({ create }))).toMatchObject(all(/has lost some of its shards/));
      await expect(openStore().create()).rejects.toMatchObject(unavailable);
      aMinuteLater();
      expect(await refusals(store)).toMatchObject(all(/has lost some of its shards/));
      vi.restoreAllMocks();
      await client.hSet(`acs-sms:{${shard}}:newest`, "\0sentinel", kept ?? "");
    }
    expect(await store.find([person])).toEqual([[]]);
  });

  it("of a later layout is refused", async () => {
    for (const shard of shards) await client.hSet(`acs-sms:{${shard}}:newest`, "\0sentinel", "2:other");
    expect(await refusals(openStore({ create: true }))).toMatchObject(all(/another version/));
  });

  it("is of its prefix alone", async () => {
    await openStore({ prefix: "one" }).create();
    expect(await refusals(openStore({ prefix: "two" }))).toMatchObject(
      all(/The suppression list "two" in Redis is not there/),
    );
  });
});
