import type { GroupKey } from "../../../insights/summary.js";
import { groupKeys } from "../../../insights/group-keys.js";
import { defineCommand, type Command } from "../../command.js";
import { exitCodes } from "../../exit-codes.js";
import { UsageError } from "../../failure.js";
import { jsonOption } from "../../options/common.js";
import { groupLines, totalLines } from "../../output/summary-figures.js";
import { priceOptions } from "../campaign/prices.js";
import { logOption, openLog } from "./log.js";
import { rangeOptions, readQuestion, whereOption, zoneOption } from "./range.js";

export const stats: Command = defineCommand({
  name: "stats",
  summary: "Shows what messages came to: volume, delivery, replies, opt-outs",
  options: {
    ...logOption,
    ...rangeOptions,
    ...whereOption,
    ...zoneOption,
    ...priceOptions,
    by: {
      type: "string",
      value: "<key>",
      multiple: true,
      help: "A line for each tag, sender, senderKind, country, minute, hour, day or week.",
    },
    ...jsonOption,
  },
  details: ["The log is what a SqliteMessageLog or PostgresMessageLog of your program has written down."],
  examples: [
    "acs-sms stats --store sqlite:./insights.db",
    "acs-sms stats --store sqlite:./insights.db --by day --json",
  ],
  async run({ values, console }) {
    const groupBy = values.by.map(checkedKey);
    const range = await readQuestion(values, console);
    await using open = await openLog(values, console);
    const summary = await open.log.summarize({ ...range, groupBy });
    if (values.json) await console.json(summary);
    else
      await console.lines([
        ...totalLines(summary),
        ...(groupBy.length === 0 ? [] : ["", ...groupLines(summary)]),
      ]);
    return exitCodes.ok;
  },
});

function checkedKey(given: string): GroupKey {
  const key = groupKeys.find((one) => one === given);
  if (key === undefined) throw new UsageError(`--by knows ${groupKeys.join(", ")}.`);
  return key;
}
