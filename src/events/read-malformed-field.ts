/**
 * Says why an event cannot be read. It never leaves `parseSmsEvents`, which makes a result of it.
 *
 * The sentence is that of `errors/expected.ts`, but shows less: what came here is a stranger's, so that even a number
 * may be a phone number, and the name of a constructor a text.
 */
export class MalformedField extends Error {
  readonly field: string;

  /** @param field - One of our own names, never a key of the event. */
  constructor(field: string, what: string, got: unknown) {
    super(`Expected \`${field}\` to be ${what}, got ${kindOf(got)}.`);
    this.name = "MalformedField";
    this.field = field;
  }
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string")
    return value === "" ? "an empty string" : `a string of ${value.length} characters`;
  if (Array.isArray(value)) return value.length === 0 ? "an empty array" : `an array of ${value.length}`;
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
