import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { formatMicros, priceOf, type PriceTable } from "../../src/prices/price-table.js";
import { canary } from "../support/canary.js";
import { wrong } from "../support/wrong.js";

function table(perSegment: PriceTable["perSegment"]): PriceTable {
  return { currency: "USD", perSegment };
}

describe("priceOf", () => {
  it("takes the longest prefix, in micros", () => {
    const price = priceOf(table({ "+1": "0.0079", "+1809": 0.05, "+44": "1", "*": "0.1" }));
    expect(["+14255550123", "+18095550123", "+447700900123", "+4930123456"].map(price)).toEqual([
      7900, 50_000, 1_000_000, 100_000,
    ]);
  });

  it("has none where the table has none", () => {
    const price = priceOf(table({ "+44": "0.04" }));
    expect(["+14255550123", "+4", "", "44"].map(price)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it("agrees with a search through all prefixes", () => {
    const digits = fc.stringMatching(/^[1-3][1-3]{0,6}$/);
    const prices = fc.dictionary(
      fc.oneof(
        digits.map((text) => `+${text}`),
        fc.constant("*"),
      ),
      fc.integer({ min: 0, max: 9_999_999 }),
    );
    fc.assert(
      fc.property(prices, digits, (micros, number) => {
        const perSegment = Object.fromEntries(
          Object.entries(micros).map(([prefix, price]) => [prefix, formatMicros(price)]),
        );
        const [longest = "*"] = Object.keys(micros)
          .filter((prefix) => `+${number}`.startsWith(prefix))
          .toSorted((a, b) => b.length - a.length);
        expect(priceOf(table(perSegment))(`+${number}`)).toBe(micros[longest]);
      }),
    );
  });

  it("keeps a copy of the table", () => {
    const perSegment: Record<string, string> = { "+1": "0.01" };
    const price = priceOf(table(perSegment));
    perSegment["+1"] = "5";
    expect(price("+14255550123")).toBe(10_000);
  });

  it.each([
    "-1",
    "",
    "free",
    "0.0000001",
    "1e3",
    "1000000",
    ".5",
    "1,5",
    " 1",
    1e-7,
    -1,
    Number.NaN,
    Infinity,
    1e21,
    null,
    undefined,
    ["1"],
  ])("refuses the price %o, and names its prefix", (price) => {
    const make = () => priceOf(table({ "+44": wrong(price) }));
    expect(make).toThrow(RangeError);
    expect(make).toThrow('Expected `prices.perSegment["+44"]` to be a price below 1,000,000');
  });

  it.each(["44", "+", "+0", "+44 7", "", "**", canary.numbers[0], "__proto__1"])(
    "refuses the prefix %j, and does not show it",
    (prefix) => {
      const make = () => priceOf(table({ [prefix]: "1" }));
      expect(make).toThrow(RangeError);
      expect(make).toThrow('Expected `prices.perSegment` to be by prefixes such as "+44"');
      expect(make).not.toThrow("4255550123");
    },
  );

  it.each([
    [undefined, "Expected `prices` to be a price table"],
    [{ currency: "USD" }, "Expected `prices.perSegment` to be an object"],
    [{ currency: "usd", perSegment: {} }, "Expected `prices.currency` to be a currency as ISO 4217"],
    [{ perSegment: {} }, "Expected `prices.currency`"],
  ])("refuses %o for a table", (prices, message) => {
    expect(() => priceOf(wrong(prices))).toThrow(message);
  });
});

describe("formatMicros", () => {
  it.each([
    [0, "0.00"],
    [-0, "0.00"],
    [1, "0.000001"],
    [7900, "0.0079"],
    [500_000, "0.50"],
    [12_345_000, "12.345"],
    [-12_345_000, "-12.345"],
    [100_000_000, "100.00"],
    [Number.MAX_SAFE_INTEGER, "9007199254.740991"],
  ])("of %i is %j", (micros, text) => {
    expect(formatMicros(micros)).toBe(text);
    expect(formatMicros(micros, "EUR")).toBe(`${text} EUR`);
  });

  it("is read back as the price that it was", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 - 1 }), (micros) => {
        expect(priceOf(table({ "*": formatMicros(micros) }))("+1")).toBe(micros);
      }),
    );
  });

  it.each([0.5, Number.NaN, 2 ** 53, wrong<number>("1")])("refuses %o", (micros) => {
    expect(() => formatMicros(micros)).toThrow(RangeError);
  });
});
