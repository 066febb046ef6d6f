import { createSentinel } from "redis";
import { describe, expect, it } from "vitest";

import { RedisEventInbox } from "../../../src/stores/redis/redis-event-inbox.js";
import type { RedisClient } from "../../../src/stores/redis/redis-client.js";
import { RedisSuppressionStore } from "../../../src/stores/redis/redis-suppression-store.js";
import { person } from "../../support/clients.js";
import { wrong } from "../../support/wrong.js";

const client: RedisClient = { call: async () => [] };

describe("a store in Redis and an inbox in Redis", () => {
  it("take no other client", () => {
    const sentinel = createSentinel({ name: "main", sentinelRootNodes: [{ host: "127.0.0.1", port: 1 }] });
    for (const other of [undefined, null, "redis://127.0.0.1", {}, { send: () => {} }, new Map(), sentinel]) {
      for (const made of [RedisSuppressionStore, RedisEventInbox]) {
        expect(() => new made(wrong<RedisClient>(other))).toThrow(TypeError);
        expect(() => new made(wrong<RedisClient>(other))).toThrow(
          /^Expected `client` to be a client or a cluster/,
        );
      }
    }
  });

  it("take no other prefix, and no other word on creation", () => {
    for (const prefix of ["", "a{b}", wrong<string>(7), wrong<string>(null)]) {
      expect(() => new RedisSuppressionStore(client, { prefix })).toThrow(/^Expected `prefix`/);
      expect(() => new RedisEventInbox(client, { prefix })).toThrow(/^Expected `prefix`/);
    }
    expect(() => new RedisSuppressionStore(client, { create: wrong<boolean>("yes") })).toThrow(
      /^Expected `create`/,
    );
  });

  it("refuse answers that are none of a script's", async () => {
    for (const answer of [null, "OK", 7, [7], [Buffer.from("x")], {}]) {
      const other: RedisClient = { call: async () => answer };
      await expect(new RedisSuppressionStore(other).find([person])).rejects.toThrow(TypeError);
      await expect(new RedisEventInbox(other).claim("key", 1)).rejects.toThrow(TypeError);
    }
  });
});
