import type { SummaryFigures } from "../../summary.js";
import { html, type Markup } from "../page/markup.js";
import { fewestForRate, type Numbers } from "./numbers.js";

/** How many messages a delivery rate is about. */
export function reportedOf({ delivered, failed }: SummaryFigures): number {
  return delivered + failed;
}

/** The most people that can have been reached: what a response rate is about, at most. */
export function reachedOf({ delivered, recipients }: SummaryFigures): number {
  return Math.min(delivered, recipients);
}

/** A share in a table, marked where it is of few. */
export function rateCell(rate: number | undefined, of: number, numbers: Numbers): Markup {
  if (rate === undefined) return html`<span class="quiet">–</span>`;
  return html`${numbers.percent(rate)}${fewMark(of, numbers)}`;
}

/** Says that a share is of few: `of 7`. */
export function fewMark(of: number, numbers: Numbers): Markup | undefined {
  return of < fewestForRate ? html` <span class="few">of ${numbers.count(of)}</span>` : undefined;
}
