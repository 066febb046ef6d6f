import { expected, expectedRange } from "../../errors/expected.js";

/** What the clocks of a time zone show at an instant, as if it were UTC: in milliseconds since 1970. */
export type ZoneClock = (instant: number) => number;

/** @throws TypeError or RangeError for what is no IANA time zone that this Node knows. */
export function zoneClock(timeZone: string): ZoneClock {
  if (typeof timeZone !== "string") throw expected("timeZone", "an IANA time zone", timeZone);
  if (timeZone === "UTC") return (instant) => instant;
  const format = formatOf(timeZone);
  return (instant) => {
    // 12/31/2026, 23:59:59
    const [month = 0, day, year = 0, hour, minute, second] = (format.format(instant).match(/\d+/g) ?? []).map(
      Number,
    );
    return Date.UTC(year, month - 1, day, hour, minute, second) + modulo(instant, 1000);
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const numeric = "numeric";
  const fields = {
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  } as const;
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone, hourCycle: "h23", ...fields });
  } catch {
    throw expectedRange("timeZone", "an IANA time zone that this Node knows", timeZone);
  }
}

function modulo(number: number, divisor: number): number {
  return ((number % divisor) + divisor) % divisor;
}
