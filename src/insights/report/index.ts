/**
 * Reports of what was sent, what arrived, who answered and who left, as one HTML page.
 *
 * @packageDocumentation
 */
export { renderReport, type RenderReportOptions } from "./render-report.js";
export type { GroupKey, Quantiles, Summary, SummaryCost, SummaryFigures, SummaryGroup } from "../summary.js";
