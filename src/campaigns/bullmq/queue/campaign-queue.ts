import { QueueEvents } from "bullmq";

import { expected, expectedRange } from "../../../errors/expected.js";
import { redact } from "../../../privacy/safe-error.js";
import type { Campaign } from "../../campaign.js";
import type { CampaignItem } from "../../recipients/campaign-item.js";
import { settingsIn } from "../../settings-in.js";
import { checkedPlace, type CheckedPlace } from "../queue-place.js";
import { within } from "../within.js";
import { BatchQueue } from "./batch-queue.js";
import { Bell } from "./bell.js";
import { Enqueuing } from "./enqueue-campaign.js";
import type {
  CampaignQueueOptions,
  DeadBatch,
  EnqueuedTotals,
  EnqueueOptions,
  QueuedResult,
  QueuedResultsOptions,
  QueueProgress,
} from "./queue-types.js";
import { settledResults } from "./settled-results.js";

const defaultMostWaiting = 1000;
const defaultAttempts = 5;
const defaultRetryDelayInSeconds = 10;

/** How often it is looked for results that no event told of. */
const pollInMs = 1000;
/** How long Redis may take to be told that nobody listens any more. */
const farewellInMs = 5000;

/**
 * Campaigns for any number of machines: what a `Campaign` would send in one process is put into a queue of BullMQ, and
 * workers (`CampaignWorker`) send it, on as many machines as there are.
 *
 * - **No private data is in Redis.** A job names a campaign and a batch; numbers, texts, claims and results are in the
 *   journal, which all machines share: a `PostgresCampaignJournal`, or a `SqliteCampaignJournal` for several processes of
 *   one machine.
 * - **A lost Redis loses nothing.** `enqueue` adds whatever the journal has and is not settled.
 * - **Nothing is doubled**, whoever is killed or stands still for however long: a batch belongs to who claimed it last, and
 *   is repeated under its first identity.
 *
 * @example
 * ```ts
 * import { SmsClient } from "acs-sms";
 * import { Campaign, SqliteCampaignJournal } from "acs-sms/campaigns";
 * import { CampaignQueue } from "acs-sms/campaigns/bullmq";
 *
 * const sms = new SmsClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"]!);
 * const journal = new SqliteCampaignJournal("campaigns.sqlite");
 * await using queue = new CampaignQueue({ connection: { host: "127.0.0.1" }, journal });
 *
 * const campaign = new Campaign(sms, {
 *   id: "spring-sale",
 *   from: "+18005551234",
 *   recipients: ["+14255550123", "+14255550188"],
 *   message: "Spring sale: 20 % off until Sunday. Reply STOP to opt out.",
 *   journal,
 * });
 * console.log((await queue.enqueue(campaign)).planned);
 * for await (const { to, status } of queue.results(campaign)) console.log(to, status);
 * ```
 */
export class CampaignQueue implements AsyncDisposable {
  readonly #place: CheckedPlace;
  readonly #queue: BatchQueue;

