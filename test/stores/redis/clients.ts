import { Cluster, Redis } from "ioredis";
import { createClient, createClientPool, createCluster, RESP_TYPES } from "redis";

import type { RedisClient } from "../../../src/stores/redis/redis-client.js";
import type { OpenClient as Openable } from "../openings.js";

/** A client, connected, and its end. */
type OpenClient = Openable<RedisClient>;

/** A cluster client, which can be asked for what it holds to be a read. */
export interface OpenClusterClient extends OpenClient {
  readonly client: RedisClient & { get(key: string): Promise<unknown> };
}

export async function connectNodeRedis(url: string): Promise<OpenClient> {
  return nodeRedis({ url });
}

export async function connectIoredis(url: string): Promise<OpenClient> {
  return ioredis(new Redis(url));
}

/** Every client that the stores take, in each way that changes what it answers. */
export const clients: Record<string, (url: string) => Promise<OpenClient>> = {
  redis: connectNodeRedis,
  "redis with RESP 2": async (url) => nodeRedis({ url, RESP: 2 }),
  "redis with answers in bytes": async (url) =>
    nodeRedis({ url, commandOptions: { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } } }),
  "a pool of redis": async (url) => {
    const client = createClientPool({ url }).on("error", ignore);
    await client.connect();
    return { client, close: () => client.destroy() };
  },
  ioredis: connectIoredis,
  "ioredis with RESP 2": async (url) => ioredis(new Redis(url, { protocol: 2 })),
  "ioredis with answers as RESP 3 has them": async (url) =>
    ioredis(new Redis(url, { protocol: 3, replyMapping: "resp3" })),
  "ioredis with automatic pipelines and numbers as text": async (url) =>
    ioredis(new Redis(url, { enableAutoPipelining: true, stringNumbers: true })),
};

export type ConnectToCluster = (ports: readonly number[]) => Promise<OpenClusterClient>;

/** The two cluster clients, told to take reads to replicas where they may. */
export const clusterClients: Record<string, ConnectToCluster> = {
  "the cluster client of redis": async (ports) => {
    const rootNodes = ports.map((port) => ({ url: `redis://127.0.0.1:${port}` }));
    const client = createCluster({ rootNodes, useReplicas: true });
    await client.connect();
    return { client, close: async () => client.close() };
  },
  "the cluster client of ioredis": async (ports) => {
    const nodes = ports.map((port) => ({ host: "127.0.0.1", port }));
    const client = new Cluster(nodes, { scaleReads: "slave" });
    return { client, close: ioredis(client).close };
  },
};

/** Some tests take the server away: what that does is told by the calls, too. */
const ignore = (): void => {};

async function nodeRedis(options: Parameters<typeof createClient>[0]): Promise<OpenClient> {
  const client = await createClient(options).on("error", ignore).connect();
  return { client, close: () => client.destroy() };
}

function ioredis(client: Redis | Cluster): OpenClient {
  client.on("error", ignore);
  return { client, close: () => client.disconnect() };
}
