import { expected, expectedRange } from "../errors/expected.js";
import type { SmsObservation } from "../observers/observer.js";
import { loadCountries } from "../phone-numbers/country-of.js";
import type { LogDatabase } from "./log-database.js";
import type { MessageLogOptions, MessageLogState, SummaryOptions } from "./message-log.js";
import { summaryOf } from "./querying/figures.js";
import { summaryQuery } from "./querying/summary-query.js";
import { EventQueue } from "./recording/event-queue.js";
import { rowsOf, type LoggedEvent } from "./recording/event-rows.js";
import { numberSettings, type NumberSettings } from "./recording/write-numbers.js";
import type { Summary } from "./summary.js";

const dayInMs = 86_400_000;

/** What the logs of all databases do alike. */
export class KeptLog {
  readonly #database: LogDatabase;
  readonly #numbers: NumberSettings;
  readonly #queue: EventQueue<LoggedEvent>;
  readonly #disposeTimeoutInMs: number;
  #ending: Promise<void> | undefined;

  /** @throws TypeError or RangeError for malformed options. */
  constructor(database: LogDatabase, options: MessageLogOptions) {
    const { hashKey, disposeTimeoutInSeconds: seconds = 10, maxWaiting, onLoss } = options;
    if (typeof seconds !== "number" || !(seconds >= 0))
      throw expectedRange("disposeTimeoutInSeconds", "a number of 0 or more", seconds);
    this.#disposeTimeoutInMs = seconds * 1000;
    this.#database = database;
    this.#numbers = numberSettings(hashKey);
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
    return summaryOf(query, await this.#database.ask(query));
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
    const rows = rowsOf(events, { ...this.#numbers, countryOf: await loadCountries() });
    await this.#database.write(rows);
    return rows.messages.length + rows.deliveries.length + rows.inbound.length;
  }
}
