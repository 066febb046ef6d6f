import * as z from "zod";

import { addressKey } from "../phone-numbers/address-key.js";
import { isE164 } from "../phone-numbers/e164.js";

/*
 * The types of fields. Each says what it expects as its error message. `null` is as good as no value wherever a field
 * is optional: that is how .NET writes it.
 */

/** Longer than any number, sender name or mail address; so that none is too long for a store's key. */
const longestAddress = 256;

/** An address has a letter or a digit: `"*"`, every sender of a suppression list, comes from no phone. */
const addressPattern = /[\p{L}\p{N}]/u;

/** What .NET writes for a time that was never set. [INFER]: no event with one is known. */
const unsetTime = Date.parse("0001-01-01T00:00:00Z");

const textError = { error: "a non-empty string" };
const timeError = { error: "a time in ISO 8601" };
const addressError = { error: "a phone number or sender" };

/** A text that is not empty. No `min(1)`: zod would compare the `length` of an object too, whatever that is. */
export const nonEmptyText: z.ZodType<string> = z.string(textError).refine((text) => text !== "", textError);

/** A text. */
export const anyText: z.ZodType<string> = z.string({ error: "a string" });

/** A count, as of segments. */
export const count: z.ZodType<number> = z
  .number({ error: "a whole number from 0" })
  .refine((value) => Number.isSafeInteger(value) && value >= 0, { error: "a whole number from 0" });

/** A time with any number of fractional digits; or a `Date`, which the official `EventGridDeserializer` makes of it. */
export const time: z.ZodType<string | Date> = z.union(
  [z.iso.datetime({ offset: true, local: true, ...timeError }), z.date(timeError)],
  timeError,
);

/** A phone number or a sender, in any spelling. */
export const address: z.ZodType<string> = z
  .string(addressError)
  .refine((text) => text.length <= longestAddress && addressPattern.test(text), addressError);

/** The address in E.164 or as a short code, where it is a number; else a sender's name, as it is written. */
export function readAddress(text: string): string {
  // The usual spelling of events, in a fraction of the time.
  const withPlus = `+${text}`;
  if (isE164(withPlus)) return withPlus;
  const key = addressKey(text);
  return /^\+?\d+$/.test(key) ? key : text.trim();
}

/** The time, cut to milliseconds; without a zone it is UTC, as all of Event Grid's are. `undefined`: it was never set. */
export function readTime(value: string | Date | null | undefined): Date | undefined {
  if (value === null || value === undefined) return undefined;
  const at = new Date(typeof value !== "string" || hasZone(value) ? value : `${value}Z`);
  return at.getTime() === unsetTime ? undefined : at;
}

function hasZone(time: string): boolean {
  return time.endsWith("Z") || /[+-]\d\d:\d\d$/.test(time);
}
