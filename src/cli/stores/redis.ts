import type { RedisClient } from "../../stores/redis/redis-client.js";
import type { Console } from "../output/console.js";
import type { Purpose, StoreConnection } from "./connection.js";
import { loadPackage } from "./load-package.js";
import type { StoreTarget } from "./store-url.js";

/** A command that cannot connect says so at once; only a server that runs for long is worth waiting for. */
const connectTimeoutInMs = 10_000;

/** Opens a store in Redis, with whichever of its two packages is there. */
export async function openRedis(
  { url, prefix }: Extract<StoreTarget, { kind: "redis" }>,
  { environment, abortSignal }: Console,
  purpose: Purpose,
): Promise<StoreConnection> {
  const { client, close } = await connect(url, environment.folder);
  try {
    const { RedisSuppressionStore } = await import("../../stores/redis/redis-suppression-store.js");
    const ledger = new RedisSuppressionStore(client, { prefix });
    if (purpose === "create") await ledger.create({ abortSignal });
    return { ledger, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Connected {
  readonly client: RedisClient;
  readonly close: () => Promise<void>;
}

async function connect(url: string, folder: string): Promise<Connected> {
  const found = loadPackage(["redis", "ioredis"], "A store in Redis", folder);
  if (found.name === "redis") {
    const socket = { connectTimeout: connectTimeoutInMs, reconnectStrategy: false } as const;
    const client = found.exports.createClient({ url, socket });
    // What fails is also what the next call rejects with.
    client.on("error", () => undefined);
    await client.connect();
    return { client, close: async () => client.destroy() };
  }
  const options = { lazyConnect: true, connectTimeout: connectTimeoutInMs, retryStrategy: () => null };
  const client = new found.exports.Redis(url, options);
  let why: Error | undefined;
  client.on("error", (error: Error) => (why = error));
  await client.connect().catch((error: unknown) => {
    // It rejects with no more than "Connection is closed."
    throw why ?? error;
  });
  return { client, close: async () => client.disconnect() };
}
