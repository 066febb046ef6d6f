import { describe, expect, it } from "vitest";

import { renderReport } from "../../../src/insights/report/index.js";
import type { GroupKey, SummaryFigures } from "../../../src/insights/summary.js";
import { elementsOf, rowsOf, sectionOf, textOf } from "./reading.js";
import { figuresOf, nothing, summaryOf } from "./samples.js";

const range = (from: string, to: string) => ({ from: new Date(from), to: new Date(to) });
const arrived = (count: number): SummaryFigures => ({
  ...nothing,
  messages: count,
  accepted: count,
  delivered: count,
  deliveryRate: count === 0 ? undefined : 1,
});

/** The section about time of a report about these days of April. */
function timeOf(days: Readonly<Record<string, SummaryFigures>>, key: GroupKey = "day", options = {}): string {
  const groups = Object.entries(days).map(([begin, figures]) => ({ ...figures, key: { [key]: begin } }));
  const summary = summaryOf([key], groups, range("2026-04-01T00:00:00Z", "2026-04-11T00:00:00Z"));
  return sectionOf(renderReport({ ...summary, ...options }), "time");
}

const day = (date: number): string => `2026-04-${String(date).padStart(2, "0")}T00:00:00.000Z`;
const wideChart = (section: string, index: number): string =>
  section.split(/<svg\s+class="chart wide"/)[index] ?? "";
const volume = (section: string): string => wideChart(section, 1).split("</svg>")[0] ?? "";
const failures = (section: string): string => wideChart(section, 2).split("</svg>")[0] ?? "";

