import { scaleLinear } from "d3-scale";
import { html, type Markup } from "../page/markup.js";

/** What a bar is about, which decides its colour. */
export type Tone = "arrived" | "lost" | "open" | "plain";

/**
 * A bar from zero, as wide as its share of the largest. The number is beside it in words, so it is hidden from those who
 * are read to.
 */
export function bar(value: number, largest: number, tone: Tone): Markup {
  const width = scaleLinear([0, Math.max(largest, Number.MIN_VALUE)], [0, 100]).clamp(true);
  return html`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" width="100" height="6" />
    <rect class="${tone}" width="${width(value)}" height="6" />
  </svg>`;
}
