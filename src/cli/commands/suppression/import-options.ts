import type { ImportOptions } from "../../../ledger/import-options.js";
import type { SuppressionEntry } from "../../../suppression/suppression-store.js";
import { UsageError } from "../../failure.js";
import { checkCountry, type countryOption } from "../../input/numbers.js";
import { readTime } from "../../input/time.js";
import type { OptionValues } from "../../option.js";
import { readFilter, readState } from "../../options/filter.js";
import { readFormat, type formatOption } from "../../options/format.js";
import { readPairs } from "../../options/pairs.js";

/** How a list is read, and what is taken from it; its format and country apart, which other commands ask for, too. */
export const importOptions = {
  restore: {
    type: "boolean",
    help: "The file is from suppression export: take every fact exactly as it was.",
  },
  column: {
    type: "string",
    value: "<field=column>",
    multiple: true,
    help: "Where a field is: recipient=Phone, or recipient=3 by its place. What is not named is not read.",
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
  "dry-run": { type: "boolean", help: "Check every row and record nothing." },
} as const;

type Values = OptionValues<typeof importOptions & typeof formatOption & typeof countryOption>;

/** What was given, as `importEntries` takes it. */
export function readImportOptions(values: Values, path: string, now: Date): ImportOptions {
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
