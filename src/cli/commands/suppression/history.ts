import { readHistory } from "../../../ledger/read-entries.js";
import { defineCommand, type Command } from "../../command.js";
import { exitCodes } from "../../exit-codes.js";
import { UsageError } from "../../failure.js";
import { countryOption, readNumbers } from "../../input/numbers.js";
import { storeHelp, storeOption } from "../../options/store.js";
import { entryLine } from "../../output/entries.js";
import { openStore } from "../../stores/open-store.js";

export const history: Command = defineCommand({
  name: "suppression history",
  summary: "Shows everything that was ever recorded about a number, in the order of arrival",
  positionals: { usage: "<number>", most: 1 },
  options: {
    ...countryOption,
    ...storeOption,
    json: { type: "boolean", help: "Print JSON lines, for programs." },
  },
  details: [storeHelp],
  examples: [
    "acs-sms suppression history +14255550123 --store sqlite:./opt-outs.db",
    'acs-sms suppression history "(425) 555-0123" --default-country US --json',
  ],
  async run({ values, positionals, console }) {
    const [asked] = await readNumbers(positionals, { ...values, "from-file": undefined }, console);
    const recipient = asked?.number;
    if (recipient === undefined) throw new UsageError("That is not a phone number.");
    await using store = await openStore(values, console);
    const { abortSignal } = console;
    let isEmpty = true;
    for await (const entry of readHistory(store.ledger, recipient, { abortSignal })) {
      isEmpty = false;
      await (values.json ? console.json(entry) : console.line(entryLine(entry)));
    }
    if (isEmpty) console.note("Nothing was ever recorded about this number.");
    return exitCodes.ok;
  },
});
