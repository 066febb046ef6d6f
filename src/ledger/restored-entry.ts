import { addressKey } from "../phone-numbers/address-key.js";
import { maskPhoneNumber } from "../privacy/mask-phone-number.js";
import { isMark } from "../suppression/confirmation.js";
import type { SuppressionEntry, SuppressionSource } from "../suppression/suppression-store.js";
import { unguardFormula } from "./formula-guard.js";
import { isState } from "./import-settings.js";
import { RowRefusal } from "./row-refusal.js";
import type { RowTexts } from "./row-texts.js";

/**
 * The fact that a row of our own export states, exactly.
 *
 * @throws RowRefusal where it is none that an export can hold.
 */
export function restoredEntry(texts: RowTexts, format: "csv" | "jsonl"): SuppressionEntry {
  const original = format === "csv" ? unguarded(texts) : texts;
  const { sender, state, source, keyword, messageId, note } = original;
  if (!isState(state)) throw new RowRefusal("state", 'is neither "opted-out" nor "opted-in"');
  const entry: SuppressionEntry = {
    sender: textIn("sender", sender),
    recipient: keyIn("recipient", original.recipient),
    state,
    at: exactTime("at", original.at),
    recordedAt: exactTime("recordedAt", original.recordedAt),
    source: sourceIn(source),
    ...(keyword !== undefined && { keyword }),
    ...(messageId !== undefined && { messageId }),
    ...(note !== undefined && { note }),
  };
  if (!isMark(entry)) keyIn("sender", sender);
  return entry;
}

function unguarded(texts: RowTexts): RowTexts {
  return Object.fromEntries(Object.entries(texts).map(([field, text]) => [field, unguardFormula(text)]));
}

/** A key is its own key. */
function keyIn(field: "sender" | "recipient", text: string | undefined): string {
  const key = textIn(field, text);
  if (key === addressKey(key)) return key;
  throw new RowRefusal(field, `is not as an export has it: ${maskPhoneNumber(key)}`);
}

function textIn(field: "sender" | "recipient", text: string | undefined): string {
  if (text !== undefined && text.trim() !== "") return text;
  throw new RowRefusal(field, "is missing");
}

function exactTime(field: "at" | "recordedAt", text: string | undefined): Date {
  const time = new Date(text ?? "");
  if (!Number.isNaN(time.getTime()) && time.toISOString() === text) return time;
  throw new RowRefusal(field, "is no time as an export has it");
}

const sources: readonly SuppressionSource[] = ["keyword", "delivery-report", "service", "manual", "import"];

function sourceIn(text: string | undefined): SuppressionSource {
  const source = sources.find((known) => known === text);
  if (source === undefined) throw new RowRefusal("source", `is none of ${sources.join(", ")}`);
  return source;
}
