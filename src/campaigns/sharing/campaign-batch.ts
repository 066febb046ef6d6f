import type { RateGate, SendLane } from "../../rates/rate-gate.js";
import type { CampaignResult } from "../campaign-result.js";
import type { CampaignJournal } from "../journal/campaign-journal.js";

/**
 * Names a batch of a campaign that is in its journal: all that a queue has to carry to whoever sends it. There is nothing
 * private in it.
 */
export interface CampaignBatch {
  readonly campaign: string;
  readonly batch: number;
}

/** How somebody sends batches that somebody else planned. */
export interface CampaignBatchOptions {
  /** The journal that the campaign was planned in. */
  journal: CampaignJournal;
  /** Default: the client's, if it has one, else one of this process alone. Machines that share a sender need a shared one. */
  rateLimiter?: RateGate | undefined;
  /** Which lane of the rate limiter the batch waits in. Default: `"bulk"`. */
  lane?: SendLane | undefined;
  /** As for a `Campaign`. Default: `"hold"`. */
  onUnknown?: "hold" | "resend" | undefined;
  /**
   * How long it is tried, in seconds, while the service cannot be reached or the suppression store fails. Choose it below
   * the time that the queue gives its receiver. Default: 300.
   */
  retryForInSeconds?: number | undefined;
  /** Lets what is under way come to its end (ten seconds at most), and leaves the rest to the next delivery. */
  abortSignal?: AbortSignal | undefined;
}

/** What became of a batch. */
export interface CampaignBatchOutcome {
  /**
   * Whether the batch is done with, now or before: its message can be taken off the queue. `false`: it has to come again,
   * as the caller stopped first, or somebody else took it over meanwhile.
   */
  readonly isSettled: boolean;
  /** Those that this call brought. */
  readonly results: readonly CampaignResult[];
}
