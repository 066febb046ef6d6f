import { expected } from "../errors/expected.js";
import type { SuppressionEntry } from "../suppression/suppression-store.js";
import { exportColumns } from "./export-entries.js";
import type { ImportField, ImportOptions } from "./import-options.js";

/** Which column each field of a row is read from: by its name, or its place from 1. */
export type WantedColumns = ReadonlyMap<keyof SuppressionEntry, string | number>;

const importFields = exportColumns.filter(
  (name): name is ImportField => name !== "recordedAt" && name !== "source",
);

/**
 * The columns that are wanted: those the caller names, or else the fields' own names.
 *
 * @throws TypeError for what no file of this format can have.
 */
export function wantedColumns({ columns, restore, header = true, format }: ImportOptions): WantedColumns {
  const hasNames = header || format === "jsonl";
  if (columns === undefined && hasNames) {
    return new Map((restore === true ? exportColumns : importFields).map((field) => [field, field]));
  }
  if (typeof columns !== "object" || columns === null) {
    throw expected("columns", "an object with the columns, by place where there is no header", columns);
  }
  const named = Object.entries(columns).filter(([, column]) => column !== undefined);
  return new Map(
    named.map(([field, column]) => [fieldOf(field), columnOf(field, column, hasNames, format !== "jsonl")]),
  );
}

function fieldOf(field: string): ImportField {
  const known = importFields.find((name) => name === field);
  if (known !== undefined) return known;
  throw expected("columns", `an object with any of ${importFields.join(", ")}`, field);
}

function columnOf(field: string, column: unknown, hasNames: boolean, hasPlaces: boolean): string | number {
  if (typeof column === "string" && hasNames) return column;
  if (typeof column === "number" && hasPlaces && Number.isInteger(column) && column > 0) return column;
  const what = [...(hasNames ? ["a name"] : []), ...(hasPlaces ? ["a place from 1"] : [])].join(" or ");
  throw expected(`columns.${field}`, what, column);
}
