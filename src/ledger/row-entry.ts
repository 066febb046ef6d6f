import { clampedOptOut, refuseFuture } from "../suppression/entry-time.js";
import type { SuppressionEntry } from "../suppression/suppression-store.js";
import { foreignEntry } from "./foreign-entry.js";
import type { ImportSettings } from "./import-settings.js";
import type { ImportRow } from "./import-rows.js";
import { restoredEntry } from "./restored-entry.js";
import { RowRefusal } from "./row-refusal.js";

/**
 * The fact that a row states, if it is wanted.
 *
 * @throws (by rejection) RowRefusal where it states none, or is not wanted.
 */
export async function entryOf(
  { texts, isDoubtful }: ImportRow,
  settings: ImportSettings,
  now: Date,
): Promise<SuppressionEntry> {
  if (texts instanceof RowRefusal) throw texts;
  const entry = settings.restore
    ? restoredEntry(texts, settings.format)
    : await foreignEntry(texts, settings, now);
  return entry.state === "opted-out"
    ? timelyOptOut(entry, now)
    : wantedOptIn(entry, settings, isDoubtful, now);
}

/** By our clock, whatever a file says of when it was written down. */
function timelyOptOut(entry: SuppressionEntry, now: Date): SuppressionEntry {
  return { ...entry, at: clampedOptOut({ ...entry, recordedAt: now }).at };
}

function wantedOptIn(
  entry: SuppressionEntry,
  { allowOptIns }: ImportSettings,
  isDoubtful: boolean,
  now: Date,
): SuppressionEntry {
  if (!allowOptIns) throw new RowRefusal("state", "is an opt-in; `allowOptIns` takes them");
  if (isDoubtful) {
    throw new RowRefusal("state", "is an opt-in after a broken row: mend that first, it may be part of it");
  }
  try {
    refuseFuture("at", { ...entry, recordedAt: now });
  } catch {
    throw new RowRefusal("at", "is more than five minutes in the future");
  }
  return entry;
}
