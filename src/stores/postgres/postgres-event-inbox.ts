import { hash, randomUUID } from "node:crypto";

import type { EventClaim, EventInbox, ReplyRecord } from "../../events/event-inbox.js";
import type { Row } from "../entry-row.js";
import { PostgresConnection } from "./connection.js";
import { inboxStatements, type InboxStatements } from "./inbox-statements.js";
import { settingsOf, type PostgresOptions } from "./options.js";
import type { PostgresClient } from "./postgres-client.js";

/**
 * An event inbox in Postgres 14 or later, for any number of machines; it may be in the schema of a
 * {@link PostgresSuppressionStore}, where all is said that holds for both. Leases run by the database's clock. What is
 * done, and replies, are kept for 48 hours; one claim in 16 removes up to 500 older ones of each.
 *
 * @example
 * ```ts
 * import { SmsClient, SuppressionList } from "acs-sms";
 * import { createSmsEventHandler } from "acs-sms/events";
 * import { PostgresEventInbox, PostgresSuppressionStore } from "acs-sms/stores/postgres";
 * import { Pool } from "pg";
 *
 * const pool = new Pool({ connectionString: process.env["DATABASE_URL"], connectionTimeoutMillis: 3000 });
 * pool.on("error", (error) => console.error(error.message));
 *
 * const suppression = new SuppressionList(new PostgresSuppressionStore(pool));
 * const sms = new SmsClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"]!, { suppression });
 *
 * export const handler = createSmsEventHandler({ sms, suppression, inbox: new PostgresEventInbox(pool) });
 * ```
 */
export class PostgresEventInbox implements EventInbox, AsyncDisposable {
  readonly #connection: PostgresConnection;
  readonly #statements: InboxStatements;

  /**
   * @param pool - As for {@link PostgresSuppressionStore}.
   * @throws TypeError for malformed arguments. Nothing is asked yet.
   */
  constructor(pool: PostgresClient, options: PostgresOptions = {}) {
    const settings = settingsOf(options);
    this.#connection = new PostgresConnection(pool, settings);
    this.#statements = inboxStatements(settings.schema);
  }

  async claim(key: string, leaseInMs: number): Promise<EventClaim> {
    const digest = digestOf(key);
    // First, so that a failure leaves nothing claimed. A digest is as good as chance: four of 64 characters.
    if (/^[A-D]/.test(digest)) await this.#connection.run(this.#statements.sweep, []);
    const token = randomUUID();
    const { state } = await this.#row(this.#statements.claim, digest, token, String(leaseInMs));
    if (state === "claimed") return { state, token };
    return { state: state === "done" ? "done" : "busy" };
  }

  async complete(key: string, token: string): Promise<void> {
    await this.#connection.run(this.#statements.complete, [digestOf(key), token]);
  }

  async release(key: string, token: string): Promise<void> {
    await this.#connection.run(this.#statements.release, [digestOf(key), token]);
  }

  async beginReply(key: string, at: Date): Promise<ReplyRecord> {
    const row = await this.#row(this.#statements.beginReply, digestOf(key), String(at.getTime()));
    const { sent_message_id: sentMessageId } = row;
    return {
      beganAt: new Date(Number(row["began_at"])),
      ...(typeof sentMessageId === "string" && { sentMessageId }),
      isNew: row["is_new"] === true,
    };
  }

  async completeReply(key: string, sentMessageId: string): Promise<void> {
    const values = [digestOf(key), sentMessageId, String(Date.now())];
    await this.#connection.run(this.#statements.completeReply, values);
  }

  async cancelReply(key: string): Promise<void> {
    await this.#connection.run(this.#statements.cancelReply, [digestOf(key)]);
  }

  /** Does nothing: the pool is yours to close. */
  async [Symbol.asyncDispose](): Promise<void> {}

  /** Asks until there is an answer: a statement does not see what another has begun at the same moment. */
  async #row(sql: string, ...values: string[]): Promise<Row> {
    for (;;) {
      const [row] = await this.#connection.rows(sql, values);
      if (row !== undefined) return row;
    }
  }
}

/** A key may be of any length, and an index takes 2,700 bytes. */
function digestOf(key: string): string {
  return hash("sha256", key, "base64url");
}
