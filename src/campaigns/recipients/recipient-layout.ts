import { CsvFault } from "../../csv/csv-fault.js";
import { columnKey, type CsvHeader, holdsNumber } from "../../csv/csv-header.js";
import type { CsvRecord } from "../../csv/csv-reader.js";
import type { CsvRecipient, RecipientColumns } from "./csv-recipient.js";

const usualNames = ["to", "phone", "phone number", "number", "mobile", "recipient"];
const usualKeys = new Set(usualNames.map(columnKey));

/** Where number, key and fields are in the rows of one file. */
export class RecipientLayout {
  readonly #to: number;
  readonly #key: number | undefined;
  readonly #fields: readonly (readonly [name: string, index: number])[];

  /** @throws RangeError where a column is missing, or two have one name. */
  constructor(header: CsvHeader, { to, key }: RecipientColumns) {
    this.#to = to === undefined ? usualColumn(header) : namedColumn(header, to);
    this.#key = key === undefined ? undefined : namedColumn(header, key);
    if (typeof to === "number") refuseRecipient(header, this.#to);
    this.#fields = fieldsOf(header);
  }

  /** Every row gives a recipient, the broken ones too: what becomes of them is for the campaign's report. */
  read({ line, cells }: CsvRecord): CsvRecipient {
    const lineKey = `line ${line}`;
    if (cells instanceof CsvFault) return { to: "", key: lineKey, fields: {}, problem: cells.reason };
    const fields = this.#fieldsIn(cells);
    const to = (cells[this.#to] ?? "").trim().replace(/^'(?=[+\d])/, "");
    const key = this.#key === undefined ? undefined : (cells[this.#key] ?? "").trim();
    if (key === "") return { to, key: lineKey, fields, problem: "has no key" };
    if (to === "") return { to, key: key ?? lineKey, fields, problem: "has no number" };
    return key === undefined ? { to, fields } : { to, key, fields };
  }

  #fieldsIn(cells: readonly string[]): Record<string, string> {
    const fields: Record<string, string> = {};
    for (const [name, index] of this.#fields) fields[name] = cells[index] ?? "";
    return fields;
  }
}

/** Which of two numbers is meant is not guessed. */
function usualColumn(header: CsvHeader): number {
  const keys = header.names.map(columnKey);
  const found = keys.flatMap((key, index) => (usualKeys.has(key) ? [index] : []));
  const [index] = found;
  if (index !== undefined && found.length === 1) return index;
  throw header.lacks(`one column named ${usualNames.join(", ")} (or give \`columns.to\`)`);
}

function namedColumn(header: CsvHeader, column: string | number): number {
  const index = header.find(column);
  if (index !== undefined) return index;
  throw header.lacks(`a column ${JSON.stringify(column)}`);
}

/** By its place, a column is found in any first line; a recipient there would be lost. */
function refuseRecipient(header: CsvHeader, to: number): void {
  if (holdsNumber(header.names[to] ?? "")) throw header.lacks("the names of the columns first");
}

/** A column without a name is none; and `__proto__` is no property that an object can be given. */
function fieldsOf(header: CsvHeader): readonly (readonly [string, number])[] {
  const fields = header.names
    .map((name, index) => [name.trim(), index] as const)
    .filter(([name]) => name !== "" && name !== "__proto__");
  if (new Set(fields.map(([name]) => name)).size === fields.length) return fields;
  throw header.lacks("columns that differ in their names");
}
