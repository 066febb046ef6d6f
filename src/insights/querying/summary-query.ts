import { expected, expectedRange } from "../../errors/expected.js";
import { priceOf, type PriceTable } from "../../prices/price-table.js";
import type { SummaryOptions } from "../message-log.js";
import type { GroupKey } from "../summary.js";
import { groupKeys, propertyKeys, timeKeys } from "../group-keys.js";
import { checkedRange, checkedWhere, timeOf, type Wanted } from "./checked-options.js";
import { timeBuckets, type TimeBucket } from "./time-buckets.js";
import { zoneClock } from "./zone-clock.js";

/** The columns that hold the properties of a message. */
export const properties: Readonly<Record<(typeof propertyKeys)[number], string>> = {
  tag: "tag",
  sender: "sender",
  senderKind: "sender_kind",
  country: "country",
};

/** A question, checked. Times are milliseconds since 1970. */
export interface SummaryQuery {
  readonly from: number;
  readonly to: number;
  readonly at: number;
  readonly timeZone: string;
  readonly groupBy: readonly GroupKey[];
  readonly where: Wanted;
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

/**
 * @param prefixLength - How many characters of a number are known.
 * @throws TypeError or RangeError that names the option.
 */
export function summaryQuery(options: SummaryOptions, prefixLength: number): SummaryQuery {
  const { timeZone = "UTC", prices, at = new Date() } = options;
  const range = checkedRange(options);
  const groupBy = checkedGroupBy(options.groupBy ?? []);
  const units = timeKeys.filter((unit) => groupBy.includes(unit));
  zoneClock(timeZone);
  return {
    ...range,
    at: timeOf("at", at),
    timeZone,
    groupBy,
    where: checkedWhere(options.where ?? {}, propertyKeys),
    ...(units.length > 0 && { buckets: timeBuckets(range, units, timeZone) }),
    ...(prices !== undefined && { prices: checkedPrices(prices, prefixLength) }),
  };
}

function checkedGroupBy(groupBy: readonly GroupKey[]): readonly GroupKey[] {
  if (!Array.isArray(groupBy)) throw expected("groupBy", "a list of keys", groupBy);
  const wrong = groupBy.find((key) => !groupKeys.includes(key));
  if (wrong !== undefined) throw expectedRange("groupBy", `of ${groupKeys.join(", ")}`, wrong);
  return [...new Set(groupBy)];
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
