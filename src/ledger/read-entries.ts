import { expected } from "../errors/expected.js";
import { isMark } from "../suppression/confirmation.js";
import { keyOf, senderKeyOf } from "../suppression/key-of.js";
import type {
  SuppressionEntry,
  SuppressionLedger,
  SuppressionStoreOptions,
} from "../suppression/suppression-store.js";
import { abortable } from "../errors/abortable.js";

/** Which entries of a ledger are wanted. */
export interface EntryFilter {
  /** Only what concerns this sender; `"*"` for what concerns every sender. Default: all. */
  sender?: string | undefined;
  /** Only opt-outs, or only opt-ins. Default: both. */
  state?: SuppressionEntry["state"] | undefined;
  /**
   * Whether the marks that used confirmations leave in a store are wanted too. They are opt-outs of a sender that does
   * not exist, and no facts about anybody. Default: `false`.
   */
  includeMarks?: boolean | undefined;
}

/** Which entries {@link readEntries} gives. */
export interface ReadEntriesOptions extends EntryFilter, SuppressionStoreOptions {
  /**
   * Whether an opt-in that a newer opt-out has ended, and an opt-out that a newer opt-in has lifted, are wanted too.
   * Default: `false`, of each sender and recipient the one fact that stands.
   */
  includeOutdated?: boolean | undefined;
}

/**
 * The facts that stand now: of each sender and recipient the newer of opt-out and opt-in, at equal times the opt-out.
 * All of one recipient come together; nothing is held but those, so any number can be read.
 *
 * These are facts, each about one sender. Whether somebody may be texted is for `SuppressionList` to say, which also
 * knows of programmes and of `revokeAll`.
 *
 * @throws (by rejection) TypeError for malformed options; what the ledger throws.
 *
 * @example
 * ```ts
 * import { MemorySuppressionStore } from "acs-sms";
 * import { readEntries } from "acs-sms/ledger";
 *
 * const ledger = new MemorySuppressionStore();
 * for await (const { recipient, at, keyword } of readEntries(ledger, { state: "opted-out" })) {
 *   console.log(recipient, at.toISOString(), keyword);
 * }
 * ```
 */
export async function* readEntries(
  ledger: Pick<SuppressionLedger, "entries">,
  options: ReadEntriesOptions = {},
): AsyncGenerator<SuppressionEntry, void, undefined> {
  const { includeOutdated = false, abortSignal } = options;
  if (typeof includeOutdated !== "boolean") throw expected("includeOutdated", "a boolean", includeOutdated);
  const isWanted = entryFilter(options);
  const entries = abortable(ledger.entries({ abortSignal }), abortSignal);
  for await (const entry of includeOutdated ? entries : standing(entries)) if (isWanted(entry)) yield entry;
}

/**
 * Everything that was ever recorded about a recipient, in the order in which it was recorded, the superseded and the late
 * too: with the words as they were said, the source, the message id, when it was said (`at`) and when it was written
 * down (`recordedAt`). Answers to confirmations are part of it, under senders that begin with `confirmation:`.
 *
 * @param recipient - Written in any way that `SuppressionList` takes: `+1 (425) 555-0123` is found too.
 * @throws (by rejection) TypeError where `recipient` is no phone number; what the ledger throws.
 *
 * @example
 * ```ts
 * import { MemorySuppressionStore } from "acs-sms";
 * import { readHistory } from "acs-sms/ledger";
 *
 * const ledger = new MemorySuppressionStore();
 * for await (const { state, sender, at, recordedAt, source, keyword } of readHistory(ledger, "+14255550123")) {
 *   console.log(state, sender, at, recordedAt, source, keyword);
 * }
 * ```
 */
export async function* readHistory(
  ledger: Pick<SuppressionLedger, "history">,
  recipient: string,
  options: SuppressionStoreOptions = {},
): AsyncGenerator<SuppressionEntry, void, undefined> {
  const key = keyOf("recipient", recipient);
  yield* abortable(ledger.history(key, options), options.abortSignal);
}

/** Whether an entry is wanted, with the filter checked. */
export function entryFilter({
  sender,
  state,
  includeMarks = false,
}: EntryFilter): (entry: SuppressionEntry) => boolean {
  const key = sender === undefined ? undefined : senderKeyOf("sender", sender);
  if (state !== undefined && state !== "opted-out" && state !== "opted-in") {
    throw expected("state", '"opted-out" or "opted-in"', state);
  }
  if (typeof includeMarks !== "boolean") throw expected("includeMarks", "a boolean", includeMarks);
  return (entry) =>
    (key === undefined || entry.sender === key) &&
    (state === undefined || entry.state === state) &&
    (includeMarks || !isMark(entry));
}

/** Relies on the ledger's giving all entries of one recipient together. */
async function* standing(
  entries: AsyncIterable<SuppressionEntry>,
): AsyncGenerator<SuppressionEntry, void, undefined> {
  let recipient: string | undefined;
  let bySender = new Map<string, SuppressionEntry>();
  for await (const entry of entries) {
    if (entry.recipient !== recipient) {
      yield* bySender.values();
      recipient = entry.recipient;
      bySender = new Map();
    }
    const known = bySender.get(entry.sender);
    if (known === undefined || outlasts(entry, known)) bySender.set(entry.sender, entry);
  }
  yield* bySender.values();
}

/** The newer one stands; at equal times the opt-out. */
function outlasts(entry: SuppressionEntry, known: SuppressionEntry): boolean {
  const byTime = entry.at.getTime() - known.at.getTime();
  return byTime > 0 || (byTime === 0 && entry.state === "opted-out");
}
