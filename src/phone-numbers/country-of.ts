import type * as PhoneNumberLibrary from "libphonenumber-js/min";

/** What tells the countries apart that share a calling code, in every plan that the library knows. */
const tellingDigits = 8;

/** More than all prefixes of most lists; where there are more, remembering starts anew. */
const mostRemembered = 20_000;

/** The country of a number in E.164, as an ISO 3166-1 alpha-2 code, or `undefined` where there is none. */
export type CountryOf = (number: string) => string | undefined;

let loading: Promise<CountryOf> | undefined;

/**
 * Loads what knows the countries of numbers; once, as that costs 75 ms. A number takes 15 to 35 µs the first time, and next
 * to nothing where one that begins with the same seven digits, and is as long, was asked for before.
 */
export async function loadCountries(): Promise<CountryOf> {
  loading ??= import("libphonenumber-js/min").then(remembering, (error: unknown) => {
    // The next call tries again: a process that has too many files open cannot load it just then.
    loading = undefined;
    throw error;
  });
  return loading;
}

function remembering(library: typeof PhoneNumberLibrary): CountryOf {
  const known = new Map<string, string | undefined>();
  return (number) => {
    const key = number.slice(0, tellingDigits) + String(number.length);
    if (known.has(key)) return known.get(key);
    if (known.size >= mostRemembered) known.clear();
    const country = library.parsePhoneNumberFromString(number)?.country;
    known.set(key, country);
    return country;
  };
}
