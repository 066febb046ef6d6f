import type { Campaign } from "../../../campaigns/campaign.js";
import type { CampaignProgress } from "../../../campaigns/campaign-result.js";
import { exitCodes } from "../../exit-codes.js";
import { campaignDetails } from "../../output/campaign-progress.js";
import { codeOf, totalsLines } from "../../output/campaign-totals.js";
import type { Console } from "../../output/console.js";
import { startProgress } from "../../output/progress.js";
import { openResultsFile, resultRow } from "../../output/results-file.js";
import { canGoOn, howToGoOn } from "./going-on.js";
import type { OpenJournal } from "./journal.js";
import { noteOf } from "./note.js";
import type { Order } from "./order.js";
import type { RunValues } from "./run-options.js";
import { campaignOf, type Stage } from "./stage.js";

/** A campaign that is ready to be run. */
export interface Ready {
  readonly order: Order;
  readonly stage: Stage;
  readonly journal: OpenJournal;
  /** How long its list is, where that is known. */
  readonly length: number | undefined;
}

/** Runs a campaign to its end, or as far as it comes, says what became of it, and gives the exit code. */
export async function runCampaign(ready: Ready, values: RunValues, console: Console): Promise<number> {
  let tell: (progress: CampaignProgress) => void = () => undefined;
  const { options, sms, list } = ready.stage;
  const campaign = campaignOf(sms, {
    ...options,
    id: values.id,
    recipients: list,
    journal: ready.journal.journal,
    note: noteOf(ready.order),
    onProgress: (progress) => tell(progress),
  });
  try {
    using progress = startProgress("Texting", console, isQuiet(values, console));
    tell = (at) => progress.update(at.results, ready.length, campaignDetails(at, ready.length));
    await writeResults(campaign, values, console);
  } catch (error) {
    if (Object.values(campaign.totals).some((number) => number > 0))
      await printTotals(campaign, values.json, console);
    if (await canGoOn(error, ready.journal, values.id))
      console.note(howToGoOn(ready.order, ready.journal, values));
    // Whoever reads the end of the results takes a campaign that was cut short for one that is over.
    if (console.results.isClosed) return exitCodes.failed;
    throw error;
  }
  await printTotals(campaign, values.json, console);
  return codeOf(campaign.totals);
}

async function writeResults(
  campaign: Campaign,
  { results: path, force, json }: RunValues,
  console: Console,
): Promise<void> {
  await using file = path === undefined ? undefined : await openResultsFile(path, force, console);
  for await (const result of campaign.run({ abortSignal: console.abortSignal })) {
    const row = resultRow(result, console);
    await file?.write(row);
    if (json) await console.json({ ...row, isEarlier: result.isEarlier });
  }
  await file?.flush();
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
