import { html, type Markup } from "../page/markup.js";
import type { Words } from "../words/words.js";
import type { LatencyBand } from "./latency-bands.js";
import { axes, figure, plotArea, type PlotArea, type Width } from "./plot-area.js";

/** So that no label runs into the next. */
const labelRoom: Readonly<Record<Width, number>> = { wide: 80, narrow: 60 };

/** A column for each band: how many messages took that long. */
export function latencyChart(bands: readonly LatencyBand[], words: Words): Markup {
  const largest = Math.max(...bands.map(({ count }) => count));
  const name =
    "Messages by how long they took to arrive: columns from zero, the quickest at the left. The table below has the figures.";
  return figure(name, (width) => {
    const area = plotArea(width, 0, bands.length, largest);
    const behind = axes(
      area,
      "Messages",
      (value) => (Number.isInteger(value) ? words.numbers.roundCount(value, largest) : ""),
      labels(bands, area, width),
    );
    return { area, content: html`${behind}${columns(bands, area, words)}` };
  });
}

function columns(bands: readonly LatencyBand[], { x, y }: PlotArea, { numbers }: Words): readonly Markup[] {
  const all = bands.at(-1)?.soFar ?? 0;
  return bands.map(({ name, count }, index) => {
    const [left, right] = [x(index), x(index + 1)];
    const gap = Math.min(6, (right - left) * 0.15);
    const tooltip = `${name}: ${numbers.counted(count, "message")}, ${numbers.percent(count / all)}`;
    return html`<g
      ><title>${tooltip}</title
      ><rect
        class="arrived"
        x="${left + gap / 2}"
        y="${y(count)}"
        width="${right - left - gap}"
        height="${y(0) - y(count)}"
    /></g>`;
  });
}

/** Below the middle of each column, or of every second or third where they are narrow. */
function labels(bands: readonly LatencyBand[], { x }: PlotArea, width: Width): readonly Markup[] {
  const every = Math.ceil(labelRoom[width] / (x(1) - x(0)));
  return bands.flatMap(({ name }, index) =>
    index % every === 0
      ? html`<text class="tick" x="${x(index + 0.5)}" y="18" text-anchor="middle">${name}</text>`
      : [],
  );
}
