import { toE164 } from "../../../phone-numbers/parse-phone-number.js";
import { UsageError } from "../../failure.js";
import { checkCountry } from "../../input/numbers.js";

/** Where an option was not given, nothing is left out: `undefined`. */
export function asked<T>(values: readonly T[]): readonly T[] | undefined {
  return values.length === 0 ? undefined : values;
}

/**
 * People's numbers in E.164.
 *
 * @throws UsageError that names the option, for what is no phone number.
 */
export async function readPeople(
  option: string,
  given: readonly string[],
  country: string | undefined,
): Promise<readonly string[] | undefined> {
  checkCountry(country);
  const numbers = await Promise.all(given.map(async (one) => toE164(one, country)));
  return asked(
    numbers.map((number) => {
      if (number === undefined) throw new UsageError(`${option} takes a phone number.`);
      return number;
    }),
  );
}

/** @throws UsageError that names the option and what it knows. */
export function readWords<T extends string>(
  option: string,
  given: readonly string[],
  words: readonly T[],
): readonly T[] | undefined {
  return asked(
    given.map((one) => {
      const word = words.find((known) => known === one);
      if (word === undefined) throw new UsageError(`${option} knows ${words.join(", ")}.`);
      return word;
    }),
  );
}
