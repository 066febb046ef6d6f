import type { Summary, SummaryFigures } from "../../summary.js";
import { isTimeKey, lengthInMs, type TimeKey } from "../../group-keys.js";

export interface SeriesPoint {
  readonly begin: Date;
  readonly figures: SummaryFigures;
}

/** Figures over time. Periods without messages have no point. */
export interface Series {
  readonly key: TimeKey;
  readonly from: Date;
  readonly to: Date;
  readonly points: readonly SeriesPoint[];
}

/** The points of a summary that is grouped by time alone; `undefined` for others. */
export function seriesOf({ groupBy, from, to, groups }: Summary): Series | undefined {
  const [key] = groupBy;
  if (groupBy.length !== 1 || !isTimeKey(key)) return undefined;
  const points = groups.flatMap((figures) => {
    const begin = figures.key[key] ?? undefined;
    return begin === undefined ? [] : [{ begin: new Date(begin), figures }];
  });
  return { key, from, to, points: points.toSorted((a, b) => a.begin.getTime() - b.begin.getTime()) };
}

/** From the beginning of the first period to the end of the last, and at least the range that was asked for. */
export function spanOf({ key, from, to, points }: Series): { readonly from: number; readonly to: number } {
  const begins = points.map(({ begin }) => begin.getTime());
  return {
    from: Math.min(from.getTime(), ...begins),
    to: Math.max(to.getTime(), ...begins.map((begin) => begin + lengthInMs[key])),
  };
}

/** An hour more or less is a change of the clocks. */
const clockChangeInMs = lengthInMs.hour;

/** Whether the first or the last period is cut off by the range, so that it looks smaller than it was. */
export function isCutOff(series: Series): boolean {
  const span = spanOf(series);
  const slack = lengthInMs[series.key] > clockChangeInMs ? clockChangeInMs : 0;
  return span.from < series.from.getTime() - slack || span.to > series.to.getTime() + slack;
}