  /** @throws TypeError or RangeError that names the option. */
  constructor(options: CampaignQueueOptions) {
    this.#place = checkedPlace(options);
    const { attempts = defaultAttempts, retryDelayInSeconds = defaultRetryDelayInSeconds } = options;
    if (!(typeof retryDelayInSeconds === "number" && retryDelayInSeconds >= 0))
      throw expectedRange("retryDelayInSeconds", "a number of seconds of 0 or more", retryDelayInSeconds);
    this.#queue = new BatchQueue(this.#place, {
      attempts: checkedCount("attempts", attempts),
      retryDelayInMs: Math.round(retryDelayInSeconds * 1000),
    });
  }

  /**
   * Reads a campaign's list, writes batches of it into the journal, and adds a job for each; waits while `mostWaiting` of
   * them wait for workers. What of the campaign's options concerns the sending (`lane`, `concurrency`, `rate`,
   * `retryForInSeconds`) is the workers' own; only how many go into one request follows from its rate limiter.
   *
   * Where it was killed, or Redis has lost its jobs, it is called again with the same `id`: batches that are not settled are
   * added again where they have no job, and the list is read from the beginning for what was not planned yet. Dead batches
   * stay dead, see `retryDead`.
   *
   * @throws What ends the reading: an AbortError; an SmsError `missing-field`, `campaign-changed`, or `campaign-taken-over`
   * where somebody else has begun to enqueue the same campaign; what the list or the journal throw. TypeError for a campaign
   * with another journal than the queue's.
   */
  async enqueue<Item extends CampaignItem>(
    campaign: Campaign<Item>,
    { abortSignal, mostWaiting = defaultMostWaiting }: EnqueueOptions = {},
  ): Promise<EnqueuedTotals> {
    const settings = settingsIn<Item>(campaign);
    if (settings.journal !== this.#place.journal)
      throw expected("campaign", "one with the journal of the queue", campaign);
    checkedCount("mostWaiting", mostWaiting);
    return new Enqueuing(this.#queue, settings, { abortSignal, mostWaiting }).run();
  }

  /** How far a campaign is. @param campaign - Itself, or its `id`. */
  async progress<Item extends CampaignItem>(campaign: Campaign<Item> | string): Promise<QueueProgress> {
    const { journal } = this.#place;
    const id = idOf(campaign);
    const known = await journal.read(id);
    const [totals, counts] = await Promise.all([journal.totals(id), this.#queue.counts()]);
    return { totals, isPlanned: known?.isPlanned ?? false, ...counts };
  }

  /**
   * What became of the items in batches, in the order of the batches, as workers find it out; ends when the list has been
   * read to its end and all is settled, which it never is while a batch is dead. Items that came into no batch are counted
   * by `enqueue`. It can be read by another process than the producer's, and any number of times.
   *
   * @param campaign - Itself, or its `id`; it need not have begun.
   * @throws AbortError; what the journal throws.
   */
  async *results<Item extends CampaignItem>(
    campaign: Campaign<Item> | string,
    { after = 0, abortSignal }: QueuedResultsOptions = {},
  ): AsyncGenerator<QueuedResult, void, undefined> {
    const { journal, name, base, onError } = this.#place;
    const bell = new Bell();
    const events = new QueueEvents(name, base);
    events.on("completed", () => bell.ring());
    events.on("error", onError);
    try {
      const next = async (): Promise<void> => bell.heard(pollInMs);
      yield* settledResults({ journal, campaign: idOf(campaign), after, abortSignal, next });
    } finally {
      await within(farewellInMs, events.close());
    }
  }

  /** The batches that workers have given up, of all campaigns, the longest dead first. */
  async *dead(): AsyncGenerator<DeadBatch, void, undefined> {
    for await (const { data, progress, attemptsMade, finishedOn = 0, failedReason } of this.#queue.failed()) {
      const recipients = typeof progress === "object" && Reflect.get(progress, "recipients");
      yield {
        campaign: data.campaign,
        batch: data.batch,
        ...(typeof recipients === "number" && { recipients }),
        attempts: attemptsMade,
        failedAt: new Date(finishedOn),
        reason: redact(failedReason ?? ""),
      };
    }
  }

  /** Has the batches that are dead by now tried again, as often as new ones. @returns How many there were. */
  async retryDead(): Promise<number> {
    return this.#queue.retryFailed();
  }

  /** Closes its connections. What is in the queue stays there. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#queue[Symbol.asyncDispose]();
  }
}

function idOf(campaign: object | string): string {
  return typeof campaign === "string" ? campaign : settingsIn(campaign).id;
}

function checkedCount(name: string, count: number): number {
  if (Number.isSafeInteger(count) && count >= 1) return count;
  throw expectedRange(name, "a whole number of 1 or more", count);
}
