import { expected } from "../errors/expected.js";

/** ACS takes texts of up to 2048 characters; whatever is longer (after trimming) is no keyword. */
const longestMessage = 2048;

/** The blocks of combining diacritical marks. Vowel signs of other scripts are no decoration, and stay. */
const diacritics = /[\u0300-\u036f]|[\u1ab0-\u1aff]|[\u1dc0-\u1dff]|[\u20d0-\u20ff]|[\ufe20-\ufe2f]/g;

/** White space that people can see; the byte order mark, which `\s` has too, is invisible. */
const whiteSpaceRuns = /(?:[^\S\ufeff]|\u0085)+/gu;

/** Control characters, zero-width and bidirectional marks, fillers, variation selectors, and halves of a pair. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** Punctuation, which has quotes and brackets, and the symbols that are typed in their place. */
const surrounding = /[\s\p{P}<>`~^|=+]/u;

const everythingPlain = /^[A-Z0-9]+$/;

/**
 * A message in the form in which keywords are compared.
 *
 * Compatibility forms become plain (Unicode NFKC: `ＳＴＯＰ`), invisible and control characters are removed, diacritics
 * are stripped (`Arrêt`), letters are in upper case without locale (so the Turkish `ı` and `İ` both become `I`),
 * every kind of dash is `-`, inner white space is one space, and surrounding quotes, brackets and punctuation are
 * gone. What stands inside stays: `don't stop` is no `STOP`.
 *
 * The result's own normal form is the result itself. A message of more than 2048 characters gives the empty string,
 * as no keyword is that long.
 *
 * @throws TypeError if `text` is not a string.
 */
export function normalizeKeyword(text: string): string {
  if (typeof text !== "string") throw expected("text", "a string", text);
  const trimmed = text.trim();
  if (trimmed.length > longestMessage) return "";
  if (everythingPlain.test(trimmed)) return trimmed;
  return trimSurrounding(foldCharacters(trimmed)).normalize("NFC");
}

/**
 * The same folding of characters, without looking at where they stand: one case, no diacritics, nothing invisible,
 * one kind of dash, one kind of space. The text is in NFKD.
 */
export function foldCharacters(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(diacritics, "")
    .replaceAll(whiteSpaceRuns, " ")
    .replaceAll(invisible, "")
    .replaceAll(/\p{Pd}/gu, "-")
    .replaceAll(/ {2,}/g, " ")
    .toUpperCase();
}

/** By hand, as a pattern anchored at the end alone tries every run of punctuation, in quadratic time. */
function trimSurrounding(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && surrounding.test(text.charAt(start))) start++;
  while (end > start && surrounding.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
