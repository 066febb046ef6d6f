import { createClient } from "redis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { RedisSuppressionStore } from "../../../src/stores/redis/redis-suppression-store.js";
import { person, rejection } from "../../support/clients.js";
import { ownRedisService } from "../../support/services/redis.js";
import { collect, fact, minute } from "../../support/stores.js";
import { clients } from "./clients.js";

const service = await ownRedisService();
const url = service?.url ?? "";
const admin = createClient({ url });
// It is killed in these tests.
admin.on("error", () => {});

describe.skipIf(service === undefined)("a Redis that", () => {
  beforeAll(async () => void (await admin.connect()));
  beforeEach(async () => {
    await admin.configSet("maxmemory-policy", "noeviction");
    await admin.flushAll();
    await new RedisSuppressionStore(admin).create();
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(async () => {
    admin.destroy();
    await service?.[Symbol.asyncDispose]();
  });

  it("evicts is refused, also before anything is created there, and taken when it no longer does", async () => {
    await admin.configSet("maxmemory-policy", "allkeys-lru");
    const store = new RedisSuppressionStore(admin, { prefix: "new", create: true });
    const keys = await admin.dbSize();
    for (const asked of [() => store.find([person]), () => store.record([fact()]), () => store.create()]) {
      await expect(asked()).rejects.toMatchObject({
        code: "suppression-unavailable",
        message: expect.stringContaining("to be noeviction, got allkeys-lru"),
      });
    }
    expect(await admin.dbSize()).toBe(keys);
    await admin.configSet("maxmemory-policy", "noeviction");
    expect(await store.find([person])).toEqual([[]]);
  });

  it("begins to evict is refused within a minute", async () => {
    const store = new RedisSuppressionStore(admin);
    await store.find([person]);
    await admin.configSet("maxmemory-policy", "volatile-lru");
    const now = performance.now.bind(performance);
    vi.spyOn(performance, "now").mockImplementation(() => now() + 60_001);
    await expect(store.find([person])).rejects.toThrow("got volatile-lru");
    await expect(store.find([person])).rejects.toThrow("got volatile-lru");
  });

  it("has become a replica is not asked", async () => {
    const store = new RedisSuppressionStore(admin);
    await store.record([fact()]);
    // Of nobody who answers: it would serve what it has.
    await admin.sendCommand(["REPLICAOF", "127.0.0.1", "1"]);
    const calls = [
      store.find([person]),
      store.record([fact({ at: minute(1) })]),
      store.record([fact()]),
      collect(store.history(person)),
      collect(store.entries()),
      new RedisSuppressionStore(admin).find([person]),
    ].map(rejection);
    const refusals = await Promise.all(calls);
    await admin.sendCommand(["REPLICAOF", "NO", "ONE"]);
    expect(refusals).toMatchObject(calls.map(() => ({ message: expect.stringMatching(/^READONLY/) })));
    expect(await store.find([person])).toEqual([[fact()]]);
  });

  it("does not tell whether it evicts is refused", async () => {
    await admin.aclSetUser("limited", ["on", ">word", "~*", "+@all", "-info"]);
    const client = await createClient({ url, username: "limited", password: "word" }).connect();
    const refusal = await rejection(new RedisSuppressionStore(client).find([person]));
    client.destroy();
    expect(refusal).toMatchObject({
      code: "suppression-unavailable",
      message: expect.stringContaining("needs the command INFO"),
      cause: expect.objectContaining({ message: expect.stringContaining("NOPERM") }),
    });
  });

  it("is out of memory refuses a fact as a whole, and is asked again with success", async () => {
    const store = new RedisSuppressionStore(admin);
    await store.find([person]);
    await admin.configSet("maxmemory", "1");
    await expect(store.record([fact()])).rejects.toThrow("OOM");
    await admin.configSet("maxmemory", "0");
    expect(await collect(store.history(person))).toEqual([]);
    expect(await store.record([fact()])).toEqual([true]);
  });

  it("was killed still has all that it acknowledged", async () => {
    const facts = Array.from({ length: 100 }, (_, index) => fact({ at: minute(index) }));
    await new RedisSuppressionStore(admin).record(facts);
    await service?.stop();
    await service?.start();
    const client = await createClient({ url }).connect();
    const store = new RedisSuppressionStore(client);
    expect(await collect(store.history(person))).toEqual(facts);
    expect(await store.find([person])).toEqual([facts.slice(-1)]);
    client.destroy();
  });

  for (const [kind, connect] of Object.entries(clients)) {
    it(`has forgotten the scripts is taught them again by ${kind}`, async () => {
      const { client, close } = await connect(url);
      const store = new RedisSuppressionStore(client);
      for (let count = 0; count < 2; count += 1) {
        await store.record([fact({ at: minute(count) })]);
        await admin.scriptFlush();
        expect(await store.find([person])).toEqual([[fact({ at: minute(count) })]]);
        await admin.scriptFlush();
      }
      expect(await collect(store.history(person))).toHaveLength(2);
      await close();
    });

    it(`is away does not keep an aborted call of ${kind} waiting`, async () => {
      const { client, close } = await connect(url);
      const store = new RedisSuppressionStore(client);
      await store.find([person]);
      await service?.stop();
      const controller = new AbortController();
      const { signal: abortSignal } = controller;
      const calls = [
        store.find([person], { abortSignal }),
        store.record([fact()], { abortSignal }),
        collect(store.history(person, { abortSignal })),
        collect(store.entries({ abortSignal })),
      ].map(rejection);
      controller.abort();
      expect(await Promise.all(calls)).toMatchObject(calls.map(() => ({ name: "AbortError" })));
      await service?.start();
      await close();
    });
  }

  it("is asked with a signal that is aborted already is not asked", async () => {
    const client = await createClient({ url }).connect();
    const sendCommand = vi.spyOn(client, "sendCommand");
    const store = new RedisSuppressionStore(client);
    const options = { abortSignal: AbortSignal.abort() };
    for (const call of [
      store.find([person], options),
      store.find([], options),
      store.record([fact()], options),
      collect(store.history(person, options)),
      collect(store.entries(options)),
      store.create(options),
    ])
      await expect(call).rejects.toMatchObject({ name: "AbortError" });
    expect(sendCommand).not.toHaveBeenCalled();
    client.destroy();
  });
});
