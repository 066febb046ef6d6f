import { expected } from "../errors/expected.js";
import { isE164 } from "../phone-numbers/e164.js";
import { toE164 } from "../phone-numbers/parse-phone-number.js";

/** The recipients of one call: what each position asked for, and whom that makes. */
export interface Recipients {
  /** For each position of the caller's list the number in E.164, or `undefined` where it is not a phone number. */
  readonly numbers: readonly (string | undefined)[];
  /** What the caller gave, position by position. */
  readonly given: readonly string[];
  /** Each number once, in the order of its first position. */
  readonly distinct: readonly string[];
}

/** @throws TypeError for anything but a list of one or more strings. */
export async function resolveRecipients(
  to: unknown,
  defaultCountry: string | undefined,
): Promise<Recipients> {
  const given = checkedList("to", to);
  const numbers = given.every(isE164)
    ? given
    : await Promise.all(given.map((number) => toE164(number, defaultCountry)));
  const distinct = new Set<string>();
  for (const number of numbers) if (number !== undefined) distinct.add(number);
  return { numbers, given, distinct: [...distinct] };
}

/** A copy of a caller's list of recipients. An entry that is no string is the program's mistake, not the person's. */
export function checkedList(name: string, list: unknown): readonly string[] {
  if (!Array.isArray(list) || list.length === 0)
    throw expected(name, "a list of one or more phone numbers", list);
  const wrong = list.findIndex((number) => typeof number !== "string");
  if (wrong !== -1) throw expected(`${name}[${wrong}]`, "a string", list[wrong]);
  return [...list];
}
