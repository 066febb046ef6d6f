import { intents } from "../../../insights/intents.js";
import { defineCommand, type Command } from "../../command.js";
import { exitCodes } from "../../exit-codes.js";
import { countryOption } from "../../input/numbers.js";
import { inboundLine } from "../../output/log-line.js";
import { readSender } from "../../options/sender.js";
import { asked, readPeople, readWords } from "./choices.js";
import { linesOptions, printLines, readLimit } from "./lines.js";
import { hashKeyVariable, logOption, openLog } from "./log.js";
import { rangeOptions, readRange } from "./range.js";

export const inbound: Command = defineCommand({
  name: "inbound",
  summary: "Lists what people wrote, the newest first",
  options: {
    ...logOption,
    ...rangeOptions,
    "from-number": {
      type: "string",
      value: "<number>",
      multiple: true,
      help: "Only from this person. Several: any of them.",
    },
    ...countryOption,
    "to-number": {
      type: "string",
      value: "<number>",
      multiple: true,
      help: "Only to this number of yours. Several: any of them.",
    },
    intent: {
      type: "string",
      value: "<intent>",
      multiple: true,
      help: "Only what asks for this: opt-out, opt-in, help, or none, which is a reply.",
    },
    ...linesOptions,
  },
  details: [
    "The log is what a SqliteMessageLog or PostgresMessageLog of your event handler has written down. It streams: any number " +
      "fits. It shows whole numbers, and texts where the log keeps them. JSON also names the message that each answers.",
    `Where the log has hashes of numbers, ${hashKeyVariable} is the key by which --from-number finds somebody, and hashes are shown.`,
  ],
  examples: [
    "acs-sms inbound --store sqlite:./insights.db --intent none --limit 20",
    "acs-sms inbound --store sqlite:./insights.db --from-number +14255550123 --json",
  ],
  async run({ values, console }) {
    const range = readRange(values, console);
    const where = {
      recipient: await readPeople("--from-number", values["from-number"], values["default-country"]),
      sender: asked(values["to-number"].map(readSender)),
      intent: readWords("--intent", values.intent, intents),
    };
    const limit = readLimit(values.limit);
    await using open = await openLog(values, console);
    await printLines(open.log.inbound({ ...range, where, limit }), inboundLine, values, console);
    return exitCodes.ok;
  },
});
