/** A client or a pool of clients of `redis` (node-redis), as `createClient` and `createClientPool` make them. */
export interface NodeRedisClient {
  sendCommand(args: string[], options?: NodeRedisCommandOptions): Promise<unknown>;
}

/** A cluster client of `redis` (node-redis), as `createCluster` makes it. */
export interface NodeRedisCluster {
  readonly masters: readonly unknown[];
  nodeClient(node: unknown): Promise<NodeRedisClient> | NodeRedisClient;
  sendCommand(
    firstKey: string,
    isReadonly: boolean,
    args: string[],
    options?: NodeRedisCommandOptions,
  ): Promise<unknown>;
}

/** What a store says with each command to a client of `redis`. */
export interface NodeRedisCommandOptions {
  typeMapping?: object;
}

/** A `Redis` of `ioredis`. */
export interface Ioredis {
  call(command: string, ...args: string[]): Promise<unknown>;
}

/** A `Cluster` of `ioredis`. */
export interface IoredisCluster extends Ioredis {
  nodes(role: "master"): readonly Ioredis[];
}

/**
 * The caller's own client: of `redis` 5 or 6 (`createClient`, `createClientPool` or `createCluster`, connected) or of
 * `ioredis` 5 or 6 (`Redis` or `Cluster`).
 */
export type RedisClient = NodeRedisClient | NodeRedisCluster | Ioredis | IoredisCluster;
