/** The first line of a file, which names its columns. */
export class CsvHeader {
  readonly names: readonly string[];
  readonly #keys: readonly string[];

  constructor(names: readonly string[]) {
    this.names = names;
    this.#keys = names.map(columnKey);
  }

  /**
   * The index of a column, by its name or its place from 1, or `undefined` where there is none.
   *
   * @throws RangeError where two columns have the name.
   */
  find(column: string | number): number | undefined {
    const index = typeof column === "number" ? column - 1 : this.#indexOf(column);
    return index in this.names ? index : undefined;
  }

  /**
   * The error for a header without what is needed. A missing header is the usual reason, and then what is shown here would
   * be somebody's number and words.
   */
  lacks(what: string): RangeError {
    const isRow = this.names.some(holdsNumber);
    const got = isRow ? "a first line with a number in it (is there no header?)" : listed(this.names);
    return new RangeError(`Expected \`source\` to have ${what}, got ${got}.`);
  }

  #indexOf(column: string): number {
    const key = columnKey(column);
    const index = this.#keys.indexOf(key);
    if (index === this.#keys.lastIndexOf(key)) return index;
    throw this.lacks(`one column ${JSON.stringify(column)}`);
  }
}

/** `Opted out on`, `opted_out_on` and `optedOutOn` are one column. */
export function columnKey(name: string): string {
  return name.replaceAll(/[\s_]/g, "").toLowerCase();
}

/** Whether a cell may hold a phone number. */
export function holdsNumber(cell: string): boolean {
  return cell.replaceAll(/\D/g, "").length >= 5;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 20).map((name) => JSON.stringify(name.slice(0, 40)));
  return `the columns ${shown.join(", ")}`;
}
