import { candidate, namedAfter, namedBefore, neverCodes, otherBefore, otherDigits } from "./code-patterns.js";
import { textOf, type MessageText } from "./message-text.js";

/** Digits that may be a code, and how likely that is. */
interface Found {
  readonly code: string;
  readonly likeliness: number;
}

/**
 * The one-time code in a text, as a person types it: 4 to 10 digits, without a prefix and what stands between them, `123456`
 * for `G-123456`, `123-456` and `123 456`.
 *
 * What the text calls a code (`code: 4821`, `4821 is your PIN`) goes before what it does not; and that before what looks
 * like a year, a date, a phone number, an order number or the end of a card number, which is taken when there is nothing
 * better. A link, a price or a punctuated phone number or date never holds the code.
 *
 * @returns `undefined` when there is none, or when two that differ are equally likely: a test should fail there instead of
 * going on with the wrong one.
 * @throws TypeError when `message` is neither a text nor has one.
 *
 * @example
 * ```ts
 * import { extractCode } from "acs-sms/emulator/testing";
 *
 * console.log(extractCode("G-482913 is your code. Questions? 425-555-0123")); // 482913
 * console.log(extractCode("4821 or 7730?")); // undefined
 * ```
 */
export function extractCode(message: MessageText): string | undefined {
  const text = withoutOthers(textOf(message));
  const found = Array.from(text.matchAll(candidate), (match) => rated(match, text));
  const best = Math.max(...found.map(({ likeliness }) => likeliness));
  const codes = new Set(found.filter(({ likeliness }) => likeliness === best).map(({ code }) => code));
  const [code] = codes;
  return codes.size === 1 ? code : undefined;
}

/** Each replaced by the sign for an object and not cut out, so that what stood beside it does not become one. */
function withoutOthers(text: string): string {
  return neverCodes.reduce((rest, other) => rest.replace(other, "\uFFFC"), text);
}

function rated(match: RegExpExecArray, text: string): Found {
  const [whole, digits = ""] = match;
  const code = digits.replaceAll(/\D/g, "");
  const before = text.slice(0, match.index);
  const after = text.slice(match.index + whole.length);
  return { code, likeliness: likelinessOf(code, before, after) };
}

function likelinessOf(code: string, before: string, after: string): number {
  if (namedBefore.test(before) || namedAfter.test(after)) return 2;
  return otherDigits.test(code) || otherBefore.some((other) => other.test(before)) ? 0 : 1;
}
