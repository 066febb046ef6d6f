import { importEntries } from "../../../ledger/import-entries.js";
import type { ImportOptions } from "../../../ledger/import-options.js";
import type { ImportProgress, ImportReport } from "../../../ledger/import-report.js";
import type { SuppressionLedger } from "../../../suppression/suppression-store.js";
import { defineCommand, type Command } from "../../command.js";
import { exitCodes } from "../../exit-codes.js";
import { openInput, standardInput } from "../../input/files.js";
import { countryOption } from "../../input/numbers.js";
import { jsonOption, quietOption } from "../../options/common.js";
import { formatOption } from "../../options/format.js";
import { storeHelp, storeOption } from "../../options/store.js";
import type { Console } from "../../output/console.js";
import { printImportReport } from "../../output/import-report.js";
import { inOptionNames, reportInOptionNames } from "../../output/option-wording.js";
import { count } from "../../output/progress-bar.js";
import { startProgress } from "../../output/progress.js";
import { openStore } from "../../stores/open-store.js";
import { importOptions, readImportOptions } from "./import-options.js";

export const importCommand: Command = defineCommand({
  name: "suppression import",
  summary: "Records a list from elsewhere: another provider's, a spreadsheet, an export",
  positionals: { usage: "[<file> | -]", most: 1 },
  options: {
    ...formatOption,
    ...importOptions,
    ...countryOption,
    ...storeOption,
    ...quietOption,
    ...jsonOption,
  },
  details: [
    "A row has the fields recipient, sender, state, at, keyword, messageId and note; --column says where they are under " +
      "other names.",
    "Each row that is refused is told with its line and why, and the exit code is then 3; the others are recorded. The " +
      "same list again changes nothing. Opt-outs without a time need --as-of, and opt-ins without one are refused: consent " +
      "has a date. An opt-in can lift an older opt-out: look at “lifted” in a dry run first.",
    "--restore moves a store: what export --history wrote is taken with its sources and the times at which it was recorded. " +
      "Options for lists from elsewhere are refused along with it; opt-ins need --allow-opt-ins here, too.",
    storeHelp,
  ],
  examples: [
    'acs-sms suppression import list.csv --column recipient=Phone --sender "*" --state opted-out --as-of now --dry-run',
    "acs-sms suppression export moving.jsonl --history --store sqlite:./opt-outs.db",
    "acs-sms suppression import moving.jsonl --restore --allow-opt-ins --store sqlite:./new.db",
  ],
  async run({ values, positionals: [path = standardInput], console }) {
    const { abortSignal, environment } = console;
    const options = { ...readImportOptions(values, path, environment.now()), abortSignal };
    await using store = await openStore(values, console);
    const report = await importFrom(path, store.ledger, options, values.quiet, console);
    if (values.json) await console.json(report);
    else await printImportReport(report, console);
    return report.refused > 0 ? exitCodes.heldBack : exitCodes.ok;
  },
});

async function importFrom(
  path: string,
  ledger: SuppressionLedger,
  options: ImportOptions,
  isQuiet: boolean,
  console: Console,
): Promise<ImportReport> {
  let done = 0;
  try {
    const { stream, size } = await openInput(path, console);
    using progress = startProgress("Bytes read", console, isQuiet);
    const onProgress = ({ bytes, rows }: ImportProgress): void => {
      done = rows;
      progress.update(bytes, size);
    };
    return reportInOptionNames(await importEntries(ledger, stream, { ...options, onProgress }));
  } catch (error) {
    if (done > 0) console.note(`About ${count(done)} rows were done with. To import the same again is safe.`);
    throw inOptionNames(error);
  }
}
