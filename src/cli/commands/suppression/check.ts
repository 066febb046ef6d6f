import { SuppressionList } from "../../../suppression/suppression-list.js";
import { defineCommand, type Command } from "../../command.js";
import { countryOption, fromFileOption, readNumbers } from "../../input/numbers.js";
import { jsonOption } from "../../options/common.js";
import { policyFrom, policyOptions } from "../../options/policy.js";
import { readSender, senderOption } from "../../options/sender.js";
import { storeHelp, storeOption } from "../../options/store.js";
import { printNumberResults } from "../../output/number-results.js";
import { openStore } from "../../stores/open-store.js";
import { checkAll } from "./check-all.js";
import { forEachNumber } from "./for-each-number.js";

export const check: Command = defineCommand({
  name: "suppression check",
  summary: "Says who may be texted, and for the others which opt-out stands",
  positionals: { usage: "<number> …", most: Infinity },
  options: {
    ...senderOption,
    ...fromFileOption,
    ...countryOption,
    ...storeOption,
    ...policyOptions,
    ...jsonOption,
  },
  details: ["The exit code is 3 where somebody is suppressed or a number is none.", storeHelp],
  examples: [
    "acs-sms suppression check --sender +18005551234 +14255550123 --store sqlite:./opt-outs.db",
    "acs-sms suppression check --sender +18005551234 --from-file people.txt --json",
  ],
  async run({ values, positionals, console }) {
    const sender = readSender(values.sender);
    const numbers = await readNumbers(positionals, values, console);
    await using store = await openStore(values, console);
    const list = new SuppressionList(store.ledger, policyFrom(values));
    const results = await forEachNumber(numbers, (recipients) =>
      checkAll(list, sender, recipients, console.abortSignal),
    );
    return printNumberResults(results, values.json, console);
  },
});
