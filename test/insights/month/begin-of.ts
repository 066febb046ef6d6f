const quarterInMs = 900_000;
const secondInMs = 1000;

type Unit = "minute" | "hour" | "day" | "week";

const formats = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, string>();

/**
 * When the minute, hour, day or week of an instant begins: found by going back, a second or a quarter of an hour at a time,
 * until it is another.
 */
export function beginOf(time: number, unit: Unit, timeZone: string): string {
  const step = unit === "minute" ? secondInMs : quarterInMs;
  const start = Math.floor(time / step) * step;
  const key = `${unit} ${timeZone} ${start}`;
  const begin = known.get(key) ?? new Date(found(start, unit, timeZone)).toISOString();
  known.set(key, begin);
  return begin;
}

function found(start: number, unit: Unit, timeZone: string): number {
  const shown = (instant: number): string => show(instant, timeZone);
  if (unit === "minute") {
    let begin = start;
    while (shown(begin - secondInMs) === shown(start)) begin -= secondInMs;
    return begin;
  }
  if (unit === "hour")
    return shown(start).endsWith(":00") ? start : found(start - quarterInMs, unit, timeZone);
  const day = (instant: number): string => shown(instant).slice(0, 15);
  let begin = start;
  while (day(begin - quarterInMs) === day(start)) begin -= quarterInMs;
  const isBegin = unit === "day" || shown(begin).startsWith("Mon");
  return isBegin ? begin : Date.parse(beginOf(begin - 1, unit, timeZone));
}

/** Such as `Mon, 11/02/2026, 00:15`. */
function show(instant: number, timeZone: string): string {
  const [two, fields] = ["2-digit", { weekday: "short", year: "numeric" }] as const;
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat("en-US", {
      ...fields,
      timeZone,
      month: two,
      day: two,
      hour: two,
      minute: two,
      hourCycle: "h23",
    });
  formats.set(timeZone, format);
  return format.format(instant);
}
