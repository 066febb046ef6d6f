const e164Pattern = /^\+[1-9]\d{6,14}$/;

/**
 * Whether `value` is written as an E.164 number: `+`, then 7 to 15 digits of which the first is no 0.
 *
 * This checks the form, not that such a number exists. 15 is the most ITU-T E.164 (6.2.1) allows; 7 is the shortest
 * in use, such as Niue's `+683 4000`.
 */
export function isE164(value: string): boolean {
  // `test` would turn an array of one number into a string and accept it.
  return typeof value === "string" && e164Pattern.test(value);
}
