/**
 * Opt-outs and handled events in Redis, over your own client of `redis` or `ioredis`.
 *
 * @packageDocumentation
 */
export type {
  Ioredis,
  IoredisCluster,
  NodeRedisClient,
  NodeRedisCluster,
  NodeRedisCommandOptions,
  RedisClient,
} from "./redis-client.js";
export { RedisEventInbox, type RedisEventInboxOptions } from "./redis-event-inbox.js";
export { RedisSuppressionStore, type RedisSuppressionStoreOptions } from "./redis-suppression-store.js";
