import type { PriceTable } from "../../prices/price-table.js";

/** How a preview is made. */
export interface CampaignPreviewOptions {
  /** What a segment costs, by the recipient's country. Default: no cost is given. */
  prices?: PriceTable | undefined;
  abortSignal?: AbortSignal | undefined;
}

/** What a run of a campaign would do. */
export interface CampaignPreview {
  /** Items of the list. */
  readonly items: number;
  /** Those that would be texted: as many as message units, one for each. */
  readonly messageUnits: number;
  /** Those who opted out; `undefined` where the client has no suppression list to ask. */
  readonly suppressed: number | undefined;
  /** No phone number, or no message can be made. */
  readonly invalid: number;
  /** The key came before in the list. */
  readonly duplicates: number;
  /** `sendBefore` has passed. */
  readonly expired: number;
  /** How many of the messages travel in which encoding. */
  readonly encodings: Readonly<Record<"gsm-7" | "ucs-2", number>>;
  /** Segments of all messages together; carriers charge for each. */
  readonly segments: number;
  /** Segments of the longest message. */
  readonly longestInSegments: number;
  /** What each sender has to do. */
  readonly senders: readonly SenderPreview[];
  /** How long the slowest sender takes, in milliseconds; 0 where none has a limit. */
  readonly durationInMs: number;
  /** By `prices`. */
  readonly cost?: CampaignCost;
}

export interface SenderPreview {
  readonly from: string;
  readonly messageUnits: number;
  /** Its rate; `Infinity` for none. */
  readonly unitsPerMinute: number;
}

export interface CampaignCost {
  /** As in the price table. */
  readonly currency: string;
  /** In the currency, to the millionth: `"12.345"`. */
  readonly amount: string;
  /** The same in millionths. */
  readonly micros: number;
  /** Segments to numbers that the table has no price for; they are not in the amount. */
  readonly segmentsWithoutPrice: number;
}
