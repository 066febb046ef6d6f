import { expected } from "../errors/expected.js";
import type { ImportTimes } from "./import-options.js";
import { RowRefusal } from "./row-refusal.js";

const iso =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(\.\d{1,9}|,\d{1,9})?\s?(Z|[+-]\d\d:?\d\d|[+-]\d\d)$/i;

/** What reads the times of a list; it throws a {@link RowRefusal}. */
export function timeReader(times: ImportTimes): (text: string) => Date {
  if (typeof times === "function") return (text) => stated(times(text));
  switch (times) {
    case "iso-8601":
      return isoTime;
    case "epoch-seconds":
      return (text) => epochTime(text, 1000);
    case "epoch-milliseconds":
      return (text) => epochTime(text, 1);
    default:
      throw expected("times", '"iso-8601", "epoch-seconds", "epoch-milliseconds" or a function', times);
  }
}

/** A caller's own function may give anything. */
function stated(time: unknown): Date {
  if (time instanceof Date && !Number.isNaN(time.getTime())) return new Date(time);
  throw new RowRefusal("at", "is no time that the `times` function can read");
}

function isoTime(text: string): Date {
  const [, day, clock, fraction = "", zone] = iso.exec(text) ?? [];
  if (day === undefined || clock === undefined || zone === undefined) {
    throw new RowRefusal("at", "is no ISO 8601 time with a time zone; for others give `times`");
  }
  const milliseconds = fraction.slice(1, 4).padEnd(3, "0");
  const seconds = clock.length === 5 ? `${clock}:00` : clock;
  const time = new Date(`${day}T${seconds}.${milliseconds}${offset(zone)}`);
  if (Number.isNaN(time.getTime()) || !isDay(day))
    throw new RowRefusal("at", "is a time that does not exist");
  return time;
}

/** A day that its month does not have is read as one of the next month. */
function isDay(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

/** `+01` and `+0100` as `Date` takes them. */
function offset(zone: string): string {
  if (zone.length === 1) return "Z";
  return `${zone.slice(0, 3)}:${zone.slice(3).replace(":", "").padEnd(2, "0")}`;
}

const [earliest, latest] = [Date.UTC(2000), Date.UTC(2100)];

/** Seconds taken for milliseconds are a day in 1970, and the other way round far in the future: neither passes. */
function epochTime(text: string, factor: number): Date {
  const number = /^\d{1,16}(?:\.\d+)?$/.test(text) ? Math.trunc(Number(text) * factor) : Number.NaN;
  if (number >= earliest && number < latest) return new Date(number);
  const unit = factor === 1 ? "milliseconds" : "seconds";
  throw new RowRefusal("at", `is no time in ${unit} since 1970, from the year 2000 to 2100`);
}
