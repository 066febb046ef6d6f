import { SuppressionList } from "../../../suppression/suppression-list.js";
import { defineCommand, type Command } from "../../command.js";
import { UsageError } from "../../failure.js";
import { countryOption, fromFileOption, readNumbers } from "../../input/numbers.js";
import { readTime } from "../../input/time.js";
import { jsonOption } from "../../options/common.js";
import { policyFrom, policyOptions } from "../../options/policy.js";
import { readSender, senderOption } from "../../options/sender.js";
import { storeHelp, storeOption } from "../../options/store.js";
import { printNumberResults } from "../../output/number-results.js";
import { openStore } from "../../stores/open-store.js";
import { checkAll } from "./check-all.js";
import { forEachNumber } from "./for-each-number.js";

export const remove: Command = defineCommand({
  name: "suppression remove",
  summary: "Records that people gave their consent again",
  positionals: { usage: "<number> …", most: Infinity },
  options: {
    ...senderOption,
    at: {
      type: "string",
      value: "<time>",
      required: true,
      help: "When consent was given: ISO 8601 with its zone, or now.",
    },
    keyword: { type: "string", value: "<text>", help: "The words of the person, verbatim." },
    note: { type: "string", value: "<text>", help: "How consent was given; it is your proof." },
    ...fromFileOption,
    ...countryOption,
    ...storeOption,
    ...policyOptions,
    ...jsonOption,
  },
  details: [
    "Nothing is deleted: an opt-in is recorded beside the opt-out, as of --at. Texts are allowed again only where the " +
      "opt-out is older than that; one of the same time or later still stands. What stands afterwards is printed, and the " +
      "exit code is 3 where somebody stays suppressed.",
    "The carrier's own block is not lifted by this: on a US toll-free number the person texts START or UNSTOP for that.",
    storeHelp,
  ],
  examples: [
    'acs-sms suppression remove --sender +18005551234 --at now --note "signed form 17" +14255550123 --store sqlite:./opt-outs.db',
  ],
  async run({ values, positionals, console }) {
    const sender = readSender(values.sender);
    const now = console.environment.now();
    const at = readTime("--at", values.at, now) ?? now;
    if (at > now) throw new UsageError("--at lies in the future: consent that is yet to be given is none.");
    const { keyword, note } = values;
    const numbers = await readNumbers(positionals, values, console);
    await using store = await openStore(values, console);
    const list = new SuppressionList(store.ledger, policyFrom(values));
    const { abortSignal } = console;
    const results = await forEachNumber(numbers, async (recipients) => {
      await list.optIn(sender, recipients, { at, keyword, note, abortSignal });
      return checkAll(list, sender, recipients, abortSignal);
    });
    return printNumberResults(results, values.json, console);
  },
});
