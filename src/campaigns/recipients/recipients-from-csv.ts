import { CsvFault } from "../../csv/csv-fault.js";
import { CsvHeader } from "../../csv/csv-header.js";
import type { CsvRecord } from "../../csv/csv-reader.js";
import { brokenHeader, csvRows } from "../../csv/csv-rows.js";
import { checkDelimiter } from "../../csv/delimiter.js";
import { linesOf } from "../../csv/lines.js";
import { textOf, type TextSource } from "../../csv/text-source.js";
import { untilAborted } from "../../errors/abort.js";
import { expected } from "../../errors/expected.js";
import type { CsvRecipient, CsvRecipientOptions, CsvSource } from "./csv-recipient.js";
import { opener } from "./csv-source.js";
import { RecipientLayout } from "./recipient-layout.js";

/**
 * The recipients of a CSV file, for a campaign: one for each row below the header, read as they are asked for, so that any
 * number of rows fits into memory.
 *
 * The first line names the columns; every cell is a field that a template can insert. A row that cannot be read is neither
 * dropped nor the end of the list: it comes with a `problem`, and a campaign reports it as `invalid`. A quotation mark that
 * is never closed costs its own line alone, and the lines below it are read each for itself. Empty rows are none.
 *
 * A campaign that is previewed first, or resumed, reads its list again: give a function that opens the file, and not the
 * stream.
 *
 * @param source - The text or bytes, what streams them, or a function that opens it. A path is no source.
 * @throws TypeError for malformed options. While it is read: RangeError for a header without the column of the numbers, a
 * source that is empty or no text, or a line of more than 1,048,576 characters; TypeError where a stream is read again;
 * AbortError; what the source throws.
 *
 * @example
 * ```ts
 * import { createReadStream } from "node:fs";
 * import { recipientsFromCsv } from "acs-sms/campaigns";
 *
 * // Customer,Mobile,Day
 * // 4711,+14255550123,Monday
 * const people = recipientsFromCsv(() => createReadStream("people.csv"), {
 *   columns: { to: "Mobile", key: "Customer" },
 * });
 * for await (const { key, fields, problem } of people) console.log(key, fields["Day"], problem);
 * ```
 */
export function recipientsFromCsv(
  source: CsvSource,
  options: CsvRecipientOptions = {},
): AsyncIterable<CsvRecipient> {
  checkOptions(options);
  const settings = { ...options, columns: { ...options.columns } };
  const open = opener(source);
  return { [Symbol.asyncIterator]: () => recipientsIn(open, settings) };
}

async function* recipientsIn(
  open: () => TextSource | Promise<TextSource>,
  { columns = {}, delimiter, encoding = "utf-8", abortSignal }: CsvRecipientOptions,
): AsyncGenerator<CsvRecipient, void, undefined> {
  const source = await untilAborted(abortSignal, async () => open());
  const position = { bytes: 0, line: 0 };
  const lines = linesOf(textOf(source, encoding, position, abortSignal), position);
  let layout: RecipientLayout | undefined;
  for await (const records of csvRows(lines, delimiter)) {
    for (const record of records) {
      if (layout === undefined) layout = new RecipientLayout(headerIn(record), columns);
      else yield layout.read(record);
    }
  }
  if (layout === undefined) throw new RangeError("Expected `source` to have a header, got an empty text.");
}

function headerIn({ line, cells }: CsvRecord): CsvHeader {
  if (cells instanceof CsvFault) throw brokenHeader(line);
  return new CsvHeader(cells);
}

function checkOptions(options: CsvRecipientOptions): void {
  if (typeof options !== "object" || options === null) throw expected("options", "an object", options);
  const { columns = {}, encoding, delimiter } = options;
  const text: unknown = encoding;
  if (text !== undefined && typeof text !== "string") throw expected("encoding", "a string", text);
  checkDelimiter(delimiter);
  if (typeof columns !== "object" || columns === null) throw expected("columns", "an object", columns);
  for (const [name, column] of Object.entries(columns)) checkColumn(name, column);
}

function checkColumn(name: string, column: unknown): void {
  if (name !== "to" && name !== "key") throw expected("columns", "an object with `to` or `key`", name);
  const isName = typeof column === "string" && column.trim() !== "";
  const isPlace = typeof column === "number" && Number.isInteger(column) && column > 0;
  if (column === undefined || isName || isPlace) return;
  throw expected(`columns.${name}`, "a name or a place from 1", column);
}
