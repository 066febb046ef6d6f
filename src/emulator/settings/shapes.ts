import { z } from "zod";

/** A number in a range; the message completes "Expected … to be". */
export function numberFrom(least: number, most: number): z.ZodNumber {
  const error = { error: `a number from ${least} to ${most}` };
  return z.number(error).min(least, error).max(most, error);
}

/** An integer in a range. */
export function integerFrom(least: number, most: number): z.ZodInt {
  const error = { error: `an integer from ${least} to ${most}` };
  return z.int(error).min(least, error).max(most, error);
}

/** One of a few words. */
export function oneOf<const T extends readonly string[]>(...words: T): z.ZodEnum<{ [K in T[number]]: K }> {
  return z.enum(words, { error: `one of ${words.join(", ")}` });
}

/** An object with these keys and no others, so that a misspelt setting does not go unnoticed. */
export function settingsObject<T extends z.ZodRawShape>(shape: T): z.ZodObject<T, z.core.$strict> {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? `an object without ${issue.keys?.join(", ") ?? ""}` : "an object",
  });
}

/** Whether something that throws for what is wrong throws nothing. */
export function passes(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}
