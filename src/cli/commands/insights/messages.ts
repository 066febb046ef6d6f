import { fates, isReportCode } from "../../../insights/outcomes.js";
import { defineCommand, type Command } from "../../command.js";
import { exitCodes } from "../../exit-codes.js";
import { UsageError } from "../../failure.js";
import { countryOption } from "../../input/numbers.js";
import { messageLine } from "../../output/log-line.js";
import { asked, readPeople, readWords } from "./choices.js";
import { linesOptions, printLines, readLimit } from "./lines.js";
import { hashKeyVariable, logOption, openLog } from "./log.js";
import { rangeOptions, readChoice, whereOption } from "./range.js";

export const messages: Command = defineCommand({
  name: "messages",
  summary: "Lists messages and what became of each, the newest first",
  options: {
    ...logOption,
    ...rangeOptions,
    ...whereOption,
    "to-number": {
      type: "string",
      value: "<number>",
      multiple: true,
      help: "Only those to this number. Several: any of them.",
    },
    ...countryOption,
    outcome: {
      type: "string",
      value: "<outcome>",
      multiple: true,
      help: "Only those of which this became: delivered, failed, pending and the other figures of stats.",
    },
    code: {
      type: "string",
      value: "<code>",
      multiple: true,
      help: "Only those whose report has this code, such as 4006, or none.",
    },
    ...linesOptions,
  },
  details: [
    "The log is what a SqliteMessageLog or PostgresMessageLog of your program has written down. It streams: any number fits. " +
      "It shows whole numbers, and texts where the log keeps them.",
    `Where the log has hashes of numbers, ${hashKeyVariable} is the key by which --to-number finds somebody, and hashes are shown.`,
  ],
  examples: [
    "acs-sms messages --store sqlite:./insights.db --outcome failed --code 4006 --limit 20",
    "acs-sms messages --store sqlite:./insights.db --to-number +14255550123 --json",
  ],
  async run({ values, console }) {
    const choice = readChoice(values, console);
    const where = {
      ...choice.where,
      recipient: await readPeople("--to-number", values["to-number"], values["default-country"]),
      outcome: readWords("--outcome", values.outcome, fates),
      code: asked(values.code.map(checkedCode)),
    };
    const limit = readLimit(values.limit);
    await using open = await openLog(values, console);
    await printLines(open.log.messages({ ...choice, where, limit }), messageLine, values, console);
    return exitCodes.ok;
  },
});

function checkedCode(given: string): string {
  if (isReportCode(given)) return given;
  throw new UsageError("--code takes the code of a report, such as 4006, or none.");
}
