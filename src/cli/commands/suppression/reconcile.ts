import type { ReconcileOptions } from "../../../ledger/reconcile-options.js";
import { reconcileOptOuts } from "../../../ledger/reconcile-opt-outs.js";
import type { OptOutDifference, ReconcileReport } from "../../../ledger/reconcile-report.js";
import { isSender } from "../../../phone-numbers/sender.js";
import { SuppressionList } from "../../../suppression/suppression-list.js";
import { defineCommand, type Command } from "../../command.js";
import { exitCodes } from "../../exit-codes.js";
import { UsageError } from "../../failure.js";
import { countryOption, fromFileOption, readNumbers } from "../../input/numbers.js";
import type { OptionValues } from "../../option.js";
import { jsonOption, quietOption } from "../../options/common.js";
import { connectionOptions, readConnection } from "../../options/connection.js";
import { policyFrom, policyOptions } from "../../options/policy.js";
import { storeHelp, storeOption } from "../../options/store.js";
import type { Console } from "../../output/console.js";
import { startProgress } from "../../output/progress.js";
import { printReconciliation } from "../../output/reconciliation.js";
import { openStore } from "../../stores/open-store.js";

const options = {
  from: {
    type: "string",
    value: "<sender>",
    required: true,
    help: "The sender that the service keeps opt-outs for: a toll-free number of an allow-listed resource.",
  },
  direction: {
    type: "string",
    value: "<direction>",
    required: true,
    help: "Where opt-outs are added that the other side has: from-service, to-service or both.",
  },
  "dry-run": { type: "boolean", help: "Compare and tell, and add nothing." },
  ...fromFileOption,
  ...countryOption,
  ...policyOptions,
  ...storeOption,
  ...connectionOptions,
  ...quietOption,
  ...jsonOption,
} as const;

type Values = OptionValues<typeof options>;

export const reconcile: Command = defineCommand({
  name: "suppression reconcile",
  summary: "Compares the store with the service's own opt-outs, and adds what is missing",
  positionals: { usage: "[<number> …]", most: Infinity },
  options,
  details: [
    "Without numbers, everybody is compared of whom the store knows anything. Only opt-outs are added, and only in the " +
      "direction that is named; nothing is removed, and the service's “not opted out” is never taken for consent. Whoever " +
      "could not be told of is unknown, and the exit code is then 3.",
    storeHelp,
  ],
  examples: [
    "acs-sms suppression reconcile --from +18005551234 --direction from-service --store sqlite:./opt-outs.db",
    "acs-sms suppression reconcile --from +18005551234 --direction both --dry-run --json",
  ],
  async run({ values, positionals, console }) {
    if (!isSender(values.from)) throw new UsageError("--from takes a number in E.164 or a short code.");
    const direction = readDirection(values.direction);
    const numbers = await readGiven(positionals, values, console);
    const connection = await readConnection(values, console);
    await using store = await openStore(values, console);
    const differences: OptOutDifference[] = [];
    const report = await compare(values, console, {
      optOuts: connection.createClient().optOuts,
      suppression: new SuppressionList(store.ledger, policyFrom(values)),
      from: values.from,
      recipients: numbers ?? store.ledger,
      direction,
      dryRun: values["dry-run"],
      abortSignal: console.abortSignal,
      onDifference: (difference) => differences.push(difference),
    });
    await printReconciliation(report, differences, values.json, console);
    return report.unknown + report.failed > 0 ? exitCodes.heldBack : exitCodes.ok;
  },
});

async function compare(
  values: Values,
  console: Console,
  options: ReconcileOptions,
): Promise<ReconcileReport> {
  using progress = startProgress("Compared", console, values.quiet);
  return await reconcileOptOuts({ ...options, onProgress: ({ checked }) => progress.update(checked) });
}

/** The numbers that were given, or `undefined` for everybody. What is no number is told of as unknown. */
async function readGiven(
  given: readonly string[],
  values: Values,
  console: Console,
): Promise<readonly string[] | undefined> {
  if (given.length === 0 && values["from-file"] === undefined) return undefined;
  const numbers = await readNumbers(given, values, console);
  return numbers.map(({ given, number }) => number ?? given);
}

function readDirection(direction: string): ReconcileOptions["direction"] {
  if (direction === "from-service" || direction === "to-service" || direction === "both") return direction;
  throw new UsageError("--direction takes from-service, to-service or both.");
}
