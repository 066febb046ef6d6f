import { expect, test } from "vitest";
import { withEmptyPeriods } from "../../../src/emulator/page/insights/empty-periods.js";
import type { Series } from "../../../src/insights/report/charts/series.js";
import type { TimeKey } from "../../../src/insights/group-keys.js";
import { nothing } from "../../insights/report/samples.js";

const one = { ...nothing, accepted: 1, delivered: 1 };

function filled(key: TimeKey, from: string, to: string, begins: readonly string[]) {
  const points = begins.map((begin) => ({ begin: new Date(begin), figures: one }));
  const series: Series = { key, from: new Date(from), to: new Date(to), points };
  const { from: begin, points: all } = withEmptyPeriods(series, { ...one, accepted: 100 });
  return {
    from: begin.toISOString(),
    points: all.map(({ begin, figures }) => `${begin.toISOString()} ${figures.accepted}`),
  };
}

test("a chart has a point for each period, and where nothing was it is empty", () => {
  const { points } = filled("minute", "2026-01-15T10:00:00Z", "2026-01-15T10:15:30Z", [
    "2026-01-15T10:03:00Z",
  ]);
  expect(points).toHaveLength(16);
  expect(points.filter((point) => !point.endsWith(" 0"))).toEqual(["2026-01-15T10:03:00.000Z 1"]);
  expect(points.at(0)).toBe("2026-01-15T10:00:00.000Z 0");
  expect(points.at(-1)).toBe("2026-01-15T10:15:00.000Z 0");
});

test("it is a quarter of an hour wide at least", () => {
  const { from, points } = filled("minute", "2026-01-15T10:00:00Z", "2026-01-15T10:01:00Z", [
    "2026-01-15T10:00:00Z",
  ]);
  expect(from).toBe("2026-01-15T09:46:00.000Z");
  expect(points).toHaveLength(15);
});

test("no empty day lies over another where the clocks are changed", () => {
  const days = ["2026-10-23T22:00:00Z", "2026-10-25T23:00:00Z"];
  const { points } = filled("day", "2026-10-01T22:00:00Z", "2026-10-28T23:00:00Z", days);
  const around = points.filter((point) => point.startsWith("2026-10-2"));
  expect(around).toEqual([
    "2026-10-20T22:00:00.000Z 0",
    "2026-10-21T22:00:00.000Z 0",
    "2026-10-22T22:00:00.000Z 0",
    "2026-10-23T22:00:00.000Z 1",
    "2026-10-24T22:00:00.000Z 0",
    "2026-10-25T23:00:00.000Z 1",
    "2026-10-27T22:00:00.000Z 0",
    "2026-10-28T22:00:00.000Z 0",
  ]);
});
