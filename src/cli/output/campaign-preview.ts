import type { CampaignPreview } from "../../campaigns/preview/campaign-preview.js";
import { exitCodes } from "../exit-codes.js";
import { columns } from "./columns.js";
import type { Console } from "./console.js";
import { duration } from "./duration.js";
import { count, counted } from "./progress-bar.js";

/** Prints what a campaign would do, or one document, and gives the exit code: 3 where somebody would be left out. */
export async function printCampaignPreview(
  preview: CampaignPreview,
  isJson: boolean,
  console: Console,
): Promise<number> {
  if (isJson) await console.json(preview);
  else await console.lines([...previewLines(preview), "", "Nothing was sent."]);
  const { suppressed = 0, invalid, expired } = preview;
  return suppressed + invalid + expired > 0 ? exitCodes.heldBack : exitCodes.ok;
}

/** The preview as a table. */
export function previewLines(preview: CampaignPreview): string[] {
  const { items, messageUnits, suppressed, invalid, duplicates, expired } = preview;
  const heldBack = { "no number or no text": invalid, duplicate: duplicates, "too late": expired };
  return columns([
    ["on the list", count(items)],
    ["to be texted", count(messageUnits)],
    ["suppressed", suppressed === undefined ? "not asked for" : count(suppressed)],
    ...Object.entries(heldBack).flatMap(([name, number]) => (number === 0 ? [] : [[name, count(number)]])),
    ...textRows(preview),
    ...senderRows(preview),
    ...costRows(preview),
  ]);
}

function textRows({ encodings, segments, longestInSegments }: CampaignPreview): string[][] {
  const used = Object.entries(encodings).filter(([, number]) => number > 0);
  return [
    ...used.map(([encoding, number]) => [`in ${encoding}`, count(number)]),
    ["segments", `${count(segments)}; ${count(longestInSegments)} in the longest message`],
  ];
}

function senderRows({ senders, durationInMs }: CampaignPreview): string[][] {
  const rows = senders.map(({ from, messageUnits, unitsPerMinute }) => {
    const rate = unitsPerMinute === Infinity ? "without a limit" : `at ${count(unitsPerMinute)} a minute`;
    return [`from ${from}`, `${count(messageUnits)}, ${rate}`];
  });
  return durationInMs === 0 ? rows : [...rows, ["takes", `about ${duration(durationInMs)}`]];
}

function costRows({ cost }: CampaignPreview): string[][] {
  if (cost === undefined) return [];
  const { amount, currency, segmentsWithoutPrice: missing } = cost;
  const besides = missing === 0 ? "" : `, and ${counted(missing, "segment")} that no price is known of`;
  return [["costs", `${amount} ${currency}${besides}`]];
}
