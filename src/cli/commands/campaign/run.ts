import type { Campaign } from "../../../campaigns/campaign.js";
import { exitCodes } from "../../exit-codes.js";
import { campaignDetails } from "../../output/campaign-progress.js";
import { codeOf, totalsLines } from "../../output/campaign-totals.js";
import type { Console } from "../../output/console.js";
import { startProgress, type Progress } from "../../output/progress.js";
import { openResultsFile, resultRow, type ResultsFile } from "../../output/results-file.js";
import { canGoOn, howToGoOn } from "./going-on.js";
import type { OpenJournal } from "./journal.js";
import type { Order } from "./order.js";
import type { RunValues } from "./run-options.js";
import { campaignOf, type Stage } from "./stage.js";

/** A campaign that is ready to be run. */
export interface Ready {
  readonly order: Order;
  readonly stage: Stage;
  readonly journal: OpenJournal;
  /** Left out by who resumes it: what was told for one run holds for that. */
  readonly note?: string;
  /** How long its list is, where that is known. */
  readonly length: number | undefined;
}

/** Runs a campaign to its end, or as far as it comes, says what became of it, and gives the exit code. */
export async function runCampaign(ready: Ready, values: RunValues, console: Console): Promise<number> {
  const { results: path, force } = values;
  await using file = path === undefined ? undefined : await openResultsFile(path, force, console);
  const progress = startProgress("Texting", console, isQuiet(values, console));
  const campaign = campaignFrom(ready, values.id, progress);
  try {
    // Over before the sums are printed.
    using _ = progress;
    await tellResults(campaign, file, values.json, console);
  } catch (error) {
    return await cutShort(error, campaign, ready, values, console);
  }
  await printTotals(campaign, values.json, console);
  return codeOf(campaign.totals);
}

function campaignFrom({ stage, journal, note, length }: Ready, id: string, progress: Progress): Campaign {
  return campaignOf(stage.sms, {
    ...stage.options,
    id,
    recipients: stage.list,
    journal: journal.journal,
    note,
    onProgress: (at) => progress.update(at.results, length, campaignDetails(at, length)),
  });
}

async function tellResults(
  campaign: Campaign,
  file: ResultsFile | undefined,
  isJson: boolean,
  console: Console,
): Promise<void> {
  for await (const result of campaign.run({ abortSignal: console.abortSignal })) {
    const row = resultRow(result, console);
    await file?.write(row);
    if (isJson) await console.json({ ...row, isEarlier: result.isEarlier });
  }
  await file?.flush();
}

/** Says how far it came, and how it goes on. */
async function cutShort(
  error: unknown,
  campaign: Campaign,
  { order, journal }: Ready,
  values: RunValues,
  console: Console,
): Promise<number> {
  const hasBegun = Object.values(campaign.totals).some((number) => number > 0);
  if (hasBegun) await printTotals(campaign, values.json, console);
  if (await canGoOn(error, journal, values.id)) console.note(howToGoOn(order, journal, values));
  // Whoever reads the end of the results takes a campaign that was cut short for one that is over.
  if (console.results.isClosed) return exitCodes.failed;
  throw error;
}

/** A bar among the lines that a terminal gets would spoil both. */
function isQuiet({ quiet, json }: RunValues, { environment }: Console): boolean {
  return quiet || (json && environment.stdout.isTTY === true);
}

/** Where the results are for programs, the sums are beside them. */
async function printTotals({ totals }: Campaign, isJson: boolean, console: Console): Promise<void> {
  const lines = totalsLines(totals);
  if (!isJson) return console.lines(lines);
  for (const line of lines) console.note(line);
}
