/**
 * What became of one item of a campaign's list:
 *
 * - `accepted`: the service took the message.
 * - `rejected`: the service refused this recipient.
 * - `suppressed`: the person opted out; nothing was sent.
 * - `invalid`: not a phone number, or no message could be made for it; nothing was sent.
 * - `duplicate`: its key came before in this list; nothing was sent.
 * - `expired`: its `sendBefore` passed first; nothing was sent.
 * - `unknown`: it may have arrived, and too much time has passed to repeat it safely.
 */
export type CampaignStatus =
  | "accepted"
  | "rejected"
  | "suppressed"
  | "invalid"
  | "duplicate"
  | "expired"
  | "unknown";

/** What became of one item of a campaign's list. */
export interface CampaignResult {
  readonly status: CampaignStatus;
  /** The item's own, or its number. */
  readonly key: string;
  /** E.164; what was given where it is no phone number. */
  readonly to: string;
  /** The sender; left out where the item never came to one. */
  readonly from?: string;
  /** Names the message in its delivery report. */
  readonly messageId?: string;
  /** The service's status for this recipient. */
  readonly httpStatusCode?: number;
  /** Why it was not accepted, in a sentence. */
  readonly errorMessage?: string;
  /** Whether an earlier run of this campaign found this out, and it was only looked up now. */
  readonly isEarlier: boolean;
}

/** How many items of the list have had each result in this run. */
export type CampaignTotals = Readonly<Record<CampaignStatus, number>>;

/** How far a run is. */
export interface CampaignProgress {
  readonly totals: CampaignTotals;
  /** All results of this run. */
  readonly results: number;
  /** Those of them that earlier runs had found out. */
  readonly earlier: number;
  /** Messages accepted a minute, over the last half minute. */
  readonly acceptedPerMinute: number;
  readonly elapsedInMs: number;
}
