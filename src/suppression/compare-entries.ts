import type { SuppressionEntry } from "./suppression-store.js";

/**
 * The order of facts about one sender, recipient and state: by the time it was said, in whole milliseconds; at equal
 * times by source, message id, keyword and note, so that any order of arrival ends at the same entry. `0` says that it
 * is the same fact again.
 *
 * @returns Less than 0 where `a` is older, more than 0 where it is newer.
 */
export function compareEntries(a: SuppressionEntry, b: SuppressionEntry): number {
  return (
    a.at.getTime() - b.at.getTime() ||
    compareText(a.source, b.source) ||
    compareText(a.messageId, b.messageId) ||
    compareText(a.keyword, b.keyword) ||
    compareText(a.note, b.note)
  );
}

/** By UTF-16 code units, as `<` has it: a collation would differ between machines and databases. */
function compareText(a = "", b = ""): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
