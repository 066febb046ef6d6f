import { expected, expectedRange } from "../errors/expected.js";

const countryPattern = /^[A-Z]{2}$/;

/**
 * Checks that a default country is absent or has the form of an ISO 3166-1 alpha-2 code, such as `"US"`.
 *
 * Whether the code is one that phone numbers can be read for is known only to libphonenumber-js, and checked by
 * `toE164` when it first loads that.
 *
 * @throws TypeError if it is not a string; RangeError if it is not two capital letters.
 */
export function checkDefaultCountry(value: unknown): asserts value is string | undefined {
  const what = 'a two-letter country code in capitals (ISO 3166-1 alpha-2), such as "US"';
  if (value === undefined) return;
  if (typeof value !== "string") throw expected("defaultCountry", what, value);
  if (!countryPattern.test(value)) throw expectedRange("defaultCountry", what, value);
}
