import { randomUUID } from "node:crypto";
import { createClient, type RedisClientType } from "redis";

import { RedisSuppressionStore } from "../../../src/stores/redis/redis-suppression-store.js";
import type { StoreAddress } from "../../stores/open-store.js";
import { startRedisServer } from "./redis-server.js";
import { unavailable, type OwnService, type Service } from "./service.js";

/** A Redis that may be shared with others: the one of `REDIS_URL`, the one of this machine, or else one of our own. */
export async function redisService(): Promise<Service | undefined> {
  const url = process.env["REDIS_URL"] ?? "redis://127.0.0.1:6379";
  if (!(await answers(url))) return ownRedisService();
  const names = new Set<string>();
  return {
    url,
    place: async () => {
      const place = await newPlace(url);
      names.add(place.name);
      return place;
    },
    [Symbol.asyncDispose]: async () => removeKeys(url, names),
  };
}

/** A Redis that keeps what it acknowledged, unless it is flushed. */
export interface OwnRedisService extends OwnService {
  /** Has it lose all it holds. */
  readonly flush: () => Promise<void>;
}

export async function ownRedisService(): Promise<OwnRedisService | undefined> {
  try {
    const server = await startRedisServer(["--appendonly", "yes", "--appendfsync", "always"]);
    const { url } = server;
    return {
      ...server,
      place: async () => newPlace(url),
      flush: async () => connected(url, async (client) => void (await client.flushAll())),
    };
  } catch (error) {
    return unavailable("Redis", String(error));
  }
}

/** A place is a prefix, under which a list has been created. */
async function newPlace(url: string): Promise<StoreAddress> {
  const name = `test-${randomUUID()}`;
  await connected(url, async (client) => new RedisSuppressionStore(client, { prefix: name }).create());
  return { kind: "redis", url, name };
}

async function answers(url: string): Promise<boolean> {
  return connected(url, async () => true).catch(() => false);
}

async function removeKeys(url: string, prefixes: ReadonlySet<string>): Promise<void> {
  await connected(url, async (client) => {
    for await (const keys of client.scanIterator({ MATCH: "test-*", COUNT: 10_000 })) {
      const own = keys.filter((key) => prefixes.has(key.slice(0, key.indexOf(":"))));
      if (own.length > 0) await client.unlink(own);
    }
  });
}

/** With a connection of its own, which rejects where nobody answers. */
async function connected<T>(url: string, use: (client: RedisClientType) => Promise<T>): Promise<T> {
  const client: RedisClientType = createClient({ url, socket: { reconnectStrategy: false } });
  client.on("error", () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}
