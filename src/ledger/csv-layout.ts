import { expected } from "../errors/expected.js";
import type { SuppressionEntry } from "../suppression/suppression-store.js";
import { exportColumns } from "./export-entries.js";
import type { ImportSettings } from "./import-settings.js";
import { RowRefusal } from "./row-refusal.js";
import type { RowTexts } from "./row-texts.js";
import { columnKey } from "./wanted-columns.js";

/** Where each field is in the rows of one CSV file. */
export class CsvLayout {
  readonly #places: ReadonlyMap<keyof SuppressionEntry, number>;
  readonly #width: number;

  /**
   * @param first - The header, or the first row where there is none.
   * @throws RangeError where a column is missing; TypeError where an option says what a column says too.
   */
  constructor(first: readonly string[], settings: ImportSettings) {
    this.#width = first.length;
    this.#places = placesOf(first, settings);
    refuseDoubles(this.#places, settings);
    refuseMissing(this.#places, first, settings);
  }

  /** @throws RowRefusal where the row has more or fewer cells than the first. */
  read(cells: readonly string[]): RowTexts {
    if (cells.length !== this.#width) {
      throw new RowRefusal(undefined, `has ${cells.length} cells where the first line has ${this.#width}`);
    }
    const texts: RowTexts = {};
    for (const [field, place] of this.#places) {
      const text = cells[place];
      if (text !== undefined && text !== "") texts[field] = text;
    }
    return texts;
  }
}

function placesOf(
  first: readonly string[],
  { columns, areColumnsNamed }: ImportSettings,
): ReadonlyMap<keyof SuppressionEntry, number> {
  const names = first.map(columnKey);
  const places = new Map<keyof SuppressionEntry, number>();
  for (const [field, column] of columns) {
    const place = typeof column === "number" ? column - 1 : placeOf(column, names, first);
    if (place in first) places.set(field, place);
    else if (areColumnsNamed) throw headerError(`a column ${JSON.stringify(column)}`, first);
  }
  return places;
}

function placeOf(column: string, names: readonly string[], header: readonly string[]): number {
  const key = columnKey(column);
  const place = names.indexOf(key);
  if (place === names.lastIndexOf(key)) return place;
  throw headerError(`one column ${JSON.stringify(column)}`, header);
}

function refuseDoubles(
  places: ReadonlyMap<keyof SuppressionEntry, number>,
  { constants }: ImportSettings,
): void {
  for (const name of ["sender", "state", "note"] as const) {
    const isDouble = constants[name] !== undefined && places.has(name);
    if (isDouble) throw expected(name, "left out, as a column has it", constants[name]);
  }
}

/** What no row can have is found out before the first, and not said with each. */
function refuseMissing(
  places: ReadonlyMap<keyof SuppressionEntry, number>,
  first: readonly string[],
  { restore, constants, asOf }: ImportSettings,
): void {
  const needed = restore ? exportColumns : (["recipient", "sender", "state", "at"] as const);
  const said = new Set<string>([...places.keys(), ...Object.keys(constants), ...(asOf ? ["at"] : [])]);
  const missing = needed.find((field) => !said.has(field));
  if (missing === undefined) return;
  const hint = restore ? "" : ` (see ${insteadOf(missing)})`;
  throw headerError(`a column for \`${missing}\`${hint}`, first);
}

/** The options that help where a column is missing. */
function insteadOf(field: keyof SuppressionEntry): string {
  const constant = field === "at" ? "asOf" : field;
  return field === "recipient" ? "`columns`, `header`" : `\`columns\`, \`${constant}\``;
}

/** A missing header is the usual reason, and then what is shown here would be somebody's number and words. */
function headerError(what: string, header: readonly string[]): RangeError {
  const isRow = header.some((cell) => cell.replaceAll(/\D/g, "").length >= 5);
  const got = isRow ? "a first line with a number in it (is there no header?)" : listed(header);
  return new RangeError(`Expected \`source\` to have ${what}, got ${got}.`);
}

function listed(header: readonly string[]): string {
  const names = header.slice(0, 20).map((name) => JSON.stringify(name.slice(0, 40)));
  return `the columns ${names.join(", ")}`;
}
