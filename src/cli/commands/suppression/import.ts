import { importEntries } from "../../../ledger/import-entries.js";
import type { ImportOptions } from "../../../ledger/import-options.js";
import type { ImportProgress, ImportReport } from "../../../ledger/import-report.js";
import type { SuppressionEntry, SuppressionLedger } from "../../../suppression/suppression-store.js";
import { defineCommand, type Command } from "../../command.js";
import { exitCodes } from "../../exit-codes.js";
import { UsageError } from "../../failure.js";
import { openInput, standardInput } from "../../input/files.js";
import { checkCountry, countryOption } from "../../input/numbers.js";
import { readTime } from "../../input/time.js";
import type { OptionValues } from "../../option.js";
import { jsonOption, quietOption } from "../../options/common.js";
import { readFilter, readState } from "../../options/filter.js";
import { formatOption, readFormat } from "../../options/format.js";
import { readPairs } from "../../options/pairs.js";
import { storeHelp, storeOption } from "../../options/store.js";
import type { Console } from "../../output/console.js";
import { printImportReport } from "../../output/import-report.js";
import { count } from "../../output/progress-bar.js";
import { startProgress } from "../../output/progress.js";
import { openStore } from "../../stores/open-store.js";

const options = {
  ...formatOption,
  restore: {
    type: "boolean",
    help: "The file is an export of this command: take every fact exactly as it was.",
  },
  column: {
    type: "string",
    value: "<field=column>",
    multiple: true,
    help:
      "Where a field is: recipient=Phone, or by its place from 1, recipient=3. Fields are recipient, sender, state, at, " +
      "keyword, messageId and note. What is not named is not read.",
  },
  "no-header": { type: "boolean", help: "The first line is a row, too (CSV)." },
  delimiter: {
    type: "string",
    value: "<character>",
    help: "What is between cells, if not found out rightly.",
  },
  encoding: { type: "string", value: "<name>", help: "Such as windows-1252 or utf-16le. Default: utf-8." },
  sender: { type: "string", value: "<sender>", help: 'The sender of all rows; "*" is every sender.' },
  state: { type: "string", value: "<state>", help: "The state of all rows: opted-out or opted-in." },
  "state-value": {
    type: "string",
    value: "<value=state>",
    multiple: true,
    help: "What a value of the state column means: STOP=opted-out.",
  },
  times: {
    type: "string",
    value: "<form>",
    help: "How times are written: iso-8601 (with a zone), epoch-seconds or epoch-milliseconds.",
  },
  "as-of": { type: "string", value: "<time>", help: "The time of opt-outs that have none, or now." },
  note: { type: "string", value: "<text>", help: "A note for all rows: where the list is from." },
  "allow-opt-ins": { type: "boolean", help: "Take opt-ins, too; otherwise their rows are refused." },
  ...countryOption,
  "dry-run": { type: "boolean", help: "Check every row and record nothing." },
  ...storeOption,
  ...quietOption,
  ...jsonOption,
} as const;

type Values = OptionValues<typeof options>;

export const importCommand: Command = defineCommand({
  name: "suppression import",
  summary: "Records a list from elsewhere: another provider's, a spreadsheet, an export",
  positionals: { usage: "[<file> | -]", most: 1 },
  options,
  details: [
    "Each row that is refused is told with its line and why, and the exit code is then 3; the others are recorded. The " +
      "same list again changes nothing. Opt-outs without a time need --as-of, and opt-ins without one are refused: consent " +
      "has a date. An opt-in can lift an older opt-out: look at “lifted” in a dry run first.",
    storeHelp,
  ],
  examples: [
    'acs-sms suppression import list.csv --column recipient=Phone --sender "*" --state opted-out --as-of now --dry-run',
    "acs-sms suppression import opt-outs.jsonl --restore --allow-opt-ins --store sqlite:./opt-outs.db",
  ],
  async run({ values, positionals: [path = standardInput], console }) {
    const { abortSignal, environment } = console;
    const options = { ...importOptions(values, path, environment.now()), abortSignal };
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
    return await importEntries(ledger, stream, { ...options, onProgress });
  } catch (error) {
    if (done > 0) console.note(`About ${count(done)} rows were done with. To import the same again is safe.`);
    throw error;
  }
}

function importOptions(values: Values, path: string, now: Date): ImportOptions {
  checkCountry(values["default-country"]);
  const { column, restore, delimiter, encoding, note } = values;
  const states = values["state-value"];
  return {
    format: readFormat(values.format, path),
    restore,
    columns: column.length === 0 ? undefined : columnsOf(column),
    header: values["no-header"] ? false : undefined,
    delimiter,
    encoding,
    ...readFilter(values),
    note,
    states: states.length === 0 ? undefined : statesOf(states),
    times: readTimes(values.times),
    asOf: readTime("--as-of", values["as-of"], now),
    defaultCountry: values["default-country"],
    allowOptIns: values["allow-opt-ins"],
    dryRun: values["dry-run"],
  };
}

function columnsOf(given: readonly string[]): Record<string, string | number> {
  const pairs = readPairs("--column", "<field=column>", given);
  return Object.fromEntries(pairs.map(([field, name]) => [field, /^\d+$/.test(name) ? Number(name) : name]));
}

function statesOf(given: readonly string[]): Record<string, SuppressionEntry["state"]> {
  const pairs = readPairs("--state-value", "<value=state>", given);
  return Object.fromEntries(pairs.map(([value, state]) => [value, readState("--state-value", state)]));
}

function readTimes(times: string | undefined): ImportOptions["times"] {
  if (times === undefined || times === "iso-8601") return times;
  if (times === "epoch-seconds" || times === "epoch-milliseconds") return times;
  throw new UsageError("--times takes iso-8601, epoch-seconds or epoch-milliseconds.");
}