describe("the chart of volume", () => {
  it("has bars from zero: twice the messages are twice as high", () => {
    const section = timeOf({ [day(1)]: arrived(100), [day(2)]: arrived(200), [day(3)]: arrived(0) });
    const bars = elementsOf(volume(section), "rect").map(
      ({ y, height }) => [Number(y), Number(height)] as const,
    );
    expect(bars).toHaveLength(2);
    const [[top, small] = [0, 0], [, large] = [0, 0]] = bars;
    expect(large).toBeCloseTo(2 * small, 1);
    const base = elementsOf(volume(section), "line").find((line) => line["class"] === "base");
    expect(top + small).toBeCloseTo(Number(base?.["y1"]), 1);
  });

  it("leaves a day without messages empty, and keeps the distance", () => {
    const section = timeOf({ [day(1)]: arrived(10), [day(2)]: arrived(10), [day(4)]: arrived(10) });
    const [one = 0, two = 0, four = 0] = elementsOf(volume(section), "rect").map(({ x }) => Number(x));
    expect(four - two).toBeCloseTo(2 * (two - one), 1);
  });

  it("stacks what arrived, did not, and is not known of, which is all that was sent", () => {
    const figures = { ...figuresOf({ messages: 1000, failing: 0.1 }) };
    const section = timeOf({ [day(1)]: figures });
    const bars = elementsOf(volume(section), "rect");
    expect(bars.map((bar) => bar["class"])).toEqual(["arrived", "lost", "open"]);
    const [row] = rowsOf(page(section), "time").slice(1);
    const [sent, ...parts] = (row ?? []).slice(1, 5).map((cell) => Number(cell.replaceAll(",", "")));
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(sent);
  });

  it("says what its numbers are", () => {
    const section = timeOf({ [day(1)]: arrived(1_500_000) });
    expect(textOf(volume(section).slice(volume(section).indexOf(">") + 1))).toMatch(
      /^Messages per day 0 500k 1m 1\.5m 1 Apr$/i,
    );
    expect(volume(section)).toMatch(/role="img"\s+aria-label="Messages sent by day/);
  });
});

describe("the chart of failures", () => {
  it("begins at zero and ends above the largest", () => {
    const section = timeOf({
      [day(1)]: figuresOf({ messages: 1000, failing: 0.02 }),
      [day(2)]: figuresOf({ messages: 1000, failing: 0.09 }),
    });
    expect(textOf(failures(section).slice(failures(section).indexOf(">") + 1))).toMatch(
      /^Failed, of the reported 0%.* 10% /,
    );
  });

  it("has no line where there is nothing to tell, and a hollow dot where it is of few", () => {
    const usual = figuresOf({ messages: 1000 });
    const section = timeOf({
      [day(1)]: usual,
      [day(2)]: nothing,
      [day(3)]: usual,
      [day(4)]: figuresOf({ messages: 12 }),
      [day(7)]: usual,
    });
    const [path] = elementsOf(failures(section), "path");
    expect(path?.["d"]?.match(/M/g)).toHaveLength(3);
    expect(elementsOf(failures(section), "circle").map((dot) => dot["class"])).toEqual([
      "dot",
      "dot",
      "dot small",
      "dot",
    ]);
    expect(textOf(section)).toContain("A hollow dot is of fewer than 30.");
  });
});

describe("times", () => {
  it("are those of the summary's time zone", () => {
    const berlin = { timeZone: "Europe/Berlin", ...range("2026-03-31T22:00:00Z", "2026-04-10T22:00:00Z") };
    const section = timeOf({ "2026-04-02T22:00:00.000Z": arrived(50) }, "day", berlin);
    expect(rowsOf(page(section), "time")[1]?.[0]).toBe("Fri 3 Apr");
  });

  it("are named by minute, by hour, by day and by week", () => {
    const hours = range("2026-04-01T09:00:00Z", "2026-04-01T10:00:00Z");
    const minute = timeOf({ "2026-04-01T09:07:00.000Z": arrived(50) }, "minute", hours);
    expect(rowsOf(page(minute), "time")[1]?.[0]).toBe("1 Apr, 09:07");
    expect(textOf(minute)).toContain("Minute by minute");
    const hour = timeOf({ "2026-04-01T09:00:00.000Z": arrived(50) }, "hour");
    expect(rowsOf(page(hour), "time")[1]?.[0]).toMatch(/^1 Apr, 09:00$/);
    const week = timeOf({ "2026-04-06T00:00:00.000Z": arrived(50) }, "week");
    expect(rowsOf(page(week), "time")[1]?.[0]).toBe("week from 6 Apr 2026");
  });

  it("are round below a chart of minutes, wherever it begins", () => {
    const begins = Array.from({ length: 50 }, (_, index) => Date.UTC(2026, 3, 1, 9, 7 + index));
    const points = Object.fromEntries(begins.map((begin) => [new Date(begin).toISOString(), arrived(5)]));
    const hours = range("2026-04-01T09:07:00Z", "2026-04-01T09:57:00Z");
    const ticks = [...volume(timeOf(points, "minute", hours)).matchAll(/y="18"[^>]*>([^<]+)</g)];
    expect(ticks.map(([, text]) => text)).toEqual([
      "09:10",
      "09:15",
      "09:20",
      "09:25",
      "09:30",
      "09:35",
      "09:40",
      "09:45",
      "09:50",
      "09:55",
    ]);
  });

  it("say where a week is cut off by the range", () => {
    const cut = "The first or the last week is not whole";
    expect(textOf(timeOf({ "2026-03-30T00:00:00.000Z": arrived(50) }, "week"))).toContain(cut);
    expect(textOf(timeOf({ [day(1)]: arrived(50) }, "week"))).not.toContain(cut);
  });

  it("have the time of day in the range where it is no whole days", () => {
    const summary = summaryOf([], [], range("2026-04-01T08:30:00Z", "2026-04-01T12:00:00Z"));
    expect(textOf(renderReport(summary))).toContain("1 Apr 2026, 08:30–12:00");
  });
});

/** `rowsOf` reads whole sections. */
function page(section: string): string {
  return `${section}</section>`;
}

describe("the chart of how long messages took", () => {
  const counts = [0, 30, 60, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  const latencyOf = (latencyCounts: readonly number[]): string => {
    const total = { ...arrived(100), latencyCounts, latencyInMs: { p50: 3000, p90: 5000, p99: 30_000 } };
    const summary = summaryOf([], [], range("2026-04-01T00:00:00Z", "2026-04-02T00:00:00Z"));
    return sectionOf(renderReport({ ...summary, total }), "latency");
  };
  const columnsOf = (section: string) =>
    elementsOf(wideChart(section, 1).split("</svg>")[0] ?? "", "rect").map(({ x, y, height }) =>
      [x, y, height].map(Number),
    );

  it("has a column from zero for each band between the quickest and the slowest", () => {
    const [[, topOne = 0, one = 0] = [], [, topTwo = 0, two = 0] = [], [, , none] = [], [, , last = 0] = []] =
      columnsOf(latencyOf(counts));
    expect(columnsOf(latencyOf(counts))).toHaveLength(4);
    expect(two).toBeCloseTo(2 * one, 1);
    expect(one).toBeCloseTo(3 * last, 1);
    expect(none).toBe(0);
    expect(topOne + one).toBeCloseTo(topTwo + two, 1);
  });

  it("names its bands, and has a table that adds them up", () => {
    const rows = rowsOf(page(latencyOf(counts)), "latency").filter((row) => row.length === 4);
    expect(rows).toEqual([
      ["Took", "Messages", "Share", "Share so far"],
      ["≤ 2 s", "30", "30.0%", "30.0%"],
      ["≤ 5 s", "60", "60.0%", "90.0%"],
      ["≤ 10 s", "0", "0%", "90.0%"],
      ["≤ 30 s", "10", "10.0%", "100%"],
    ]);
    expect(textOf(latencyOf([...counts.slice(0, 13), 5]))).toContain("> 12 h 5");
  });

  it("is not there where nothing was measured", () => {
    expect(latencyOf(counts.map(() => 0))).not.toContain("spread");
  });
});
