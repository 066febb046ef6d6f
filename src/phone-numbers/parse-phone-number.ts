import type * as PhoneNumberLibrary from "libphonenumber-js/min";

import { expected } from "../errors/expected.js";
import { checkDefaultCountry } from "./country.js";
import { isE164 } from "./e164.js";

type Library = typeof PhoneNumberLibrary;

/** What libphonenumber itself takes at most; anything longer is no phone number. */
const longestInput = 250;

/** Loaded when first needed: it costs 75 ms, and callers who use E.164 never need it. */
let library: Library | undefined;

/**
 * Reads a phone number as people write it, `(425) 555-0123` or `0044 20 7946 0958`, and gives it in E.164, or
 * `undefined` if it is none.
 *
 * A text already in E.164 comes back as it is, unchecked beyond its form and without loading anything. Anything else
 * is read by libphonenumber-js and must be of a length that its country uses; whether the number is assigned is not
 * checked, as numbering plans change faster than packages. The text must be the number alone: one inside a sentence,
 * two numbers, letters (`1-800-FLOWERS`) and numbers with an extension, which no text message can reach, give
 * `undefined`.
 *
 * @param text - The number as written; at most 250 characters.
 * @param defaultCountry - The country of numbers without a country code, as an ISO 3166-1 alpha-2 code in capitals.
 * Without it such numbers give `undefined`.
 * @throws (by rejection) TypeError if an argument is of the wrong type; RangeError if `defaultCountry` is no country
 * code, or one that libphonenumber-js does not know (this last only where the number has to be read with its help).
 */
export async function toE164(text: string, defaultCountry?: string): Promise<string | undefined> {
  if (typeof text !== "string") throw expected("text", "a phone number", text);
  checkDefaultCountry(defaultCountry);
  if (isE164(text)) return text;
  if (text.length > longestInput) return undefined;
  library ??= await import("libphonenumber-js/min");
  return parse(library, text, defaultCountry);
}

function parse(library: Library, text: string, defaultCountry?: string): string | undefined {
  const country = supportedCountry(library, defaultCountry);
  const options = country === undefined ? { extract: false } : { extract: false, defaultCountry: country };
  const number = library.parsePhoneNumberFromString(plain(text), options);
  if (number === undefined || number.ext !== undefined || !number.isPossible()) return undefined;
  // A country may have numbers too short for E.164 as we take it, such as emergency numbers.
  return isE164(number.number) ? number.number : undefined;
}

/** Full-width digits as plain ones, and without the invisible direction marks that address books copy along. */
function plain(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll(/\p{Cf}/gu, "")
    .trim();
}

function supportedCountry(library: Library, defaultCountry?: string) {
  if (defaultCountry === undefined || library.isSupportedCountry(defaultCountry)) return defaultCountry;
  // Two capital letters by now, which hide nothing: so this error can name what it got.
  throw new RangeError(
    `Expected \`defaultCountry\` to be a country that libphonenumber-js knows, got "${defaultCountry}".`,
  );
}
