import { expectedRange } from "../../errors/expected.js";
import { lengthInMs, timeKeys, type TimeKey } from "../group-keys.js";
import { zoneClock, type ZoneClock } from "./zone-clock.js";

/**
 * A stretch of the range, and the instants at which its minute, hour, day and week begin; those shorter than the stretch begin
 * with it. Instants are milliseconds since 1970.
 */
export type TimeBucket = readonly [
  start: number,
  until: number,
  minute: number,
  hour: number,
  day: number,
  week: number,
];

/** Zones differ from UTC, and change their difference, by quarters of an hour (since 1972). */
const quarterInMs = 900_000;
const { minute: minuteInMs, hour: hourInMs, day: dayInMs } = lengthInMs;

/** As many hours as eleven years have, and minutes as ten weeks: more than anybody looks at. */
const mostBuckets = 100_000;

/**
 * Cuts a range into minutes, hours or days, whichever is the shortest that is asked for. A minute and an hour begin when the
 * clocks show a full one, a day when they first show its date, a week with its Monday: so a day has 23 or 25 hours where the
 * clocks are changed.
 *
 * @throws TypeError or RangeError for an unknown time zone, or where there would be too many.
 */
export function timeBuckets(
  range: { readonly from: number; readonly to: number },
  units: readonly TimeKey[],
  timeZone: string,
): readonly TimeBucket[] {
  const clock = zoneClock(timeZone);
  const { from, to } = range;
  const unit = shortestOf(units);
  if ((to - from) / lengthInMs[unit] > mostBuckets)
    throw expectedRange("from", `less than ${mostBuckets} ${unit}s before \`to\``, new Date(from));
  const buckets: TimeBucket[] = [];
  let day = dayBegin(from, clock);
  let week = weekBegin(day, clock);
  while (day < to) {
    const next = nextDay(day, clock);
    for (const [start, until, hour] of piecesOf(day, next, unit, clock))
      if (until > from && start < to)
        buckets.push([Math.max(start, from), Math.min(until, to), start, hour, day, week]);
    day = next;
    if (isMonday(day, clock)) week = day;
  }
  return buckets;
}

/** Weeks are put together of days. */
function shortestOf(units: readonly TimeKey[]): Exclude<TimeKey, "week"> {
  const shortest = timeKeys.find((unit) => units.includes(unit)) ?? "day";
  return shortest === "week" ? "day" : shortest;
}

function dateAt(instant: number, clock: ZoneClock): number {
  return Math.floor(clock(instant) / dayInMs);
}

/** The first instant of the day that the instant is in. */
function dayBegin(instant: number, clock: ZoneClock): number {
  const date = dateAt(instant, clock);
  let begin = Math.floor(instant / quarterInMs) * quarterInMs;
  const toMidnight = clock(begin) - date * dayInMs;
  // Near it, whatever the clocks were changed by.
  begin -= Math.max(0, toMidnight - 3 * hourInMs);
  while (dateAt(begin, clock) < date) begin += quarterInMs;
  while (dateAt(begin - quarterInMs, clock) >= date) begin -= quarterInMs;
  return begin;
}

function nextDay(day: number, clock: ZoneClock): number {
  const date = dateAt(day, clock);
  // Most days have 24 hours.
  let next = day + 24 * hourInMs;
  while (dateAt(next, clock) <= date) next += quarterInMs;
  while (dateAt(next - quarterInMs, clock) > date) next -= quarterInMs;
  return next;
}

function isMonday(day: number, clock: ZoneClock): boolean {
  return new Date(clock(day)).getUTCDay() === 1;
}

function weekBegin(day: number, clock: ZoneClock): number {
  let begin = day;
  while (!isMonday(begin, clock)) begin = dayBegin(begin - 1, clock);
  return begin;
}

/** The pieces of a day, each with the beginning of its hour. All zones show a full minute at the same instants. */
function* piecesOf(
  day: number,
  next: number,
  unit: Exclude<TimeKey, "week">,
  clock: ZoneClock,
): Generator<readonly [start: number, until: number, hour: number]> {
  if (unit === "day") {
    yield [day, next, day];
    return;
  }
  for (const [hour, until] of hoursOf(day, next, clock)) {
    const length = unit === "hour" ? until - hour : minuteInMs;
    for (let start = hour; start < until; start += length) yield [start, start + length, hour];
  }
}

function* hoursOf(day: number, next: number, clock: ZoneClock): Generator<readonly [number, number]> {
  let start = day;
  while (start < next) {
    let until = start + quarterInMs;
    while (until < next && clock(until) % hourInMs !== 0) until += quarterInMs;
    yield [start, until];
    start = until;
  }
}
