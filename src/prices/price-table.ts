import { expected, expectedRange } from "../errors/expected.js";

/** What a segment costs, by where it goes. */
export interface PriceTable {
  /** The currency of all prices, as ISO 4217 has it: `"USD"`. */
  readonly currency: string;
  /**
   * The price of one segment to one recipient, by the dialling prefix of the recipient's number: `"+1"`, `"+44"` or, for
   * a part of a country, up to seven digits of it. The longest prefix counts; `"*"` is all other numbers. A price is at
   * least 0 and less than 1,000,000, with at most six decimals: `"0.0079"`, or the number.
   */
  readonly perSegment: Readonly<Record<string, string | number>>;
}

/**
 * What one segment to a number costs, in millionths of the currency (micros), so that sums are exact: whole numbers, up
 * to nine thousand million units of the currency. `undefined` where the table has no price.
 */
export type SegmentPrice = (to: string) => number | undefined;

const microsPerUnit = 1_000_000;
const microDigits = 6;
const decimal = /^(\d{1,6})(?:\.(\d{1,6}))?$/;

/**
 * Makes a price table quick to ask. Numbers are looked up as they are, so give them in E.164.
 *
 * @throws TypeError or RangeError for a table that is malformed; it names the prefix.
 */
export function priceOf(table: PriceTable): SegmentPrice {
  const prices = pricesIn(table);
  const others = prices.get("*");
  const lengths = new Set(Array.from(prices.keys(), (prefix) => prefix.length));
  const longestFirst = [...lengths].toSorted((a, b) => b - a);
  return (to) => {
    for (const length of longestFirst) {
      const price = prices.get(to.slice(0, length));
      if (price !== undefined) return price;
    }
    return others;
  };
}

/**
 * An amount in micros as a decimal number, with at least two decimals: `12345000` is `"12.345"`, and `"12.345 USD"` with
 * its currency.
 *
 * @throws RangeError for what is no whole number that can be exact.
 */
export function formatMicros(micros: number, currency?: string): string {
  if (!Number.isSafeInteger(micros)) throw expectedRange("micros", "a whole number of micros", micros);
  const digits = String(Math.abs(micros)).padStart(microDigits + 1, "0");
  const decimals = digits.slice(-microDigits).replace(/0{1,4}$/, "");
  const amount = `${micros < 0 ? "-" : ""}${digits.slice(0, -microDigits)}.${decimals}`;
  return currency === undefined ? amount : `${amount} ${currency}`;
}

function pricesIn(table: PriceTable): ReadonlyMap<string, number> {
  if (typeof table !== "object" || table === null) throw expected("prices", "a price table", table);
  const { currency, perSegment } = table;
  if (!/^[A-Z]{3}$/.test(currency)) {
    throw expectedRange("prices.currency", 'a currency as ISO 4217 has it, such as "USD"', currency);
  }
  if (typeof perSegment !== "object" || perSegment === null) {
    throw expected("prices.perSegment", "an object with prices by prefix", perSegment);
  }
  return new Map(
    Object.entries(perSegment).map(([prefix, price]) => [checkedPrefix(prefix), microsOf(prefix, price)]),
  );
}

/** Seven digits tell any network from another, and are nobody's number. */
function checkedPrefix(prefix: string): string {
  if (prefix === "*" || /^\+[1-9]\d{0,6}$/.test(prefix)) return prefix;
  throw expectedRange(
    "prices.perSegment",
    'by prefixes such as "+44", of up to seven digits, or "*"',
    prefix,
  );
}

function microsOf(prefix: string, price: unknown): number {
  const text = typeof price === "string" || typeof price === "number" ? String(price) : "";
  const [, units, decimals = ""] = decimal.exec(text) ?? [];
  if (units !== undefined) return Number(units) * microsPerUnit + Number(decimals.padEnd(microDigits, "0"));
  const name = `prices.perSegment[${JSON.stringify(prefix)}]`;
  throw expectedRange(name, 'a price below 1,000,000 with at most six decimals, such as "0.0079"', price);
}
