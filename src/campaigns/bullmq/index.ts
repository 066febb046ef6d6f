/**
 * Campaigns for many machines, over BullMQ: a queue of batches, the workers that send them, and a rate that they share.
 *
 * @packageDocumentation
 */
export type { QueuePlace } from "./queue-place.js";
export { CampaignQueue } from "./queue/campaign-queue.js";
export type {
  CampaignQueueOptions,
  DeadBatch,
  EnqueuedTotals,
  EnqueueOptions,
  QueuedResult,
  QueuedResultsOptions,
  QueueProgress,
} from "./queue/queue-types.js";
export { CampaignWorker } from "./worker/campaign-worker.js";
export type { CampaignWorkerOptions, FailedBatch, FinishedBatch } from "./worker/worker-types.js";
export { RedisRateLimiter, type RedisRateLimiterOptions } from "./rates/redis-rate-limiter.js";
export type { IoredisClient } from "./rates/ioredis-client.js";
