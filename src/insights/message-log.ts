import type { SmsObserver } from "../observers/observer.js";
import type { PriceTable } from "../campaigns/price-table.js";
import type { GroupKey, Summary } from "./summary.js";

/** Which messages a summary is about. */
export interface SummaryOptions {
  /** Messages from this time on, */
  from: Date;
  /** and before this time. */
  to: Date;
  /** Default: nothing, so that there is one group. */
  groupBy?: readonly GroupKey[] | undefined;
  /** Only messages with these; several values of one: any of them. */
  where?:
    | Partial<Record<"tag" | "sender" | "senderKind" | "country", string | readonly string[]>>
    | undefined;
  /** An IANA time zone, in which hours, days and weeks begin. Default: `"UTC"`. */
  timeZone?: string | undefined;
  /** What a segment costs. */
  prices?: PriceTable | undefined;
  /** What counts as pending and what as overdue goes by it. Default: now. */
  at?: Date | undefined;
}

/** What a log has taken in and what it has lost. */
export interface MessageLogState {
  /** Events that wait to be written. */
  readonly waiting: number;
  /** Events that are written. */
  readonly written: number;
  /** Events that were dropped: the database failed or was too slow for too long. */
  readonly lost: number;
}

/**
 * A record of what was sent, what arrived, who answered and who left, to be given as an observer to clients and event
 * handlers (`observers: [log]`). Events are taken in at once and written behind the sending, in any order and any number of
 * times: a doubled or late one changes nothing twice.
 */
export interface MessageLog extends SmsObserver, AsyncDisposable {
  readonly state: MessageLogState;
  /** Resolves when what was observed before is written, or lost. */
  flush(): Promise<void>;
  /** Answers from what is written, in the database. */
  summarize(options: SummaryOptions): Promise<Summary>;
  /** Removes messages (and inbound texts) older than this. @returns How many messages. */
  prune(before: Date): Promise<number>;
}
