import { entryRank } from "../suppression/entry-order.js";
import type { SuppressionEntry, SuppressionSource } from "../suppression/suppression-store.js";

/** The columns of a fact in a table, in the order of {@link valuesOf}. Times are whole milliseconds since 1970. */
export const entryColumns = [
  "recipient",
  "sender",
  "state",
  "rank",
  "at",
  "recorded_at",
  "source",
  "keyword",
  "message_id",
  "note",
] as const;

/** What the columns hold for an entry. */
export function valuesOf(entry: SuppressionEntry): (string | number | null)[] {
  const { recipient, sender, state, at, recordedAt, source, keyword, messageId, note } = entry;
  const times = [at.getTime(), recordedAt.getTime()];
  const texts = [keyword ?? null, messageId ?? null, note ?? null];
  return [recipient, sender, state, entryRank(entry), ...times, source, ...texts];
}

/** A row as a driver gives it. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * The entry that a row holds. Times may be text, as `pg` gives 64-bit integers.
 *
 * @throws TypeError for a row that is none of ours: what it says cannot be told, so it must stop the send.
 */
export function entryOf(row: Row): SuppressionEntry {
  const { keyword, message_id: messageId, note } = row;
  return {
    sender: textOf(row, "sender"),
    recipient: textOf(row, "recipient"),
    state: stateOf(row),
    at: timeOf(row, "at"),
    recordedAt: timeOf(row, "recorded_at"),
    source: sourceOf(row),
    ...(typeof keyword === "string" && { keyword }),
    ...(typeof messageId === "string" && { messageId }),
    ...(typeof note === "string" && { note }),
  };
}

function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw damaged(column);
  return value;
}

function timeOf(row: Row, column: string): Date {
  const time = new Date(Number(row[column] ?? Number.NaN));
  if (Number.isNaN(time.getTime())) throw damaged(column);
  return time;
}

function stateOf({ state }: Row): SuppressionEntry["state"] {
  if (state !== "opted-out" && state !== "opted-in") throw damaged("state");
  return state;
}

const sources: Readonly<Record<SuppressionSource, true>> = {
  keyword: true,
  "delivery-report": true,
  service: true,
  manual: true,
  import: true,
};

function sourceOf({ source }: Row): SuppressionSource {
  if (!isSource(source)) throw damaged("source");
  return source;
}

function isSource(value: unknown): value is SuppressionSource {
  return typeof value === "string" && Object.hasOwn(sources, value);
}

function damaged(column: string): TypeError {
  return new TypeError(`A row has no valid \`${column}\`: it is damaged, or not one of this store's.`);
}
