import type { SummaryFigures } from "../../summary.js";
import { html, type Markup } from "../page/markup.js";
import { fewestForRate, type Numbers } from "./numbers.js";

/** How many messages a delivery rate is about. */
export function reportedOf({ delivered, failed }: SummaryFigures): number {
  return delivered + failed;
}

/** The people that a response rate is about. */
export function reachedOf({ recipientsReached }: SummaryFigures): number {
  return recipientsReached;
}

export function isOfFew(size: number): boolean {
  return size < fewestForRate;
}

/** A share in a table, marked where it is of few. */
export function rateCell(rate: number | undefined, size: number, numbers: Numbers): Markup {
  if (rate === undefined) return html`<span class="quiet">–</span>`;
  return html`${numbers.percent(rate)}${fewMark(size, numbers)}`;
}

/** Says that a share is of few: `of 7`. */
export function fewMark(size: number, numbers: Numbers): Markup | undefined {
  if (!isOfFew(size)) return undefined;
  return html` <span class="few">of ${numbers.count(size)}</span>`;
}
