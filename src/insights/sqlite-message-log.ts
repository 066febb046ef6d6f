import type { DatabaseSync } from "node:sqlite";

import type { SmsObservation } from "../observers/observer.js";
import { settingsOf, type SqliteOptions } from "../stores/sqlite/options.js";
import { KeptLog } from "./kept-log.js";
import type { InboundOptions, LoggedInbound, LoggedMessage, MessagesOptions } from "./logged-message.js";
import type { MessageLog, MessageLogOptions, MessageLogState, SummaryOptions } from "./message-log.js";
import { SqliteLogDatabase } from "./sqlite-log-database.js";
import type { Summary } from "./summary.js";

/** How a log in SQLite is kept. */
export interface SqliteMessageLogOptions extends MessageLogOptions, SqliteOptions {
  /**
   * `"normal"`: a crash of the process loses only what waits in memory, a crash of the machine perhaps the last events.
   * `"full"` waits for the disk at each write. Only for a path. Default: `"normal"`.
   */
  synchronous?: "full" | "normal" | undefined;
}

/**
 * A {@link MessageLog} in a SQLite file, for any number of processes **on one machine**.
 *
 * - The file is made at first use, readable for its owner alone, and may be that of a `SqliteSuppressionStore`, where more is
 *   said that holds for both. `":memory:"` forgets all with the process.
 * - Events are written in groups of up to 100, within 200 ms or so, in some milliseconds of this process's time for each group.
 *   While others hold the file, or the disk is full, they wait in memory (see `maxWaiting`).
 * - A file is read in a thread of its own, which holds up nothing. **With `":memory:"` or a database of yours the process does
 *   nothing else meanwhile**: half a second to two for a summary of 100,000 messages.
 * - It holds numbers of people (or hashes of them, see `hashKey`), tags and message ids, and texts only with `keepTexts`. The
 *   file's free pages may hold what was pruned until SQLite uses them again.
 *
 * @example
 * ```ts
 * import { SmsClient } from "acs-sms";
 * import { SqliteMessageLog, summarize } from "acs-sms/insights";
 *
 * await using log = new SqliteMessageLog("insights.sqlite");
 * const sms = new SmsClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"]!, { observers: [log] });
 * const request = { from: "+18005551234", to: ["+14255550123"], message: "Your table is ready." };
 * await sms.send(request, { enableDeliveryReport: true, tag: "tables" });
 *
 * await log.flush();
 * const today = { from: new Date(Date.now() - 86_400_000), to: new Date() };
 * const { groups } = await summarize(log, { ...today, groupBy: ["tag"] });
 * for (const { key, accepted, deliveryRate } of groups) console.log(key.tag, accepted, deliveryRate);
 * ```
 */
export class SqliteMessageLog implements MessageLog {
  readonly #log: KeptLog;

  /**
   * @param pathOrDatabase - A file, relative to the working directory if it is, `":memory:"`, or a database of yours.
   * @throws TypeError or RangeError for malformed arguments. Nothing is opened yet.
   */
  constructor(pathOrDatabase: string | DatabaseSync, options: SqliteMessageLogOptions = {}) {
    const isPath = typeof pathOrDatabase === "string";
    const settings = settingsOf(pathOrDatabase, {
      ...(isPath && { synchronous: "normal" }),
      ...defined(options),
    });
    this.#log = new KeptLog(new SqliteLogDatabase(settings), options);
  }

  get state(): MessageLogState {
    return this.#log.state;
  }

  observe(observation: SmsObservation): void {
    this.#log.observe(observation);
  }

  async flush(): Promise<void> {
    await this.#log.flush();
  }

  async summarize(options: SummaryOptions): Promise<Summary> {
    return this.#log.summarize(options);
  }

  messages(options: MessagesOptions): AsyncIterable<LoggedMessage> {
    return this.#log.messages(options);
  }

  inbound(options: InboundOptions): AsyncIterable<LoggedInbound> {
    return this.#log.inbound(options);
  }

  async prune(before: Date): Promise<number> {
    return this.#log.prune(before);
  }

  /** Writes what waits, for as long as `disposeTimeoutInSeconds` says, and closes the file. A database of yours stays open. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#log.dispose();
  }
}

/** What is `undefined` does not hide a default. */
function defined({ synchronous, ...options }: SqliteMessageLogOptions): SqliteMessageLogOptions {
  return { ...options, ...(synchronous !== undefined && { synchronous }) };
}
