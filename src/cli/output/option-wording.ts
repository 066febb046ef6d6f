import type { ImportReport } from "../../ledger/import-report.js";
import { Failure, UsageError } from "../failure.js";

/** What `importEntries` and campaigns call in backticks, as whoever typed a command knows it. */
const shownNames: Readonly<Record<string, string>> = {
  source: "the file",
  format: "--format",
  restore: "--restore",
  columns: "--column",
  header: "--no-header",
  delimiter: "--delimiter",
  encoding: "--encoding",
  sender: "--sender",
  state: "--state",
  note: "--note",
  states: "--state-value",
  times: "--times",
  asOf: "--as-of",
  defaultCountry: "--default-country",
  allowOptIns: "--allow-opt-ins",
  id: "--id",
  message: "the message",
  prices: "--prices",
};

/** A name, and what is in it: `columns.at`. A column that is missing is called by its field, which no option is. */
const named = /(?<!a column for )`(\w+)(?:\.(\w+))?`/g;

function inWordsOfOptions(text: string): string {
  return text.replaceAll(named, (whole, name: string, part?: string) => {
    const shown = shownNames[name];
    if (shown === undefined) return whole;
    return part === undefined ? shown : `${shown} ${part}`;
  });
}

/** A complaint of theirs about an option or a file, for the person who gave them; any other error itself. */
export function inOptionNames(error: unknown): unknown {
  const isOurs = error instanceof TypeError || error instanceof RangeError;
  if (!isOurs || !error.message.startsWith("Expected `")) return error;
  const message = inWordsOfOptions(error.message);
  return error.message.startsWith("Expected `source`") ? new Failure(message) : new UsageError(message);
}

/** A report whose reasons name options as they are typed. */
export function reportInOptionNames(report: ImportReport): ImportReport {
  const refusals = report.refusals.map((row) => ({ ...row, reason: inWordsOfOptions(row.reason) }));
  return { ...report, refusals };
}
