import { expected } from "../../errors/expected.js";
import type {
  Ioredis,
  IoredisCluster,
  NodeRedisClient,
  NodeRedisCluster,
  RedisClient,
} from "./redis-client.js";

/** What the stores need of a client, whichever it is. */
export interface RedisConnection {
  /** Sends a command to the master that holds `key`, which is one of `args`. */
  readonly send: (key: string, command: string, ...args: string[]) => Promise<unknown>;
  /** Sends a command to each master there is. */
  readonly sendToMasters: (command: string, ...args: string[]) => Promise<readonly unknown[]>;
}

/**
 * Tells the clients apart by what they can do.
 *
 * @throws TypeError for anything that is no such client.
 */
export function connectionOf(client: RedisClient): RedisConnection {
  if (isIoredisCluster(client)) return ofIoredisCluster(client);
  if (isIoredis(client)) return ofIoredis(client);
  if (isNodeRedisCluster(client)) return ofNodeRedisCluster(client);
  if (isNodeRedis(client)) return ofNodeRedis(client);
  throw expected("client", "a client or a cluster client of the package `redis` or `ioredis`", client);
}

function ofIoredis(client: Ioredis): RedisConnection {
  return {
    send: async (_key, command, ...args) => client.call(command, ...args),
    sendToMasters: async (command, ...args) => [await client.call(command, ...args)],
  };
}

function ofIoredisCluster(cluster: IoredisCluster): RedisConnection {
  return {
    send: ofIoredis(cluster).send,
    sendToMasters: async (command, ...args) =>
      Promise.all(cluster.nodes("master").map((node) => node.call(command, ...args))),
  };
}

/** Whatever the client was told to make of answers elsewhere, the stores want plain text. */
const plain = { typeMapping: {} };

function ofNodeRedis(client: NodeRedisClient): RedisConnection {
  return {
    send: async (_key, ...command) => client.sendCommand(command, plain),
    sendToMasters: async (...command) => [await client.sendCommand(command, plain)],
  };
}

function ofNodeRedisCluster(cluster: NodeRedisCluster): RedisConnection {
  return {
    // Never read-only: a replica lags, and may miss an opt-out that was acknowledged.
    send: async (key, ...command) => cluster.sendCommand(key, false, command, plain),
    sendToMasters: async (...command) =>
      Promise.all(
        cluster.masters.map(async (master) => (await cluster.nodeClient(master)).sendCommand(command, plain)),
      ),
  };
}

function isIoredis(client: RedisClient): client is Ioredis {
  return can(client, "call");
}

function isIoredisCluster(client: RedisClient): client is IoredisCluster {
  return can(client, "call") && can(client, "nodes");
}

function isNodeRedisCluster(client: RedisClient): client is NodeRedisCluster {
  return can(client, "sendCommand") && can(client, "nodeClient");
}

/** A client of `createSentinel` takes other arguments. */
function isNodeRedis(client: RedisClient): client is NodeRedisClient {
  return can(client, "sendCommand") && !can(client, "getSentinelNode");
}

function can(client: unknown, method: string): boolean {
  return typeof client === "object" && client !== null && typeof Reflect.get(client, method) === "function";
}
