import { isE164 } from "./e164.js";

/**
 * What kind of sender a `from` is, by its form. A `"long-code"` is any other number in E.164; one of the United
 * States is a 10DLC number if it is registered as one, which its form does not tell.
 */
export type SenderKind = "toll-free" | "long-code" | "short-code" | "alphanumeric";

/**
 * The toll-free codes of the North American Numbering Plan in service: 800, 833, 844, 855, 866, 877 and 888
 * (FCC, "What Is a Toll-Free Number and How Does it Work?"; unchanged since 833 opened in 2017, read 2026-11-23).
 */
const tollFree = /^\+18(?:00|33|44|55|66|77|88)\d{7}$/;

/** ACS takes short codes of 5 or 6 digits, without `+` (its SMS FAQ). */
const shortCode = /^\d{5,6}$/;

/**
 * At most 11 characters, at least one of them a letter (ACS SMS FAQ). The newest FAQ names letters, digits and the
 * space; the one of 2023 also `+ - _ &`. The wider set is taken, so that the service has the last word.
 */
const alphanumeric = /^(?=.*[A-Za-z])[A-Za-z0-9 +\-_&]{1,11}$/;

/**
 * The kind of the sender `from`, or `undefined` if it has the form of none: E.164 with `+` (toll-free or long code),
 * 5 or 6 digits (short code), or up to 11 letters, digits, spaces and `+ - _ &` with at least one letter
 * (alphanumeric).
 */
export function senderKind(from: string): SenderKind | undefined {
  if (typeof from !== "string") return undefined;
  if (isE164(from)) return tollFree.test(from) ? "toll-free" : "long-code";
  if (shortCode.test(from)) return "short-code";
  return alphanumeric.test(from) ? "alphanumeric" : undefined;
}

/** Whether `from` has the form of a sender; see {@link senderKind}. */
export function isSender(from: string): boolean {
  return senderKind(from) !== undefined;
}
