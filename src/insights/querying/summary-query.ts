import { expected, expectedRange } from "../../errors/expected.js";
import { priceOf, type PriceTable } from "../../prices/price-table.js";
import type { SummaryOptions } from "../message-log.js";
import type { GroupKey } from "../summary.js";
import { timeKeys } from "../time-keys.js";
import { timeBuckets, type TimeBucket } from "./time-buckets.js";
import { zoneClock } from "./zone-clock.js";

/** The properties of a message by which messages are chosen, and the columns that hold them. */
export const properties = {
  tag: "tag",
  sender: "sender",
  senderKind: "sender_kind",
  country: "country",
} as const;

export type Property = keyof typeof properties;

/** A question, checked. Times are milliseconds since 1970. */
export interface SummaryQuery {
  readonly from: number;
  readonly to: number;
  readonly at: number;
  readonly timeZone: string;
  readonly groupBy: readonly GroupKey[];
  /** The values that are wanted. */
  readonly where: Readonly<Partial<Record<Property, readonly string[]>>>;
  /** Left out where no time is asked for. */
  readonly buckets?: readonly TimeBucket[];
  readonly prices?: QueryPrices;
}

/** What a segment costs, by prefix, in millionths of the currency. */
export interface QueryPrices {
  readonly currency: string;
  readonly byPrefix: readonly (readonly [prefix: string, micros: number])[];
  /** To all other numbers. */
  readonly others: number | undefined;
}

const groupKeys: ReadonlySet<unknown> = new Set([...Object.keys(properties), ...timeKeys]);

/**
 * @param prefixLength - How many characters of a number are known.
 * @throws TypeError or RangeError that names the option.
 */
export function summaryQuery(options: SummaryOptions, prefixLength: number): SummaryQuery {
  const { timeZone = "UTC", prices, at = new Date() } = options;
  const range = { from: timeOf("from", options.from), to: timeOf("to", options.to) };
  if (range.to < range.from) throw expectedRange("to", "not before `from`", options.to);
  const groupBy = checkedGroupBy(options.groupBy ?? []);
  const units = timeKeys.filter((unit) => groupBy.includes(unit));
  zoneClock(timeZone);
  return {
    ...range,
    at: timeOf("at", at),
    timeZone,
    groupBy,
    where: checkedWhere(options.where ?? {}),
    ...(units.length > 0 && { buckets: timeBuckets(range, units, timeZone) }),
    ...(prices !== undefined && { prices: checkedPrices(prices, prefixLength) }),
  };
}

function timeOf(name: string, date: Date): number {
  const time = date instanceof Date ? date.getTime() : Number.NaN;
  if (Number.isNaN(time)) throw expected(name, "a valid Date", date);
  return time;
}

function checkedGroupBy(groupBy: readonly GroupKey[]): readonly GroupKey[] {
  if (!Array.isArray(groupBy)) throw expected("groupBy", "a list of keys", groupBy);
  const wrong = groupBy.find((key) => !groupKeys.has(key));
  if (wrong !== undefined) throw expectedRange("groupBy", `of ${[...groupKeys].join(", ")}`, wrong);
  return [...new Set(groupBy)];
}

function checkedWhere(where: NonNullable<SummaryOptions["where"]>): SummaryQuery["where"] {
  if (typeof where !== "object" || where === null) throw expected("where", "an object", where);
  const given = Object.entries(where).flatMap(([property, wanted]) =>
    wanted === undefined ? [] : [[property, wanted] as const],
  );
  return Object.fromEntries(
    given.map(([property, wanted]) => [checkedProperty(property), valuesOf(property, wanted)]),
  );
}

function checkedProperty(property: string): string {
  if (Object.hasOwn(properties, property)) return property;
  throw expectedRange("where", `by ${Object.keys(properties).join(", ")}`, property);
}

function valuesOf(property: string, wanted: string | readonly string[]): readonly string[] {
  const values = Array.isArray(wanted) ? [...wanted] : [wanted];
  if (values.every((value) => typeof value === "string")) return values;
  throw expected(`where.${property}`, "a string, or several", wanted);
}

function checkedPrices(table: PriceTable, prefixLength: number): QueryPrices {
  const price = priceOf(table);
  const prefixes = Object.keys(table.perSegment).filter((prefix) => prefix !== "*");
  const tooLong = prefixes.find((prefix) => prefix.length > prefixLength);
  if (tooLong !== undefined)
    throw expectedRange(
      "prices.perSegment",
      `by prefixes of up to ${prefixLength - 1} digits, as a log with hashed numbers knows no more of a number`,
      tooLong,
    );
  const byPrefix = prefixes.map((prefix) => [prefix, price(prefix) ?? 0] as const);
  return { currency: table.currency, byPrefix, others: price("*") };
}
