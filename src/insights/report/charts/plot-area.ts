import { scaleLinear, type ScaleLinear } from "d3-scale";
import { html, type Markup } from "../page/markup.js";

/** A chart is drawn once for wide and once for narrow pages, so that its letters keep their size. */
export type Width = "wide" | "narrow";

/** Where things are in a chart over time. */
export interface PlotArea {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
}

const widths: Readonly<Record<Width, number>> = { wide: 1000, narrow: 340 };
const [height, top, bottomRoom, left] = [210, 26, 28, 64];
const yTicks = 4;

/** The area for values from zero to the largest: bars and lines that begin elsewhere would mislead. */
export function plotArea(width: Width, from: number, to: number, largest: number): PlotArea {
  const [right, bottom] = [widths[width] - 8, height - bottomRoom];
  const x = scaleLinear([from, to], [left, right]);
  const y = scaleLinear([0, largest], [bottom, top]).nice(yTicks);
  return { width: widths[width], height, left, right, top, bottom, x, y };
}

/** The lines and labels behind a chart. `unit` says what the numbers at the left are. */
export function axes(
  area: PlotArea,
  unit: string,
  tickText: (value: number) => string,
  labels: readonly Markup[],
): Markup {
  const { left, right, bottom, y } = area;
  const lines = y
    .ticks(yTicks)
    .map(
      (value) =>
        html`<line
            class="${value === 0 ? "base" : "grid"}"
            x1="${left}"
            x2="${right}"
            y1="${y(value)}"
            y2="${y(value)}"
          /><text class="tick" x="${left - 8}" y="${y(value) + 4}" text-anchor="end"
            >${tickText(value)}</text
          >`,
    );
  return html`<text class="unit" x="0" y="12">${unit}</text>${lines}<g transform="translate(0 ${bottom})"
      >${labels}</g
    >`;
}

/** One chart for both widths, of which a page shows one. */
export function figure(name: string, draw: (width: Width) => { area: PlotArea; content: Markup }): Markup {
  const drawn = (["wide", "narrow"] as const).map((width) => {
    const { area, content } = draw(width);
    return html`<svg
      class="chart ${width}"
      viewBox="0 0 ${area.width} ${area.height}"
      role="img"
      aria-label="${name}"
    >
      ${content}
    </svg>`;
  });
  return html`${drawn}`;
}
