import { CsvHeader } from "../csv/csv-header.js";
import { expected } from "../errors/expected.js";
import type { SuppressionEntry } from "../suppression/suppression-store.js";
import { exportColumns } from "./export-entries.js";
import type { ImportSettings } from "./import-settings.js";
import type { RowTexts } from "./row-texts.js";

/** Where each field is in the rows of one CSV file. */
export class CsvLayout {
  readonly #places: ReadonlyMap<keyof SuppressionEntry, number>;

  /**
   * @param first - The header, or the first row where there is none.
   * @throws RangeError where a column is missing; TypeError where an option says what a column says too.
   */
  constructor(first: readonly string[], settings: ImportSettings) {
    const header = new CsvHeader(first);
    this.#places = placesOf(header, settings);
    refuseDoubles(this.#places, settings);
    refuseMissing(this.#places, header, settings);
  }

  read(cells: readonly string[]): RowTexts {
    const texts: RowTexts = {};
    for (const [field, place] of this.#places) {
      const text = cells[place];
      if (text !== undefined && text !== "") texts[field] = text;
    }
    return texts;
  }
}

function placesOf(
  header: CsvHeader,
  { columns, areColumnsNamed }: ImportSettings,
): ReadonlyMap<keyof SuppressionEntry, number> {
  const places = new Map<keyof SuppressionEntry, number>();
  for (const [field, column] of columns) {
    const place = header.find(column);
    if (place !== undefined) places.set(field, place);
    else if (areColumnsNamed) throw header.lacks(`a column ${JSON.stringify(column)}`);
  }
  return places;
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
  header: CsvHeader,
  { restore, constants, asOf }: ImportSettings,
): void {
  const needed = restore ? exportColumns : (["recipient", "sender", "state", "at"] as const);
  const said = new Set<string>([...places.keys(), ...Object.keys(constants), ...(asOf ? ["at"] : [])]);
  const missing = needed.find((field) => !said.has(field));
  if (missing === undefined) return;
  const hint = restore ? "" : ` (see ${insteadOf(missing)})`;
  throw header.lacks(`a column for \`${missing}\`${hint}`);
}

/** The options that help where a column is missing. */
function insteadOf(field: keyof SuppressionEntry): string {
  const constant = field === "at" ? "asOf" : field;
  return field === "recipient" ? "`columns`, `header`" : `\`columns\`, \`${constant}\``;
}
