/**
 * What a set of messages came to. A **message** is one text to one recipient; it is counted once, however often it was
 * tried, repeated or reported.
 */
export interface SummaryFigures {
  /** Messages that were to be sent. */
  readonly messages: number;
  /** Different recipients of them; what is no phone number is none. */
  readonly recipients: number;
  /** Messages that the service took or may have taken: what rate limits count. */
  readonly messageUnits: number;
  /** Segments of those, as they were counted when they were sent. */
  readonly segments: number;
  /** The service took them. */
  readonly accepted: number;
  /** The service refused them. */
  readonly rejected: number;
  /** The recipient had opted out. */
  readonly suppressed: number;
  /** No phone number, or no text could be made for it. */
  readonly invalid: number;
  /** They may have been sent. */
  readonly unknown: number;
  /** They certainly were not sent: an error kept them back, or their `sendBefore` passed. */
  readonly unsent: number;
  /** Of the accepted: a report says that they arrived. */
  readonly delivered: number;
  /** Of the accepted: a report says that they did not; `blocked` and `unconfirmed` are not among them. */
  readonly failed: number;
  /** `failed` by the code of the report; "none" where it has none. Codes in order. */
  readonly failedByCode: Readonly<Record<string, number>>;
  /** Of the accepted: the recipient had opted out, as the report says (4007). */
  readonly blocked: number;
  /** Of the accepted: the carrier confirms nothing (5002). */
  readonly unconfirmed: number;
  /**
   * Of the accepted: no report yet, and it may still come: the report timeout (12 h, the longest, where none was given) and 24 h
   * more, in which Event Grid goes on trying, have not passed.
   */
  readonly pending: number;
  /** Of the accepted: no report, and it should have come. */
  readonly overdue: number;
  /** Of the accepted: no report was asked for. */
  readonly unreported: number;
  /** delivered / (delivered + failed); `undefined` where there is neither. */
  readonly deliveryRate: number | undefined;
  /** (delivered + failed) / accepted: how much of what was sent the rate is about; `undefined` where nothing was. */
  readonly deliveryCoverage: number | undefined;
  /**
   * From the acceptance to the carrier's last attempt, of the delivered whose report says when that was, in milliseconds
   * (nearest rank). The two are told by different clocks: what would be less than nothing counts as 0.
   */
  readonly latencyInMs: Quantiles | undefined;
  /**
   * How many of those took how long: up to each of `latencyBoundsInSeconds`, without those before, and, last, longer than all
   * of them.
   */
  readonly latencyCounts: readonly number[];
  /** Messages that people sent within 72 h after the last accepted message of that sender to them; keywords are none. */
  readonly replies: number;
  /** Different recipients of the delivered. */
  readonly recipientsReached: number;
  /** Those of them who replied to what was delivered. */
  readonly recipientsReplied: number;
  /** `recipientsReplied` / `recipientsReached`; `undefined` where nobody was reached. */
  readonly responseRate: number | undefined;
  /** From the acceptance to the first reply of each message that has one, in milliseconds (nearest rank). */
  readonly timeToReplyInMs: Quantiles | undefined;
  /** Opt-outs by keyword, attributed like replies. */
  readonly optOuts: number;
  /** Opt-ins by keyword, attributed like replies. */
  readonly optIns: number;
  /** Those of the reached who opted out by a keyword after one. */
  readonly recipientsOptedOut: number;
  /** `recipientsOptedOut` / `recipientsReached`; `undefined` where nobody was reached. */
  readonly optOutRate: number | undefined;
  /** What the segments cost, by the price table; left out without one. */
  readonly cost?: SummaryCost;
}

/** By nearest rank: each is one of the values. */
export interface Quantiles {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}

export interface SummaryCost {
  readonly currency: string;
  /** Millionths of the currency. */
  readonly micros: number;
  /** Segments to numbers that the table has no price for. */
  readonly segmentsWithoutPrice: number;
}

/** By what messages can be put together. Times are those of their first acceptance, or, if there is none, of their first result. */
export type GroupKey = "tag" | "sender" | "senderKind" | "country" | "minute" | "hour" | "day" | "week";

/** The figures of one group. */
export interface SummaryGroup extends SummaryFigures {
  /**
   * One value for each of `groupBy`, `null` where a message has none (no tag). `minute`, `hour`, `day` and `week` (from
   * Monday) are the instant at which they begin in the time zone, as an ISO 8601 time in UTC.
   */
  readonly key: Readonly<Partial<Record<GroupKey, string | null>>>;
}

/** What `summarize` answers. */
export interface Summary {
  /** The range: messages from then on, */
  readonly from: Date;
  /** and before then. */
  readonly to: Date;
  readonly timeZone: string;
  readonly groupBy: readonly GroupKey[];
  /** In the order of their keys. Without `groupBy` exactly one. */
  readonly groups: readonly SummaryGroup[];
  /** All of them together; rates and quantiles of the whole, not averages of the groups'. */
  readonly total: SummaryFigures;
  /** Replies, opt-outs and opt-ins in the range that follow no message within 72 h, whatever `where` asks for. */
  readonly unattributed: { readonly replies: number; readonly optOuts: number; readonly optIns: number };
}
