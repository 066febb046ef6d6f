import { describe, expect, it, vi } from "vitest";

import { toE164 } from "../../src/phone-numbers/parse-phone-number.js";

describe("toE164", () => {
  it.each([
    ["+14255550123", undefined, "+14255550123"],
    ["+19999999999", "US", "+19999999999"], // by its form alone
    ["(425) 555-0123", "US", "+14255550123"],
    ["1-425-555-0123", "US", "+14255550123"],
    ["+1 (425) 555-0123", undefined, "+14255550123"],
    [" +14255550123 ", undefined, "+14255550123"],
    ["\u202a+1 425 555 0123\u202c", undefined, "+14255550123"],
    ["＋１ ４２５ ５５５ ０１２３", undefined, "+14255550123"],
    ["020 7946 0958", "GB", "+442079460958"],
    ["0044 20 7946 0958", "DE", "+442079460958"],
    ["+44 20 7946 0958", "US", "+442079460958"],
    ["+683 4000", undefined, "+6834000"],
  ])("reads %j in %s", async (text, defaultCountry, number) => {
    await expect(toE164(text, defaultCountry)).resolves.toBe(number);
  });

  it.each([
    ["(425) 555-0123", undefined],
    ["", "US"],
    ["911", "US"],
    ["12345", "US"],
    ["+1 425 555 012", "US"],
    ["555-0123", "US"],
    ["call me at (425) 555-0123", "US"],
    ["425 555 0123, 425 555 0124", "US"],
    ["1-800-FLOWERS", "US"],
    ["+1 425 555 0123 ext. 5", "US"],
    ["Contoso", "US"],
    ["4".repeat(100_000), "US"],
  ])("does not take %j in %s", async (text, defaultCountry) => {
    await expect(toE164(text, defaultCountry)).resolves.toBeUndefined();
  });

  it("refuses arguments of the wrong type", async () => {
    // @ts-expect-error: not a string
    await expect(toE164(14255550123)).rejects.toThrow(TypeError);
    // @ts-expect-error: not a string
    await expect(toE164("+14255550123", 1)).rejects.toThrow(
      /^Expected `defaultCountry` to be a two-letter country code/,
    );
  });

  it.each(["us", "USA", "U", "", "1", "U1"])(
    "refuses the country %j, even where it is not needed",
    async (country) => {
      await expect(toE164("+14255550123", country)).rejects.toThrow(RangeError);
    },
  );

  it("names a country that is not known", async () => {
    await expect(toE164("4255550123", "ZZ")).rejects.toThrow(
      new RangeError('Expected `defaultCountry` to be a country that libphonenumber-js knows, got "ZZ".'),
    );
  });

  it("loads libphonenumber-js only for what is not in E.164, and once", async () => {
    let loaded = 0;
    vi.resetModules();
    vi.doMock(import("libphonenumber-js/min"), async (original) => {
      loaded++;
      return await original();
    });
    const fresh = await import("../../src/phone-numbers/parse-phone-number.js");
    await fresh.toE164("+14255550123", "US");
    expect(loaded).toBe(0);
    await Promise.all([fresh.toE164("(425) 555-0123", "US"), fresh.toE164("(425) 555-0124", "US")]);
    expect(loaded).toBe(1);
    vi.doUnmock("libphonenumber-js/min");
  });
});
