/** What has digits and is no code, whatever else is in the text. */
export const neverCodes: readonly RegExp[] = [
  // Links, with a scheme or without, and e-mail addresses.
  /https?:\/\/\S+/giu,
  /\b[\w.-]{1,253}\.[a-z]{2,63}\/\S*/giu,
  /\b[\w.+-]{1,64}@[\w.-]+/gu,
  // Phone numbers: +1 425 555 0123, (425) 555 0123.
  /\+\d+(?:(?:[ .\-\u2011]| ?\(|\) ?)\d+)*/gu,
  /\(\d{3}\) ?\d{3}[ .-]?\d{4}\b/gu,
  // Three groups and more: dates, phone numbers, card numbers, IP addresses.
  /\b\d+([ ./-])\d+(?:\1\d+)+\b/gu,
  // Prices and shares: $1,200.50, 1200 USD, USD 1200, 4000 %.
  /\p{Sc} ?\d+(?:[.,]\d+)*/gu,
  /\b\d+(?:[.,]\d+)*(?: ?[\p{Sc}%]| ?(?:USD|EUR|GBP|CAD|AUD|CHF|JPY|INR|dollars?|euros?|pounds?)\b)/giu,
  /\b(?:USD|EUR|GBP|CAD|AUD|CHF|JPY|INR) ?\d+(?:[.,]\d+)*/giu,
];

/**
 * A run of 4 to 10 digits, or two groups of 3 or of 4; with a prefix as in `G-123456`. No part of a word, or of
 * what has other punctuation between digits: decimals, times, `555-0123`. Scripts that write no spaces may touch it.
 */
export const candidate: RegExp =
  /(?<![\p{scx=Latn}\p{scx=Cyrl}\p{scx=Grek}\p{N}_]|\d[.,:/\-\u2011])(?:\p{scx=Latn}{1,3}[-\u2011])?(\d{3}[ \-\u2011\u00A0]\d{3}|\d{4}[ \-\u2011\u00A0]\d{4}|\d{4,10})(?![\p{scx=Latn}\p{scx=Cyrl}\p{scx=Grek}\p{N}_]|[.,:/\-\u2011]\d)/gu;

/** What texts call a code. Languages that join words put theirs before it: `Bestätigungscode`. */
const noun = [
  String.raw`(?<!(?:zip|area|postal|post|promo|discount|voucher|country|bar|dress)[ -]?)code(?!\p{L})`,
  String.raw`(?<!\p{L})(?:pin|otp|tan|password|token|c[oó]digo|codice|kod|код)(?!\p{L})`,
  "验证码|驗證碼|コード|인증번호",
].join("|");

/** How texts say that it comes. */
const verb = String.raw`(?<!\p{L})(?:is|ist|es|est|è|é)(?!\p{L})`;

/** The text before a code that says that it is one: `code is `, `code: `, `PIN `, but not `code for order `. */
export const namedBefore: RegExp = new RegExp(
  String.raw`(?:${noun})(?:[^.,;!?\n]{0,60}?(?:${verb}|[:=：是为は는은]))?[\s"'“«*#]*$`,
  "iu",
);

/** The text after one: ` is your Contoso code`. */
export const namedAfter: RegExp = new RegExp(
  String.raw`^["'”»*]*\s+(?:${verb}|as)[^.,;!?\n\d]{0,60}(?:${noun})`,
  "iu",
);

/** The text before digits that says that they are something else. */
export const otherBefore: readonly RegExp[] = [
  // A number to call or text.
  /\b(?:STOP|START|HELP|call|dial|ring)(?: (?:us|to|at|on)){0,2} *$/iu,
  // The end of a card or account number.
  /(?:\bending(?: (?:in|with))?|\*{2,}|[•…]|\.{2,}) *$/iu,
  // A number that a thing has.
  /\b(?:order|invoice|ticket|account|booking|reference|ref|case|card|flight|room)\b\.?(?: (?:number|no\.?|id))?[:# -]*$/iu,
];

/** Years of this and the last century, days as 20261124, and phone numbers without their punctuation. */
export const otherDigits: RegExp =
  /^(?:(?:19|20)\d{2}|20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|[2-9]\d{2}[2-9]\d{6})$/u;
