import { WaitingError, Worker, type Job } from "bullmq";

import type { SmsClient } from "../../../client/sms-client.js";
import { safeError } from "../../../privacy/safe-error.js";
import type { DeliveryTools } from "../../delivery/deliver-batch.js";
import type { JournalResult } from "../../journal/campaign-journal.js";
import { batchTools } from "../../sharing/batch-tools.js";
import type { CampaignBatch } from "../../sharing/campaign-batch.js";
import { checkedPlace } from "../queue-place.js";
import { within } from "../within.js";
import { workOnBatch, type BatchEnd } from "./work-on-batch.js";
import { checkWorkerOptions } from "./check-worker-options.js";
import type { CampaignWorkerOptions } from "./worker-types.js";

/** How long what is under way may take when a worker is to stop; requests are cut off before, and repeated by another. */
const mostEndingInMs = 15_000;
/** How long Redis may take to be told of an end; it may be away. */
const farewellInMs = 5000;

/** So many dead workers a batch may have had: it is hardly their death that it brings. */
const mostStalls = 25;

/**
 * Sends what a `CampaignQueue` holds, in any number of processes, on any number of machines.
 *
 * A batch is claimed in the journal before it leaves, and belongs to who claimed it last: a worker that stood still for so
 * long that another has got its batch finds that it is not its own any more, and sends nothing. A batch whose worker died is
 * given to another, which repeats it under its first identity. The client's suppression list is asked before every attempt,
 * so that a STOP counts that comes while a batch waits.
 *
 * An attempt that fails (a wrong key, a store that stays away, a journal that knows nothing of the campaign) is followed by
 * others, as the queue was told, and after the last one the batch is dead: see `CampaignQueue.dead`.
 *
 * @example
 * ```ts
 * import { Redis } from "ioredis";
 * import { SmsClient, SuppressionList } from "acs-sms";
 * import { SqliteCampaignJournal } from "acs-sms/campaigns";
 * import { CampaignWorker, RedisRateLimiter } from "acs-sms/campaigns/bullmq";
 * import { SqliteSuppressionStore } from "acs-sms/stores/sqlite";
 *
 * const connection = new Redis(process.env["REDIS_URL"]!, { maxRetriesPerRequest: null });
 * const suppression = new SuppressionList(new SqliteSuppressionStore("sms.sqlite"));
 * const sms = new SmsClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"]!, { suppression });
 *
 * const worker = new CampaignWorker(sms, {
 *   connection,
 *   journal: new SqliteCampaignJournal("campaigns.sqlite"),
 *   rateLimiter: new RedisRateLimiter(connection),
 *   onFailure: ({ campaign, batch, error }) => console.error(campaign, batch, error.message),
 * });
 * process.once("SIGTERM", () => void worker.close());
 * ```
 */
export class CampaignWorker implements AsyncDisposable {
  readonly #options: CampaignWorkerOptions;
  readonly #onError: (error: Error) => void;
  readonly #tools: DeliveryTools;
  readonly #endTools: () => void;
  readonly #worker: Worker<CampaignBatch, void, "batch">;
  readonly #stop = new AbortController();
  readonly #underWay = new Set<Promise<BatchEnd>>();
  #closed: Promise<void> | undefined;

  /**
   * Begins to work at once.
   *
   * @throws TypeError or RangeError that names the option.
   */
  constructor(sms: SmsClient, options: CampaignWorkerOptions) {
    const { name, base, onError } = checkedPlace(options);
    const { concurrency, lockDurationInMs } = checkWorkerOptions(sms, options);
    const { tools, dispose } = batchTools(sms, { ...options, abortSignal: this.#stop.signal });
    this.#options = { ...options };
    this.#onError = onError;
    this.#tools = tools;
    this.#endTools = dispose;
    this.#worker = new Worker(name, async (job, token) => this.#work(job, token), {
      ...base,
      concurrency,
      lockDuration: lockDurationInMs,
      stalledInterval: lockDurationInMs,
      maxStalledCount: mostStalls,
    });
    this.#worker.on("error", onError);
    this.#worker.on("failed", (job, error) => this.#tellFailure(job, error));
  }

  /**
   * Takes no further batches, gives back those that only wait for their rate, lets what is under way come to its end (for
   * ten seconds at most), and closes its connections, or leaves that for later where Redis is away. Whatever is left is sent
   * by another worker, or a later one.
   */
  async close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  /** As {@link CampaignWorker.close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    // First, so that it takes none of those back that are given back.
    const closed = this.#worker.close();
    this.#stop.abort();
    await within(mostEndingInMs, Promise.all(this.#underWay));
    this.#endTools();
    await within(farewellInMs, closed);
  }

  async #work(job: Job<CampaignBatch, void, "batch">, token: string | undefined): Promise<void> {
    const work = workOnBatch(this.#tools, job.data);
    this.#underWay.add(work);
    const end = await work;
    this.#underWay.delete(work);
    if (end.kind === "done") this.#tellBatch(job.data, end.results);
    if (end.kind === "failed") {
      const { error, recipients } = end;
      // For the list of the dead.
      if (recipients !== undefined) await job.updateProgress({ recipients }).catch(this.#onError);
      throw error;
    }
    if (end.kind !== "left") return;
    await job.moveToWait(token);
    // So BullMQ learns that it is no attempt, and that the job is no longer this worker's.
    throw new WaitingError();
  }

  #tellBatch({ campaign, batch }: CampaignBatch, results: readonly JournalResult[]): void {
    const totals: Partial<Record<JournalResult["status"], number>> = {};
    for (const { status } of results) totals[status] = (totals[status] ?? 0) + 1;
    void this.#tell(() => this.#options.onBatch?.({ campaign, batch, totals }));
  }

  #tellFailure(job: Job<CampaignBatch, void, "batch"> | undefined, error: Error): void {
    if (job === undefined) return;
    const { campaign, batch } = job.data;
    const attempt = job.attemptsMade;
    const isDead = job.finishedOn !== undefined;
    void this.#tell(() => this.#options.onFailure?.({ campaign, batch, attempt, isDead, error }));
  }

  /** Who is told may fail, at once or later. */
  async #tell(call: () => void): Promise<void> {
    try {
      await Promise.resolve(call());
    } catch (error) {
      this.#onError(safeError(error));
    }
  }
}
