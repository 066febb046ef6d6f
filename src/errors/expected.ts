/**
 * The error for a caller's mistake. It names the field, what was expected and what came, but never the content of
 * what came: an argument may be a key, a message text or a phone number.
 */
export function expected(name: string, what: string, got: unknown): TypeError {
  return new TypeError(sentence(name, what, got));
}

/** As {@link expected}, for a value of the right type that lies outside what is allowed. */
export function expectedRange(name: string, what: string, got: unknown): RangeError {
  return new RangeError(sentence(name, what, got));
}

function sentence(name: string, what: string, got: unknown): string {
  return `Expected \`${name}\` to be ${what}, got ${describe(got)}.`;
}

/** From seven digits on, a number may be somebody's. */
const smallestSecret = 1_000_000;

/** Says what a value is without showing it; small numbers, booleans and dates are no secrets and are shown. */
function describe(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "string")
    return value === "" ? "an empty string" : `a string of ${value.length} characters`;
  if (typeof value === "number")
    return Math.abs(value) < smallestSecret ? `${value} (number)` : describeLarge(value);
  if (typeof value === "boolean") return `${value} (boolean)`;
  if (Array.isArray(value)) return value.length === 0 ? "an empty array" : `an array of ${value.length}`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid date" : value.toISOString();
  return typeof value === "object" ? "an object" : typeof value;
}

function describeLarge(value: number): string {
  return Number.isFinite(value) ? "a large number" : `${value} (number)`;
}
