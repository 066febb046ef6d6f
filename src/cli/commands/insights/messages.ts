import { abortable } from "../../../errors/abortable.js";
import type { MessageOutcome } from "../../../insights/logged-message.js";
import { fates, isReportCode } from "../../../insights/outcomes.js";
import { toE164 } from "../../../phone-numbers/parse-phone-number.js";
import { defineCommand, type Command } from "../../command.js";
import { exitCodes } from "../../exit-codes.js";
import { UsageError } from "../../failure.js";
import { checkCountry, countryOption } from "../../input/numbers.js";
import { messageLine } from "../../output/message-line.js";
import { hashKeyVariable, logOption, openLog } from "./log.js";
import { rangeOptions, readRange } from "./range.js";

export const messages: Command = defineCommand({
  name: "messages",
  summary: "Lists messages and what became of each, the newest first",
  options: {
    ...logOption,
    ...rangeOptions,
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
    limit: { type: "string", value: "<count>", help: "So many at most. Default: all." },
    json: { type: "boolean", help: "Print JSON lines, for programs." },
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
    const range = readRange(values, console);
    const recipient = await readRecipients(values["to-number"], values["default-country"]);
    const where = {
      ...range.where,
      recipient: asked(recipient),
      outcome: asked(values.outcome.map(checkedOutcome)),
      code: asked(values.code.map(checkedCode)),
    };
    const limit = readLimit(values.limit);
    await using open = await openLog(values, console);
    const found = open.log.messages({ ...range, where, limit });
    for await (const message of abortable(found, console.abortSignal))
      await (values.json ? console.json(message) : console.line(messageLine(message)));
    return exitCodes.ok;
  },
});

/** An option that was not given leaves nothing out. */
function asked<T>(values: readonly T[]): readonly T[] | undefined {
  return values.length === 0 ? undefined : values;
}

async function readRecipients(given: readonly string[], country: string | undefined): Promise<string[]> {
  checkCountry(country);
  const numbers = await Promise.all(given.map(async (one) => toE164(one, country)));
  return numbers.map((number) => {
    if (number === undefined) throw new UsageError("--to-number takes a phone number.");
    return number;
  });
}

function checkedOutcome(given: string): MessageOutcome {
  const outcome = fates.find((one) => one === given);
  if (outcome === undefined) throw new UsageError(`--outcome knows ${fates.join(", ")}.`);
  return outcome;
}

function checkedCode(given: string): string {
  if (isReportCode(given)) return given;
  throw new UsageError("--code takes the code of a report, such as 4006, or none.");
}

function readLimit(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(given)) return Number(given);
  throw new UsageError("--limit takes a whole number from 1.");
}
