import { expectedRange } from "../../errors/expected.js";
import type { SummaryOptions } from "../../insights/message-log.js";
import type { GroupKey } from "../../insights/summary.js";
import { groupKeys, lengthInMs } from "../../insights/group-keys.js";

/** What stands behind the question mark, by name. */
export type Query = (name: string) => string | undefined;

/** A range by the minute has no more of them. */
const mostMinutes = 100_000;

/**
 * What is asked of the messages.
 *
 * @param oldest - When the oldest message of all was: there a range begins that is not said to.
 * @throws TypeError or RangeError that names the parameter.
 */
export function readQuestion(query: Query, now: Date, oldest: Date | undefined): SummaryOptions {
  const groupBy = query("groupBy")?.split(",") ?? [];
  const where = { tag: query("tag"), sender: query("sender"), country: query("country") };
  return {
    ...readRange(query, now, oldest),
    groupBy: groupBy.map((key) => groupKey(key)),
    where,
    timeZone: query("timeZone"),
    at: now,
  };
}

function groupKey(text: string): GroupKey {
  const key = groupKeys.find((one) => one === text);
  if (key === undefined) throw expectedRange("groupBy", `of ${groupKeys.join(", ")}`, text);
  return key;
}

type Range = Pick<SummaryOptions, "from" | "to">;

function readRange(query: Query, now: Date, oldest = now): Range {
  const [minutes, from, to] = [query("minutes"), query("from"), query("to")];
  // A range ends before its end, and what happens at this moment has happened.
  const end = new Date(now.getTime() + 1);
  if (minutes === undefined) {
    const begin =
      from === undefined ? fullMinute(Math.min(oldest.getTime(), now.getTime())) : time("from", from);
    return { from: begin, to: to === undefined ? end : time("to", to) };
  }
  if (from !== undefined || to !== undefined)
    throw expectedRange("minutes", "left out where `from` or `to` is given", minutes);
  return { from: fullMinute(now.getTime() - readMinutes(minutes) * lengthInMs.minute), to: end };
}

function readMinutes(text: string): number {
  const minutes = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (minutes < 1 || minutes > mostMinutes)
    throw expectedRange("minutes", `an integer from 1 to ${mostMinutes}`, text);
  return minutes;
}

/** So that the first bar of a chart is no part of one. */
function fullMinute(instant: number): Date {
  return new Date(Math.floor(instant / lengthInMs.minute) * lengthInMs.minute);
}

function time(name: string, text: string): Date {
  const date = new Date(/^\d{4}-\d\d-\d\dT/.test(text) ? text : Number.NaN);
  if (Number.isNaN(date.getTime())) throw expectedRange(name, "a time such as 2026-01-15T10:00:00Z", text);
  return date;
}
