import type { SuppressionEntry } from "../../suppression/suppression-store.js";
import { entryOf } from "../entry-row.js";
import type { AzureTableRow } from "./table-client.js";
import { readable, storable } from "./text.js";

/** A text property may hold 64 KiB, at two bytes for each UTF-16 code unit. */
const longestText = 32_768;

const cutMark = " […]";

/** What becomes a text, a 64-bit integer or bytes in the table. */
export type Properties = Readonly<Record<string, string | bigint | Uint8Array>>;

/** The properties of a row that holds an entry. */
export function propertiesOf(entry: SuppressionEntry): Properties {
  const { recipient, sender, state, at, recordedAt, source, keyword, messageId, note } = entry;
  return {
    recipient: storable(recipient),
    sender: storable(sender),
    state,
    at: BigInt(at.getTime()),
    recorded_at: BigInt(recordedAt.getTime()),
    source,
    ...(keyword !== undefined && { keyword: storable(fitting(keyword)) }),
    ...(messageId !== undefined && { message_id: storable(fitting(messageId)) }),
    ...(note !== undefined && { note: storable(fitting(note)) }),
  };
}

/** The entry that a row holds. */
export function entryIn(row: AzureTableRow): SuppressionEntry {
  return entryOf(Object.fromEntries(Object.entries(row).map(([name, value]) => [name, readable(value)])));
}

/**
 * Where a text is too long its end is lost, rather than a STOP. The rank that is stored beside it is that of the whole
 * entry all the same, so that the same fact is known again.
 */
function fitting(text: string): string {
  if (text.length <= longestText) return text;
  const start = text.slice(0, longestText - cutMark.length);
  // No half of a character at the end.
  return (start.isWellFormed() ? start : start.slice(0, -1)) + cutMark;
}
