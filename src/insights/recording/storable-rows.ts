import { logTables, type Column } from "../log-tables.js";
import type { EventRow, EventRows } from "./event-rows.js";

/** The rows that both databases take: one that is refused would keep the others of its group out, again and again. */
export function storableRows(rows: EventRows): EventRows {
  const kept = logTables.map(({ rows: part, columns }) => [
    part,
    rows[part].filter((row) => columns.every((column) => fits(row[column.name], column))),
  ]);
  return { ...rows, ...Object.fromEntries(kept) };
}

function fits(value: EventRow[string] | undefined, { type, isRequired }: Column): boolean {
  if (value === null) return !isRequired;
  return type === "integer" ? Number.isSafeInteger(value) : typeof value === "string";
}
