import { checkDefaultCountry } from "../../phone-numbers/country.js";
import { toE164 } from "../../phone-numbers/parse-phone-number.js";
import { UsageError } from "../failure.js";
import type { Console } from "../output/console.js";
import { readText } from "./files.js";

/** A number as it was given, and in E.164 where it is one. */
export interface GivenNumber {
  readonly given: string;
  readonly number: string | undefined;
}

export const countryOption = {
  "default-country": {
    type: "string",
    value: "<country>",
    help: "The country of numbers without +, such as US. Without it they are no phone numbers.",
  },
} as const;

/** Where more numbers come from than a command's own arguments. */
export const fromFileOption = {
  "from-file": {
    type: "string",
    value: "<file>",
    help: "A file of numbers, one in each line; - is standard input. Lines that begin with # are left out.",
  },
} as const;

interface NumberValues {
  readonly "from-file": string | undefined;
  readonly "default-country": string | undefined;
}

/** All numbers of a call, in order: those given one by one, then those of the file. */
export async function readNumbers(
  given: readonly string[],
  { "from-file": file, "default-country": country }: NumberValues,
  console: Console,
): Promise<GivenNumber[]> {
  checkCountry(country);
  const all = [...given, ...(file === undefined ? [] : await readLines(file, console))];
  if (all.length === 0) throw new UsageError("No phone number was given.");
  return Promise.all(all.map(async (given) => ({ given, number: await toE164(given, country) })));
}

/** What a file has in its lines, without empty ones and remarks. */
export async function readLines(file: string, console: Console): Promise<string[]> {
  const lines = (await readText(file, console)).split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "" && !line.startsWith("#"));
}

/** @throws UsageError for anything but the form of a country code. */
export function checkCountry(country: string | undefined): void {
  try {
    checkDefaultCountry(country);
  } catch {
    throw new UsageError("--default-country takes two capital letters, such as US.");
  }
}
