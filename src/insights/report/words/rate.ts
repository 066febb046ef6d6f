import type { SummaryFigures } from "../../summary.js";
import { html, type Markup } from "../page/markup.js";
import { fewestForRate, type Numbers } from "./numbers.js";

/** How many a share is of. */
export interface Sample {
  readonly size: number;
  /** Figures do not say how many people were reached, only how many that can be. */
  readonly isUpTo: boolean;
}

/** So many, and no other number. */
export function sampleOf(size: number): Sample {
  return { size, isUpTo: false };
}

/** How many messages a delivery rate is about. */
export function reportedOf({ delivered, failed }: SummaryFigures): number {
  return delivered + failed;
}

/** The people that a response rate is about. */
export function reachedSample({ delivered, recipients }: SummaryFigures): Sample {
  return { size: Math.min(delivered, recipients), isUpTo: true };
}

export function isOfFew({ size }: Sample): boolean {
  return size < fewestForRate;
}

/** A share in a table, marked where it is of few. */
export function rateCell(rate: number | undefined, sample: Sample, numbers: Numbers): Markup {
  if (rate === undefined) return html`<span class="quiet">–</span>`;
  return html`${numbers.percent(rate)}${fewMark(sample, numbers)}`;
}

/** Says that a share is of few: `of 7`. */
export function fewMark(sample: Sample, numbers: Numbers): Markup | undefined {
  if (!isOfFew(sample)) return undefined;
  const text = `of ${sample.isUpTo ? "up to " : ""}${numbers.count(sample.size)}`;
  return html` <span class="few">${text}</span>`;
}
