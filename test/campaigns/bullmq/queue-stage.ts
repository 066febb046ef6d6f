import { Redis } from "ioredis";

import { CampaignQueue } from "../../../src/campaigns/bullmq/queue/campaign-queue.js";
import type { CampaignQueueOptions } from "../../../src/campaigns/bullmq/queue/queue-types.js";
import { CampaignWorker } from "../../../src/campaigns/bullmq/worker/campaign-worker.js";
import type { CampaignWorkerOptions } from "../../../src/campaigns/bullmq/worker/worker-types.js";
import type { SmsClient } from "../../../src/client/sms-client.js";
import type { EmulatorOptions } from "../../../src/emulator/settings/options.js";
import { RateLimiter } from "../../../src/rates/rate-limiter.js";
import { canary } from "../../support/canary.js";
import { setStage, type Stage } from "../stage.js";

/** Where the jobs of one test are. */
export interface RedisPlace {
  readonly url: string;
  /** All keys of the test begin with it. */
  readonly prefix: string;
}

/** A stage with a queue, and workers of this process. */
export interface QueueStage extends AsyncDisposable {
  readonly stage: Stage;
  readonly redis: Redis;
  readonly queue: (options?: Partial<CampaignQueueOptions>) => CampaignQueue;
  readonly worker: (options?: Partial<CampaignWorkerOptions>, sms?: SmsClient) => CampaignWorker;
  /** What workers and queues told in the background. */
  readonly errors: Error[];
}

export async function setQueueStage(
  { url, prefix }: RedisPlace,
  options: EmulatorOptions = {},
): Promise<QueueStage> {
  const stage = await setStage(options);
  const redis = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  redis.on("error", () => undefined);
  const errors: Error[] = [];
  const open: AsyncDisposable[] = [];
  const { journal } = stage;
  const common = { connection: redis, journal, prefix, onError: (error: Error) => void errors.push(error) };
  return {
    stage,
    redis,
    errors,
    queue: (more = {}) => opened(open, new CampaignQueue({ ...common, ...more })),
    worker: (more = {}, sms = stage.sms) => {
      const rateLimiter = new RateLimiter({ rate: Infinity });
      return opened(open, new CampaignWorker(sms, { ...common, rateLimiter, ...more }));
    },
    async [Symbol.asyncDispose]() {
      for (const one of open) await one[Symbol.asyncDispose]();
      redis.disconnect();
      await stage[Symbol.asyncDispose]();
    },
  };
}

function opened<T extends AsyncDisposable>(open: AsyncDisposable[], one: T): T {
  open.push(one);
  return one;
}

/** Everything that Redis holds under a prefix, as text. */
export async function contentOf(redis: Redis, prefix: string): Promise<string> {
  const texts: string[] = [];
  for (const key of await redis.keys(`${prefix}:*`)) texts.push(key, await dumped(redis, key));
  return texts.join("\n");
}

async function dumped(redis: Redis, key: string): Promise<string> {
  switch (await redis.type(key)) {
    case "hash":
      return JSON.stringify(await redis.hgetall(key));
    case "list":
      return JSON.stringify(await redis.lrange(key, 0, -1));
    case "set":
      return JSON.stringify(await redis.smembers(key));
    case "zset":
      return JSON.stringify(await redis.zrange(key, "0", "-1"));
    case "stream":
      return JSON.stringify(await redis.xrange(key, "-", "+"));
    default:
      return (await redis.get(key)) ?? "";
  }
}

/** Which of these, or of the canaries, a text shows. */
export function privateIn(text: string, numbers: readonly string[] = []): string[] {
  const secrets = [...canary.numbers, ...numbers].map((number) => number.slice(1));
  return [...secrets, canary.text, canary.accessKey].filter((secret) => text.includes(secret));
}
