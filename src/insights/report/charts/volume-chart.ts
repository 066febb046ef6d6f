import { stack } from "d3-shape";
import type { SummaryFigures } from "../../summary.js";
import { html, type Markup } from "../page/markup.js";
import { lengthInMs } from "../../group-keys.js";
import type { Words } from "../words/words.js";
import type { Tone } from "./bar.js";
import { axes, figure, plotArea, type PlotArea } from "./plot-area.js";
import { timeLabels } from "./time-labels.js";
import { spanOf, type Series, type SeriesPoint } from "./series.js";

type Outcome = Exclude<Tone, "plain">;

const outcomes: readonly Outcome[] = ["arrived", "lost", "open"];

/** How many messages arrived, did not, or are not known about: together the accepted. */
export function outcomeCounts(figures: SummaryFigures): Readonly<Record<Outcome, number>> {
  const { accepted, delivered, failed, blocked } = figures;
  return { arrived: delivered, lost: failed + blocked, open: accepted - delivered - failed - blocked };
}

/** Messages sent in each period, as bars from zero. */
export function volumeChart(series: Series, words: Words): Markup {
  const { from, to } = spanOf(series);
  const largest = Math.max(1, ...series.points.map(({ figures }) => figures.accepted));
  const name = `Messages sent by ${series.key}: bars, split into arrived, did not arrive, and no news. The table below has the figures.`;
  return figure(name, (width) => {
    const area = plotArea(width, from, to, largest);
    const labels = timeLabels(area, width, series, words);
    const behind = axes(
      area,
      `Messages per ${series.key}`,
      (value) => (Number.isInteger(value) ? words.numbers.roundCount(value, largest) : ""),
      labels,
    );
    return { area, content: html`${behind}${bars(series, area, words)}` };
  });
}

function bars(series: Series, area: PlotArea, words: Words): readonly Markup[] {
  const counts = series.points.map(({ figures }) => outcomeCounts(figures));
  const layers = stack<unknown, Readonly<Record<Outcome, number>>, Outcome>().keys(outcomes)(counts);
  return series.points.map((point, index) => {
    const pieces = layers.map((layer) => {
      const [low, high] = layer[index] ?? [0, 0];
      return piece(series, area, point, layer.key, low, high);
    });
    return html`<g><title>${tooltip(series, point, words)}</title>${pieces}</g>`;
  });
}

function piece(
  { key }: Series,
  { x, y }: PlotArea,
  { begin }: SeriesPoint,
  tone: Outcome,
  low: number,
  high: number,
): Markup | undefined {
  if (high <= low) return undefined;
  const [left, right] = [x(begin.getTime()), x(begin.getTime() + lengthInMs[key])];
  const gap = Math.min(4, (right - left) * 0.15);
  const width = right - left - gap;
  return html`<rect
    class="${tone}"
    x="${left + gap / 2}"
    y="${y(high)}"
    width="${width}"
    height="${y(low) - y(high)}"
  />`;
}

function tooltip({ key }: Series, { begin, figures }: SeriesPoint, { numbers, times }: Words): string {
  const { arrived, lost, open } = outcomeCounts(figures);
  const parts = [
    `${numbers.count(figures.accepted)} sent`,
    `${numbers.count(arrived)} arrived`,
    `${numbers.count(lost)} did not`,
    `${numbers.count(open)} without news`,
  ];
  return `${times.period(key, begin)}: ${parts.join(", ")}`;
}
