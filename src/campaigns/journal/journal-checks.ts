import { expected, expectedRange } from "../../errors/expected.js";
import type { BatchPosition, PlannedBatch, RunPosition } from "./campaign-journal.js";

/** What an index of every database holds, three bytes for each. */
const longestName = 512;

const longestNoteInBytes = 65_536;

/**
 * What names a campaign, an item or a recipient: it has to come back as it was, and to be told from all others. Half a
 * surrogate pair has no UTF-8, and Postgres takes no U+0000.
 *
 * @throws TypeError or RangeError
 */
export function checkedName(name: string, text: string): string {
  if (typeof text !== "string") throw expected(name, "a string", text);
  if (text === "" || text.length > longestName)
    throw expectedRange(name, `1 to ${longestName} characters`, text);
  return checkedText(name, text);
}

/** @throws TypeError or RangeError for a text that some database would not give back as it is. */
export function checkedText(name: string, text: string): string {
  if (typeof text !== "string") throw expected(name, "a string", text);
  if (!text.isWellFormed() || text.includes("\0"))
    throw expectedRange(name, "well-formed text without U+0000", text);
  return text;
}

/** A text that names nothing, such as what somebody wrote where a number should be. What cannot be stored becomes U+FFFD. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\uFFFD");
}

/** @throws TypeError or RangeError */
export function checkedNote(note: string | undefined): string | null {
  if (note === undefined) return null;
  if (Buffer.byteLength(checkedText("note", note)) > longestNoteInBytes)
    throw expectedRange("note", `at most ${longestNoteInBytes} bytes`, note);
  return note;
}

/** @throws TypeError or RangeError */
export function checkedNumber(name: string, number: number, least = 0): number {
  if (!Number.isSafeInteger(number) || number < least)
    throw expectedRange(name, `a whole number of ${least} or more`, number);
  return number;
}

/** @throws TypeError or RangeError */
export function checkedRun({ campaign, run }: RunPosition): RunPosition {
  return { campaign: checkedName("campaign", campaign), run: checkedNumber("run", run) };
}

/** @throws TypeError or RangeError */
export function checkedHold(held: BatchPosition): BatchPosition {
  const batch = checkedNumber("batch", held.batch);
  return { ...checkedRun(held), batch, claim: checkedNumber("claim", held.claim) };
}

/** @throws TypeError or RangeError */
export function pageOf(campaign: string, after: number, limit: number): [string, number, number] {
  return [checkedName("campaign", campaign), checkedNumber("after", after), checkedNumber("limit", limit, 1)];
}

/** @throws TypeError */
export function timeOf(name: string, at: Date): number {
  const time = at instanceof Date ? at.getTime() : Number.NaN;
  if (Number.isNaN(time)) throw expected(name, "a valid Date", at);
  return time;
}

/** @throws TypeError or RangeError where the numbers don't go up, or an item comes twice. */
export function checkPlan(batches: readonly PlannedBatch[]): void {
  const keys = new Set<string>();
  let last = 0;
  for (const batch of batches) {
    if (checkedNumber("batch", batch.batch, 1) <= last)
      throw expectedRange("batch", "more than the last", batch.batch);
    last = batch.batch;
    checkBatch(batch);
    for (const { key } of batch.items) {
      if (keys.has(key)) throw expected("items", "different items", batch.items);
      keys.add(key);
    }
  }
}

function checkBatch({ from, message, fingerprint, items }: PlannedBatch): void {
  checkedName("from", from);
  checkedText("message", message);
  checkedText("fingerprint", fingerprint);
  if (items.length === 0) throw expected("items", "one item or more", items);
  for (const { key, to } of items) {
    checkedName("key", key);
    checkedName("to", to);
  }
}
