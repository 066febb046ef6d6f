import { expected } from "../errors/expected.js";
import { sources } from "./entry-order.js";
import { statedTime } from "./entry-time.js";
import { recipientKeysOf, senderKeyOf } from "./key-of.js";
import type { SuppressionCallOptions } from "./suppression-gate.js";
import type { SuppressionEntry, SuppressionSource } from "./suppression-store.js";

/** What is said with a manual opt-out or opt-in. */
export interface ManualEntryOptions extends SuppressionCallOptions {
  /** Default: `"manual"`. */
  source?: SuppressionSource | undefined;
  /** When it was said. Default for an opt-out: now. An opt-in needs it: consent has a date. */
  at?: Date | undefined;
  /** The words, verbatim. */
  keyword?: string | undefined;
  /** The message in which it was said. */
  messageId?: string | undefined;
  /** Anything a person should find in the ledger. */
  note?: string | undefined;
}

/** The entries that a call by hand records, one for each recipient. */
export function manualEntries(
  state: SuppressionEntry["state"],
  sender: string,
  recipients: readonly string[],
  at: Date,
  options: ManualEntryOptions,
): SuppressionEntry[] {
  const { source = "manual", keyword, messageId, note } = options;
  // A store takes it, but gives out no entry with it, and so would stop every send to this person and those beside them.
  if (!sources.includes(source)) throw expected("source", `one of ${sources.join(", ")}`, source);
  const shared = {
    sender: senderKeyOf("sender", sender),
    state,
    at: statedTime("at", at) ?? at,
    recordedAt: new Date(),
    source,
    ...(keyword !== undefined && { keyword }),
    ...(messageId !== undefined && { messageId }),
    ...(note !== undefined && { note }),
  };
  return recipientKeysOf("recipients", recipients).map((recipient) => ({ ...shared, recipient }));
}
