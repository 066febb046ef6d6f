import { describe, expect, it } from "vitest";

import { loadCountries } from "../../src/phone-numbers/country-of.js";

const countryOf = await loadCountries();

describe("the country of a number", () => {
  it.each([
    ["+14255550123", "US"],
    ["+14165550123", "CA"],
    ["+12465550123", "BB"],
    ["+447400123456", "GB"],
    ["+447781123456", "GG"],
    ["+77011234567", "KZ"],
    ["+390669812345", "VA"],
    ["+4915112345678", "DE"],
    ["+6834000", "NU"],
  ])("of %s is %s, however often it is asked for", (number, country) => {
    expect([countryOf(number), countryOf(number)]).toEqual([country, country]);
  });

  it("is none where a number is of no country, or of no plan", () => {
    expect(["+883510012345", "+999123456789", "no number"].map(countryOf)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
