import type { Series } from "../../../insights/report/charts/series.js";
import type { SummaryFigures } from "../../../insights/summary.js";
import { lengthInMs } from "../../../insights/group-keys.js";

/** A minute alone would be a bar as wide as the chart. */
const fewestPeriods = 15;

/** The same with a point for each period, so that the axis has its labels where nothing happened too. */
export function withEmptyPeriods(series: Series, total: SummaryFigures): Series {
  const { key, to, points } = series;
  const length = lengthInMs[key];
  const from = Math.min(series.from.getTime(), to.getTime() - fewestPeriods * length);
  const begins = points.map(({ begin }) => begin.getTime());
  const [first = from] = begins;
  // Where clocks are changed, days and hours are not where others of their length would be.
  const isFree = (begin: number): boolean => begins.every((other) => Math.abs(other - begin) >= length);
  const figures = { ...total, accepted: 0, delivered: 0, failed: 0, blocked: 0 };
  const empty = steps(first - Math.floor((first - from) / length) * length, to.getTime(), length)
    .filter(isFree)
    .map((begin) => ({ begin: new Date(begin), figures }));
  const all = [...points, ...empty].toSorted((a, b) => a.begin.getTime() - b.begin.getTime());
  return { ...series, from: new Date(from), points: all };
}

function steps(from: number, to: number, length: number): readonly number[] {
  return Array.from(
    { length: Math.max(0, Math.ceil((to - from) / length)) },
    (_, index) => from + index * length,
  );
}
