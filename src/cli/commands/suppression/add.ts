import { SuppressionList } from "../../../suppression/suppression-list.js";
import { defineCommand, type Command } from "../../command.js";
import { countryOption, fromFileOption, readNumbers } from "../../input/numbers.js";
import { readTime } from "../../input/time.js";
import { jsonOption } from "../../options/common.js";
import { readSender, senderOption } from "../../options/sender.js";
import { storeHelp, storeOption } from "../../options/store.js";
import { printNumberResults } from "../../output/number-results.js";
import { openStore } from "../../stores/open-store.js";
import { forEachNumber } from "./for-each-number.js";

export const add: Command = defineCommand({
  name: "suppression add",
  summary: "Records that people opted out",
  positionals: { usage: "<number> …", most: Infinity },
  options: {
    ...senderOption,
    at: {
      type: "string",
      value: "<time>",
      help: "When it was said: ISO 8601 with its zone, or now. Default: now.",
    },
    keyword: { type: "string", value: "<text>", help: "The words, verbatim." },
    note: { type: "string", value: "<text>", help: "Anything a person should find in the ledger." },
    ...fromFileOption,
    ...countryOption,
    ...storeOption,
    ...jsonOption,
  },
  details: [
    "A number that is none is told as invalid, and the exit code is then 3; the others are recorded.",
    storeHelp,
  ],
  examples: [
    'acs-sms suppression add --sender +18005551234 +14255550123 --note "asked on the phone" --store sqlite:./opt-outs.db',
    'acs-sms suppression add --sender "*" --from-file people.txt --at 2026-03-02T14:05:00-08:00',
  ],
  async run({ values, positionals, console }) {
    const sender = readSender(values.sender);
    const at = readTime("--at", values.at, console.environment.now());
    const { keyword, note } = values;
    const numbers = await readNumbers(positionals, values, console);
    await using store = await openStore(values, console);
    const list = new SuppressionList(store.ledger);
    const results = await forEachNumber(numbers, async (recipients) => {
      const changed = await list.optOut(sender, recipients, {
        at,
        keyword,
        note,
        abortSignal: console.abortSignal,
      });
      return recipients.map((to, index) => ({ to, status: changed[index] === true ? "recorded" : "known" }));
    });
    return printNumberResults(results, values.json, console);
  },
});
