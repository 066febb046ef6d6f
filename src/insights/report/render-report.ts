import { expectedRange } from "../../errors/expected.js";
import type { Summary } from "../summary.js";
import { seriesOf, type Series } from "./charts/series.js";
import { checkPrevious, checkSameRange, checkSummary } from "./check-summaries.js";
import { document } from "./page/document.js";
import { html, type Markup } from "./page/markup.js";
import { allFiguresSection } from "./sections/all-figures.js";
import { campaignsSection } from "./sections/campaigns.js";
import { failuresSection } from "./sections/failures.js";
import { headerOf } from "./sections/header.js";
import { headlineSection } from "./sections/headline.js";
import { latencySection } from "./sections/latency.js";
import { outcomesSection } from "./sections/outcomes.js";
import { overTimeSection } from "./sections/over-time.js";
import { termsSection } from "./sections/terms.js";
import { wordsFor, type Words } from "./words/words.js";

/** What a report shows besides the figures of its summary. */
export interface RenderReportOptions {
  /** Default: `"Text messages"`. */
  title?: string | undefined;
  /** The same for the time before: the headline figures are shown with their change since then. */
  previous?: Summary | undefined;
  /** The same, grouped by `minute`, `hour`, `day` or `week`: draws volume and failures over time. Default: the summary, if it is. */
  byTime?: Summary | undefined;
  /** The same, grouped by `tag`: shows who answered and who left. Default: the summary, if it is. */
  byCampaign?: Summary | undefined;
  /** How numbers and dates are written, as a BCP 47 tag; the words are English. Default: `"en-GB"`. */
  locale?: string | undefined;
}

/**
 * Draws what a summary says, as one HTML page for people who run campaigns: headline figures, what became of the
 * messages, why some failed and what to do about that, how long it took, and a table of all groups to sort.
 *
 * The page is complete in itself: it loads nothing, prints on A4, follows the reader's light or dark theme, and needs
 * its one small script for sorting only. Times are in the time zone of the summary. Tags are escaped, and a phone number
 * in one is masked; the only numbers shown are senders.
 *
 * @example
 * ```ts
 * import { writeFile } from "node:fs/promises";
 * import { renderReport, type Summary } from "acs-sms/insights/report";
 *
 * export async function writeReport(april: Summary, march: Summary, byDay: Summary, byCampaign: Summary) {
 *   const page = renderReport(april, { title: "April", previous: march, byTime: byDay, byCampaign });
 *   await writeFile("april.html", page);
 * }
 * ```
 *
 * @throws TypeError for what is no summary.
 * @throws RangeError for summaries that do not belong together: `byTime` and `byCampaign` have to be about the range and
 * time zone of the summary and grouped by the one key that they are for, and `previous` has to end before it begins.
 */
export function renderReport(summary: Summary, options: RenderReportOptions = {}): string {
  const { title = "Text messages", previous, locale = "en-GB" } = options;
  checkSummary("summary", summary);
  if (previous !== undefined) checkPrevious(previous, summary);
  const words = wordsFor(locale, summary.timeZone);
  const content = html`${headerOf(title, summary, previous, words)}
    <main>${headlineSection(summary, previous, words)}${sectionsOf(summary, options, words)}</main> `;
  return document(title, content);
}

function sectionsOf(
  summary: Summary,
  options: RenderReportOptions,
  words: Words,
): readonly (Markup | undefined)[] {
  const series = seriesIn(summary, options.byTime);
  const byCampaign = campaignsIn(summary, options.byCampaign);
  const { total } = summary;
  return [
    series === undefined ? undefined : overTimeSection(series, words),
    outcomesSection(total, words),
    failuresSection(total, words),
    latencySection(total, words),
    byCampaign === undefined ? undefined : campaignsSection(byCampaign, words),
    allFiguresSection(
      summary.groupBy.length > 0 ? summary : (byCampaign ?? options.byTime ?? summary),
      words,
    ),
    termsSection(summary, words),
  ];
}

function seriesIn(summary: Summary, byTime: Summary | undefined): Series | undefined {
  if (byTime === undefined) return seriesOf(summary);
  checkSameRange("byTime", byTime, summary);
  const series = seriesOf(byTime);
  if (series === undefined)
    throw expectedRange("byTime", "grouped by minute, hour, day or week alone", byTime);
  return series;
}

function campaignsIn(summary: Summary, byCampaign: Summary | undefined): Summary | undefined {
  if (byCampaign === undefined) return isByTag(summary) ? summary : undefined;
  checkSameRange("byCampaign", byCampaign, summary);
  if (!isByTag(byCampaign)) throw expectedRange("byCampaign", "grouped by tag alone", byCampaign);
  return byCampaign;
}

function isByTag({ groupBy }: Summary): boolean {
  return groupBy.length === 1 && groupBy[0] === "tag";
}
