import type { SmsSendResult } from "./send-result.js";

/**
 * The error with the results of its call. Several calls may fail with one and the same error, as a credential gives it to
 * all who wait for a token: whoever comes after the first gets a copy, or the error would tell each of them of another's
 * recipients. So does whoever meets one that cannot be added to.
 */
export function withResults(error: Error, results: readonly SmsSendResult[]): Error {
  const isFree = Object.isExtensible(error) && !Object.hasOwn(error, "results");
  // Not enumerable, so that a logger that prints an error's properties does not print phone numbers.
  const property = { value: results, enumerable: false, configurable: true };
  return Object.defineProperty(isFree ? error : copyOf(error), "results", property);
}

/** One of the same class that says the same, but for the results of another call. */
function copyOf(error: Error): Error {
  const copy = new Error(error.message);
  Object.setPrototypeOf(copy, Object.getPrototypeOf(error));
  const { results: _, ...properties }: PropertyDescriptorMap = Object.getOwnPropertyDescriptors(error);
  // In newer versions of Node it is a getter, which on the copy would tell where the copy was made.
  const stack = { value: error.stack, writable: true, enumerable: false, configurable: true };
  return Object.defineProperties(copy, { ...properties, stack });
}
