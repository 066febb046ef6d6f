import type { SmsObservation, SmsObserver } from "../observers/observer.js";
import type { PriceTable } from "../prices/price-table.js";
import type { InboundOptions, LoggedInbound, LoggedMessage, MessagesOptions } from "./logged-message.js";
import type { GroupKey, Summary } from "./summary.js";

/** Which messages a summary is about. */
export interface SummaryOptions {
  /** Messages from this time on, */
  from: Date;
  /** and before this time. */
  to: Date;
  /** Default: nothing, so that there is one group. A range has 100,000 minutes (ten weeks), hours or days at most. */
  groupBy?: readonly GroupKey[] | undefined;
  /** Only messages with these; several values of one: any of them. Senders and tags as they were sent. */
  where?:
    | Partial<Record<"tag" | "sender" | "senderKind" | "country", string | readonly string[] | undefined>>
    | undefined;
  /** An IANA time zone, in which minutes, hours, days and weeks begin. Default: `"UTC"`. */
  timeZone?: string | undefined;
  /** What a segment costs. */
  prices?: PriceTable | undefined;
  /** What counts as pending and what as overdue goes by it. Default: now. */
  at?: Date | undefined;
}

/** How a log takes events in. */
export interface MessageLogOptions {
  /**
   * Writes HMAC-SHA256 hashes of people's numbers in their place, with this key: at least 16 bytes, a string as UTF-8. The
   * same key always, or messages and replies do not find each other. Your own senders stay readable, as do countries, and the
   * first four digits, by which messages are priced. Default: numbers are written as they are.
   */
  hashKey?: string | Uint8Array | undefined;
  /**
   * Whether the texts of messages, and what people write, are kept, up to 4,096 characters of each. They may hold names, orders
   * and codes, and are readable with `hashKey`, too: who sends codes to sign in with gives that client a log without texts, or
   * none. Texts are asked for when an event is written. Default: `false`.
   */
  keepTexts?: boolean | undefined;
  /**
   * How many events may wait for the database, in memory (about 1 kB each). Once so many wait, the events that come are lost
   * and counted. Default: 100,000.
   */
  maxWaiting?: number | undefined;
  /**
   * Told that events were lost, and how many since the last time: once a minute at most. Default: a warning in the log of Azure
   * SDKs (`AZURE_LOG_LEVEL=warning`).
   */
  onLoss?: ((lost: number) => void) | undefined;
  /** How long disposing of the log waits for the database, in seconds; what is not written then is lost. Default: 10. */
  disposeTimeoutInSeconds?: number | undefined;
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
 * handlers (`observers: [log]`; a campaign has its client's). Events are taken in at once and written behind the sending, in
 * any order and any number of times: a doubled or late one changes nothing twice.
 *
 * A message is known by its `identity`, so that a repeat of it is the same message. Of what its results say the best known
 * counts: accepted, rejected, unknown, suppressed, unsent, in this order. (What is unknown stays so where its repeat is
 * suppressed: the first may have arrived.) A report joins its message whenever either comes; of several on one message the one
 * that the service received last counts, and of two at the same time the failure. Texts are kept only with `keepTexts`.
 */
export interface MessageLog extends SmsObserver, AsyncDisposable {
  readonly state: MessageLogState;
  /** Takes an event in, to be written later; what it knows nothing of, such as attempts, it leaves. Never throws. */
  observe(observation: SmsObservation): void;
  /**
   * Resolves when what was observed before is written, or lost. Where the database fails that is when it works again, or the
   * log is disposed of.
   */
  flush(): Promise<void>;
  /**
   * Answers from what is written, in the database.
   *
   * @throws (by rejection) TypeError or RangeError for malformed options.
   */
  summarize(options: SummaryOptions): Promise<Summary>;
  /**
   * Gives messages one by one, the newest first, with what became of each: those that a figure counts, or a person's. It is read
   * once, and may be left at any time.
   *
   * They are asked for a thousand at a time, so that any number fits in memory, and each thousand is of its own moment. What is
   * there comes once, whatever is written meanwhile, but for a message whose own time changes, as it is accepted at last.
   * Messages of recipients are looked up; what else `where` says is looked for among all of the range.
   *
   * @throws TypeError or RangeError for malformed options, at once; (by rejection) the database's own error.
   *
   * @example
   * ```ts
   * import { SqliteMessageLog } from "acs-sms/insights";
   *
   * await using log = new SqliteMessageLog("insights.sqlite", { keepTexts: true });
   * const today = { from: new Date(Date.now() - 86_400_000), to: new Date() };
   * for await (const { at, to, text } of log.messages({ ...today, where: { outcome: "failed", code: "4006" } }))
   *   console.log(at, to, text);
   * ```
   */
  messages(options: MessagesOptions): AsyncIterable<LoggedMessage>;
  /**
   * Gives what people wrote one by one, the newest first, as {@link MessageLog.messages} does.
   *
   * @throws TypeError or RangeError for malformed options, at once; (by rejection) the database's own error.
   */
  inbound(options: InboundOptions): AsyncIterable<LoggedInbound>;
  /**
   * Removes messages (and inbound texts) older than this, bit by bit. Reports, which hold no numbers, go a day later.
   *
   * @returns How many messages.
   */
  prune(before: Date): Promise<number>;
}
