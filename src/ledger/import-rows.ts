import { CsvFault } from "../csv/csv-fault.js";
import type { CsvRecord } from "../csv/csv-reader.js";
import { brokenHeader, csvRows } from "../csv/csv-rows.js";
import type { Line } from "../csv/lines.js";
import { CsvLayout } from "./csv-layout.js";
import type { ImportSettings } from "./import-settings.js";
import { JsonLayout } from "./json-layout.js";
import { RowRefusal } from "./row-refusal.js";
import type { RowTexts } from "./row-texts.js";

/** A row of a list, with its texts by field, or why it has none. */
export interface ImportRow {
  readonly line: number;
  readonly texts: RowTexts | RowRefusal;
  /** Set where broken rows came before, so that it may be the inside of somebody's words. */
  readonly isDoubtful: boolean;
}

/** The rows of a list, as they come. The header and empty rows are none. */
export function rowsOf(
  lines: AsyncIterable<Line[]>,
  settings: ImportSettings,
): AsyncGenerator<ImportRow[], void, undefined> {
  return settings.format === "csv" ? rowsOfCsv(lines, settings) : rowsOfJson(lines, settings);
}

async function* rowsOfJson(
  lines: AsyncIterable<Line[]>,
  settings: ImportSettings,
): AsyncGenerator<ImportRow[], void, undefined> {
  const layout = new JsonLayout(settings);
  for await (const some of lines) {
    yield some
      .filter(({ text }) => text.trim() !== "")
      .map(({ number, text }) => ({
        line: number,
        texts: orRefusal(() => layout.read(text)),
        isDoubtful: false,
      }));
  }
}

async function* rowsOfCsv(
  lines: AsyncIterable<Line[]>,
  settings: ImportSettings,
): AsyncGenerator<ImportRow[], void, undefined> {
  const table = new ImportTable(settings);
  for await (const records of csvRows(lines, settings.delimiter)) {
    yield records.flatMap((record) => table.read(record) ?? []);
  }
}

/** A CSV file: which of its cells is which is known from its first row. */
class ImportTable {
  readonly #settings: ImportSettings;
  #layout: CsvLayout | undefined;

  constructor(settings: ImportSettings) {
    this.#settings = settings;
  }

  /** Nothing of the header. */
  read({ line, cells, isDoubtful }: CsvRecord): ImportRow | undefined {
    const isHeader = this.#layout === undefined && this.#settings.header;
    if (cells instanceof CsvFault) {
      if (isHeader) throw brokenHeader(line);
      return { line, texts: new RowRefusal(undefined, cells.reason), isDoubtful };
    }
    this.#layout ??= new CsvLayout(cells, this.#settings);
    return isHeader ? undefined : { line, texts: this.#layout.read(cells), isDoubtful };
  }
}

function orRefusal<T>(read: () => T): T | RowRefusal {
  try {
    return read();
  } catch (error) {
    if (error instanceof RowRefusal) return error;
    throw error;
  }
}
