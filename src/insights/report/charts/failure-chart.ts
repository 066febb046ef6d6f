import { line } from "d3-shape";
import { html, type Markup } from "../page/markup.js";
import { fewestForRate } from "../words/numbers.js";
import { reportedOf } from "../words/rate.js";
import { lengthInMs } from "../../group-keys.js";
import type { Words } from "../words/words.js";
import { axes, figure, plotArea, type PlotArea } from "./plot-area.js";
import { timeLabels } from "./time-labels.js";
import { spanOf, type Series, type SeriesPoint } from "./series.js";

/** Without failures there is still a scale to see that by. */
const smallestScale = 0.01;

/** Radii; many dots are small, so that they do not run together. */
const [smallestDot, smallestHollow, largestDot] = [1.2, 2, 3];

/** The share that failed in each period, as a line above zero: where deliveries go wrong shows as a hill. */
export function failureChart(series: Series, words: Words): Markup {
  const { from, to } = spanOf(series);
  const largest = Math.max(smallestScale, ...series.points.map(failureShare));
  const name = `Share of reported messages that failed by ${series.key}: a line above zero. The table below has the figures.`;
  return figure(name, (width) => {
    const area = plotArea(width, from, to, largest);
    const labels = timeLabels(area, width, series, words);
    const behind = axes(
      area,
      "Failed, of the reported",
      (value) => words.numbers.roundPercent(value),
      labels,
    );
    return { area, content: html`${behind}${lineOf(series, area)}${dots(series, area, words)}` };
  });
}

/** 0 where nothing was reported, which is not drawn. */
function failureShare({ figures }: SeriesPoint): number {
  const reported = reportedOf(figures);
  return reported === 0 ? 0 : figures.failed / reported;
}

function middleOf({ begin }: SeriesPoint, { key }: Series): number {
  return begin.getTime() + lengthInMs[key] / 2;
}

/** The line has a gap where a period has no report, or is not there. */
function lineOf(series: Series, { x, y }: PlotArea): Markup {
  const path = line<SeriesPoint | undefined>()
    .defined((point) => point !== undefined && reportedOf(point.figures) > 0)
    .x((point) => (point === undefined ? 0 : x(middleOf(point, series))))
    .y((point) => (point === undefined ? 0 : y(failureShare(point))));
  return html`<path class="line" d="${path(withGaps(series)) ?? ""}" />`;
}

function withGaps({ key, points }: Series): readonly (SeriesPoint | undefined)[] {
  return points.flatMap((point, index) => {
    const last = points[index - 1] ?? point;
    const isGap = point.begin.getTime() - last.begin.getTime() > lengthInMs[key] * 1.5;
    return isGap ? [undefined, point] : [point];
  });
}

function dots(series: Series, area: PlotArea, words: Words): readonly (Markup | undefined)[] {
  const { x, y, left, right } = area;
  const radius = Math.min(largestDot, Math.max(smallestDot, (right - left) / series.points.length / 4));
  return series.points.map((point) => {
    const reported = reportedOf(point.figures);
    if (reported === 0) return undefined;
    const [look, r] =
      reported < fewestForRate ? ["dot small", Math.max(radius, smallestHollow)] : ["dot", radius];
    const [cx, cy] = [x(middleOf(point, series)), y(failureShare(point))];
    return html`<circle class="${look}" cx="${cx}" cy="${cy}" r="${r}"
      ><title>${tooltip(point, series, words)}</title></circle
    >`;
  });
}

function tooltip(point: SeriesPoint, { key }: Series, { numbers, times }: Words): string {
  const [failed, reported] = [point.figures.failed, reportedOf(point.figures)].map((value) =>
    numbers.count(value),
  );
  const share = numbers.percent(failureShare(point));
  return `${times.period(key, point.begin)}: ${share} failed, ${failed} of ${reported}`;
}
