/**
 * Whether the service would take this as a phone number in E.164 form. Numbers of the North American plan have exactly ten
 * digits after `+1`: `+1425555012345` is the bad number of the recorded exchanges. Area codes are not looked at, so that
 * made-up numbers work.
 */
export function isPhoneNumber(number: string): boolean {
  return number.startsWith("+1") ? /^\+1\d{10}$/.test(number) : /^\+[2-9]\d{6,14}$/.test(number);
}

/** Whether this at least looks like a number with a country code, good or bad. */
export function looksLikePhoneNumber(number: string): boolean {
  return /^\+\d+$/.test(number);
}
