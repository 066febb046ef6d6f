const mostShown = 4;

/**
 * The number with all but its end hidden, for logs and errors: `+14255550123` gives `+***0123`.
 *
 * At most four digits show, and never more than half of them, so that a short number is not given away. Whatever is
 * no number, such as an address with letters only, gives `***`. It never throws.
 */
export function maskPhoneNumber(number: string): string {
  if (typeof number !== "string") return "***";
  const digits = number.match(/\p{Nd}/gu) ?? [];
  const shown = Math.min(mostShown, Math.floor(digits.length / 2));
  const end = shown === 0 ? "" : digits.slice(-shown).join("");
  return `${/^\s*[+＋]/u.test(number) ? "+" : ""}***${end}`;
}

/*
 * What has many digits and is no phone number. Each alternative is of bounded length or can start only where a word
 * starts, so the search stays linear.
 */
// ACS glues a time to the front of its message ids.
const uuid = String.raw`(?:\d{14})?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`;
// A trace or span id or a digest; but sixteen characters with ten digits in a row may be a number behind a letter.
const hexLengths = "[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32}|(?![0-9a-f]{0,6}\\d{10})[0-9a-f]{16}";
const hexId = String.raw`(?<![%\w])(?=\d*[a-f])(?:${hexLengths})(?!\w)`;
// Also one with a word behind it, as an api-version has: `2025-05-29-preview`.
const isoDate = String.raw`(?<![+\d\-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d|-(?![a-z]))`;
const basicIsoTime = String.raw`(?<![+\d\-])(?:19|20)\d{6}T\d{6}(?!\d)`;
const octet = String.raw`(?:25[0-5]|2[0-4]\d|1?\d?\d)`;
const ipAddress = String.raw`(?<![+\d.\-])${octet}(?:\.${octet}){3}(?![\d\-]|\.\d)(?::\d{1,5}(?!\d))?`;
const exempt = [uuid, hexId, isoDate, basicIsoTime, ipAddress].join("|");

/** Seven or more digits with at most three separators between two of them; a line break is none. */
const separator = String.raw`[ \t\u00a0\u2007\u2009\u202f().\p{Pd}\p{Cf}\u2212]{0,3}`;
const run = String.raw`(?:[+＋][ (]{0,2}|\()?\p{Nd}(?:${separator}(?!${exempt})\p{Nd}){6,}`;

const candidates = new RegExp(`(?<exempt>${exempt})|${run}`, "giu");

/** Pairs of digits between dots, as some countries write phone numbers, have the form of an IPv4 address too. */
const dottedPairs = /^(?:\d\d\.){3}\d\d$/;

/** No phone number is longer, not even with an international prefix (two or three digits before fifteen). */
const longestNumber = 18;

/**
 * Free text with every run of digits that could be a whole phone number masked as {@link maskPhoneNumber} does it:
 * seven or more digits, with or without `+`, and spaces, dots, dashes and parentheses inside.
 *
 * It is a safety net for text from elsewhere (errors, logs), so in doubt it masks: a byte count of seven digits is
 * gone too. Dates and times in ISO 8601, IPv4 addresses, UUIDs and hexadecimal ids, and digits too many for a number
 * stay. Takes time linear in the length.
 */
export function maskPhoneNumbers(text: string): string {
  return text.replaceAll(candidates, (match: string, exempted: string | undefined) => {
    const stays = exempted === undefined ? isTooLong(match) : !dottedPairs.test(match);
    return stays ? match : maskPhoneNumber(match);
  });
}

function isTooLong(match: string): boolean {
  return match.length > longestNumber && /^\d+$/.test(match);
}
