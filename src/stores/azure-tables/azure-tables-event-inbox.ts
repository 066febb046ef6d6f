import { hash, randomUUID } from "node:crypto";

import {
  retentionInMs,
  type EventClaim,
  type EventInbox,
  type ReplyRecord,
} from "../../events/event-inbox.js";
import { untilUndisturbed } from "./conflicts.js";
import { inParallel } from "./in-parallel.js";
import type { AzureTableClient, AzureTableEntity, AzureTableRow } from "./table-client.js";
import { readable, storable } from "./text.js";
import { Table, type AzureTablesOptions } from "./table.js";

/** How many rows a sweep looks at, of which it removes the old ones. */
const sweptRows = 200;

const sweepConcurrency = 16;

/**
 * An inbox in Azure Table storage, for any number of machines. Each event is a partition, so any number of them can be
 * handled at once; a change is made only if nobody else was faster.
 *
 * Leases are measured by the service's clock, of which this machine learns the second; where its own clock is wrong, a
 * lease may end up to a second early or late. Completed events and replies are kept for 48 hours. One claim in 16 looks
 * at up to 200 rows first and deletes the older ones among them, so that a table in steady use stays about as large as
 * what came within that time.
 *
 * The table may be shared with an {@link AzureTablesSuppressionStore}.
 *
 * @example
 * ```ts
 * import { TableClient } from "@azure/data-tables";
 * import { SmsClient, SuppressionList } from "acs-sms";
 * import { createSmsEventHandler } from "acs-sms/events";
 * import { AzureTablesEventInbox, AzureTablesSuppressionStore } from "acs-sms/stores/azure-tables";
 *
 * const connectionString = process.env["AZURE_STORAGE_CONNECTION_STRING"] ?? "UseDevelopmentStorage=true";
 * const table = TableClient.fromConnectionString(connectionString, "sms");
 * const suppression = new SuppressionList(new AzureTablesSuppressionStore(table));
 * const sms = new SmsClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"]!, { suppression });
 *
 * export const handler = createSmsEventHandler({ sms, suppression, inbox: new AzureTablesEventInbox(table) });
 * ```
 */
export class AzureTablesEventInbox implements EventInbox, AsyncDisposable {
  readonly #table: Table;

  /**
   * @param tableClient - A `TableClient` of `@azure/data-tables` 13. It needs leave to read, add, update and delete
   * rows, and unless `createTable` is `false`, to make tables.
   * @throws TypeError for anything else, or a malformed option.
   */
  constructor(tableClient: AzureTableClient, options: AzureTablesOptions = {}) {
    this.#table = new Table(tableClient, options);
  }

  async claim(key: string, leaseInMs: number): Promise<EventClaim> {
    await this.#table.ready();
    const partitionKey = partitionOf(key);
    // First, so that a failure leaves nothing claimed. The key is as good as chance, for whether and for where.
    if (partitionKey.endsWith("0")) await this.#sweep(partitionKey);
    const token = randomUUID();
    const row = { partitionKey, rowKey: "claim", token, leaseInMs: String(leaseInMs), isDone: false };
    return untilUndisturbed(async () => {
      const { row: known, now } = await this.#table.row(partitionKey, "claim");
      if (known?.["isDone"] === true) return { state: "done" };
      // An own token says that the answer to the change was lost, which the SDK has then repeated.
      if (known?.["token"] === token) return { state: "claimed", token };
      if (known !== undefined && endOf(known) > now) return { state: "busy" };
      await this.#put(row, known);
      return { state: "claimed", token };
    });
  }

  async complete(key: string, token: string): Promise<void> {
    await this.#table.ready();
    const row = { partitionKey: partitionOf(key), rowKey: "claim", token, isDone: true };
    await this.#table.change([["upsert", row, "Replace"]]);
  }

  async release(key: string, token: string): Promise<void> {
    await this.#table.ready();
    const { row: known } = await this.#table.row(partitionOf(key), "claim");
    if (known?.["token"] === token && known["isDone"] !== true) await this.#table.remove(known);
  }

  async beginReply(key: string, at: Date): Promise<ReplyRecord> {
    await this.#table.ready();
    const partitionKey = partitionOf(key);
    const token = randomUUID();
    const row = { partitionKey, rowKey: "reply", token, beganAt: at.toISOString() };
    return untilUndisturbed(async () => {
      const { row: known } = await this.#table.row(partitionKey, "reply");
      if (known !== undefined) return replyOf(known, token);
      await this.#put(row, known);
      return { beganAt: new Date(at), isNew: true };
    });
  }

  async completeReply(key: string, sentMessageId: string): Promise<void> {
    await this.#table.ready();
    const row = { partitionKey: partitionOf(key), rowKey: "reply", sentMessageId: storable(sentMessageId) };
    await this.#table.change([["upsert", row, "Merge"]]);
  }

  async cancelReply(key: string): Promise<void> {
    await this.#table.ready();
    const { row: known } = await this.#table.row(partitionOf(key), "reply");
    // Where it is completed in between, it is not removed either.
    if (known !== undefined && known["sentMessageId"] === undefined) await this.#table.remove(known);
  }

  /** Closes nothing: the client is the caller's. */
  async [Symbol.asyncDispose](): Promise<void> {}

  /** Writes a row, if it is still missing or still as it was read. */
  async #put(row: AzureTableEntity, known: AzureTableRow | undefined): Promise<void> {
    await this.#table.change([
      known === undefined ? ["create", row] : ["update", row, "Replace", { etag: known.etag }],
    ]);
  }

  /** Deletes what is old among the rows from a place on. */
  async #sweep(partitionKey: string): Promise<void> {
    const filter = `PartitionKey ge '${partitionKey}' and PartitionKey lt '${endOfPartitions}'`;
    const { rows, now } = await this.#table.firstPage(filter, sweptRows);
    const old = rows.filter((row) => isOurs(row) && endOf(row) + retentionInMs <= now);
    await inParallel(old, sweepConcurrency, (row) => this.#table.remove(row));
  }
}

/** Hashed, so that events are spread evenly, and keys of any length and content will do. */
function partitionOf(key: string): string {
  return `event-${hash("sha256", key, "hex")}`;
}

/** The character after the hyphen. */
const endOfPartitions = "event.";

/** A store may have a recipient with a strange name in the same table. */
function isOurs({ rowKey }: AzureTableRow): boolean {
  return rowKey === "claim" || rowKey === "reply";
}

/** When a row's lease ends, by the service's clock; what has none ends when it is written. */
function endOf({ timestamp = "", leaseInMs = 0 }: AzureTableRow): number {
  return Date.parse(timestamp) + Number(leaseInMs);
}

/** What a row tells of a reply to who came with this token. */
function replyOf(row: AzureTableRow, token: string): ReplyRecord {
  const { beganAt, timestamp = "" } = row;
  const sentMessageId = readable(row["sentMessageId"]);
  return {
    // A reply can be completed that nobody has begun.
    beganAt: new Date(typeof beganAt === "string" ? beganAt : timestamp),
    ...(typeof sentMessageId === "string" && { sentMessageId }),
    isNew: row["token"] === token,
  };
}
