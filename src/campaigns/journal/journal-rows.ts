import type { Row } from "../../stores/entry-row.js";
import type {
  ClaimedBatch,
  JournalCampaign,
  JournalItem,
  JournalRecord,
  JournalResult,
  JournalStatus,
  JournalTotals,
  SettledBatch,
} from "./campaign-journal.js";
import { checkedNumber, storable } from "./journal-checks.js";

/*
 * What the rows of a journal hold, by the names of the columns, which are the same in every database.
 */

/** What is written of a result, but for its key. */
export interface ResultColumns {
  readonly status: JournalStatus;
  readonly message_id: string | null;
  readonly http_status: number | null;
  readonly error: string | null;
}

export function columnsOf(result: JournalResult): ResultColumns {
  const { status, messageId, httpStatusCode, errorMessage } = result;
  return {
    status: checkedStatus(status),
    message_id: messageId === undefined ? null : storable(messageId),
    http_status: httpStatusCode === undefined ? null : checkedNumber("httpStatusCode", httpStatusCode),
    error: errorMessage === undefined ? null : storable(errorMessage),
  };
}

export function campaignOf(campaign: string, row: Row): JournalCampaign {
  const run = Number(row["run"]);
  return {
    campaign,
    identity: textIn(row, "identity"),
    run,
    lastBatch: Number(row["last_batch"]),
    isPlanned: Number(row["planned_run"]) === run,
    createdAt: new Date(Number(row["created_at"])),
    ...(typeof row["note"] === "string" && { note: row["note"] }),
  };
}

export function recordOf(row: Row, isSeen: boolean): JournalRecord {
  const { sender: from, fingerprint } = row;
  return {
    ...detailsOf(row),
    status: row["status"] === null ? undefined : checkedStatus(row["status"]),
    to: textIn(row, "recipient"),
    ...(typeof from === "string" && { from }),
    ...(typeof fingerprint === "string" && { fingerprint }),
    isSeen,
  };
}

export function claimedOf(batch: number, row: Row, items: readonly Row[]): ClaimedBatch {
  const { first_sent_at: firstSentAt } = row;
  return {
    batch,
    identity: textIn(row, "identity"),
    run: Number(row["run"]),
    claim: Number(row["claim"]),
    generation: Number(row["generation"]),
    from: textIn(row, "sender"),
    message: textIn(row, "message"),
    fingerprint: textIn(row, "fingerprint"),
    ...(firstSentAt !== null && { firstSentAt: new Date(Number(firstSentAt)) }),
    items: items.map(itemOf),
  };
}

export function settledOf(row: Row, items: readonly Row[]): SettledBatch {
  return {
    batch: Number(row["batch"]),
    from: textIn(row, "sender"),
    results: items.map((item) => ({
      ...detailsOf(item),
      status: checkedStatus(item["status"]),
      to: textIn(item, "recipient"),
    })),
  };
}

/** @param rows - Statuses and their counts; several for one status are added up. */
export function totalsOf(rows: readonly Row[]): JournalTotals {
  const totals: Record<string, number> = { ...none };
  for (const row of rows) {
    const status = row["status"] === null ? "open" : checkedStatus(row["status"]);
    totals[status] = (totals[status] ?? 0) + Number(row["count"]);
  }
  return { ...none, ...totals };
}

/** Rows inside a row, as JSON has them. */
export function rowsIn(row: Row, column: string): readonly Row[] {
  const value = row[column];
  return Array.isArray(value) ? value.filter(isRow) : [];
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null;
}

const none: JournalTotals = {
  open: 0,
  accepted: 0,
  rejected: 0,
  suppressed: 0,
  invalid: 0,
  expired: 0,
  unknown: 0,
};

function itemOf(row: Row): JournalItem {
  return { key: textIn(row, "key"), to: textIn(row, "recipient") };
}

function detailsOf(row: Row): Omit<JournalResult, "status"> {
  const { message_id: messageId, http_status: httpStatusCode, error: errorMessage } = row;
  return {
    key: textIn(row, "key"),
    ...(typeof messageId === "string" && { messageId }),
    ...(httpStatusCode !== null && { httpStatusCode: Number(httpStatusCode) }),
    ...(typeof errorMessage === "string" && { errorMessage }),
  };
}

function textIn(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw damaged(column);
  return value;
}

/** @throws TypeError for what is no status: in a row, one that a newer version may have written. */
function checkedStatus(status: unknown): JournalStatus {
  if (!isStatus(status)) throw damaged("status");
  return status;
}

function isStatus(status: unknown): status is JournalStatus {
  return typeof status === "string" && status !== "open" && Object.hasOwn(none, status);
}

function damaged(column: string): TypeError {
  return new TypeError(`A row of the campaign journal has no valid \`${column}\`.`);
}
