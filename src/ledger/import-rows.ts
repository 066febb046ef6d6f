import { CsvLayout } from "./csv-layout.js";
import { CsvReader, type CsvRecord } from "./csv-reader.js";
import { delimiterOf } from "./delimiter.js";
import type { ImportSettings } from "./import-settings.js";
import { JsonLayout } from "./json-layout.js";
import type { Line } from "./lines.js";
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
  return settings.format === "csv" ? csvRows(lines, settings) : jsonRows(lines, settings);
}

async function* jsonRows(
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

async function* csvRows(
  lines: AsyncIterable<Line[]>,
  settings: ImportSettings,
): AsyncGenerator<ImportRow[], void, undefined> {
  const table = new CsvTable(settings);
  for await (const some of lines) yield table.read(some);
  yield table.end();
}

/** A CSV file: what separates its cells, and which is which, is known from its first lines. */
class CsvTable {
  readonly #settings: ImportSettings;
  #reader: CsvReader | undefined;
  #layout: CsvLayout | undefined;

  constructor(settings: ImportSettings) {
    this.#settings = settings;
  }

  read(lines: readonly Line[]): ImportRow[] {
    this.#reader ??= this.#readerFor(lines);
    return this.#reader === undefined ? [] : this.#rows(this.#reader.read(lines));
  }

  end(): ImportRow[] {
    return this.#reader === undefined ? [] : this.#rows(this.#reader.end());
  }

  #readerFor(lines: readonly Line[]): CsvReader | undefined {
    const first = lines.find(({ text }) => text.trim() !== "");
    return first && new CsvReader(this.#settings.delimiter ?? delimiterOf(first.text));
  }

  #rows(records: readonly CsvRecord[]): ImportRow[] {
    return records.flatMap(({ line, cells, isDoubtful }) => {
      const isHeader = this.#layout === undefined && this.#settings.header;
      if (isHeader && cells instanceof RowRefusal) throw brokenHeader(line);
      const texts = cells instanceof RowRefusal ? cells : orRefusal(() => this.#texts(cells));
      return texts === undefined || isHeader ? [] : [{ line, texts, isDoubtful }];
    });
  }

  /** Nothing of an empty row: spreadsheets end with many such. */
  #texts(cells: readonly string[]): RowTexts | undefined {
    if (cells.every((cell) => cell.trim() === "")) return undefined;
    this.#layout ??= new CsvLayout(cells, this.#settings);
    return this.#layout.read(cells);
  }
}

function brokenHeader(line: number): RangeError {
  return new RangeError(
    `Expected \`source\` to begin with the names of the columns, got a broken row at line ${line}.`,
  );
}

function orRefusal<T>(read: () => T): T | RowRefusal {
  try {
    return read();
  } catch (error) {
    if (error instanceof RowRefusal) return error;
    throw error;
  }
}
