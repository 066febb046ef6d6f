import { expected, expectedRange } from "../errors/expected.js";
import type { SmsObservation } from "../observers/observer.js";
import { loadCountries } from "../phone-numbers/country-of.js";
import type { LogDatabase } from "./log-database.js";
import type { InboundOptions, LoggedInbound, LoggedMessage, MessagesOptions } from "./logged-message.js";
import type { MessageLogOptions, MessageLogState, SummaryOptions } from "./message-log.js";
import { detailsOf } from "./querying/dialect.js";
import { summaryOf } from "./querying/figures.js";
import { inboundReading, messagesReading } from "./querying/logged-rows.js";
import { readPages } from "./querying/read-pages.js";
import { inboundQuery, messagesQuery } from "./querying/reading-query.js";
import { summaryQuery } from "./querying/summary-query.js";
import { summaryStatement } from "./querying/summary-statement.js";
import { EventQueue } from "./recording/event-queue.js";
import { rowsOf, type LoggedEvent } from "./recording/event-rows.js";
import { storableRows } from "./recording/storable-rows.js";
import { numberSettings, type NumberSettings } from "./recording/write-numbers.js";
import type { Summary } from "./summary.js";

const dayInMs = 86_400_000;

/** What the logs of all databases do alike. */
export class KeptLog {
  readonly #database: LogDatabase;
  readonly #numbers: NumberSettings;
  readonly #keepTexts: boolean;
  readonly #queue: EventQueue<LoggedEvent>;
  readonly #disposeTimeoutInMs: number;
  #ending: Promise<void> | undefined;

  /** @throws TypeError or RangeError for malformed options. */
  constructor(database: LogDatabase, options: MessageLogOptions) {
    const { hashKey, keepTexts = false, disposeTimeoutInSeconds: seconds = 10, maxWaiting, onLoss } = options;
    if (typeof seconds !== "number" || !(seconds >= 0))
      throw expectedRange("disposeTimeoutInSeconds", "a number of 0 or more", seconds);
    if (typeof keepTexts !== "boolean") throw expected("keepTexts", "a boolean", keepTexts);
    this.#disposeTimeoutInMs = seconds * 1000;
    this.#database = database;
    this.#numbers = numberSettings(hashKey);
    this.#keepTexts = keepTexts;
    const write = async (events: readonly LoggedEvent[]): Promise<number> => this.#write(events);
    this.#queue = new EventQueue({ write, mostAtOnce: database.mostAtOnce }, { maxWaiting, onLoss });
  }

  get state(): MessageLogState {
    return this.#queue.state;
  }

  observe(observation: SmsObservation): void {
    if (observation.type !== "attempt") this.#queue.add(observation);
  }

  async flush(): Promise<void> {
    await this.#queue.flush();
  }

  async summarize(options: SummaryOptions): Promise<Summary> {
    const query = summaryQuery(options, this.#numbers.prefixLength);
    const sql = summaryStatement(query, this.#database.dialect);
    const values = [query.from, query.to, query.at, detailsOf(query)];
    return summaryOf(query, await this.#database.ask({ sql, values }));
  }

  messages(options: MessagesOptions): AsyncIterable<LoggedMessage> {
    return readPages(this.#database, messagesQuery(options, this.#numbers.written), messagesReading);
  }

  inbound(options: InboundOptions): AsyncIterable<LoggedInbound> {
    return readPages(this.#database, inboundQuery(options, this.#numbers.written), inboundReading);
  }

  async prune(before: Date): Promise<number> {
    const time = before instanceof Date ? before.getTime() : Number.NaN;
    if (Number.isNaN(time)) throw expected("before", "a valid Date", before);
    for (let removed = 0; ;) {
      // Clocks differ: a report may seem to be older than its message.
      const { messages, others } = await this.#database.prune(time, time - dayInMs);
      removed += messages;
      if (messages + others === 0) return removed;
    }
  }

  async dispose(): Promise<void> {
    this.#ending ??= this.#end();
    await this.#ending;
  }

  async #end(): Promise<void> {
    await this.#queue.end(this.#disposeTimeoutInMs);
    await this.#database.close();
  }

  async #write(events: readonly LoggedEvent[]): Promise<number> {
    const [countryOf, keepTexts] = [await loadCountries(), this.#keepTexts];
    const rows = storableRows(rowsOf(events, { ...this.#numbers, countryOf, keepTexts }));
    await this.#database.write(rows);
    return rows.messages.length + rows.deliveries.length + rows.inbound.length;
  }
}
