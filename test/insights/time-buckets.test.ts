import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { timeBuckets } from "../../src/insights/querying/time-buckets.js";
import { beginOf } from "./month/begin-of.js";

const hour = 3_600_000;
const range = (from: string, to: string) => ({ from: Date.parse(from), to: Date.parse(to) });

const zones = [
  "UTC",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Africa/Cairo",
  "America/Havana",
];

describe("buckets of time", () => {
  it.for([
    ["Europe/Berlin", "2026-03-29", 23],
    ["Europe/Berlin", "2026-10-25", 25],
    ["America/New_York", "2026-11-01", 25],
    ["America/Havana", "2026-03-08", 23],
    ["Australia/Lord_Howe", "2026-10-04", 23.5],
    ["Asia/Kathmandu", "2026-10-04", 24],
  ] as const)("in %s have a day %s of %d hours", ([zone, date, hours]) => {
    const around = { from: Date.parse(date) - 48 * hour, to: Date.parse(date) + 72 * hour };
    const days = timeBuckets(around, ["day"], zone);
    const local = new Intl.DateTimeFormat("en-CA", { timeZone: zone });
    const day = days.find(([start]) => local.format(start + hour) === date);
    expect(day && (day[1] - day[0]) / hour).toBe(hours);
  });

  it("cover the range without a gap, and say where their hours, days and weeks begin", () => {
    const instant = fc.integer({ min: Date.parse("2025-01-01"), max: Date.parse("2027-01-01") });
    const length = fc.integer({ min: 1, max: 200 * hour });
    fc.assert(
      fc.property(
        instant,
        length,
        fc.constantFrom(...zones),
        fc.boolean(),
        (from, length, zone, isByHour) => {
          const to = from + length;
          const buckets = timeBuckets({ from, to }, isByHour ? ["hour", "week"] : ["day"], zone);
          expect(buckets.at(0)?.[0]).toBe(from);
          expect(buckets.at(-1)?.[1]).toBe(to);
          for (const [index, [start, until, hourBegin, day, week]] of buckets.entries()) {
            expect(buckets[index + 1]?.[0] ?? to).toBe(until);
            const unit = isByHour ? "hour" : "day";
            expect(new Date(hourBegin).toISOString()).toBe(beginOf(start, unit, zone));
            expect(new Date(day).toISOString()).toBe(beginOf(start, "day", zone));
            expect(new Date(week).toISOString()).toBe(beginOf(until - 1, "week", zone));
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it("are refused for a zone that there is none of, and where there are too many", () => {
    const year = range("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
    expect(() => timeBuckets(year, ["day"], "Mars/Olympus")).toThrow("`timeZone`");
    expect(() => timeBuckets({ ...year, from: 0 }, ["hour"], "UTC")).toThrow("100000 hours");
    expect(timeBuckets({ from: year.from, to: year.from }, ["day"], "UTC")).toEqual([]);
  });
});
