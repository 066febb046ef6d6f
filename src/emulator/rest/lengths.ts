import { z } from "zod";

/*
 * Zod's own `min` and `max` ask whatever comes for its `length`, before it is known to be a text or a list, and throw where
 * that is an object that cannot be compared. These ask texts and lists alone.
 */

/** What is said where it is wrong. */
type Message = { readonly error: string };

/** A text that is not empty. */
export function filledText(message: Message): z.ZodType<string> {
  return z.string(message).refine((text) => text !== "", message);
}

/** A list of one to so many. How many there are is said beside what is wrong with one of them. */
export function listUpTo<T>(most: number, item: z.ZodType<T>, message: Message): z.ZodType<T[]> {
  return z.array(item, message).refine(({ length }) => length >= 1 && length <= most, {
    ...message,
    when: ({ value }) => Array.isArray(value),
  });
}
