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

  it("cover the range without a gap, and say where their minutes, hours, days and weeks begin", () => {
    const instant = fc.integer({ min: Date.parse("2025-01-01"), max: Date.parse("2027-01-01") });
    const length = fc.integer({ min: 1, max: 200 * hour });
    const unit = fc.constantFrom("minute", "hour", "day");
    const check = (from: number, length: number, zone: string, unit: "minute" | "hour" | "day"): void => {
      // Each minute is looked for second by second.
      const to = from + (unit === "minute" ? Math.min(length, 3 * hour) : length);
      const buckets = timeBuckets({ from, to }, ["week", unit], zone);
      expect(buckets.at(0)?.[0]).toBe(from);
      expect(buckets.at(-1)?.[1]).toBe(to);
      for (const [index, [start, until, minute, hour, day, week]] of buckets.entries()) {
        expect(buckets[index + 1]?.[0] ?? to).toBe(until);
        expect(new Date(minute).toISOString()).toBe(beginOf(start, unit, zone));
        expect(new Date(hour).toISOString()).toBe(beginOf(start, unit === "day" ? "day" : "hour", zone));
        expect(new Date(day).toISOString()).toBe(beginOf(start, "day", zone));
        expect(new Date(week).toISOString()).toBe(beginOf(until - 1, "week", zone));
      }
    };
    fc.assert(fc.property(instant, length, fc.constantFrom(...zones), unit, check), {
      numRuns: 100,
      examples: [
        [Date.parse("2026-10-03T13:59:30.5Z"), 3 * hour, "Australia/Lord_Howe", "minute"],
        [Date.parse("2026-04-04T13:30:00Z"), 3 * hour, "Australia/Lord_Howe", "minute"],
        [Date.parse("2026-11-01T04:10:00Z"), 3 * hour, "America/New_York", "minute"],
        [Date.parse("2026-08-04T17:44:59Z"), 3 * hour, "Asia/Kathmandu", "minute"],
      ],
    });
  });

  it("are refused for a zone that there is none of, and where there are too many", () => {
    const year = range("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
    expect(() => timeBuckets(year, ["day"], "Mars/Olympus")).toThrow("`timeZone`");
    expect(() => timeBuckets({ ...year, from: 0 }, ["hour"], "UTC")).toThrow("100000 hours");
    expect(() => timeBuckets(year, ["week", "minute"], "UTC")).toThrow("100000 minutes before `to`");
    expect(timeBuckets({ from: year.from, to: year.from }, ["day"], "UTC")).toEqual([]);
  });
});
