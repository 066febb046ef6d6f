import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { isE164 } from "../../src/phone-numbers/e164.js";

describe("isE164", () => {
  it.each(["+14255550123", "+6834000", "+491701234567890", "+442079460958"])("takes %s", (value) => {
    expect(isE164(value)).toBe(true);
  });

  it.each([
    "",
    "+",
    "14255550123",
    "+04255550123",
    "+683400",
    "+1234567890123456",
    "++14255550123",
    "*",
    "+1425555012a",
    "+1 4255550123",
    " +14255550123",
    "+14255550123 ",
    "+14255550123\n",
    "+1425555０123",
  ])("refuses %j", (value) => {
    expect(isE164(value)).toBe(false);
  });

  it("is not taken in by a value that turns into a number", () => {
    // @ts-expect-error: not a string
    expect(isE164(["+14255550123"])).toBe(false);
  });

  it("takes any 7 to 15 digits that do not start with 0", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from("0123456789")), maxLength: 18 }),
        (digits) => {
          const expected = digits.length >= 7 && digits.length <= 15 && !digits.startsWith("0");
          expect(isE164(`+${digits}`)).toBe(expected);
        },
      ),
    );
  });
});
