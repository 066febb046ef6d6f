import { parse } from "csv-parse/sync";

import { CsvFault } from "./csv-fault.js";
import { longestLine, type Line } from "./lines.js";

/** A record of a CSV file: its cells, or why it has none. */
export interface CsvRecord {
  /** The line of the file on which it begins. */
  readonly line: number;
  readonly cells: readonly string[] | CsvFault;
  /**
   * Set where the lines before it are broken, so that it may be the inside of a cell: of words that somebody wrote, with
   * a line break and a made-up row in them.
   */
  readonly isDoubtful: boolean;
}

/** A record whose text is complete and not yet taken apart. */
interface CompleteRecord {
  readonly line: number;
  readonly text: string;
  readonly isDoubtful: boolean;
}

/**
 * Reads CSV, line by line, so that a broken record costs itself alone: a quotation mark that is never closed would
 * otherwise swallow the rest of the file. A record is complete where its quotation marks are even in number (RFC 4180,
 * 2.5 to 2.7); where that leads nowhere, its first line is refused and the others are read again.
 */
export class CsvReader {
  readonly #delimiter: string;
  #open: Line[] = [];
  #openLength = 0;
  #isDoubtful = false;
  #records: (CsvRecord | CompleteRecord)[] = [];

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** The records that are complete with these lines. */
  read(lines: readonly Line[]): CsvRecord[] {
    for (const line of lines) this.#take(line);
    return this.#takeApart();
  }

  /** The records that are left when the file has ended. */
  end(): CsvRecord[] {
    while (this.#open.length > 0) this.#giveUp(neverClosed);
    return this.#takeApart();
  }

  #take(line: Line): void {
    const isOdd = hasOddQuotes(line.text);
    if (this.#open.length === 0 && !isOdd) return this.#complete(line);
    const closes = this.#open.length > 0 && isOdd;
    this.#open.push(line);
    this.#openLength += line.text.length;
    if (closes) this.#close();
    else if (this.#openLength > longestLine) this.#giveUp(neverClosed);
  }

  #complete({ number, text }: Line): void {
    if (text.trim() !== "") this.#records.push({ line: number, text, isDoubtful: this.#isDoubtful });
  }

  /** One of several lines is taken apart at once, as it may have to be given up. */
  #close(): void {
    const [first, last] = [this.#open[0], this.#open.at(-1)];
    const text = this.#open.map((line) => line.text + (line === last ? "" : line.end)).join("");
    const cells = cellsOf(text, this.#delimiter);
    if (cells instanceof CsvFault) return this.#giveUp(cells);
    this.#records.push({ line: first?.number ?? 0, cells, isDoubtful: this.#isDoubtful });
    this.#open = [];
    this.#openLength = 0;
  }

  #giveUp(reason: CsvFault): void {
    const [first, ...others] = this.#open;
    this.#records.push({ line: first?.number ?? 0, cells: reason, isDoubtful: true });
    this.#open = [];
    this.#openLength = 0;
    this.#isDoubtful = true;
    for (const line of others) this.#take(line);
  }

  #takeApart(): CsvRecord[] {
    const records = this.#records;
    this.#records = [];
    const texts = records.flatMap((record) => ("text" in record ? [record.text] : []));
    const rows = texts.length === 0 ? [] : cellsOfEach(texts, this.#delimiter);
    let next = 0;
    return records.map((record) => {
      if (!("text" in record)) return record;
      const { line, isDoubtful } = record;
      return { line, cells: rows[next++] ?? broken, isDoubtful };
    });
  }
}

/** So few are taken apart one by one sooner than halved. */
const fewRecords = 16;

const neverClosed = new CsvFault("has a quotation mark that is never closed");
const broken = new CsvFault(
  'is broken: a cell with a quotation mark must be quoted as a whole, and each inside written twice ("")',
);

/** The cells of one record. */
function cellsOf(text: string, delimiter: string): readonly string[] | CsvFault {
  return parsed(text, delimiter)?.[0] ?? broken;
}

/** Many at a time, as each call of the parser has its price; where one of them is broken, it is looked for by halves. */
function cellsOfEach(texts: readonly string[], delimiter: string): readonly (readonly string[] | CsvFault)[] {
  const rows = parsed(texts.join("\n"), delimiter);
  if (rows !== undefined) return rows;
  if (texts.length <= fewRecords) return texts.map((text) => cellsOf(text, delimiter));
  const middle = Math.trunc(texts.length / 2);
  return [texts.slice(0, middle), texts.slice(middle)].flatMap((half) => cellsOfEach(half, delimiter));
}

/** The records of a text, or `undefined` where one of them is broken: the parser's own error shows what is in it. */
function parsed(text: string, delimiter: string): string[][] | undefined {
  try {
    // The number of cells is compared with the header's by who knows both.
    return parse(text, { delimiter, record_delimiter: "\n", relax_column_count: true });
  } catch {
    return undefined;
  }
}

function hasOddQuotes(text: string): boolean {
  let isOdd = false;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) isOdd = !isOdd;
  return isOdd;
}
