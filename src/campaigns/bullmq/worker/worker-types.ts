import type { RateGate, SendLane } from "../../../rates/rate-gate.js";
import type { JournalStatus } from "../../journal/campaign-journal.js";
import type { QueuePlace } from "../queue-place.js";

/** How a {@link CampaignWorker} works. */
export interface CampaignWorkerOptions extends QueuePlace {
  /**
   * Who says when messages may leave. Where several workers send from one number it is to be a `RedisRateLimiter`: others
   * count for their own process alone. Default: the client's, if it has one, else a `RateLimiter` of the worker's own.
   */
  rateLimiter?: RateGate | undefined;
  /** Which lane of the rate limiter batches wait in. Default: `"bulk"`, so that single messages overtake them. */
  lane?: SendLane | undefined;
  /** How many batches it works on at once, 1 to 1000, those that wait for their rate included. Default: 20. */
  concurrency?: number | undefined;
  /**
   * What becomes of messages that may have arrived and can no longer be repeated safely. `"hold"`: they are `unknown`.
   * `"resend"`: they are sent again, and some people may get them twice. Default: `"hold"`.
   */
  onUnknown?: "hold" | "resend" | undefined;
  /**
   * How long a batch is tried, in seconds, while the service cannot be reached, or the suppression store, the journal or the
   * rate limiter fail, before the attempt has failed. Default: 300.
   */
  retryForInSeconds?: number | undefined;
  /**
   * After how long without a sign of life a worker's batches are given to others, in milliseconds, 1000 or more. A worker
   * that was only slow does no harm: it finds that the batch is not its own any more. Default: 30,000.
   */
  lockDurationInMs?: number | undefined;
  /** Told of each batch that this worker has brought to its end. What it throws goes to `onError`. */
  onBatch?: ((batch: FinishedBatch) => void) | undefined;
  /** Told of each attempt that failed. What it throws goes to `onError`. */
  onFailure?: ((failure: FailedBatch) => void) | undefined;
}

/** A batch that was brought to its end. */
export interface FinishedBatch {
  readonly campaign: string;
  readonly batch: number;
  /** How many of its items have which result. */
  readonly totals: Readonly<Partial<Record<JournalStatus, number>>>;
}

/** An attempt at a batch that failed. */
export interface FailedBatch {
  readonly campaign: string;
  readonly batch: number;
  /** 1 for the first. */
  readonly attempt: number;
  /** Whether there will be no further one, unless `CampaignQueue.retryDead` is called. */
  readonly isDead: boolean;
  /** Without anything private. */
  readonly error: Error;
}
