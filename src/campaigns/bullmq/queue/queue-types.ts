import type { CampaignResult } from "../../campaign-result.js";
import type { JournalTotals } from "../../journal/campaign-journal.js";
import type { QueuePlace } from "../queue-place.js";

/** How a {@link CampaignQueue} works. */
export interface CampaignQueueOptions extends QueuePlace {
  /**
   * How often a batch is tried by workers before it is dead, 1 or more. Each try lasts as long as the worker's
   * `retryForInSeconds` where the reason may pass. Default: 5.
   */
  attempts?: number | undefined;
  /** How long after its first failure a batch is tried again, in seconds; twice as long each further time. Default: 10. */
  retryDelayInSeconds?: number | undefined;
}

/** How a campaign is put into a queue. */
export interface EnqueueOptions {
  /** Ends the reading of the list; what is planned by then is sent. */
  abortSignal?: AbortSignal | undefined;
  /** The list is read on while no more batches than these wait in the queue, 1 or more. Default: 1000. */
  mostWaiting?: number | undefined;
}

/** What became of a list that was put into a queue. */
export interface EnqueuedTotals {
  /** Items of the list. */
  readonly items: number;
  /** Those for whom there is a batch now that was not there before. */
  readonly planned: number;
  /** Those that an earlier `enqueue` had planned, or found out; whatever has become of them since. */
  readonly known: number;
  /** No phone number, or no message can be made. */
  readonly invalid: number;
  /** The key came before in the list. */
  readonly duplicate: number;
  /** `sendBefore` had passed. */
  readonly expired: number;
}

/** How far a campaign is, and its queue. */
export interface QueueProgress {
  /** How many items have each result, and how many none (`open`). */
  readonly totals: JournalTotals;
  /** Whether the list was read to its end. */
  readonly isPlanned: boolean;
  /** Batches of all campaigns in the queue that wait, also for another try. */
  readonly waiting: number;
  /** Batches of all campaigns in the queue that workers have. */
  readonly active: number;
  /** Batches of all campaigns in the queue that are dead. */
  readonly dead: number;
}

/** What became of one item that was in a batch. */
export interface QueuedResult extends Omit<CampaignResult, "isEarlier" | "from"> {
  readonly from: string;
  /** Its batch: to read on after it, give the number as `after`. */
  readonly batch: number;
}

/** Which results are read. */
export interface QueuedResultsOptions {
  /** Those of the batches after this one. Default: 0, for all. */
  after?: number | undefined;
  abortSignal?: AbortSignal | undefined;
}

/** A batch that workers have given up. Its items have no result; `retryDead` has them tried again. */
export interface DeadBatch {
  readonly campaign: string;
  readonly batch: number;
  /** Of how many people; left out where no worker came to tell. */
  readonly recipients?: number;
  /** How often it was tried. */
  readonly attempts: number;
  readonly failedAt: Date;
  /** Why the last try failed, without anything private. */
  readonly reason: string;
}
