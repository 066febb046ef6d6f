import { line } from "d3-shape";
import { html, type Markup } from "../page/markup.js";
import { fewestForRate } from "../words/numbers.js";
import { reportedOf } from "../words/rate.js";
import { lengthInMs } from "../words/times.js";
import type { Words } from "../words/words.js";
import { axes, figure, plotArea, timeLabels, type PlotArea } from "./plot-area.js";
import { spanOf, type Series, type SeriesPoint } from "./series.js";

/** Without failures there is still a scale to see that by. */
const smallestScale = 0.01;

/** The share that failed in each period, as a line above zero: where deliveries go wrong shows as a hill. */
export function failureChart(series: Series, words: Words): Markup {
  const { from, to } = spanOf(series);
  const largest = Math.max(smallestScale, ...series.points.map(failureShare));
  const name = `Share of reported messages that failed by ${series.key}: a line above zero. The table below has the figures.`;
  return figure(name, (width) => {
    const area = plotArea(width, from, to, largest);
    const labels = timeLabels(area, width, series.key, series.points, words);
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
export function failureShare({ figures }: SeriesPoint): number {
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

function dots(
  series: Series,
  { x, y }: PlotArea,
  { numbers, times }: Words,
): readonly (Markup | undefined)[] {
  return series.points.map((point) => {
    const reported = reportedOf(point.figures);
    if (reported === 0) return undefined;
    const share = failureShare(point);
    const { failed } = point.figures;
    const text = `${times.period(series.key, point.begin)}: ${numbers.percent(share)} failed, ${numbers.count(failed)} of ${numbers.count(reported)}`;
    const look = reported < fewestForRate ? "dot small" : "dot";
    return html`<circle class="${look}" cx="${x(middleOf(point, series))}" cy="${y(share)}" r="3"
      ><title>${text}</title></circle
    >`;
  });
}
