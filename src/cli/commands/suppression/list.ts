import { readEntries } from "../../../ledger/read-entries.js";
import { defineCommand, type Command } from "../../command.js";
import { exitCodes } from "../../exit-codes.js";
import { filterOptions, readFilter } from "../../options/filter.js";
import { storeHelp, storeOption } from "../../options/store.js";
import { entryLine } from "../../output/entries.js";
import { openStore } from "../../stores/open-store.js";

export const list: Command = defineCommand({
  name: "suppression list",
  summary: "Lists who is opted out and in, for each sender the fact that stands",
  options: {
    ...filterOptions,
    ...storeOption,
    json: { type: "boolean", help: "Print JSON lines, for programs." },
  },
  details: [
    "It streams: any number fits. Newer of an opt-out and an opt-in stands, and at equal times the opt-out. Opt-outs of " +
      'every sender are under "*".',
    storeHelp,
  ],
  examples: [
    "acs-sms suppression list --store sqlite:./opt-outs.db",
    "acs-sms suppression list --state opted-out --json | wc -l",
  ],
  async run({ values, console }) {
    const filter = readFilter(values);
    await using store = await openStore(values, console);
    const { abortSignal } = console;
    for await (const entry of readEntries(store.ledger, { ...filter, abortSignal })) {
      await (values.json ? console.json(entry) : console.line(entryLine(entry)));
    }
    return exitCodes.ok;
  },
});
