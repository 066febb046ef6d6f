import { createClient } from "redis";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { RedisEventInbox } from "../../../src/stores/redis/redis-event-inbox.js";
import { RedisSuppressionStore } from "../../../src/stores/redis/redis-suppression-store.js";
import { people, person } from "../../support/clients.js";
import { ownRedisCluster } from "../../support/services/redis-cluster.js";
import type { RedisServer } from "../../support/services/redis-server.js";
import { collect, fact, minute } from "../../support/stores.js";
import { clusterClients, type ConnectToCluster, type OpenClusterClient } from "./clients.js";

const cluster = await ownRedisCluster();
const masters = cluster?.masters ?? [];
const recipients = people(500);
const open: OpenClusterClient[] = [];

async function ask(server: RedisServer | undefined, ...command: string[]): Promise<string> {
  const client = await createClient({ url: server?.url ?? "" }).connect();
  const answer = await client.sendCommand(command);
  client.destroy();
  return JSON.stringify(answer);
}

async function connected(connect: ConnectToCluster): Promise<OpenClusterClient["client"]> {
  const one = await connect(masters.map(({ port }) => port));
  open.push(one);
  return one.client;
}

afterAll(async () => cluster?.[Symbol.asyncDispose]());

for (const [kind, connect] of Object.entries(clusterClients)) {
  describe.skipIf(cluster === undefined)(`with ${kind}`, () => {
    beforeEach(async () => {
      for (const master of masters) await ask(master, "FLUSHALL");
    });
    afterEach(async () => {
      vi.restoreAllMocks();
      for (const one of open.splice(0)) await one.close();
    });

    it("a list is spread over all masters", async () => {
      const store = new RedisSuppressionStore(await connected(connect));
      await expect(store.find([person])).rejects.toMatchObject({ code: "suppression-unavailable" });
      await store.create();
      const facts = recipients.flatMap((recipient) => [
        fact({ recipient, at: minute(2) }),
        fact({ recipient, at: minute(1) }),
      ]);
      expect(await store.record(facts)).toEqual(recipients.flatMap(() => [true, false]));
      expect(await store.find(recipients)).toEqual(recipients.map((_, index) => [facts[2 * index]]));
      expect(await collect(store.history(recipients[0] ?? ""))).toEqual(facts.slice(0, 2));
      expect(await collect(store.entries())).toHaveLength(recipients.length);
      for (const master of masters) expect(Number(await ask(master, "DBSIZE"))).toBeGreaterThan(100);
    });

    it("no replica is asked, though the client asks replicas where it may", async () => {
      const client = await connected(connect);
      const store = new RedisSuppressionStore(client, { create: true });
      await store.record(recipients.map((recipient) => fact({ recipient })));
      await ask(cluster?.replica, "CONFIG", "RESETSTAT");
      for (let count = 0; count < 20; count += 1) {
        await store.find(recipients);
        await collect(store.history(recipients[count] ?? ""));
        // What the client itself holds to be a read.
        await Promise.all(recipients.map(async (key) => client.get(key)));
      }
      await collect(store.entries());
      const asked = await ask(cluster?.replica, "INFO", "commandstats");
      expect(asked).toContain("cmdstat_get:");
      expect(asked).not.toMatch(/cmdstat_eval|cmdstat_hmget|cmdstat_hscan|cmdstat_hgetall/);
    });

    it("one master that evicts is enough to refuse", async () => {
      const store = new RedisSuppressionStore(await connected(connect), { create: true });
      await ask(masters[1], "CONFIG", "SET", "maxmemory-policy", "allkeys-lfu");
      await expect(store.find([person])).rejects.toThrow("got allkeys-lfu");
      await ask(masters[1], "CONFIG", "SET", "maxmemory-policy", "noeviction");
      expect(await store.find([person])).toEqual([[]]);
    });

    it("a master that has lost its data is enough to refuse", async () => {
      const client = await connected(connect);
      const store = new RedisSuppressionStore(client, { create: true });
      await store.find(recipients);
      await ask(masters[2], "FLUSHALL");
      for (const other of [store, new RedisSuppressionStore(client, { create: true })])
        await expect(other.find(recipients)).rejects.toMatchObject({ code: "suppression-unavailable" });
    });

    it("an inbox is spread over all masters", async () => {
      const client = await connected(connect);
      const [inbox, other] = [new RedisEventInbox(client), new RedisEventInbox(client)];
      for (const key of recipients.slice(0, 50)) {
        const claim = await inbox.claim(key, 60_000);
        expect(claim).toMatchObject({ state: "claimed" });
        expect(await other.claim(key, 60_000)).toEqual({ state: "busy" });
        await inbox.complete(key, "token" in claim ? claim.token : "");
        expect(await other.claim(key, 60_000)).toEqual({ state: "done" });
        expect(await inbox.beginReply(key, minute(1))).toEqual({ beganAt: minute(1), isNew: true });
        await inbox.cancelReply(key);
        expect(await other.beginReply(key, minute(2))).toMatchObject({ isNew: true });
      }
      for (const master of masters) expect(Number(await ask(master, "DBSIZE"))).toBeGreaterThan(5);
    });
  });
}
