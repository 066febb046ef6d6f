import type { MessageLog, SummaryOptions } from "../../../insights/message-log.js";
import type { RenderReportOptions } from "../../../insights/report/render-report.js";
import type { Summary } from "../../../insights/summary.js";
import { defineCommand, type Command } from "../../command.js";
import { exitCodes } from "../../exit-codes.js";
import { UsageError } from "../../failure.js";
import { writeNewFile } from "../../output/new-file.js";
import { priceOptions } from "../campaign/prices.js";
import { logOption, openLog } from "./log.js";
import { rangeOptions, readQuestion, whereOption, zoneOption } from "./range.js";

/** Up to so many days are drawn day by day, and more of them week by week. */
const mostDays = 62;
const dayInMs = 86_400_000;

export const report: Command = defineCommand({
  name: "report",
  summary: "Writes what messages came to as one HTML page",
  options: {
    ...logOption,
    ...rangeOptions,
    ...whereOption,
    ...zoneOption,
    ...priceOptions,
    out: { type: "string", value: "<file>", required: true, help: "The page: one file that loads nothing." },
    title: { type: "string", value: "<text>", help: "What stands above it." },
    locale: {
      type: "string",
      value: "<tag>",
      help: "How numbers and dates are written, such as en-US. Default: en-GB.",
    },
    force: { type: "boolean", help: "Replace the file if it is there already." },
  },
  details: [
    "The log is what a SqliteMessageLog or PostgresMessageLog of your program has written down. The page has tags and senders " +
      "in it, and nobody's number. It compares with as long a time before.",
  ],
  examples: [
    "acs-sms report --store sqlite:./insights.db --out report.html",
    "acs-sms report --store sqlite:./insights.db --from 2026-11-01T00:00Z --to 2026-12-01T00:00Z --out november.html --force",
  ],
  async run({ values, console }) {
    const range = await readQuestion(values, console);
    checkLocale(values.locale);
    await using open = await openLog(values, console);
    const summary = await open.log.summarize(range);
    const { renderReport } = await import("../../../insights/report/render-report.js");
    const { title, locale } = values;
    const page = renderReport(summary, { title, locale, ...(await details(open.log, range)) });
    await writeNewFile(values.out, values.force, console, async (file) => file.writeFile(page));
    console.note(`Wrote ${values.out}.`);
    return exitCodes.ok;
  },
});

function checkLocale(locale: string | undefined): void {
  try {
    Intl.getCanonicalLocales(locale);
  } catch {
    throw new UsageError("--locale takes a language tag, such as en-US.");
  }
}

async function details(log: MessageLog, range: SummaryOptions): Promise<RenderReportOptions> {
  const length = range.to.getTime() - range.from.getTime();
  const before = { ...range, from: new Date(range.from.getTime() - length), to: range.from };
  const previous: Summary = await log.summarize(before);
  const byTime = await log.summarize({ ...range, groupBy: [length > mostDays * dayInMs ? "week" : "day"] });
  return { previous, byTime, byCampaign: await log.summarize({ ...range, groupBy: ["tag"] }) };
}
