import { expected } from "../../../errors/expected.js";
import { connectionOf } from "../../../stores/redis/connection.js";
import type { Ioredis } from "../../../stores/redis/redis-client.js";
import { bucketScript } from "./bucket-script.js";

/** A `Redis` or `Cluster` of `ioredis` 5 or 6. */
export interface IoredisClient extends Ioredis {
  multi(): unknown;
}

/** What `RateLimiterRedis` asks of a client. */
export interface StoreClient {
  rlflxIncr(args: readonly string[]): Promise<readonly number[]>;
  multi(): unknown;
}

/**
 * A client for `RateLimiterRedis`. Not the caller's own: there it would define its command, under a name that it always
 * takes, and change the limits of whoever else uses that package with the same client.
 *
 * @throws TypeError for what is no client of `ioredis`.
 */
export function storeClientOf(redis: IoredisClient): StoreClient {
  const isClient =
    typeof redis === "object" && typeof redis?.call === "function" && typeof redis.multi === "function";
  if (!isClient) throw expected("redis", "a client of the package `ioredis`", redis);
  const connection = connectionOf(redis);
  return {
    rlflxIncr: async ([key = "", ...args]) => (await bucketScript.run(connection, [key], args)).map(Number),
    multi: () => redis.multi(),
  };
}
