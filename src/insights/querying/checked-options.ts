import { expected, expectedRange } from "../../errors/expected.js";
import { storable } from "../storable.js";

/** A range of time, in milliseconds since 1970. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** The values that are wanted of each property. */
export type Wanted = Readonly<Record<string, readonly string[]>>;

/** @throws TypeError or RangeError that names the option. */
export function checkedRange(options: { readonly from: Date; readonly to: Date }): TimeRange {
  const range = { from: timeOf("from", options.from), to: timeOf("to", options.to) };
  if (range.to < range.from) throw expectedRange("to", "not before `from`", options.to);
  return range;
}

/** @throws TypeError that names the option. */
export function timeOf(name: string, date: Date): number {
  const time = date instanceof Date ? date.getTime() : Number.NaN;
  if (Number.isNaN(time)) throw expected(name, "a valid Date", date);
  return time;
}

/**
 * What is wanted, as a log writes it: what was cut, or could not be written as it was, is found by what it was.
 *
 * @param properties - By which one may choose.
 * @throws TypeError or RangeError that names the option, or the property.
 */
export function checkedWhere(where: object, properties: readonly string[]): Wanted {
  if (typeof where !== "object" || where === null) throw expected("where", "an object", where);
  const given = Object.entries(where).filter(([, wanted]) => wanted !== undefined);
  for (const [property] of given)
    if (!properties.includes(property)) throw expectedRange("where", `by ${properties.join(", ")}`, property);
  return Object.fromEntries(given.map(([property, wanted]) => [property, valuesOf(property, wanted)]));
}

function valuesOf(property: string, wanted: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(wanted) ? [...wanted] : [wanted];
  if (values.every((value) => typeof value === "string")) return values.map((value) => storable(value));
  throw expected(`where.${property}`, "a string, or several", wanted);
}
