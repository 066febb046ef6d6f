import { randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";

import {
  retentionInMs,
  type EventClaim,
  type EventInbox,
  type ReplyRecord,
} from "../../events/event-inbox.js";
import { SqliteConnection } from "./connection.js";
import {
  beginReply,
  cancelReply,
  claimEvent,
  completeEvent,
  completeReply,
  findEvent,
  findReply,
  forgetEvents,
  forgetReplies,
  inboxSchema,
  releaseEvent,
} from "./inbox-tables.js";
import { settingsOf, type SqliteOptions } from "./options.js";

/**
 * An event inbox in a SQLite file, for any number of processes **on one machine**; it may be the file of a
 * {@link SqliteSuppressionStore}, where all is said that holds for both. Leases go by this machine's clock. What is done,
 * and replies, are kept for 48 hours, and removed bit by bit as new events come.
 *
 * @example
 * ```ts
 * import { SmsClient, SuppressionList } from "acs-sms";
 * import { createSmsEventHandler } from "acs-sms/events";
 * import { SqliteEventInbox, SqliteSuppressionStore } from "acs-sms/stores/sqlite";
 *
 * const path = "/var/lib/shop/sms.sqlite";
 * const suppression = new SuppressionList(new SqliteSuppressionStore(path));
 * const sms = new SmsClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"]!, { suppression });
 *
 * export const handler = createSmsEventHandler({ sms, suppression, inbox: new SqliteEventInbox(path) });
 * ```
 */
export class SqliteEventInbox implements EventInbox, AsyncDisposable {
  readonly #connection: SqliteConnection;

  /**
   * @param pathOrDatabase - As for {@link SqliteSuppressionStore}.
   * @throws TypeError or RangeError for malformed arguments. Nothing is opened yet.
   */
  constructor(pathOrDatabase: string | DatabaseSync, options: SqliteOptions = {}) {
    this.#connection = new SqliteConnection(settingsOf(pathOrDatabase, options), inboxSchema);
  }

  async claim(key: string, leaseInMs: number): Promise<EventClaim> {
    const token = randomUUID();
    return this.#connection.write((prepare) => {
      const now = Date.now();
      prepare(forgetEvents).run(now);
      prepare(forgetReplies).run(now);
      const { changes } = prepare(claimEvent).run(key, token, now + Math.ceil(leaseInMs), now);
      if (changes === 1) return { state: "claimed", token };
      return { state: prepare(findEvent).get(key)?.["is_done"] === 1 ? "done" : "busy" };
    });
  }

  async complete(key: string, token: string): Promise<void> {
    await this.#run(completeEvent, key, token, Date.now() + retentionInMs);
  }

  async release(key: string, token: string): Promise<void> {
    await this.#run(releaseEvent, key, token);
  }

  async beginReply(key: string, at: Date): Promise<ReplyRecord> {
    const beganAt = at.getTime();
    return this.#connection.write((prepare) => {
      const now = Date.now();
      const { changes } = prepare(beginReply).run(key, beganAt, now + retentionInMs, now);
      if (changes === 1) return { beganAt: new Date(beganAt), isNew: true };
      const known = prepare(findReply).get(key);
      const sentMessageId = known?.["sent_message_id"];
      return {
        beganAt: new Date(Number(known?.["began_at"])),
        ...(typeof sentMessageId === "string" && { sentMessageId }),
        isNew: false,
      };
    });
  }

  async completeReply(key: string, sentMessageId: string): Promise<void> {
    const now = Date.now();
    await this.#run(completeReply, key, now, sentMessageId, now + retentionInMs);
  }

  async cancelReply(key: string): Promise<void> {
    await this.#run(cancelReply, key);
  }

  /** Closes the file; later calls reject. A database of yours stays open. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection[Symbol.asyncDispose]();
  }

  async #run(sql: string, ...values: (string | number)[]): Promise<void> {
    await this.#connection.write((prepare) => prepare(sql).run(...values));
  }
}
