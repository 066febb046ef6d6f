import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { addressKey } from "../../src/phone-numbers/address-key.js";

describe("addressKey", () => {
  it.each([
    ["+14255550123", "+14255550123"],
    ["14255550123", "+14255550123"],
    ["15555555555", "+15555555555"],
    ["+1 (425) 555-0123", "+14255550123"],
    ["+1.425.555.0123", "+14255550123"],
    ["1 425 555–0123", "+14255550123"],
    [" +14255550123\n", "+14255550123"],
    ["\u202a+1 425 555 0123\u202c", "+14255550123"],
    ["＋１４２５５５５０１２３", "+14255550123"],
    ["12345", "12345"],
    ["123456", "123456"],
    ["12-345", "12345"],
    ["1234567", "+1234567"],
    ["+12345", "+12345"],
    ["*", "*"],
    ["Contoso", "CONTOSO"],
    [" contoso ", "CONTOSO"],
    ["CONTOSO", "CONTOSO"],
    ["My Shop 24", "MY SHOP 24"],
    ["555-SHOP", "555-SHOP"],
    ["iris", "IRIS"],
  ])("makes %j into %j", (address, key) => {
    expect(addressKey(address)).toBe(key);
  });

  it("gives a key its own key", () => {
    const numbers = fc.string({
      unit: fc.constantFrom(...Array.from("+0123456789 -().\u00a0\u200eＡ１a")),
      maxLength: 80,
    });
    const anything = fc.oneof(numbers, fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }));
    fc.assert(
      fc.property(
        anything.filter((address) => address.trim() !== ""),
        (address) => {
          const key = addressKey(address);
          expect(addressKey(key)).toBe(key);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each(["", " \n", undefined, null, 14255550123])("refuses %j", (address) => {
    // @ts-expect-error: not all of these are strings
    expect(() => addressKey(address)).toThrow(TypeError);
  });

  it("does not show what it refuses, and says what it expected", () => {
    expect(() => addressKey("")).toThrow(/^Expected `address` to be an address, got an empty string/);
  });
});
