/**
 * What a spreadsheet may take for a formula: a cell that begins like one, also in the full-width forms. Apostrophes
 * before it count as guards that were put there, so that a guarded cell can be told from words that look like one.
 */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/u;
const guarded = /^'+[=+\-@\t\r\n＝＋－＠]/u;

/** A phone number begins with a plus and calculates nothing: it stays, lest other programs stumble over it. */
const phoneNumber = /^\+\d{1,15}$/;

/**
 * The text with an apostrophe before it where a spreadsheet would run it: the words in a ledger are strangers' own, and
 * `=HYPERLINK(…)` is soon texted. {@link unguardFormula} gives the very text back.
 */
export function guardFormula(text: string): string {
  return formula.test(text) && !phoneNumber.test(text) ? `'${text}` : text;
}

/** What was guarded, as it was. */
export function unguardFormula(text: string): string {
  return guarded.test(text) ? text.slice(1) : text;
}
