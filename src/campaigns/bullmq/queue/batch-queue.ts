import { Queue, type Job } from "bullmq";

import type { CampaignBatch } from "../../sharing/campaign-batch.js";
import { jobIdOf, type CheckedPlace } from "../queue-place.js";
import { within } from "../within.js";

/** How often, and how soon, a batch that failed is tried again. */
export interface RetrySettings {
  readonly attempts: number;
  readonly retryDelayInMs: number;
}

/** How many jobs wait, and how many are worked on. */
export interface JobCounts {
  readonly waiting: number;
  readonly active: number;
  readonly dead: number;
}

/** How long Redis may take to be told of an end. */
const farewellInMs = 5000;

/** So many failed jobs are read at once. */
const pageSize = 100;

/** The jobs of a queue in Redis. */
export class BatchQueue implements AsyncDisposable {
  readonly #queue: Queue<CampaignBatch, void, "batch">;

  constructor({ name, base, onError }: CheckedPlace, { attempts, retryDelayInMs }: RetrySettings) {
    this.#queue = new Queue(name, {
      ...base,
      defaultJobOptions: {
        attempts,
        backoff: { type: "exponential", delay: retryDelayInMs },
        // A batch that was done by nobody, as it was taken over from one who is gone, can be added again.
        removeOnComplete: true,
        removeOnFail: false,
        stackTraceLimit: 0,
      },
    });
    this.#queue.on("error", onError);
  }

  /** Adds a job for each batch that has none. */
  async add(jobs: readonly CampaignBatch[]): Promise<void> {
    await this.#queue.addBulk(
      jobs.map((data) => ({ name: "batch", data, opts: { jobId: jobIdOf(data) } }) as const),
    );
  }

  async counts(): Promise<JobCounts> {
    const counts = await this.#queue.getJobCounts("wait", "delayed", "active", "failed");
    const { wait = 0, delayed = 0, active = 0, failed = 0 } = counts;
    return { waiting: wait + delayed, active, dead: failed };
  }

  /** The jobs that failed for good, the longest dead first. */
  async *failed(): AsyncGenerator<Job<CampaignBatch, void, "batch">, void, undefined> {
    for (let from = 0; ; from += pageSize) {
      const page = await this.#queue.getJobs(["failed"], from, from + pageSize - 1, true);
      yield* page.filter((job) => job !== undefined);
      if (page.length < pageSize) return;
    }
  }

  /** Has those that have failed until now wait again, with all their attempts. */
  async retryFailed(): Promise<number> {
    const until = Date.now();
    for (let retried = 0; ;) {
      const page = await this.#queue.getJobs(["failed"], 0, pageSize - 1, true);
      const due = page.filter((job) => job !== undefined && (job.finishedOn ?? 0) <= until);
      for (const job of due) await job.retry("failed", { resetAttemptsMade: true });
      retried += due.length;
      if (due.length < pageSize) return retried;
    }
  }

  /** Redis may be away. */
  async [Symbol.asyncDispose](): Promise<void> {
    await within(farewellInMs, this.#queue.close());
  }
}
