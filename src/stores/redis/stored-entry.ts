import { entryRank } from "../../suppression/entry-order.js";
import type { SuppressionEntry } from "../../suppression/suppression-store.js";
import { entryOf } from "../entry-row.js";

/*
 * A fact is kept as text in three parts: its slot (what it is about, such as `opted-out "+18005551234"`), its rank, and
 * the rest as JSON. Tabs stand between parts and line breaks between facts, and neither is ever part of JSON as it is
 * written here: so the scripts compare texts, and read no JSON.
 */

/** The four arguments that make a fact to the script that records it. */
export function argumentsOf(
  entry: SuppressionEntry,
): [recipient: string, ...parts: [string, string, string]] {
  return [entry.recipient, slotOf(entry), entryRank(entry), restOf(entry)];
}

function slotOf({ state, sender }: SuppressionEntry): string {
  return `${state} ${JSON.stringify(sender)}`;
}

function restOf({ at, recordedAt, source, keyword, messageId, note }: SuppressionEntry): string {
  const times = { at: at.getTime(), recorded_at: recordedAt.getTime() };
  return JSON.stringify({ ...times, source, keyword, message_id: messageId, note });
}

const nothing: readonly SuppressionEntry[] = Object.freeze([]);

/** The newest entries of a recipient: none only where Redis says that it knows nothing of them. */
export function newestOf(recipient: string, facts: string | null | undefined): readonly SuppressionEntry[] {
  if (facts === null) return nothing;
  return (facts ?? "").split("\n").map((fact) => {
    const [slot, , rest] = fact.split("\t");
    return factOf(recipient, slot, rest);
  });
}

/** A recipient's history: slot and rank of each fact, then its number in the order of arrival and the rest. */
export function historyOf(
  recipient: string,
  facts: readonly (readonly [string, string])[],
): SuppressionEntry[] {
  return facts
    .map(([field, value]) => ({ slot: field.split("\t")[0], parts: value.split("\t") }))
    .toSorted((a, b) => Number(a.parts[0]) - Number(b.parts[0]))
    .map(({ slot, parts }) => factOf(recipient, slot, parts[1]));
}

/** Throws for what was not written here: half a fact must not read as none. */
function factOf(recipient: string, slot: string = "", rest: string = ""): SuppressionEntry {
  const [state = ""] = slot.split(" ", 1);
  return entryOf({ ...Object(parsed(rest)), recipient, sender: parsed(slot.slice(state.length)), state });
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Not the parser's own error, which shows what it could not read.
    throw new TypeError("An entry in Redis cannot be read: it is damaged, or not one of this store's.");
  }
}
