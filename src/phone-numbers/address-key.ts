import { expected } from "../errors/expected.js";
import { isE164 } from "./e164.js";

/** A number without a country code is a short code up to this many digits (five or six in practice). */
const longestShortCode = 6;

/** Far more than a number with its separators takes; so that a hostile address costs nothing. */
const longestWritten = 64;

/** What people and address books put between digits: white space, dashes, dots, parentheses, invisible marks. */
const separators = /[\s().\p{Pd}\p{Cf}]/gu;
const digits = /^\+?[0-9]+$/;

/**
 * The key under which what is known of an address (a sender or a recipient) is stored and looked up, so that one
 * address written in different ways has one entry.
 *
 * - E.164 stays as it is.
 * - A number with spaces, dashes, dots, parentheses or invisible marks loses them; without `+` it is a short code up
 *   to 6 digits, and else gets the `+` (events write senders both ways).
 * - An alphanumeric sender is trimmed and folded to upper case, without locale. Only in the key: it is sent as
 *   written.
 * - `"*"`, every sender, stays.
 *
 * A key's key is the key itself. National numbers are not completed: make recipients E.164 first (`toE164`).
 *
 * @throws TypeError if `address` is not a string, or is empty.
 */
export function addressKey(address: string): string {
  if (isE164(address)) return address;
  if (typeof address !== "string" || address.trim() === "") throw expected("address", "an address", address);
  const trimmed = address.trim();
  return numberKey(trimmed) ?? trimmed.toUpperCase();
}

function numberKey(address: string): string | undefined {
  if (address.length > longestWritten) return undefined;
  const number = address.normalize("NFKC").replaceAll(separators, "");
  if (!digits.test(number)) return undefined;
  return number.startsWith("+") || number.length <= longestShortCode ? number : `+${number}`;
}
