import { CsvFault } from "./csv-fault.js";
import { CsvReader, type CsvRecord } from "./csv-reader.js";
import { delimiterOf } from "./delimiter.js";
import type { Line } from "./lines.js";

/**
 * The rows of a CSV file, as they come, its header among them: each has as many cells as the first that has any. Empty
 * rows are none, as spreadsheets end with many such.
 *
 * @param delimiter - What separates cells; where it is left out, what the first line has most of.
 */
export async function* csvRows(
  lines: AsyncIterable<Line[]>,
  delimiter: string | undefined,
): AsyncGenerator<CsvRecord[], void, undefined> {
  const table = new CsvTable(delimiter);
  for await (const some of lines) yield table.read(some);
  yield table.end();
}

/** The error for a file whose header cannot be read. */
export function brokenHeader(line: number): RangeError {
  return new RangeError(
    `Expected \`source\` to begin with the names of the columns, got a broken row at line ${line}.`,
  );
}

/** What separates the cells, and how many there are, is known from the first lines. */
class CsvTable {
  readonly #delimiter: string | undefined;
  #reader: CsvReader | undefined;
  #width: number | undefined;

  constructor(delimiter: string | undefined) {
    this.#delimiter = delimiter;
  }

  read(lines: readonly Line[]): CsvRecord[] {
    this.#reader ??= this.#readerFor(lines);
    return this.#reader === undefined ? [] : this.#rows(this.#reader.read(lines));
  }

  end(): CsvRecord[] {
    return this.#reader === undefined ? [] : this.#rows(this.#reader.end());
  }

  #readerFor(lines: readonly Line[]): CsvReader | undefined {
    const first = lines.find(({ text }) => text.trim() !== "");
    return first && new CsvReader(this.#delimiter ?? delimiterOf(first.text));
  }

  #rows(records: readonly CsvRecord[]): CsvRecord[] {
    return records.filter(({ cells }) => !isEmpty(cells)).map((record) => this.#ofWidth(record));
  }

  #ofWidth(record: CsvRecord): CsvRecord {
    const { cells } = record;
    if (cells instanceof CsvFault) return record;
    this.#width ??= cells.length;
    if (cells.length === this.#width) return record;
    const fault = new CsvFault(`has ${cells.length} cells where the first line has ${this.#width}`);
    return { ...record, cells: fault };
  }
}

function isEmpty(cells: CsvRecord["cells"]): boolean {
  return !(cells instanceof CsvFault) && cells.every((cell) => cell.trim() === "");
}
