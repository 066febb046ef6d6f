import { stringify } from "csv-stringify/sync";

import type { CampaignResult } from "../../campaigns/campaign-result.js";
import { guardFormula } from "../../ledger/formula-guard.js";
import { redact } from "../../privacy/safe-error.js";
import type { Console } from "./console.js";
import { createNewFile } from "./new-file.js";
import { ResultStream } from "./result-stream.js";

/** What became of one, as it is written: in a file and in JSON alike. */
type ResultRow = Readonly<Record<(typeof resultColumns)[number], string | number | undefined>>;

const resultColumns = ["key", "to", "from", "status", "messageId", "httpStatusCode", "error"] as const;

export function resultRow(result: CampaignResult, console: Console): ResultRow {
  const { key, to, from, status, messageId, httpStatusCode, errorMessage } = result;
  const error = errorMessage && redact(errorMessage, console.secrets);
  return { key, to, from, status, messageId, httpStatusCode, error };
}

/** A CSV file that gets what became of each as it becomes known. */
export interface ResultsFile extends AsyncDisposable {
  readonly write: (row: ResultRow) => Promise<void>;
  /** Resolves when all is in the file. */
  readonly flush: () => Promise<void>;
}

/** @throws Failure where it is there already and may not be replaced. */
export async function openResultsFile(
  path: string,
  mayReplace: boolean,
  console: Console,
): Promise<ResultsFile> {
  const file = await createNewFile(path, mayReplace, console);
  const stream = file.createWriteStream();
  const lines = new ResultStream(stream, () => undefined);
  await lines.write(line(resultColumns));
  return {
    write: async (row) => lines.write(line(cellsOf(row))),
    flush: async () => lines.flush(),
    [Symbol.asyncDispose]: async () => new Promise((resolve) => stream.end(() => resolve())),
  };
}

/** Keys and what was given for a number are from the list, where anybody may have written them. */
function cellsOf(row: ResultRow): string[] {
  return resultColumns.map((column) => guardFormula(String(row[column] ?? "")));
}

function line(cells: readonly string[]): string {
  return stringify([[...cells]], { record_delimiter: "windows", quote_record_delimiter: true });
}
